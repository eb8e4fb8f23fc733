import type { RecordFilter, TaskFilter } from './store.ts';

/** The function of the database that says where one text is in another, from 1 on, and 0 if nowhere. */
export type Position = 'instr' | 'strpos';

/** What stands behind WHERE, and the values of its question marks in their order. */
export interface Condition {
  sql: string;
  values: (string | number)[];
}

type Part = [sql: string, value: string | number | undefined];

/** Which records a filter means, in SQL. `store.ts` says what each part means. */
export function recordCondition(filter: RecordFilter, position: Position = 'instr'): Condition {
  return allOf([
    ['project_id = ?', filter.projectId],
    ['started >= ?', filter.from],
    ['started < ?', filter.to],
    ['user_name = ?', filter.userName],
    ['computer_name = ?', filter.computerName],
    // Not LIKE, for which % and _ are no ordinary characters.
    [`${position}(terminal_type_lower, ?) > 0`, filter.terminalType?.toLowerCase()],
    ['public_ip = ?', filter.publicIp],
    ["coalesce(nullif(enterprise_project_id, ''), '0') = ?", filter.enterpriseProjectId],
    ['domain = ?', filter.domain],
    ['e2e_rtt >= ?', filter.minRtt],
    ['e2e_rtt <= ?', filter.maxRtt],
  ]);
}

/** Which tasks a filter means, in SQL. */
export function taskCondition(filter: TaskFilter): Condition {
  return allOf([
    ['project_id = ?', filter.projectId],
    ['task_id = ?', filter.taskId],
    ['file_name = ?', filter.fileName],
    ['status = ?', filter.status],
    ['is_download = ?', filter.isDownload === undefined ? undefined : Number(filter.isDownload)],
  ]);
}

function allOf(parts: Part[]): Condition {
  const given = parts.filter((part): part is [string, string | number] => part[1] !== undefined);
  return { sql: given.map(([sql]) => sql).join(' AND '), values: given.map(([, value]) => value) };
}
