/** The tasks that most cases of a life look at: some started at once, some one after the other, all of them ended. */
import { oncePerWorld } from '../memo.ts';
import { Skip, type Task, type World } from '../world.ts';
import { begin, fileAsk, find, findNow, look, type Page, type Started } from './tasks.ts';

const AT_ONCE = 8;
const IN_TURN = 4;
/** How often a server on this machine is looked at while it exports; patience does the rest. */
const LOOKS = 20;

/** Eight exports started at once. */
export const together = oncePerWorld((world: World) =>
  Promise.all(Array.from({ length: AT_ONCE }, () => begin(world))),
);

/** A start in turn, and the list asked for that task as soon as there was an answer. */
export interface First {
  started: Started;
  first: Page;
}

/** Exports started one after the other, each looked at as soon as it was answered. */
export const inTurn = oncePerWorld(async (world: World) => {
  const firsts: First[] = [];
  for (let turn = 0; turn < IN_TURN; turn += 1) {
    const started = await begin(world);
    firsts.push({ started, first: await look(world, { task_id: started.id }) });
  }
  return firsts;
});

/** The ids of all of them, each once, in the order of their starts as far as there is one. */
export const herdIds = oncePerWorld(async (world: World) => {
  const starts = [...(await together(world)), ...(await inTurn(world)).map(({ started }) => started)];
  const ids = [...new Set(starts.map(({ id }) => id))];
  if (ids.length < starts.length) {
    throw new Skip(
      'two exports have the same id; see exportConnectionRecords 200 gives every export its own id',
    );
  }
  return ids;
});

/** The tasks of the herd once all have ended, densely looked at until then. Throws `Skip` if one takes too long. */
export const herd = oncePerWorld(async (world: World): Promise<Task[]> => {
  const ids = await herdIds(world);
  await watchUntilEnded(world, ids.slice(-IN_TURN));
  return world.ended(ids);
});

/** The ids of tasks of the herd that have a file, at least so many. */
export async function finished(world: World, atLeast = 1): Promise<string[]> {
  const ids = (await herd(world))
    .filter(({ status }) => status === 'SUCCESS')
    .map(({ task_id }) => String(task_id));
  if (ids.length < atLeast) throw new Skip(`only ${ids.length} of the exports of this run ended with a file`);
  return ids;
}

/** Looks at tasks in quick turns, so that hardly a state goes unseen. */
async function watchUntilEnded(world: World, ids: readonly string[]): Promise<void> {
  for (let turn = 0; turn < LOOKS; turn += 1) {
    const { tasks } = await look(world, { sort_field: 'create_time', sort_type: 'DESC', limit: '100' });
    const own = tasks.filter(({ task_id }) => ids.includes(String(task_id)));
    if (!own.some(({ status }) => status === 'CREATING')) return;
    await world.clock.pause(5);
  }
}

/** Two tasks with a file that nobody has downloaded yet, by their ids. */
export const untouched = oncePerWorld(async (world: World) => {
  const [one, other] = await finished(world, 2);
  return { one: one as string, other: other as string };
});

/** A download of one of them without credentials, and how the task was listed before and after. */
export const refusedDownload = oncePerWorld(async (world: World) => {
  if (world.settings.absent.auth) throw new Skip(world.settings.absent.auth);
  const { one } = await untouched(world);
  const before = await find(world, one);
  const refused = await world.ask(fileAsk(one, { proof: 'none' }));
  if (refused.answer.status < 400) {
    throw new Skip('it was not refused; see downloadExportFile 401 refuses a request without credentials');
  }
  return { before: before.task, refused, after: await find(world, one) };
});

/** The download of one of them, and how both were listed after it. */
export const downloaded = oncePerWorld(async (world: World) => {
  const { one, other } = await untouched(world);
  await refusedDownload(world).catch(() => {});
  const before = await findNow(world, one);
  const file = await world.ask(fileAsk(one));
  if (file.answer.status !== 200) {
    throw new Skip(
      'there was no file; see downloadExportFile 200 gives the file of an export that has succeeded',
    );
  }
  return { one, other, before, file, oneAfter: await find(world, one), otherAfter: await find(world, other) };
});
