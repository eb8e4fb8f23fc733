import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The section that the vendor's SDKs read, and the one with what they have no name for. */
export const sections = { keys: 'basic', service: 'connection-records' } as const;

/** The text of the profile file; nothing if there is none. */
export const readProfile = (file: string) =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });

const header = /^\s*\[\s*(.*?)\s*\]\s*$/;

/** The text with other fields in a section, and everything else, comments too, as it was. An undefined field is taken out. */
export function withFields(
  text: string,
  section: string,
  fields: Record<string, string | undefined>,
): string {
  const lines = text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
  const start = lines.findIndex((line) => header.exec(line)?.[1] === section);
  const next = lines.findIndex((line, index) => index > start && header.test(line));
  const written = Object.entries(fields).flatMap(([name, value]) => (value ? [`${name} = ${value}`] : []));
  if (start < 0) {
    if (written.length > 0) lines.push(...(lines.length ? [''] : []), `[${section}]`, ...written);
  } else {
    const end = next < 0 ? lines.length : next;
    const isOurs = (line: string) => (/^\s*([^#;=]+?)\s*=/.exec(line)?.[1]?.toLowerCase() ?? '') in fields;
    const kept = lines.slice(start + 1, end).filter((line) => !isOurs(line));
    lines.splice(start + 1, end - start - 1, ...written, ...kept);
  }
  return lines.length ? `${lines.join('\n')}\n` : '';
}

/** Writes the profile file, which nobody else may read, at once as a whole. */
export async function writeProfile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.part`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
    // What the umask took away is given back.
    await chmod(temporary, 0o600);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
