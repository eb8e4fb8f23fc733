/** Cases of the export: what each filter and each window puts into the file, against what the suite computes. */

import type { Case } from '../cases/case.ts';
import type { Basis } from '../contract.ts';
import { oncePerWorld } from '../memo.ts';
import { Breach, type Trial } from '../trial.ts';
import { Skip, toSecond, type World } from '../world.ts';
import { type Exported, exportOf, leaveToOthers, type Query, START, startAll, tableOf } from './exports.ts';
import type { Table } from './file/table.ts';
import { type FilterRule, filterRules } from './filter-rules.ts';
import type { Probe } from './filters.ts';
import { type Row, records, show, startOf, tally } from './rows.ts';
import { placed, type Reading, readRows, shownBy } from './rows-of-file.ts';
import { inSeconds, type Snapshot, settle, snapshotOf } from './snapshot.ts';
import { broken } from './verdict.ts';
import { adjoining, boundRules, WINDOW_BASIS, type WindowRule, withinRule } from './window-rules.ts';

const BOUNDS = { min: 'min_e2e_rtt', max: 'max_e2e_rtt' };

/** A rule of the export, and the exports that show whether it holds. */
interface ExportRule {
  title: string;
  rule: string;
  basis: Basis;
  probes: (snapshot: Snapshot) => Probe[];
  after?: readonly ExportRule[];
}

function exportRule({ title, rule, basis, probes, after = [] }: FilterRule): ExportRule {
  return {
    title,
    rule,
    basis,
    // Every one of them is a file to wait for; the list is asked for the rest.
    probes: ({ rows, window }) =>
      probes(rows, { ...BOUNDS, field: 'e2e_rtt' })
        .slice(0, mostProbes(title))
        .map((probe) => ({ ...probe, query: { ...inSeconds(window), ...probe.query } })),
    after: after.map(exportRule),
  };
}

function windowRule({ title, rule, probes }: WindowRule): ExportRule {
  return {
    title,
    rule,
    basis: WINDOW_BASIS,
    probes: ({ rows }) => {
      const windows = adjoining(rows, 1000);
      return windows ? probes(windows, inSeconds) : [];
    },
  };
}

/** How many exports show a rule. Which pairs of filters do is chosen where they are made. */
function mostProbes(title: string): number {
  if (title.startsWith('two filters')) return Number.POSITIVE_INFINITY;
  return /^(user_name|terminal_type|min_e2e_rtt and)/.test(title) ? 2 : 1;
}

const WITHIN = windowRule(withinRule('in the file'));

const RULES: readonly ExportRule[] = [
  ...filterRules(START, BOUNDS).map(exportRule),
  WITHIN,
  ...boundRules('in the file').map((rule) => ({ ...windowRule(rule), after: [WITHIN] })),
  oneBound('start_time', 'no connection that began earlier is in the file, and every later one', 0.9),
  oneBound('end_time', 'no connection that began later is in the file, and every earlier one', 0.1),
  {
    title: 'both bounds left out, the file has the last 30 days',
    rule: 'Both bounds left out, an export has the connections of the last 30 days.',
    basis: WINDOW_BASIS,
    probes: () => [{ query: {}, fields: ['connection_start_time'], matches: () => true }],
  },
];

/** The cases of filters and windows of the export. */
export function exportCases(): Case[] {
  return [
    ...RULES.map((rule) => one(rule.title, rule.basis, (trial) => tryRule(trial, rule))),
    one('adjoining windows neither lose nor repeat a record', WINDOW_BASIS, windowsAdjoin),
  ];
}

function one(title: string, basis: Basis, run: Case['run']): Case {
  return { operation: START, status: 200, title, basis, needs: ['rows', 'download'], run };
}

function oneBound(name: 'start_time' | 'end_time', what: string, share: number): ExportRule {
  return {
    title: `${name} alone: ${what}`,
    rule: `${name} may be given alone: ${what}.`,
    basis: WINDOW_BASIS,
    probes: ({ rows }) => {
      const starts = rows
        .map(startOf)
        .filter((start) => !Number.isNaN(start))
        .sort((a, b) => a - b);
      const bound = starts[Math.floor(starts.length * share)];
      if (bound === undefined) return [];
      const matches = (row: Row) => {
        const start = startOf(row);
        return start === bound || Number.isNaN(start) ? undefined : start > bound === (name === 'start_time');
      };
      return [{ query: { [name]: toSecond(bound) }, fields: ['connection_start_time'], matches }];
    },
  };
}

/** The export without filters that the others are compared with. */
export function baseQuery({ window }: Snapshot, language?: string): Query {
  return { ...inSeconds(window), ...(language === undefined ? {} : { language }) };
}

const planned = oncePerWorld(async (world: World) => {
  const snapshot = await snapshotOf(world);
  const counted = RULES.filter(({ basis }) => world.settings.basis === 'all' || basis.kind === 'documented');
  const queries = counted.flatMap(({ probes }) => probes(snapshot).map(({ query }) => inEnglish(query)));
  return [...['en_US', 'zh_CN', undefined].map((language) => baseQuery(snapshot, language)), ...queries];
});

/** Starts all exports that the cases will look at, so that their waits are one. */
export async function startPlanned(trial: Trial): Promise<void> {
  await trial.world.taskId();
  await startAll(trial.world, await planned(trial.world));
}

function inEnglish(query: Query): Query {
  return { ...query, language: 'en_US' };
}

const readings = new WeakMap<Table, Reading>();

/** The rows of the export without filters. */
export async function baseOf(trial: Trial): Promise<Reading> {
  await startPlanned(trial);
  const snapshot = await snapshotOf(trial.world);
  const table = await tableOf(trial, baseQuery(snapshot, 'en_US'));
  const reading = readings.get(table) ?? readRows(table, snapshot.rows);
  readings.set(table, reading);
  return reading;
}

async function tryRule(trial: Trial, { rule, probes, after = [] }: ExportRule): Promise<void> {
  const snapshot = await snapshotOf(trial.world);
  for (const earlier of after) {
    const base = await told(trial, () => baseOf(trial));
    for (const probe of earlier.probes(snapshot)) {
      const table = await told(trial, () => tableOf(trial, inEnglish(probe.query)));
      const { wrong } = differenceOf(base, probe, shownIn(base, table));
      if (wrong.length > 0) throw new Skip(`it is not obeyed at all; see ${earlier.title}`);
    }
  }
  const found = probes(snapshot);
  if (found.length === 0) throw new Skip('no record is such that this would show');
  for (const probe of found) await tryOne(trial, rule, probe);
}

async function tryOne(trial: Trial, rule: string, probe: Probe): Promise<void> {
  const { rows } = await snapshotOf(trial.world);
  const base = await told(trial, () => baseOf(trial));
  if (base.owners.size === 0) throw new Skip('no row of the file is known; see downloadExportFile 200');
  needTimes(base, probe.fields);
  const matching = rows.filter((row) => probe.matches(row)).length;
  const query = inEnglish(probe.query);
  const exported = await exportOf(trial, query);
  // What an export of nothing ends as is not documented.
  if (isEmptyFailure(exported) && matching === 0) return;
  const table = await tableOf(trial, query);
  const difference = differenceOf(base, probe, shownIn(base, table));
  if (difference.wrong.length + difference.lost.length === 0) return;
  if (difference.wrong.length === 0 && base.lost.length > 0) {
    throw new Skip('the file loses records without a filter, too; see downloadExportFile 200');
  }
  await settle(trial.world);
  trial.demand(false, broken(probe.rule ?? rule, probe, difference, rows, matching));
}

/** Throws `Skip` where list and file do not agree when connections began, and one of them is no measure of windows. */
function needTimes({ wrong }: Reading, fields: readonly string[]): void {
  const time = 'connection_start_time';
  if (fields.includes(time) && wrong.has(time)) {
    throw new Skip('the file has other times than the list; see downloadExportFile 200');
  }
}

/** What the rows of a filtered file are, as the same rows of the unfiltered one tell. */
function differenceOf({ owners }: Reading, { matches }: Probe, shown: readonly string[]) {
  const known = new Set(shown);
  const wrong = shown.flatMap((key) => {
    const rows = owners.get(key) ?? [];
    return rows.length > 0 && rows.every((row) => matches(row) === false) ? rows.slice(0, 1) : [];
  });
  const lost = [...owners].flatMap(([key, rows]) =>
    known.has(key) ? [] : rows.filter((row) => matches(row)),
  );
  return { wrong, lost, found: shown.length };
}

/** What the rows of another file show, in the columns of the unfiltered one. */
function shownIn({ columns }: Reading, table: Table): string[] {
  const here = placed(table);
  const found = columns.flatMap(({ column }) => here.find((one) => one.column === column) ?? []);
  if (found.length < columns.length) {
    throw new Skip('the file has other columns than the one without a filter; see downloadExportFile 200');
  }
  return table.rows.map((cells) => shownBy(found, cells));
}

function isEmptyFailure({ task, table }: Exported): boolean {
  return !table && task.status === 'FAIL';
}

/** A case of a filter says nothing of the file without one: what is wrong with that is told by its own. */
async function told<Value>(trial: Trial, look: () => Promise<Value>): Promise<Value> {
  const before = trial.exchanges.length;
  const value = await look().catch(async (error: unknown) => {
    if (error instanceof Breach) {
      await leaveToOthers(trial);
      throw new Skip('an export that this one is compared with fails; see its own case');
    }
    throw error;
  });
  trial.exchanges.length = before;
  return value;
}

async function windowsAdjoin(trial: Trial): Promise<void> {
  const { rows } = await snapshotOf(trial.world);
  const windows = adjoining(rows, 1000);
  if (!windows) throw new Skip('there are too few records to part them');
  const base = await told(trial, () => baseOf(trial));
  needTimes(base, ['connection_start_time']);
  if (base.lost.length + base.repeated.length > 0) {
    throw new Skip('one file alone loses or repeats records; see downloadExportFile 200');
  }
  const shown: string[] = [];
  for (const window of [windows.before, windows.after]) {
    const table = await tableOf(trial, inEnglish(inSeconds(window)));
    shown.push(...shownIn(base, table));
  }
  const counts = tally(shown);
  const spanned = (row: Row) => startOf(row) >= windows.before.from && startOf(row) < windows.after.to;
  const lost: Row[] = [];
  const repeated: Row[] = [];
  for (const [key, owners] of base.owners) {
    const count = counts.get(key) ?? 0;
    const expected = owners.filter(spanned);
    if (expected.length === 0) continue;
    lost.push(...expected.slice(count));
    if (count > expected.length) repeated.push(...expected.slice(0, 1));
  }
  if (lost.length + repeated.length > 0) await settle(trial.world);
  const at = 'connection_start_time';
  trial.demand(lost.length + repeated.length === 0, {
    rule: `Two windows that adjoin at ${toSecond(windows.after.from)}, when a connection began, together have every record once.`,
    expected: `${records(rows.filter(spanned).length)}, each once`,
    came: `lost: ${show(lost, at) || 'none'}. Repeated: ${show(repeated, at) || 'none'}`,
  });
}
