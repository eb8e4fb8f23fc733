// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of sources.
import type { Mutant } from '../mutant.ts';

const file = 'handlers.ts';
const exports = 'exports.ts';
const table = 'store/tasks.ts';
const remove = 'DELETE FROM tasks WHERE project_id = ? AND task_id = ? RETURNING';

/** Deletes that delete too little, too much, or nothing. */
export const deleteDefects: readonly Mutant[] = [
  {
    defect: 'a delete does nothing',
    file,
    from: 'await exports.delete(project_id, body.task_ids);',
    to: '',
    caught: /^deleteExport/,
  },
  {
    defect: 'of several tasks, a delete deletes the first alone',
    file,
    from: 'exports.delete(project_id, body.task_ids)',
    to: 'exports.delete(project_id, body.task_ids.slice(0, 1))',
    caught: /^deleteExport.*(every|all|several|both)/,
  },
  {
    defect: 'a delete looks at the first 100 ids alone',
    file,
    from: 'exports.delete(project_id, body.task_ids)',
    to: 'exports.delete(project_id, body.task_ids.slice(0, 100))',
    caught: /^deleteExport.*200 that one request names/,
  },
  {
    defect: 'a delete deletes fifty tasks at most',
    file: exports,
    from: 'store.deleteTasks(projectId, taskIds)',
    to: '(await Promise.all(taskIds.map((id) => store.findTask(projectId, id)))).filter((task) => task).slice(0, 50).map(({ taskId }) => taskId).reduce(async (gone, id) => [...(await gone), ...(await store.deleteTasks(projectId, [id]))], Promise.resolve([]))',
    caught: /^deleteExport.*60 tasks that one request names/,
  },
  {
    defect: 'a delete deletes every task of the project',
    file: table,
    from: remove,
    to: remove.replace('task_id = ?', '(task_id = ? OR 1)'),
    caught: /delete.*(other|alone|no more|else|those)/,
  },
  {
    defect: 'a delete deletes the file and leaves the task',
    file: exports,
    from: 'store.deleteTasks(projectId, taskIds)',
    to: '(await Promise.all(taskIds.map((id) => store.findTask(projectId, id)))).filter((task) => task !== undefined)',
    caught: /^deleteExport/,
  },
  {
    defect: 'a deleted task is out of the list and can be downloaded',
    file: exports,
    from: 'await this.#remove(fileOf(task));\n    }\n  }\n\n  /** Expires',
    to: '(this.gone ??= new Map()).set(task.taskId, task);\n    }\n  }\n\n  /** Expires',
    and: {
      file,
      from: 'const task = await store.findTask(project_id, task_id);',
      to: 'const task = (await store.findTask(project_id, task_id)) ?? exports.gone?.get(task_id);',
    },
    caught: /delete/,
  },
  {
    defect: 'to delete an unknown task is an error of the server',
    file: exports,
    from: 'for (const task of await store.deleteTasks(projectId, taskIds)) {',
    to: "const known = await store.deleteTasks(projectId, taskIds);\n    if (known.length === 0) throw new Error('none');\n    for (const task of known) {",
    caught: /^deleteExport/,
  },
  {
    defect: 'a delete answers with a body',
    file,
    from: 'return reply.send();',
    to: 'return reply.send({});',
    caught: / 200 .*no body/,
  },
  {
    defect: 'a delete answers 204',
    file,
    from: 'return reply.send();',
    to: 'return reply.code(204).send();',
    caught: /^deleteExport/,
    says: /204/,
  },
];
