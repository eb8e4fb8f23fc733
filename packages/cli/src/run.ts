import { CommanderError } from 'commander';
import type { Context } from './context.ts';
import { explain } from './explain.ts';
import { Ended, exitCodes, type Failure } from './failure.ts';
import { createProgram } from './program.ts';

/**
 * Runs the command.
 *
 * @param args The arguments, without the names of Node and of the script.
 * @returns The exit code.
 */
export async function run(args: readonly string[], context: Context): Promise<number> {
  try {
    await createProgram(context).parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof Ended) return error.exitCode;
    if (error instanceof CommanderError) return endOfParsing(error, args, context);
    const failure = explain(error, context.signal);
    report(failure, args, context);
    return failure.exitCode;
  }
}

/** Help and version end well; everything else is wrong usage, which has been said by then. */
function endOfParsing(
  { exitCode, code, message }: CommanderError,
  args: readonly string[],
  context: Context,
) {
  if (exitCode === 0) return exitCodes.done;
  if (args.includes('--json')) {
    const error = { code: 'USAGE', message: message.replace(/^error: /, ''), exitCode: exitCodes.usage };
    context.stdout.write(`${JSON.stringify({ error: { ...error, reason: code } })}\n`);
  }
  return exitCodes.usage;
}

function report(failure: Failure, args: readonly string[], { stdout, stderr }: Context): void {
  const { message, advice, code, taskId, resume, exitCode } = failure;
  stderr.write(`connection-records: ${message}\n`);
  if (advice) stderr.write(`${advice}\n`);
  if (resume)
    stderr.write(`${taskId ? `Pick it up again: ${resume}` : `See whether it started: ${resume}`}\n`);
  if (args.includes('--json'))
    stdout.write(`${JSON.stringify({ error: { code, message, advice, taskId, resume, exitCode } })}\n`);
}
