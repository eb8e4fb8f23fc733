/** The exports that the cases look at: all of them are started before the first is waited for, and each is read once. */

import { operationNamed } from '../contract.ts';
import { oncePerWorld } from '../memo.ts';
import { type Exchange, NoAnswer } from '../request.ts';
import type { Trial } from '../trial.ts';
import { idOf, Skip, type Task, type World } from '../world.ts';
import { readTable, type Table } from './file/table.ts';

export const START = operationNamed('exportConnectionRecords');
export const DOWNLOAD = operationNamed('downloadExportFile');

export type Query = Readonly<Record<string, string>>;

/** An export that has ended. */
export interface Exported {
  /** Its start, and its download if it has a file. */
  exchanges: readonly Exchange[];
  task: Task;
  table?: Table;
}

type Started = { exchange: Exchange; file?: Promise<Exported> } | { error: unknown };

const stateOf = oncePerWorld(async () => ({
  failed: new Map<string, Trial>(),
  started: new Map<string, Started>(),
  /** Which export has an id, by its query. */
  owners: new Map<string, string>(),
  late: undefined as Skip | undefined,
}));

/** Starts the exports that are not started yet. */
export async function startAll(world: World, queries: readonly Query[]): Promise<void> {
  const { started } = await stateOf(world);
  for (const query of queries) {
    const name = nameOf(query);
    if (started.has(name)) continue;
    started.set(
      name,
      await world.ask({ operation: START, query }).then(
        (exchange) => ({ exchange }),
        (error: unknown) => ({ error }),
      ),
    );
  }
}

/** The ids of the exports that were started so far. */
export async function startedIds(world: World): Promise<string[]> {
  const { started } = await stateOf(world);
  return [...started.values()].flatMap((one) => ('error' in one ? [] : (idOf(one.exchange.answer) ?? [])));
}

/** The export with this query, started if need be, once it has ended. A start that is refused fails the case. */
export async function exportOf(trial: Trial, query: Query): Promise<Exported> {
  const { world } = trial;
  // Where not even the plainest export starts, the others would only say so again.
  await world.taskId();
  await startAll(world, [query]);
  const started = (await stateOf(world)).started.get(nameOf(query));
  if (!started || 'error' in started) throw started?.error ?? new Skip('the export was not started');
  if (started.exchange.answer.status !== 200) await tellOnce(trial, query);
  const answer = trial.judge(START, started.exchange, [200]);
  const id = idOf(answer);
  if (id === undefined) throw new Skip('the answer to the start has no task_id; see exportConnectionRecords');
  const { owners } = await stateOf(world);
  const owner = owners.get(id) ?? nameOf(query);
  owners.set(id, owner);
  if (owner !== nameOf(query)) {
    throw new Skip(
      'the export got the id of another one; see exportConnectionRecords 200 gives every export its own id',
    );
  }
  started.file ??= fileOf(world, id, started.exchange);
  const exported = await started.file;
  trial.exchanges.push(...exported.exchanges.slice(1));
  return exported;
}

/** Throws `Skip` where another case tells already that the export fails, and its own rule is about the file. */
async function tellOnce(trial: Trial, query: Query): Promise<void> {
  const { failed } = await stateOf(trial.world);
  const name = nameOf(query);
  if (failed.has(name)) throw new Skip('the export fails, as another case tells');
  failed.set(name, trial);
}

/** Leaves it to another case to tell what this one has found to fail. */
export async function leaveToOthers(trial: Trial): Promise<void> {
  const { failed } = await stateOf(trial.world);
  for (const [name, teller] of failed) if (teller === trial) failed.delete(name);
}

/** The table of the export with this query; throws `Skip` if it has none that can be read. */
export async function tableOf(trial: Trial, query: Query): Promise<Table> {
  const { table, task } = await exportOf(trial, query);
  if (!table) {
    await tellOnce(trial, query);
    trial.demand(task.status === 'SUCCESS', {
      rule: 'An export that is right ends as SUCCESS.',
      expected: 'status SUCCESS',
      came: `status ${task.status}, fail_reason ${JSON.stringify(task.fail_reason ?? null)}`,
    });
    throw new Skip('the file cannot be downloaded; see downloadExportFile');
  }
  if (table.problems.length > 0) throw new Skip('the file is not well formed; see downloadExportFile');
  return table;
}

async function fileOf(world: World, id: string, start: Exchange): Promise<Exported> {
  const state = await stateOf(world);
  // What has not ended in all the patience for one would else be waited for again with each.
  if (state.late) throw state.late;
  const [task] = await world.ended([id]).catch((error: unknown) => {
    if (error instanceof Skip) state.late = error;
    throw error;
  });
  if (task?.status !== 'SUCCESS') return { exchanges: [start], task: task ?? {} };
  const download = await world.ask({ operation: DOWNLOAD, path: { task_id: id } }).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error;
    // Nor is any other, most likely, and each would be waited for in vain.
    state.late = new Skip('a download is not answered; see downloadExportFile 200');
    throw state.late;
  });
  const exchanges = [start, download];
  return download.answer.status === 200
    ? { exchanges, task, table: readTable(download.answer.bytes) }
    : { exchanges, task };
}

function nameOf(query: Query): string {
  return JSON.stringify(Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1)));
}
