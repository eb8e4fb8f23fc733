import type { ConnectionRecord } from '@connection-records/client';

/** A bar of a chart: what it stands for, and how much. */
export interface Bar {
  label: string;
  count: number;
}

/** What the rows of a file come to. */
export interface Summary {
  /** The first rows, to look at. */
  first: ConnectionRecord[];
  total: number;
  /** How many connections start in each of the 24 hours of the day, UTC. */
  hours: Bar[];
  /** How many connections have a latency in each range. */
  latencies: Bar[];
  /** In milliseconds; undefined if no row has a latency. */
  median: number | undefined;
  /** What 95 of 100 stay below, in milliseconds. */
  most: number | undefined;
  /** How many rows have no latency. */
  without: number;
}

const firstRows = 20;

/**
 * Reads all rows, and keeps but a few and some sums. Lets the page breathe between.
 *
 * @throws the reason of the signal when it aborts.
 */
export async function summarize(
  records: AsyncIterable<ConnectionRecord>,
  signal: AbortSignal,
  onRows: (rows: number) => void,
): Promise<Summary> {
  const first: ConnectionRecord[] = [];
  const hours = new Array<number>(24).fill(0);
  const latencies: number[] = [];
  let total = 0;
  for await (const record of records) {
    if (++total <= firstRows) first.push(record);
    const hour = /^\d{4}-\d\d-\d\d[T ](\d\d):/.exec(record.connection_start_time ?? '')?.[1];
    if (hour) hours[Number(hour)]!++;
    if (record.e2e_rtt !== undefined) latencies.push(record.e2e_rtt);
    if (total % 2000 > 0) continue;
    onRows(total);
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  latencies.sort((a, b) => a - b);
  const at = (part: number) => latencies[Math.ceil(latencies.length * part) - 1];
  return {
    first,
    total,
    hours: hours.map((count, hour) => ({ label: String(hour).padStart(2, '0'), count })),
    latencies: rangesOf(latencies, at(0.98) ?? 0),
    median: at(0.5),
    most: at(0.95),
    without: total - latencies.length,
  };
}

/** Ranges of one width, a dozen or so, up to where all but a few are; the last one has these too. */
function rangesOf(sorted: number[], nearlyAll: number): Bar[] {
  const width = [5, 10, 20, 25, 50, 100, 200, 250, 500, 1000].find((step) => nearlyAll / step < 14) ?? 1000;
  const last = Math.floor(nearlyAll / width);
  const counts = new Array<number>(sorted.length ? last + 1 : 0).fill(0);
  for (const latency of sorted) counts[Math.min(last, Math.floor(latency / width))]!++;
  const goesOn = (sorted.at(-1) ?? 0) >= (last + 1) * width;
  return counts.map((count, index) => ({
    label: index === last && goesOn ? `${index * width}+` : `${index * width}–${(index + 1) * width - 1}`,
    count,
  }));
}
