// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of sources.
import type { Mutant } from '../mutant.ts';

const rows = 'store/rows.ts';
const tasks = 'store/tasks.ts';
const handlers = 'handlers.ts';
const pageOfRecords = 'page.all(...values, limit, offset)';
const pageOfTasks = 'rowsOf(page, ...values, limit, offset)';
const schemas = '[name, schema]';

/** Pages that lose or repeat something, wrong numbers, and orders that are none. */
export const listDefects: readonly Mutant[] = [
  {
    defect: 'a page of records repeats the last one of the page before',
    file: rows,
    from: pageOfRecords,
    to: 'page.all(...values, limit, Math.max(0, offset - 1))',
    caught: /^listConn.*page|offset/,
  },
  {
    defect: 'a page of records skips the first one of its own',
    file: rows,
    from: pageOfRecords,
    to: 'page.all(...values, limit, offset && offset + 1)',
    caught: /^listConn.*page|offset/,
  },
  {
    defect: 'a page of records has one more than limit',
    file: rows,
    from: pageOfRecords,
    to: 'page.all(...values, limit + 1, offset)',
    caught: /^listConn.*limit/,
  },
  {
    defect: 'a page of records has one fewer than limit',
    file: rows,
    from: pageOfRecords,
    to: 'page.all(...values, limit > 1 ? limit - 1 : limit, offset)',
    caught: /^listConn.*(limit|page)/,
  },
  {
    defect: 'the list of records ignores limit',
    file: rows,
    from: pageOfRecords,
    to: 'page.all(...values, 20, offset)',
    caught: /^listConn.*limit/,
  },
  {
    defect: 'the list of records ignores offset',
    file: rows,
    from: pageOfRecords,
    to: 'page.all(...values, limit, 0)',
    caught: /^listConn.*(offset|page)/,
  },
  {
    defect: 'offset counts pages of records',
    file: rows,
    from: pageOfRecords,
    to: 'page.all(...values, limit, limit * offset)',
    caught: /^listConn.*(offset|page)/,
  },
  {
    defect: 'a page of records without limit has 10',
    file: 'routes.ts',
    from: schemas,
    to: "[name, name === 'limit' && 'minimum' in schema && schema.minimum === 0 ? { ...schema, default: 10 } : schema]",
    caught: /^listConn.*(limit|20)/,
  },
  {
    defect: 'a page of tasks without limit has 100',
    file: 'routes.ts',
    from: schemas,
    to: "[name, name === 'limit' && 'minimum' in schema && schema.minimum === 1 ? { ...schema, default: 100 } : schema]",
    caught: /^listExport.*(limit|20)/,
  },
  {
    defect: 'total_count is that of the page',
    file: handlers,
    from: 'total_count: total',
    to: 'total_count: records.length',
    caught: /^listConn.*total_count|number/,
  },
  {
    defect: 'total_count ignores the filters',
    file: rows,
    from: 'statement(`SELECT count(*) FROM records WHERE ${sql}`).get(...values)',
    to: "statement('SELECT count(*) FROM records WHERE project_id = ?').get(filter.projectId)",
    caught: /total_count/,
  },
  {
    defect: 'total_count is one more than there are',
    file: handlers,
    from: 'total_count: total',
    to: 'total_count: total + 1',
    caught: /total_count/,
  },
  {
    defect: 'records come in another order at every request',
    file: rows,
    from: "'ORDER BY started, key'",
    to: "'ORDER BY random()'",
    caught: /^listConn/,
  },
  {
    defect: 'a page of tasks repeats the last one of the page before',
    file: tasks,
    from: pageOfTasks,
    to: 'rowsOf(page, ...values, limit, Math.max(0, offset - 1))',
    caught: /^listExport.*(page|offset)/,
  },
  {
    defect: 'a page of tasks skips the first one of its own',
    file: tasks,
    from: pageOfTasks,
    to: 'rowsOf(page, ...values, limit, offset && offset + 1)',
    caught: /^listExport.*(page|offset)/,
  },
  {
    defect: 'the list of tasks ignores limit',
    file: tasks,
    from: pageOfTasks,
    to: 'rowsOf(page, ...values, 100, offset)',
    caught: /^listExport.*limit/,
  },
  {
    defect: 'the list of tasks ignores offset',
    file: tasks,
    from: pageOfTasks,
    to: 'rowsOf(page, ...values, limit, 0)',
    caught: /^listExport.*(page|offset)/,
  },
  {
    defect: 'count is the number of tasks on the page',
    file: tasks,
    from: `return { tasks: ${pageOfTasks}, total };`,
    to: `const tasks = ${pageOfTasks};\n    return { tasks, total: tasks.length };`,
    caught: /^listExport.*count/,
  },
  {
    defect: 'the list of tasks ignores sort_type',
    file: tasks,
    from: "filter.order === 'ASC' ? 'ASC' : 'DESC'",
    to: "'DESC'",
    caught: /^listExport.*(sort|order|ASC)/,
  },
  {
    defect: 'the list of tasks sorts the wrong way round',
    file: tasks,
    from: "filter.order === 'ASC' ? 'ASC' : 'DESC'",
    to: "filter.order === 'ASC' ? 'DESC' : 'ASC'",
    caught: /^listExport.*(sort|order|ASC|DESC)/,
  },
  ...['task_id', 'file_name', 'status'].map((name) => ({
    defect: `the list of tasks ignores ${name}`,
    file: 'store/condition.ts',
    from: `['${name} = ?', filter.${name.replace(/_(.)/, (_, letter) => letter.toUpperCase())}]`,
    to: `['${name} = ?', undefined]`,
    caught: new RegExp(`^listExport.*(${name}${name === 'task_id' ? '|by its id' : ''})`),
  })),
  {
    defect: 'the list of tasks ignores is_download',
    file: 'store/condition.ts',
    from: 'filter.isDownload === undefined ? undefined : Number(filter.isDownload)',
    to: 'undefined',
    caught: /^listExport.*is_download/,
  },
  {
    defect: 'is_download finds the tasks of the other kind',
    file: 'store/condition.ts',
    from: 'undefined : Number(filter.isDownload)',
    to: 'undefined : Number(!filter.isDownload)',
    caught: /^listExport.*is_download/,
  },
  {
    defect: 'is_download=false is as good as none',
    file: handlers,
    from: 'query.is_download !== undefined &&',
    to: 'query.is_download &&',
    caught: /^listExport.*is_download/,
  },
  {
    defect: 'file_name finds every name that it is part of',
    file: 'store/condition.ts',
    from: "'file_name = ?'",
    to: "'instr(file_name, ?) > 0'",
    caught: /^listExport.*file_name/,
  },
  {
    defect: 'task_id finds every id that begins with it',
    file: 'store/condition.ts',
    from: "'task_id = ?'",
    to: "'instr(task_id, ?) = 1'",
    caught: /^listExport.*(task_id| id)/,
  },
];
