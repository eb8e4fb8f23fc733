/** What the answer to a list must be, whatever there is to list: its length, its count, and that every item fits. */
import { json } from '../judge.ts';
import { timeOf } from '../life/tasks.ts';
import type { Answer } from '../request.ts';
import type { Query } from './requests.ts';

/** What is wrong with an answer, in the words of a rule. */
export interface Misfit {
  rule: string;
  expected: string;
  came: string;
}

type Item = Readonly<Record<string, unknown>>;

/** Whether an item fits a value of a filter. What it does not say of itself, it fits. */
type Fits = (item: Item, value: string) => boolean;

const DEFAULT_LIMIT = 20;

const same =
  (field: string): Fits =>
  (item, value) =>
    item[field] === undefined || String(item[field]) === value;

/** The page calls it network latency in the name and end-to-end latency in the text: either will do. */
const latency =
  (fits: (rtt: number, bound: number) => boolean): Fits =>
  ({ e2e_rtt, network_rtt }, bound) => {
    const known = [e2e_rtt, network_rtt].filter((rtt) => typeof rtt === 'number');
    return known.length === 0 || known.some((rtt) => fits(rtt, Number(bound)));
  };

const RECORDS: Readonly<Record<string, Fits>> = {
  start_time: ({ connection_start_time: time }, from) => !time || timeOf(time) >= timeOf(from),
  end_time: ({ connection_start_time: time }, to) => !time || timeOf(time) < timeOf(to),
  user_name: same('user_name'),
  computer_name: same('computer_name'),
  public_ip: same('public_ip'),
  terminal_type: ({ terminal_type: type }, part) =>
    type === undefined || String(type).toLowerCase().includes(part.toLowerCase()),
  enterprise_project_id: ({ enterprise_project_id: id }, wanted) =>
    (id || '0') === wanted || id === undefined,
  min_network_rtt: latency((rtt, bound) => rtt >= bound),
  max_network_rtt: latency((rtt, bound) => rtt <= bound),
};

const TASKS: Readonly<Record<string, Fits>> = {
  task_id: same('task_id'),
  file_name: same('file_name'),
  status: same('status'),
  is_download: same('is_download'),
};

/** What is wrong with a page of records. */
export function misfitOfRecords(query: Query, answer: Answer): Misfit | undefined {
  const { records, total_count } = json(answer) as { records: Item[]; total_count: number };
  return (
    lengthMisfit(query, records, total_count, 'total_count') ??
    itemMisfit(query, records, RECORDS, recordName)
  );
}

/** What is wrong with a page of tasks. */
export function misfitOfTasks(query: Query, answer: Answer): Misfit | undefined {
  const { export_tasks, count } = json(answer) as { export_tasks: Item[]; count: number };
  return (
    lengthMisfit(query, export_tasks, count, 'count') ??
    itemMisfit(query, export_tasks, TASKS, ({ task_id }) => String(task_id)) ??
    orderMisfit(query, export_tasks)
  );
}

const recordName = ({ transaction_id, user_name, connection_start_time }: Item) =>
  `${transaction_id ?? user_name} of ${connection_start_time}`;

function lengthMisfit(query: Query, items: readonly Item[], total: number, name: string): Misfit | undefined {
  const limit = Number(query.limit ?? DEFAULT_LIMIT);
  const due = Math.min(limit, Math.max(0, total - Number(query.offset ?? 0)));
  if (items.length === due) return undefined;
  return {
    rule: `A page has as many items as limit says, or those that ${name} leaves after offset.`,
    expected: `${due} items, for limit is ${limit}, offset ${query.offset ?? 0} and ${name} ${total}`,
    came: `${items.length} items`,
  };
}

function itemMisfit(
  query: Query,
  items: readonly Item[],
  filters: Readonly<Record<string, Fits>>,
  nameOf: (item: Item) => string,
): Misfit | undefined {
  for (const [name, value] of Object.entries(query)) {
    const wrong = items.find((item) => filters[name] && !filters[name](item, value));
    if (!wrong) continue;
    return {
      rule: `Every item of a list fits its filters: ${name} here.`,
      expected: `items that fit ${name}=${value.slice(0, 80)}`,
      came: `${nameOf(wrong)}: ${shown(wrong, name)}`,
    };
  }
  return undefined;
}

/** The fields of an item that a filter may speak of. */
function shown(item: Item, filter: string): string {
  const word = filter.split('_').at(-1) ?? filter;
  const fields = Object.entries(item).filter(([field]) => field === filter || field.includes(word));
  return fields.map(([field, value]) => `${field} ${value}`).join(', ');
}

function orderMisfit({ sort_field, sort_type }: Query, items: readonly Item[]): Misfit | undefined {
  if (!sort_field) return undefined;
  const sign = sort_type === 'DESC' ? -1 : 1;
  const wrong = items.findIndex(
    ({ create_time }, index) => (timeOf(create_time) - timeOf(items[index - 1]?.create_time)) * sign < 0,
  );
  if (wrong < 1) return undefined;
  return {
    rule: `Tasks sorted by create_time come in its order, ${sort_type ?? 'ASC'}.`,
    expected: `no task of ${items[wrong]?.create_time} after one of ${items[wrong - 1]?.create_time}`,
    came: `${items[wrong]?.task_id} after ${items[wrong - 1]?.task_id}`,
  };
}
