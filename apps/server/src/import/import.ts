import type { ConnectionRecord } from '@connection-records/types';
import type { Store } from '../store/store.ts';
import { problemsOf } from './check.ts';
import type { Entry } from './entry.ts';
import { entriesOf } from './lines.ts';

/** A line that was not imported. */
export interface BadLine {
  /** Counted from 1, the header of a CSV file included. */
  line: number;
  /** What is there, and what may be. */
  reason: string;
}

/** What became of an import. */
export interface Imported {
  /** Records that are new. */
  added: number;
  /** Records that the project had already: nothing was changed. */
  known: number;
  /** Lines that hold no record. */
  bad: number;
}

/** Options of an import. */
export interface ImportOptions {
  /** Told of every line that is left out. */
  onBadLine?: (bad: BadLine) => void;
}

/** Records that are added at once: enough to be fast, few enough to keep no one else waiting. */
const BATCH = 5000;

/**
 * Adds the records of a text to a project: JSON, one record a line, or CSV with the wire names in its first line; its first
 * character tells which. Reads it as a stream. A line that holds no record is reported and left out, all others are added.
 */
export async function importRecords(
  store: Pick<Store, 'addRecords'>,
  projectId: string,
  input: AsyncIterable<string | Uint8Array>,
  { onBadLine }: ImportOptions = {},
): Promise<Imported> {
  const result: Imported = { added: 0, known: 0, bad: 0 };
  let batch: ConnectionRecord[] = [];
  let adding: Promise<void> = Promise.resolve();

  async function add(records: ConnectionRecord[]) {
    const added = await store.addRecords(projectId, records);
    result.added += added;
    result.known += records.length - added;
  }
  /** Lets the store add the batch while the next is read, but one at a time: of those with the same id, the first counts. */
  async function flush() {
    await adding;
    adding = add(batch);
    // Told by the next flush; until then a failure is not an unhandled one.
    adding.catch(() => undefined);
    batch = [];
  }

  for await (const entries of entriesOf(input)) {
    for (const entry of entries) {
      const reason = reasonOf(entry);
      if (reason !== undefined) {
        result.bad++;
        onBadLine?.({ line: entry.line, reason });
      } else {
        batch.push(entry.value as ConnectionRecord);
        if (batch.length === BATCH) await flush();
      }
    }
  }
  if (batch.length > 0) await flush();
  await adding;
  return result;
}

function reasonOf({ problem, value }: Entry): string | undefined {
  if (problem !== undefined) return problem;
  const problems = problemsOf(value);
  return problems.length === 0 ? undefined : problems.join('; ');
}
