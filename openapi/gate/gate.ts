import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { describeBreak, findBreaks } from './breaks.ts';

/** What the gate reads. */
export interface Gate {
  /** The contract of the last release, as JSON. */
  released: URL;
  /** Today's contract, as JSON. */
  today: URL;
  /** The folder of changesets, ending in a slash. */
  changesets: URL;
}

const contract = '@connection-records/openapi';

/** What the changesets say about the contract, by their file names: `major`, `minor` or `patch`. */
async function readBumps(folder: URL): Promise<[file: string, bump: string][]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
  const bumps = names.map(async (name): Promise<[string, string]> => {
    const text = await readFile(new URL(name, folder), 'utf8');
    const [, front = ''] = text.match(/^---\r?\n([\s\S]*?)\n---/) ?? [];
    return [name, parse(front)?.[contract]];
  });
  return (await Promise.all(bumps)).filter(([, bump]) => bump);
}

/** What breaks those who rely on the last release though no changeset says major, as a text. Nothing if there is none. */
export async function refusalOf(gate: Gate): Promise<string | undefined> {
  const [released, today] = await Promise.all(
    [gate.released, gate.today].map(async (file) => JSON.parse(await readFile(file, 'utf8'))),
  );
  const breaks = findBreaks(released, today);
  const bumps = await readBumps(gate.changesets);
  if (breaks.length === 0 || bumps.some(([, bump]) => bump === 'major')) return undefined;
  const said = bumps.map(([file, bump]) => `${file} says ${bump}`).join(', ') || 'none speaks of it';
  return [
    `${breaks.length === 1 ? 'A change' : `${breaks.length} changes`} would break those who rely on the released contract:`,
    '',
    ...breaks.map((one) => `- ${describeBreak(one)}`),
    '',
    `Undo what is not meant. For what is, tell callers what to do in a changeset with "${contract}": major`,
    `(npx -y pnpm@12 exec changeset). Of those in .changeset, ${said}.`,
  ].join('\n');
}
