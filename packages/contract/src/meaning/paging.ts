/** The pages of the list, read once per run: whether they lose, repeat or shuffle records. */
import { MINUTE } from '../clock.ts';
import { oncePerWorld } from '../memo.ts';
import type { Exchange } from '../request.ts';
import { Skip, type World } from '../world.ts';
import { beyond, keyOf, pageOf, type Row, startOf, tally } from './rows.ts';
import { PAGE, pageRequest, snapshotOf, type Window } from './snapshot.ts';

/** Enough for several small pages, and few enough for one large one. */
const SOME = 40;

export interface Pages {
  window: Window;
  /** Everything on one page. */
  single: readonly Row[];
  /** The same on small pages, in their order, the last ones beyond the end. */
  small: readonly { offset: number; rows: readonly Row[]; total: number }[];
  /** The most rows of a small page. */
  size: number;
  exchanges: readonly Exchange[];
}

/** Reads a window of some dozens of records on one page, and on pages of an odd size. */
export const pagesOf = oncePerWorld(async (world): Promise<Pages> => {
  const window = smallWindow(await snapshotOf(world));
  const exchanges: Exchange[] = [];
  const read = async (limit: number, offset: number) => {
    const exchange = await world.ask(pageRequest(window, { limit, offset }));
    exchanges.push(exchange);
    const page = pageOf(exchange.answer);
    if (!page) throw new Skip('a page cannot be read; see the other cases of listConnectionRecords');
    return { offset, ...page };
  };
  const { rows: single } = await read(PAGE, 0);
  // Not a divisor of anything that a server may page by itself.
  const size = Math.max(7, Math.ceil(single.length / 12) | 1);
  const small = [];
  for (let offset = 0; offset <= single.length + size; offset += size) small.push(await read(size, offset));
  return { window, single, small, size, exchanges };
});

/** Records on one page and not on the small ones, or more often there than here. */
export function pageDifference({ single, small }: Pages): { lost: Row[]; repeated: Row[] } {
  const paged = small.flatMap(({ rows }) => rows);
  return {
    lost: beyond(single, tally(paged.map(keyOf)), keyOf),
    repeated: beyond(paged, tally(single.map(keyOf)), keyOf),
  };
}

/** Throws `Skip` if pages lose or repeat records, so that what is missing elsewhere may be missing for this. */
export async function needPages(world: World): Promise<void> {
  const pages = await pagesOf(world);
  const { lost, repeated } = pageDifference(pages);
  if (lost.length + repeated.length > 0 || isOverfull(pages)) {
    throw new Skip(
      'pages lose or repeat records; see listConnectionRecords 200 pages neither lose nor repeat',
    );
  }
}

/** Whether a page has more rows than asked for. */
export function isOverfull({ small, size }: Pages): boolean {
  return small.some(({ rows }) => rows.length > size);
}

/** A window of whole minutes with some of the records, from the middle. */
function smallWindow({ rows, window }: { rows: readonly Row[]; window: Window }): Window {
  const starts = rows
    .map(startOf)
    .filter((start) => !Number.isNaN(start))
    .sort((a, b) => a - b);
  if (starts.length <= SOME) return window;
  const first = Math.floor((starts.length - SOME) / 2);
  const minute = (index: number) => Math.floor((starts[index] as number) / MINUTE) * MINUTE;
  return { from: minute(first), to: minute(first + SOME - 1) + MINUTE };
}
