/** Cases of the list: what each filter and each window finds, against what the suite computes. */

import type { Case } from '../cases/case.ts';
import { MINUTE } from '../clock.ts';
import type { Basis } from '../contract.ts';
import { oncePerWorld } from '../memo.ts';
import type { Trial } from '../trial.ts';
import { Skip, type World } from '../world.ts';
import { type FilterRule, filterRules } from './filter-rules.ts';
import { atLeast, type Latency, type Probe } from './filters.ts';
import { needPages } from './paging.ts';
import { beyond, keyOf, pageOf, type Row, records, tally } from './rows.ts';
import { inMinutes, LIST, PAGE, pageRequest, settle, snapshotOf } from './snapshot.ts';
import { broken } from './verdict.ts';
import { adjoining, boundRules, WINDOW_BASIS, type WindowRule, withinRule } from './window-rules.ts';

const BOUNDS = { min: 'min_network_rtt', max: 'max_network_rtt' };
const WITHIN = withinRule('listed');
const NAME_BASIS: Basis = {
  kind: 'inferred',
  why: 'The page describes it as end-to-end latency, as it does those of the export, in spite of its name.',
};

/** The cases of filters and windows of the list. */
export function listCases(): Case[] {
  return [
    ...filterRules(LIST, BOUNDS).map((rule) =>
      one(rule.title, rule.basis, (trial) => tryFilter(trial, rule)),
    ),
    one('min_network_rtt and max_network_rtt mean e2e_rtt', NAME_BASIS, meansEndToEnd),
    one(WITHIN.title, WINDOW_BASIS, (trial) => tryWindow(trial, WITHIN)),
    ...boundRules('listed').map((rule) =>
      one(rule.title, WINDOW_BASIS, async (trial) => {
        await needWindows(trial.world);
        await tryWindow(trial, rule);
      }),
    ),
    one('adjoining windows neither lose nor repeat a record', WINDOW_BASIS, windowsAdjoin),
  ];
}

function one(title: string, basis: Basis, run: Case['run']): Case {
  return { operation: LIST, status: 200, title, basis, needs: ['rows'], run };
}

async function tryWindow(trial: Trial, { rule, probes }: WindowRule): Promise<void> {
  const { rows } = await snapshotOf(trial.world);
  const windows = adjoining(rows, MINUTE);
  await tryAll(trial, rule, windows ? probes(windows, inMinutes) : []);
}

/** Throws `Skip` where windows are not obeyed at all, or times are not those that windows mean. */
async function needWindows(world: World): Promise<void> {
  const { rows } = await snapshotOf(world);
  const windows = adjoining(rows, MINUTE);
  for (const probe of windows ? WITHIN.probes(windows, inMinutes) : []) {
    if (await letsThrough(world, probe))
      throw new Skip(`the window is not obeyed at all; see ${WITHIN.title}`);
  }
}

async function tryFilter(trial: Trial, { rule, probes, after = [] }: FilterRule): Promise<void> {
  const { world } = trial;
  const { rows } = await snapshotOf(world);
  const latency = await latencyOf(world);
  for (const earlier of after) {
    for (const probe of earlier.probes(rows, latency)) {
      if (await letsThrough(world, probe))
        throw new Skip(`the filter is not obeyed at all; see ${earlier.title}`);
    }
  }
  await tryAll(trial, rule, probes(rows, latency));
}

const answers = oncePerWorld(async () => new Map<string, Promise<readonly Row[]>>());

/** Whether the filter finds what it must not find; asked once for a query. */
async function letsThrough(world: World, { query, matches }: Probe): Promise<boolean> {
  const known = await answers(world);
  const name = JSON.stringify(query);
  const { window } = await snapshotOf(world);
  const ask = async () => {
    const { answer } = await world.ask(pageRequest(window, { limit: PAGE, offset: 0 }, query));
    return pageOf(answer)?.rows ?? [];
  };
  const rows = known.get(name) ?? ask();
  known.set(name, rows);
  return (await rows).some((row) => matches(row) === false);
}

async function tryAll(trial: Trial, rule: string, probes: readonly Probe[]): Promise<void> {
  if (probes.length === 0) throw new Skip('no record is such that this would show');
  for (const probe of probes) await tryOne(trial, rule, probe);
}

async function tryOne(trial: Trial, rule: string, probe: Probe): Promise<void> {
  const { window, rows } = await snapshotOf(trial.world);
  const found =
    pageOf(await trial.ask(pageRequest(window, { limit: PAGE, offset: 0 }, probe.query)))?.rows ?? [];
  const difference = differenceOf(probe, rows, found);
  if (difference.wrong.length + difference.lost.length === 0) return;
  // What pages lose is told where they do; what a filter lets through is its own.
  if (difference.wrong.length === 0) await needPages(trial.world);
  await settle(trial.world);
  const matching = rows.filter((row) => probe.matches(row)).length;
  trial.demand(false, broken(probe.rule ?? rule, probe, difference, rows, matching));
}

function differenceOf({ matches }: Probe, rows: readonly Row[], found: readonly Row[]) {
  const listed = tally(found.map(keyOf));
  return {
    found: found.length,
    wrong: found.filter((row) => matches(row) === false),
    // Of more than a page, the rest may well follow.
    lost: found.length < PAGE ? rows.filter((row) => matches(row) && !listed.has(keyOf(row))) : [],
  };
}

/** Which field the filters of latency mean: e2e_rtt, unless the answers fit the other one alone. */
const latencyOf = oncePerWorld(async (world): Promise<Latency> => {
  const { window, rows } = await snapshotOf(world);
  const endToEnd = { ...BOUNDS, field: 'e2e_rtt' };
  const network = { ...BOUNDS, field: 'network_rtt' };
  const [probe] = atLeast(endToEnd, rows, 'others');
  if (!probe) return endToEnd;
  const { answer } = await world.ask(pageRequest(window, { limit: PAGE, offset: 0 }, probe.query));
  const found = pageOf(answer)?.rows ?? [];
  const errors = (one: Probe) => {
    const { wrong, lost } = differenceOf(one, rows, found);
    return wrong.length + lost.length;
  };
  const other = { ...probe, matches: (row: Row) => probe.matches({ ...row, e2e_rtt: row.network_rtt }) };
  return errors(probe) > 0 && errors(other) === 0 ? network : endToEnd;
});

async function meansEndToEnd(trial: Trial): Promise<void> {
  const { rows } = await snapshotOf(trial.world);
  const { field } = await latencyOf(trial.world);
  const [probe] = atLeast({ ...BOUNDS, field: 'e2e_rtt' }, rows, 'others');
  if (!probe) throw new Skip('no record has a measured latency');
  if (field === 'network_rtt') {
    await tryOne(trial, 'min_network_rtt and max_network_rtt mean the end-to-end latency, e2e_rtt.', probe);
  }
}

async function windowsAdjoin(trial: Trial): Promise<void> {
  const { rows, window } = await snapshotOf(trial.world);
  const windows = adjoining(rows, MINUTE);
  if (!windows) throw new Skip('there are too few records to part them');
  await needWindows(trial.world);
  await needPages(trial.world);
  const all = { from: windows.before.from, to: windows.after.to };
  const parts: Row[] = [];
  for (const part of [windows.before, windows.after]) {
    const page = pageOf(await trial.ask(pageRequest(part, { limit: PAGE, offset: 0 })));
    parts.push(...(page?.rows ?? []));
  }
  const whole = pageOf(await trial.ask(pageRequest(all, { limit: PAGE, offset: 0 })))?.rows ?? [];
  if (whole.length >= PAGE || window.to < all.to) throw new Skip('there are too many records in one minute');
  const lost = beyond(whole, tally(parts.map(keyOf)), keyOf);
  const repeated = beyond(parts, tally(whole.map(keyOf)), keyOf);
  if (lost.length + repeated.length > 0) await settle(trial.world);
  const at = 'connection_start_time';
  trial.demand(lost.length + repeated.length === 0, {
    rule: `Two windows that adjoin at ${inMinutes(windows.after).start_time} together have the records of the window that spans both.`,
    expected: `${records(whole.length)}, each once`,
    came: `${records(parts.length)}; lost: ${show0(lost, at)}; repeated: ${show0(repeated, at)}`,
  });
}

function show0(rows: readonly Row[], field: string): string {
  return rows.length === 0 ? 'none' : `${rows.length}, at ${String(rows[0]?.[field])}`;
}
