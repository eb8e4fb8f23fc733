/** Cases of the records that the list has: what every one of them keeps, and which ones they are. */

import type { Case } from '../cases/case.ts';
import { DAY } from '../clock.ts';
import type { Basis } from '../contract.ts';
import type { Trial } from '../trial.ts';
import { needPages, pagesOf } from './paging.ts';
import { keyOf, pageOf, type Row, records, show, startOf, tally, textOf } from './rows.ts';
import { inMinutes, LIST, PAGE, pageRequest, settle, snapshotOf } from './snapshot.ts';

const unchanging: Basis = {
  kind: 'inferred',
  why: 'A record of a connection that has ended has nothing left to change.',
};
const orderOfTimes: Basis = {
  kind: 'inferred',
  why: 'It follows from what the three times of a record mean.',
};
const lastDays: Basis = {
  kind: 'inferred',
  why: 'The page of the list does not say what both bounds left out mean; records are kept for 30 days.',
};

/** The cases of records. */
export function recordCases(): Case[] {
  return [
    one('no transaction_id is there twice', transactionBasis(), uniqueIds),
    one('a record of the past is the same at each look', unchanging, staysTheSame),
    one('a connection neither stands nor ends before it began', orderOfTimes, timesInOrder),
    one('without a window, the records are those of the last 30 days', lastDays, withoutWindow),
  ];
}

function transactionBasis(): Basis {
  return {
    kind: 'inferred',
    why: 'The vendor calls it only "transaction id"; that it is unique per connection is this project\'s reading.',
  };
}

function one(title: string, basis: Basis, run: Case['run']): Case {
  return { operation: LIST, status: 200, title, basis, needs: ['rows'], run };
}

async function uniqueIds(trial: Trial): Promise<void> {
  await needPages(trial.world);
  const { rows, exchange } = await snapshotOf(trial.world);
  trial.exchanges.push(exchange);
  const identified = rows.filter((row) => textOf(row, 'transaction_id') !== '');
  const counts = tally(identified.map((row) => textOf(row, 'transaction_id')));
  const twice = identified.filter((row) => (counts.get(textOf(row, 'transaction_id')) ?? 0) > 1);
  if (twice.length > 0) await settle(trial.world);
  trial.demand(twice.length === 0, {
    rule: 'The transaction_id tells one connection from any other.',
    expected: 'each id once',
    came: `${records(twice.length)} with an id that others have: ${show(twice, 'connection_start_time')}`,
  });
}

async function staysTheSame(trial: Trial): Promise<void> {
  const { window, single } = await pagesOf(trial.world);
  const page = pageOf(await trial.ask(pageRequest(window, { limit: PAGE, offset: 0 })));
  const known = new Map(single.map((row) => [textOf(row, 'transaction_id'), row]));
  for (const row of page?.rows ?? []) {
    const before = known.get(textOf(row, 'transaction_id')) ?? row;
    // What was empty may be known by now, as the end of a connection.
    const field = Object.keys(before).find(
      (name) => textOf(before, name) !== '' && textOf(before, name) !== textOf(row, name),
    );
    trial.demand(field === undefined || textOf(row, 'transaction_id') === '', {
      rule: `A record of the past stays as it is: ${field}.`,
      expected: show([before], field ?? ''),
      came: show([row], field ?? ''),
    });
  }
}

async function timesInOrder(trial: Trial): Promise<void> {
  const { rows, exchange } = await snapshotOf(trial.world);
  trial.exchanges.push(exchange);
  for (const field of ['connection_setup_time', 'connection_end_time']) {
    const early = rows.filter((row) => Date.parse(textOf(row, field)) < startOf(row));
    trial.demand(early.length === 0, {
      rule: `${field} is not before connection_start_time.`,
      expected: 'no connection that ends or stands before it begins',
      came: show(early, 'connection_start_time', field),
    });
  }
}

async function withoutWindow(trial: Trial): Promise<void> {
  const { world } = trial;
  const known = await snapshotOf(world);
  const query = { limit: String(PAGE) };
  const page = pageOf(await trial.ask({ operation: LIST, query }));
  if (!page) return;
  // An hour of grace, for clocks differ and records are removed now and then.
  const old: Row[] = page.rows.filter((row) => startOf(row) < world.clock.now() - 30 * DAY - DAY / 24);
  trial.demand(old.length === 0, {
    rule: 'Both bounds left out, the records are those of the last 30 days.',
    expected: 'no record that began earlier',
    came: show(old, 'connection_start_time'),
  });
  const paging = await needPages(world).then(
    () => true,
    () => false,
  );
  const listed = tally(page.rows.map(keyOf));
  const lost = page.rows.length < PAGE && paging ? known.rows.filter((row) => !listed.has(keyOf(row))) : [];
  const few = lost.length > 0 || (paging && page.total < known.rows.length);
  if (few) await settle(world);
  trial.demand(!few, {
    rule: 'Both bounds left out, the records are those of the last 30 days, all of them.',
    expected: `at least the ${known.rows.length} of the window from ${inMinutes(known.window).start_time} on`,
    came: `total_count ${page.total}; ${lost.length} missing: ${show(lost, 'connection_start_time')}`,
  });
}
