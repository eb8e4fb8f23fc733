/** The one question before a run: a server that cannot be tested is said in one line instead of a hundred failures. */
import { operationNamed } from './contract.ts';
import { HarnessError } from './harness-error.ts';
import { NoAnswer } from './request.ts';
import type { Settings } from './settings.ts';
import { Skip, type World } from './world.ts';

const QUESTION = operationNamed('listExportTasks');
const ANOTHER = operationNamed('listConnectionRecords');

/** Asks the target something harmless. Throws `HarnessError` if it is out of reach, or lets nobody in. */
export async function reach({ baseUrl }: Settings, ask: World['ask']): Promise<void> {
  const status = await ask({ operation: QUESTION }).then(
    ({ answer }) => answer.status,
    (error) => {
      throw noAnswer(baseUrl, error);
    },
  );
  const problem = problemOf(status);
  if (!problem) return;
  // A server may be wrong about one operation, which the run will tell, and right about the others.
  const other = await ask({ operation: ANOTHER }).catch(() => undefined);
  if (other?.answer.status !== 200) throw new HarnessError(`${baseUrl} ${problem}`);
}

function noAnswer(baseUrl: string, error: unknown): unknown {
  if (error instanceof Skip) return new HarnessError(`${baseUrl} cannot be asked: ${error.message}.`);
  if (!(error instanceof NoAnswer)) return error;
  return new HarnessError(
    `${baseUrl} cannot be reached: ${error.message}. Check that the server runs and that --base-url is its address.`,
  );
}

function problemOf(status: number): string | undefined {
  const { method, path } = QUESTION;
  if (status === 401)
    return 'refuses the credentials with 401. Check them, and that they are of this project and region.';
  if (status === 403)
    return `answers 403: the credentials do not allow ${method} ${path}. Give some that do, or the project that they are for.`;
  if (status === 404)
    return `answers 404 to ${method} ${path}. Check that --base-url ends where the paths of the contract begin, and --project-id.`;
  if (status >= 500)
    return `answers ${status} to ${method} ${path}: it is out of service, or something before it is. Mend that first.`;
  return undefined;
}
