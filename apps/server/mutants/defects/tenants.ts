// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of sources.
import type { Mutant } from '../mutant.ts';

const tasks = 'store/tasks.ts';
const condition = 'store/condition.ts';

/** What belongs to another project, and can be seen or changed. */
export const tenantDefects: readonly Mutant[] = [
  {
    defect: 'any credentials may use any project',
    file: 'auth/permissions.ts',
    from: 'if (!allows(projects, projectId))',
    to: 'if (false)',
    caught: / 403 .*project/,
  },
  ...[
    'exportConnectionRecords',
    'listExportTasks',
    'downloadExportFile',
    'deleteExportTasks',
    'listConnectionRecords',
  ].map((operation) => ({
    defect: `any credentials may call ${operation} of any project`,
    file: 'auth/guard.ts',
    from: 'if (forbidden) throw refused(forbidden);',
    to: `if (forbidden && operationId !== '${operation}') throw refused(forbidden);`,
    caught: new RegExp(`^${operation} 403 .*project`),
  })),
  {
    defect: 'another project is refused with 401',
    file: 'errors.ts',
    from: 'callerForbidden: 403',
    to: 'callerForbidden: 401',
    caught: / 403 .*project/,
  },
  {
    defect: 'the list of tasks has those of other projects',
    file: condition,
    from: "['project_id = ?', filter.projectId],\n    ['task_id",
    to: "['(project_id = ? OR 1)', filter.projectId],\n    ['task_id",
    caught: /project/,
  },
  {
    defect: 'a task of another project can be downloaded',
    file: tasks,
    from: 'WHERE project_id = ? AND task_id = ?`, projectId, taskId)[0]',
    to: 'WHERE (project_id = ? OR 1) AND task_id = ?`, projectId, taskId)[0]',
    caught: /project/,
  },
  {
    defect: 'a task of another project can be deleted',
    file: tasks,
    from: 'DELETE FROM tasks WHERE project_id = ?',
    to: 'DELETE FROM tasks WHERE (project_id = ? OR 1)',
    caught: /project/,
  },
  {
    defect: 'the list of records has those of other projects',
    file: condition,
    from: "['project_id = ?', filter.projectId],\n    ['started",
    to: "['(project_id = ? OR 1)', filter.projectId],\n    ['started",
    caught: /project/,
  },
  {
    defect: 'an export has the records of other projects',
    file: 'export-worker.ts',
    from: 'rows.readRows(filter, { columns: fields })',
    to: "['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210'].flatMap((projectId) => [...rows.readRows({ ...filter, projectId }, { columns: fields })])",
    caught: /./,
  },
];
