import type { ExportTask, OperationId, operations } from '@connection-records/types';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendFile } from './download.ts';
import { Refusal } from './errors.ts';
import type { Exports } from './exports.ts';
import { exportFilter, listFilter } from './filters.ts';
import type { Sandbox } from './sandbox.ts';
import type { Store, Task, TaskPage } from './store/store.ts';

/** What the handlers work with. */
export interface Service {
  store: Store;
  exports: Exports;
  /** The time for a project, in milliseconds since 1970. */
  now: (projectId: string) => number;
  sandbox: Pick<Sandbox, 'prepare'>;
  /** Whether a download is answered with where the file is, where files have addresses. */
  redirectDownloads?: boolean;
}

type Parameters<Id extends OperationId> = operations[Id]['parameters'];
type Body<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer B } };
}
  ? B
  : undefined;
type Answer<Id extends OperationId> = operations[Id]['responses'][200] extends {
  content: { 'application/json': infer A };
}
  ? A
  : never;

type Input<Id extends OperationId> = Pick<FastifyRequest, 'headers'> & {
  params: Parameters<Id>['path'];
  query: NonNullable<Parameters<Id>['query']>;
  body: Body<Id>;
};

/** One handler for each operation of the contract: one that nobody implements does not compile. */
export type Handlers = {
  [Id in OperationId]: (input: Input<Id>, reply: FastifyReply) => Promise<Answer<Id> | FastifyReply>;
};

/** The operations of the API. */
export function createHandlers({ store, exports, now, sandbox, redirectDownloads }: Service): Handlers {
  return {
    async exportConnectionRecords({ params: { project_id }, query, headers }) {
      const filter = exportFilter(project_id, query, now(project_id));
      const { taskId } = await exports.start(filter, query.language ?? 'en_US', sandbox.prepare({ headers }));
      return { task_id: taskId };
    },

    async listExportTasks({ params: { project_id }, query, headers }, reply) {
      const list = () =>
        store.listTasks(
          {
            projectId: project_id,
            ...(query.task_id && { taskId: query.task_id }),
            ...(query.file_name && { fileName: query.file_name }),
            ...(query.status && { status: query.status }),
            ...(query.is_download !== undefined && { isDownload: query.is_download }),
            ...(query.sort_field && { order: query.sort_type ?? 'ASC' }),
          },
          { offset: query.offset ?? 0, limit: query.limit ?? 20 },
        );
      const found = await settled(
        list,
        (signal) => exports.change(project_id, signal),
        waitOf(headers.prefer),
      );
      // Ours: the contract lets a task be asked for as often as one likes, and says here when it pays.
      if (found.tasks.some(({ status }) => status === 'CREATING')) reply.header('Retry-After', '1');
      return reply.type('application/json; charset=utf-8').send(bodyOf(found));
    },

    async downloadExportFile({ params: { project_id, task_id }, headers }, reply) {
      const task = await store.findTask(project_id, task_id);
      if (!task)
        throw new Refusal(
          'taskNotFound',
          `The project has no export task ${task_id}. Check the id, and the project.`,
        );
      if (task.status === 'EXPIRED') throw new Refusal('fileExpired');
      if (task.status !== 'SUCCESS') {
        throw new Refusal(
          'fileNotReady',
          `The export task has no file, for its status is ${task.status}. Only SUCCESS has one.`,
        );
      }
      await store.markDownloaded(project_id, task_id);
      return sendFile(task, await exports.open(task), headers, reply, redirectDownloads);
    },

    async deleteExportTasks({ params: { project_id }, body }, reply) {
      await exports.delete(project_id, body.task_ids);
      return reply.send();
    },

    async listConnectionRecords({ params: { project_id }, query }) {
      const filter = listFilter(project_id, query, now(project_id));
      const { records, total } = await store.listRecords(filter, {
        offset: query.offset ?? 0,
        limit: query.limit ?? 20,
      });
      return { records, total_count: total };
    },
  };
}

/** How many seconds a request asks to be kept waiting for news (RFC 7240), at most 30. */
const waitOf = (prefer: string | string[] | undefined) =>
  Math.min(30, Number(/(?:^|[,;\s])wait\s*=\s*"?(\d+)/.exec(String(prefer ?? ''))?.[1] ?? 0));

/** Lists at once, or, if asked to wait, as soon as one of the listed tasks has changed, or the time is up. */
async function settled(
  list: () => Promise<TaskPage>,
  change: (signal: AbortSignal) => Promise<void>,
  seconds: number,
) {
  if (seconds === 0) return list();
  const signal = AbortSignal.timeout(seconds * 1000);
  const look = async () => {
    const found = await list();
    return { found, states: JSON.stringify(found.tasks) };
  };
  // Listening begins before looking, so that no change falls between the two.
  let changed = change(signal);
  const first = await look();
  for (let latest = first; ; latest = await look()) {
    if (
      latest.states !== first.states ||
      signal.aborted ||
      !latest.found.tasks.some(({ status }) => status === 'CREATING')
    )
      return latest.found;
    await changed;
    changed = change(signal);
  }
}

/** The body of a page, made once: the store gives the same page again and again while nothing changes. */
const bodies = new WeakMap<TaskPage, string>();
function bodyOf(page: TaskPage): string {
  const known = bodies.get(page);
  if (known !== undefined) return known;
  const answer: Answer<'listExportTasks'> = { export_tasks: page.tasks.map(toWire), count: page.total };
  const body = JSON.stringify(answer);
  bodies.set(page, body);
  return body;
}

const toWire = (task: Task): ExportTask => ({
  task_id: task.taskId,
  file_name: task.fileName,
  status: task.status,
  ...(task.failReason !== undefined && { fail_reason: task.failReason }),
  ...(task.errorCode !== undefined && { error_code: task.errorCode }),
  create_time: new Date(task.createTime).toISOString(),
  ...(task.endTime !== undefined && { end_time: new Date(task.endTime).toISOString() }),
  is_download: task.isDownload,
});
