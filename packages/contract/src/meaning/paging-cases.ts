/** Cases of the list itself: its pages, and its number of records. */
import type { Case } from '../cases/case.ts';
import type { Basis } from '../contract.ts';
import type { Trial } from '../trial.ts';
import { Skip, type World } from '../world.ts';
import { inferred } from './filter-rules.ts';
import { EXACT, exactly } from './filters.ts';
import { isOverfull, needPages, pageDifference, pagesOf } from './paging.ts';
import { beyond, keyOf, pageOf, type Row, records, show, tally, textOf } from './rows.ts';
import { inMinutes, LIST, PAGE, pageRequest, settle, snapshotOf } from './snapshot.ts';

/** The most records of a page that is looked at for its place. */
const FEW = 10;
const documented: Basis = { kind: 'documented', why: LIST.source };
const paged: Basis = {
  kind: 'inferred',
  why: 'The page calls offset and limit a page of the records that match; reading all of them takes this.',
};

/** The cases of pages. */
export function pagingCases(): Case[] {
  return [
    one('pages neither lose nor repeat a record', paged, neitherLosesNorRepeats),
    one('pages far into the list have the records of that place', paged, farPages),
    one('pages of a filtered list neither lose nor repeat a record', paged, filteredPages),
    one('limit is the most records of a page, and all of them are used', documented, limits),
    one('limit is 20 where it is left out', documented, defaultLimit),
    one('limit=0 gives the number of records alone', inferred(LIST, 'limit'), limitOfNone),
    one('offset beyond the last record gives an empty page', paged, beyondTheEnd),
    one('records keep their order from page to page', paged, keepsOrder),
    one('total_count is the number of records that match, on every page', documented, totals),
  ];
}

function one(title: string, basis: Basis, run: Case['run']): Case {
  return { operation: LIST, status: 200, title, basis, needs: ['rows'], run };
}

async function neitherLosesNorRepeats(trial: Trial): Promise<void> {
  const pages = await pagesOf(trial.world);
  trial.exchanges.push(...pages.exchanges);
  if (isOverfull(pages)) throw new Skip('a page has more records than limit; see the case of limit');
  const { lost, repeated } = pageDifference(pages);
  if (lost.length + repeated.length > 0) await settle(trial.world);
  trial.demand(lost.length + repeated.length === 0, {
    rule: `Pages of ${pages.size} records together have each record once, as one page of ${PAGE} has them.`,
    expected: `${records(pages.single.length)}, each once`,
    came: [
      ...(lost.length > 0 ? [`${lost.length} lost between pages: ${show(lost)}`] : []),
      ...(repeated.length > 0 ? [`${repeated.length} repeated: ${show(repeated)}`] : []),
    ].join('. '),
  });
}

/** Few records are read on small pages: here, of all of them, a page at every quarter, and the last one. */
async function farPages(trial: Trial): Promise<void> {
  const { rows } = await snapshotOf(trial.world);
  await needOrder(trial.world);
  const quarters = [0.25, 0.5, 0.75].map((part) => Math.floor(rows.length * part));
  for (const offset of new Set([...quarters, rows.length - 1])) {
    const page = await read(trial, { limit: FEW, offset });
    const expected = rows.slice(offset, offset + FEW);
    if (page.rows.map(keyOf).join() === expected.map(keyOf).join()) continue;
    await settle(trial.world);
    trial.demand(false, {
      rule: `A page at offset=${offset} has the records after the first ${offset}, as a page of ${PAGE} has them.`,
      expected: `${records(expected.length)}: ${show(expected)}`,
      came: `${records(page.rows.length)}: ${show(page.rows) || 'none'}`,
    });
  }
}

/** Throws `Skip` where the order of records depends on the page, which is a case of its own. */
async function needOrder(world: World): Promise<void> {
  await needPages(world);
  const { single, small } = await pagesOf(world);
  const listed = small.flatMap(({ rows }) => rows);
  if (single.some((row, index) => keyOf(row) !== keyOf(listed[index] ?? {}))) {
    throw new Skip('records change their order; see listConnectionRecords 200 records keep their order');
  }
}

async function filteredPages(trial: Trial): Promise<void> {
  await needPages(trial.world);
  const { window, rows } = await snapshotOf(trial.world);
  const [probe] = EXACT.slice(0, 1).flatMap((filter) => exactly(filter, rows));
  if (!probe) throw new Skip('no record is such that this would show');
  const read = async (limit: number, offset: number) =>
    pageOf(await trial.ask(pageRequest(window, { limit, offset }, probe.query)))?.rows ?? [];
  const single = await read(PAGE, 0);
  if (single.length === 0 || single.length === PAGE)
    throw new Skip('the filter finds too few records, or too many');
  // Smaller than what matches: a server that pages first and filters then has few on each.
  const size = Math.max(1, Math.ceil(single.length / 5));
  const parts: Row[] = [];
  for (let offset = 0; offset < single.length; offset += size) parts.push(...(await read(size, offset)));
  const lost = beyond(single, tally(parts.map(keyOf)), keyOf);
  const repeated = beyond(parts, tally(single.map(keyOf)), keyOf);
  if (lost.length + repeated.length > 0) await settle(trial.world);
  trial.demand(lost.length + repeated.length === 0, {
    rule: 'offset and limit count the records that match the filter, not all of them.',
    expected: `on pages of ${size}, ${records(single.length)}, each once`,
    came: `${records(parts.length)}; lost: ${show(lost) || 'none'}; repeated: ${show(repeated) || 'none'}`,
  });
}

async function limits(trial: Trial): Promise<void> {
  const { window, rows } = await snapshotOf(trial.world);
  const wanted = [1, Math.min(3, rows.length)];
  for (const limit of wanted) {
    const page = await read(trial, { limit, offset: 0 });
    trial.demand(page.rows.length === limit, {
      rule: 'limit is how many records a page has, as long as there are as many.',
      expected: `limit=${limit}: ${records(limit)}`,
      came: records(page.rows.length),
    });
  }
  const full = await read(trial, { limit: PAGE, offset: 0 });
  trial.demand(full.rows.length <= PAGE, {
    rule: 'limit is the most records of a page.',
    expected: `at most ${PAGE} records`,
    came: records(full.rows.length),
  });
  if (full.rows.length === PAGE) return;
  const next = await trial.ask(pageRequest(window, { limit: PAGE, offset: full.rows.length }));
  const more = pageOf(next)?.rows ?? [];
  const known = tally(full.rows.map(keyOf));
  trial.demand(beyond(more, known, keyOf).length === 0, {
    rule: 'limit is how many records a page has, as long as there are as many.',
    expected: `limit=${PAGE}: all records on one page, for there are no ${PAGE}`,
    came: `${records(full.rows.length)} on the first page, and more after them`,
  });
}

async function defaultLimit(trial: Trial): Promise<void> {
  const { window, rows } = await snapshotOf(trial.world);
  if (rows.length <= 20) throw new Skip('there are no more than 20 records');
  const page = pageOf(await trial.ask({ operation: LIST, query: inMinutes(window) }));
  trial.demand(page?.rows.length === 20, {
    rule: 'limit is 20 where it is left out.',
    expected: '20 records',
    came: records(page?.rows.length ?? 0),
  });
}

async function limitOfNone(trial: Trial): Promise<void> {
  const page = await read(trial, { limit: 0, offset: 0 });
  trial.demand(page.rows.length === 0, {
    rule: 'limit=0 asks for no records, and for their number alone.',
    expected: 'no records',
    came: records(page.rows.length),
  });
}

async function beyondTheEnd(trial: Trial): Promise<void> {
  const { rows } = await snapshotOf(trial.world);
  for (const offset of [rows.length, rows.length + 1000]) {
    const page = await read(trial, { limit: 5, offset });
    if (page.rows.length > 0) await needPages(trial.world);
    if (page.rows.length > 0) await settle(trial.world);
    trial.demand(page.rows.length === 0, {
      rule: 'A page beyond the last record is empty.',
      expected: `offset=${offset}: no records`,
      came: `${records(page.rows.length)}: ${show(page.rows)}`,
    });
  }
}

async function keepsOrder(trial: Trial): Promise<void> {
  await needPages(trial.world);
  const { single, small, exchanges } = await pagesOf(trial.world);
  trial.exchanges.push(...exchanges);
  const listed = small.flatMap(({ rows }) => rows);
  const at = single.findIndex((row, index) => keyOf(row) !== keyOf(listed[index] ?? {}));
  if (at >= 0) await settle(trial.world);
  trial.demand(at < 0, {
    rule: 'Records keep their order from page to page, or reading on would lose some of them.',
    expected: `at place ${at}, ${show(single.slice(at, at + 1))}`,
    came: show(listed.slice(at, at + 1)),
  });
}

async function totals(trial: Trial): Promise<void> {
  await needPages(trial.world);
  const { single, small, exchanges } = await pagesOf(trial.world);
  const wrong = small.findIndex(({ total }) => total !== single.length);
  const shown = exchanges[wrong + 1];
  if (shown) trial.exchanges.push(shown);
  if (wrong >= 0) await settle(trial.world);
  trial.demand(wrong < 0, {
    rule: 'total_count is the number of records that match, on every page.',
    expected: `total_count ${single.length}`,
    came: `total_count ${small[wrong]?.total} at offset ${small[wrong]?.offset}`,
  });
  const [first] = single;
  if (!first) return;
  const { window } = await snapshotOf(trial.world);
  const query = { user_name: textOf(first, 'user_name') };
  const page = pageOf(await trial.ask(pageRequest(window, { limit: PAGE, offset: 0 }, query)));
  if (!page || page.rows.length >= PAGE) return;
  trial.demand(page.total === page.rows.length, {
    rule: 'total_count is the number of records that match the filters, not of all.',
    expected: `total_count ${page.rows.length}`,
    came: `total_count ${page.total}`,
  });
}

async function read(trial: Trial, page: { limit: number; offset: number }) {
  const { window } = await snapshotOf(trial.world);
  const answer = await trial.ask(pageRequest(window, page));
  const found = pageOf(answer);
  if (!found)
    throw new Skip('the page has no records to look at; see listConnectionRecords 200 lists the records');
  return found;
}
