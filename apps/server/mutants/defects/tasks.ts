// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of sources.
import type { Mutant } from '../mutant.ts';

const file = 'handlers.ts';
const exports = 'exports.ts';
const table = 'store/tasks.ts';
const created = 'new Date(task.createTime).toISOString()';
const ended = 'new Date(task.endTime).toISOString()';
const status = 'status: task.status,';

/** Tasks that live, are told of, or go as no task should. */
export const taskDefects: readonly Mutant[] = [
  {
    defect: 'an export never ends',
    file: exports,
    from: "{ status: 'SUCCESS', ...(await",
    to: "{ status: 'CREATING', ...(await",
    caught: /to its end/,
  },
  {
    defect: 'the status goes back to CREATING once the file was downloaded',
    file,
    from: status,
    to: "status: task.isDownload ? 'CREATING' : task.status,",
    caught: /back|forward|status/,
  },
  {
    defect: 'the status is SUCCESS before there is a file',
    file,
    from: status,
    to: "status: task.status === 'CREATING' ? 'SUCCESS' : task.status,",
    caught: /./,
  },
  {
    defect: 'the id that starts an export is not that of its task',
    file,
    from: 'return { task_id: taskId };',
    to: 'return { task_id: taskId.toUpperCase() };',
    caught: /id/,
  },
  {
    defect: 'every export gets the id of the first',
    file,
    from: 'return { task_id: taskId };',
    to: "const { tasks } = await store.listTasks({ projectId: project_id, order: 'ASC' }, { offset: 0, limit: 1 });\n      return { task_id: tasks[0]?.taskId ?? taskId };",
    caught: /id|own|another|unique/,
  },
  {
    defect: 'a new export is listed only once it has ended',
    file: 'store/condition.ts',
    from: "['project_id = ?', filter.projectId],\n    ['task_id",
    to: "[\"project_id = ? AND status <> 'CREATING'\", filter.projectId],\n    ['task_id",
    caught: /from the moment|CREATING/,
  },
  {
    defect: 'a failed task does not say why',
    file,
    from: '...(task.failReason !== undefined && { fail_reason: task.failReason }),',
    to: '',
    caught: /fail/i,
  },
  {
    defect: 'the times of tasks are those of Beijing',
    file,
    from: created,
    to: 'new Date(task.createTime + 8 * 3_600_000).toISOString()',
    caught: /create_time|time/,
  },
  {
    defect: 'the times of tasks have no milliseconds',
    file,
    from: created,
    to: `${created}.replace(/\\.\\d+/, '')`,
    caught: /^listExport/,
    says: /create_time/,
  },
  {
    defect: 'a task ends before it began',
    file,
    from: ended,
    to: 'new Date(task.createTime - 1000).toISOString()',
    caught: /end_time/,
  },
  {
    defect: 'a task that has ended has no end_time',
    file,
    from: `...(task.endTime !== undefined && { end_time: ${ended} }),`,
    to: '',
    caught: /end_time/,
  },
  {
    defect: 'create_time is that of the request',
    file,
    from: created,
    to: 'new Date().toISOString()',
    caught: /create_time/,
  },
  {
    defect: 'a download does not set is_download',
    file,
    from: 'await store.markDownloaded(project_id, task_id);',
    to: '',
    caught: /is_download|downloaded/,
  },
  {
    defect: 'is_download is always true',
    file,
    from: 'is_download: task.isDownload,',
    to: 'is_download: true,',
    caught: /is_download|downloaded/,
  },
  {
    defect: 'to be listed counts as a download',
    file,
    from: '// Ours: the contract lets',
    to: "for (const one of found.tasks) if (one.status === 'SUCCESS') await store.markDownloaded(project_id, one.taskId);\n      // Ours: the contract lets",
    caught: /is_download|downloaded/,
  },
  {
    defect: 'a download sets is_download of every task',
    file: table,
    from: 'WHERE project_id = ? AND task_id = ? AND is_download = 0',
    to: 'WHERE project_id = ? AND (task_id = ? OR 1) AND is_download = 0',
    caught: /is_download|downloaded/,
  },
  {
    defect: 'a start answers 202',
    file,
    from: 'return { task_id: taskId };',
    to: 'return reply.code(202).send({ task_id: taskId });',
    and: {
      file,
      from: 'async exportConnectionRecords({ params: { project_id }, query, headers }) {',
      to: 'async exportConnectionRecords({ params: { project_id }, query, headers }, reply) {',
    },
    caught: /^exportConnectionRecords 200/,
    says: /202/,
  },
  {
    defect: 'a file never expires',
    file: exports,
    from: "now(projectId ?? '') - keepFor",
    to: '0 - keepFor',
    caught: /EXPIRED|expire/,
  },
  {
    defect: 'an expired file can still be downloaded',
    file: exports,
    from: "{ status: 'EXPIRED' })) await this.#remove(fileOf(task));",
    to: "{ status: 'EXPIRED' })) continue;",
    and: {
      file,
      from: "if (task.status === 'EXPIRED') throw new Refusal('fileExpired');\n      if (task.status !== 'SUCCESS') {",
      to: "if (task.status !== 'SUCCESS' && task.status !== 'EXPIRED') {",
    },
    caught: /EXPIRED|expire/,
  },
  {
    defect: 'a download before the end gives an empty file',
    file,
    from: "if (task.status !== 'SUCCESS') {",
    to: "if (task.status === 'CREATING') return reply.header('Content-Disposition', 'attachment').type('text/csv').send('');\n      if (task.status !== 'SUCCESS') {",
    caught: /^downloadExport.*(CREATING|before|not ready|end)/,
  },
  {
    defect: 'the file of an unknown task is empty',
    file,
    from: 'if (!task)\n',
    to: "if (!task) return reply.header('Content-Disposition', 'attachment').type('text/csv').send('');\n      if (!task)\n",
    caught: /^downloadExport.*(not exist|unknown)/,
  },
  {
    defect: 'the file of an unknown task is an error of the server',
    file,
    from: 'if (!task)\n',
    to: "if (!task) throw new Error('none');\n      if (!task)\n",
    caught: /^downloadExport.*(not exist|unknown)/,
    says: /500/,
  },
  {
    defect: 'the file_name of a task has the ending of the other format',
    file: exports,
    from: '-${stamp}.${format}`',
    to: "-${stamp}.${format === 'csv' ? 'xlsx' : 'csv'}`",
    caught: /file_name|extension/,
  },
  {
    defect: 'a file expires after half an hour',
    file: exports,
    from: "now(projectId ?? '') - keepFor",
    to: "now(projectId ?? '') - 30 * 60_000",
    caught: /for an hour/,
  },
  {
    defect: 'a download that is refused sets is_download',
    file,
    from: 'const task = await store.findTask(project_id, task_id);',
    to: 'await store.markDownloaded(project_id, task_id);\n      const task = await store.findTask(project_id, task_id);',
    caught: /refused.*downloaded|downloaded.*refused/,
  },
];
