import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCodes } from './failure.ts';
import { createProgram } from './program.ts';
import { command, serve, variables } from './testing/command.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!);
const lines = blocks.join('').match(/^connection-records .*/gm)!;

test('every line of the README that calls the command runs', async () => {
  const server = await serve();
  const folder = await mkdtemp(join(tmpdir(), 'readme-'));
  for (const line of lines) {
    const words = line.replace(/ \|.*/, '').split(' ').slice(1);
    const placed = words.map((word, index) =>
      words[index - 1] === '--out' && word !== '-' ? join(folder, word) : word,
    );
    const { code, stderr } = await command(placed, variables(server));
    expect(code, `${line}\n${stderr}`).toBe(0);
  }
  await server.close();
  await rm(folder, { recursive: true });
  expect(lines.length).toBeGreaterThan(4);
});

test('the README has every command and every exit code', () => {
  const program = createProgram({ stdout: {}, stderr: {} } as never);
  for (const { name, commands } of program.commands.map((one) => ({
    name: one.name(),
    commands: one.commands,
  })))
    for (const full of commands.length ? commands.map((one) => `${name} ${one.name()}`) : [name])
      if (name !== 'complete') expect(readme).toContain(`\`${full}`);
  for (const code of Object.values(exitCodes)) expect(readme).toContain(`\n| ${code} | `);
});
