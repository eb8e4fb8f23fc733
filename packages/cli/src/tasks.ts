import {
  type ExportProgress,
  type ExportTask,
  type ExportTaskStatus,
  unwrap,
} from '@connection-records/client';
import { checkDestination, collect, type Destination } from './collect.ts';
import { type CommonOptions, type Context, printOutcome } from './context.ts';
import { explain } from './explain.ts';
import { printCollected, resumeCommand } from './export.ts';
import { Failure } from './failure.ts';
import { startProgress } from './progress.ts';
import { connect, type ServiceOptions } from './service.ts';
import { tableOf } from './table.ts';
import { countOf } from './words.ts';

export interface ListTasksOptions extends ServiceOptions, CommonOptions {
  status?: ExportTaskStatus;
  limit: number;
}

/** Lists the newest tasks first, as many as asked for. */
export async function listTasks(options: ListTasksOptions, context: Context): Promise<void> {
  const client = await connect(options, context);
  const tasks: ExportTask[] = [];
  let total = 0;
  for (;;) {
    const page = await unwrap(
      client.operations.listExportTasks(
        {
          sort_field: 'create_time',
          sort_type: 'DESC',
          status: options.status,
          offset: tasks.length,
          limit: Math.min(100, options.limit - tasks.length),
        },
        { signal: context.signal },
      ),
    );
    total = page.count;
    tasks.push(...page.export_tasks);
    if (page.export_tasks.length === 0 || tasks.length >= Math.min(total, options.limit)) break;
  }
  const rows = tasks.map((task) => [
    task.task_id,
    task.status,
    (task.create_time ?? '').slice(0, 16).replace('T', ' '),
    task.fail_reason ?? task.file_name ?? '',
  ]);
  const headers = ['TASK', 'STATUS', 'CREATED (UTC)', 'FILE'];
  const text = tasks.length ? tableOf(headers, rows, context.stdout) : 'There are no export tasks.';
  printOutcome(context, options, { total, tasks }, text);
  sayHowManyMore(tasks.length, total, 'task', options, context);
}

/** Says that there is more than was shown, beside the outcome. */
export function sayHowManyMore(
  shown: number,
  total: number,
  what: string,
  { json, quiet }: CommonOptions,
  { stderr }: Context,
): void {
  if (shown < total && !json && !quiet)
    stderr.write(
      `The first ${shown.toLocaleString('en-US')} of ${countOf(total, what)}. Give --limit for more.\n`,
    );
}

/** Downloads the file of a task that is done. */
export async function downloadTask(
  taskId: string,
  options: ServiceOptions & CommonOptions & Destination,
  context: Context,
): Promise<void> {
  await checkDestination(options, context);
  const progress = await startProgress(context, options.quiet);
  let isListed = true;
  // It is asked about once: there is nothing to tell but whether it is there.
  const poll = ({ task }: ExportProgress) => {
    isListed = task !== null;
  };
  try {
    const client = await connect(options, context, { onRetry: progress.retry });
    const once = { ...options, timeoutMs: 0 };
    const collected = await collect(client, taskId, once, { ...progress, poll }, context);
    printCollected(collected, options, context);
  } catch (error) {
    if (!isListed && !context.signal.aborted) throw missing(taskId);
    const failure = explain(error, context.signal, taskId);
    // Only the other command waits.
    if (failure.code === 'EXPORT_TIMEOUT') failure.resume = resumeCommand(taskId, options);
    throw failure;
  } finally {
    progress.stop();
  }
}

const missing = (taskId: string) =>
  new Failure(
    'EXPORT_MISSING',
    `There is no task ${taskId}.`,
    'See which there are: connection-records tasks list',
  );

/** As many as the service deletes at once. */
const atOnce = 200;

/** Deletes tasks and their files. */
export async function deleteTasks(
  ids: string[],
  options: ServiceOptions & CommonOptions,
  context: Context,
): Promise<void> {
  const client = await connect(options, context);
  const deleted = [...new Set(ids)];
  for (let at = 0; at < deleted.length; at += atOnce)
    await unwrap(
      client.operations.deleteExportTasks(deleted.slice(at, at + atOnce), { signal: context.signal }),
    );
  printOutcome(context, options, { deleted }, `Deleted ${countOf(deleted.length, 'task')}.`);
}
