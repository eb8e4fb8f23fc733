/** Lives that only a sandbox shows: a file that expires, an export that fails, one that takes its time. */

import type { Case } from '../cases/case.ts';
import type { Basis } from '../contract.ts';
import { oncePerWorld } from '../memo.ts';
import type { Ask, Exchange } from '../request.ts';
import { Skip, type Task, type World } from '../world.ts';
import { lifeCase } from './life-case.ts';
import {
  begin,
  download,
  fileAsk,
  find,
  findNow,
  inferred,
  inShort,
  list,
  look,
  NO_FILE,
  remove,
  removeAsk,
} from './tasks.ts';

const SANDBOX = inferred('A rule of this project: a sandbox does as its X-Sandbox headers say (--sandbox).');
const LIFE = inferred(
  'The name of the status, and the sandbox of this project, whose clock X-Sandbox-Advance moves.',
);

/** The cases that take a sandbox; elsewhere they are skipped. */
export function sandboxCases(): Case[] {
  return [earlyCase(), expiredCase(), expiredFileCase(), deleteExpiredCase(), failCase(), slowCase()];
}

function sandboxCase(
  operation: Case['operation'],
  title: string,
  basis: Basis,
  run: Case['run'],
  more: Pick<Case, 'needs'> & { status?: number } = {},
): Case {
  return lifeCase({
    operation,
    title,
    basis,
    ...more,
    run: async (trial) => {
      if (!trial.world.settings.sandbox) throw new Skip('it takes a sandbox (--sandbox)');
      await run(trial);
    },
  });
}

/** A project that is nobody's, so that its clock may be moved: that of the run with its last digit changed. */
export function madeUp({ settings: { projectId } }: World): { projectId: string } {
  const last = projectId.at(-1) === '0' ? '1' : '0';
  return { projectId: `${projectId.slice(0, -1)}${last}` };
}

/** Starts an export of whatever there is, by the project's own clock. */
export const anyRows = (more: Partial<Ask>): Partial<Ask> => ({ query: {}, ...more });

/** Moves the clock of the made-up project. */
export function advance(world: World, by: string): Promise<Exchange> {
  return world.ask({
    operation: list,
    query: { limit: '1' },
    headers: { 'X-Sandbox-Advance': by },
    ...madeUp(world),
  });
}

/** Two tasks of the made-up project, as they were an hour after their end and a month later. */
const aged = oncePerWorld(async (world: World) => {
  const project = madeUp(world);
  const { answer } = await world.ask({ operation: list, query: { limit: '1' }, ...project });
  if (answer.status !== 200)
    throw new Skip(`the project ${project.projectId}, made up, is answered ${answer.status}`);
  const ids = [(await begin(world, anyRows(project))).id, (await begin(world, anyRows(project))).id];
  const fresh = await world.ended(ids, project.projectId);
  if (fresh.some(({ status }) => status !== 'SUCCESS')) throw new Skip('the exports ended without a file');
  const moves = [await advance(world, '1h')];
  const early = await Promise.all(ids.map((id) => findNow(world, id, project)));
  moves.push(await advance(world, '31d'));
  if (moves.some(({ answer: { status } }) => status !== 200)) {
    throw new Skip(
      `X-Sandbox-Advance is answered ${moves.map(({ answer: { status } }) => status).join(' and ')}`,
    );
  }
  const late = await Promise.all(ids.map((id) => findNow(world, id, project)));
  return { project, ids, moves, early, late };
});

/** One of them, once it has expired. */
async function expired(world: World): Promise<Awaited<ReturnType<typeof aged>>> {
  const found = await aged(world);
  if (found.late.some(({ status }) => status !== 'EXPIRED')) {
    throw new Skip(`a task did not expire; see listExportTasks 200 ${EXPIRED_TITLE}`);
  }
  return found;
}

const notAs = (tasks: readonly Task[], status: string) => tasks.find((task) => task.status !== status);

function earlyCase(): Case {
  return sandboxCase(list, 'keeps a task SUCCESS for an hour at least', LIFE, async (trial) => {
    const { moves, early } = await aged(trial.world);
    const wrong = notAs(early, 'SUCCESS');
    trial.exchanges.push(...moves.slice(0, 1));
    trial.demand(!wrong, {
      rule: 'A task does not expire as soon as it has ended.',
      expected: 'SUCCESS, an hour after the end',
      came: inShort(wrong ?? {}),
    });
  });
}

const EXPIRED_TITLE = 'calls a task EXPIRED a month after its end, and lists it by this status';

function expiredCase(): Case {
  return sandboxCase(list, EXPIRED_TITLE, LIFE, async (trial) => {
    const { project, ids, moves, late } = await aged(trial.world);
    trial.exchanges.push(...moves);
    const wrong = notAs(late, 'EXPIRED');
    trial.demand(!wrong, {
      rule: 'A success becomes EXPIRED when its file is gone.',
      expected: 'EXPIRED, a month after the end',
      came: inShort(wrong ?? {}),
    });
    const query = { status: 'EXPIRED', sort_field: 'create_time', sort_type: 'DESC', limit: '100' };
    const page = await look(trial.world, query, project);
    trial.exchanges.push(page.exchange);
    trial.demand(
      ids.every((id) => page.ids.includes(id)),
      {
        rule: 'A task that has expired is still listed.',
        expected: ids.join(', '),
        came: page.ids.join(', ') || 'no task',
      },
    );
  });
}

function expiredFileCase(): Case {
  const run: Case['run'] = async (trial) => {
    const { project, ids } = await expired(trial.world);
    await trial.ask(
      fileAsk(String(ids[0]), project),
      [404],
      NO_FILE,
      'A task that has expired has no file any more.',
    );
  };
  return sandboxCase(download, 'has no file of a task that has expired', NO_FILE, run, {
    status: 404,
    needs: ['download'],
  });
}

function deleteExpiredCase(): Case {
  const run: Case['run'] = async (trial) => {
    const { project, ids } = await expired(trial.world);
    const id = String(ids[1]);
    await trial.ask(removeAsk([id], project));
    const { task } = await find(trial.world, id, project);
    trial.demand(!task, {
      rule: 'A task that has expired can be deleted.',
      expected: `no ${id}`,
      came: inShort(task ?? {}),
    });
  };
  return sandboxCase(remove, 'deletes a task that has expired', LIFE, run, { needs: ['delete'] });
}

function failCase(): Case {
  return sandboxCase(list, 'says why a task failed', SANDBOX, async (trial) => {
    const { world } = trial;
    const project = madeUp(world);
    const { id, exchange } = await begin(
      world,
      anyRows({ ...project, headers: { 'X-Sandbox-Fault': 'fail' } }),
    );
    trial.exchanges.push(exchange);
    const [task] = await world.ended([id], project.projectId);
    trial.demand(task?.status === 'FAIL', {
      rule: 'An export that fails ends as FAIL.',
      expected: 'FAIL, as X-Sandbox-Fault asks',
      came: inShort(task ?? {}),
    });
    trial.demand(Boolean(task?.fail_reason), {
      rule: 'fail_reason says why a task failed.',
      expected: 'a text',
      came: `fail_reason ${task?.fail_reason}`,
    });
    const { ids } = await look(world, { status: 'FAIL', task_id: id }, project);
    trial.demand(ids.includes(id), {
      rule: 'A list filtered by status has every task in this status.',
      expected: `${id}, which is FAIL`,
      came: ids.join(', ') || 'no task',
    });
  });
}

function slowCase(): Case {
  return sandboxCase(
    list,
    'lists a task that takes its time as CREATING, and by this status',
    SANDBOX,
    async (trial) => {
      const { world } = trial;
      const project = madeUp(world);
      const { id, exchange } = await begin(
        world,
        anyRows({ ...project, headers: { 'X-Sandbox-Fault': 'slow=1' } }),
      );
      trial.exchanges.push(exchange);
      const page = await look(world, { status: 'CREATING', limit: '100' }, project);
      const { task } = await find(world, id, project);
      if (!world.settings.absent.delete) await world.ask(removeAsk([id], project));
      if (task && task.status !== 'CREATING') throw new Skip('the task did not take its time');
      trial.exchanges.push(page.exchange);
      trial.demand(page.ids.includes(id) && !task?.end_time, {
        rule: 'A task is CREATING while it runs, and has no end_time.',
        expected: `${id}, CREATING, without an end_time`,
        came: task ? `${inShort(task)}, end_time ${task.end_time}` : page.ids.join(', ') || 'no task',
      });
    },
  );
}
