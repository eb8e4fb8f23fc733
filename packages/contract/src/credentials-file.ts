/** The file of `--credentials`, for those who keep secrets out of the environment too. */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Given } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment, with the file of `--credentials` behind it; what is wrong if there is no such file. */
export function withCredentialsFile(
  given: Given,
  env: Environment,
): { env: Environment; problems: string[] } {
  const file = given.get('credentials');
  if (!file) return { env, problems: [] };
  try {
    return { env: { ...parseEnv(readFileSync(file.value, 'utf8')), ...env }, problems: [] };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = `${file.from} cannot be read (${code}). Give a file with lines such as CONNECTION_RECORDS_AUTH_TOKEN=….`;
    return { env, problems: [problem] };
  }
}
