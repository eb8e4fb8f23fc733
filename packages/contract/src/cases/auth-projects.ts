/** Another project's id: what is in one project is nobody's business in another. */
import { type Basis, basisOfStatus, type Operation, operationNamed, operations } from '../contract.ts';
import { json } from '../judge.ts';
import { hourOf } from '../right-values.ts';
import type { Trial } from '../trial.ts';
import { idOf, Skip, tasksOf } from '../world.ts';
import { otherEnd } from './auth-provers.ts';
import type { Case } from './case.ts';
import { harmless } from './refusals.ts';

const start = operationNamed('exportConnectionRecords');
const list = operationNamed('listExportTasks');
const download = operationNamed('downloadExportFile');
const remove = operationNamed('deleteExportTasks');
const records = operationNamed('listConnectionRecords');

const BASIS: Basis = {
  kind: 'documented',
  why: 'https://support.huaweicloud.com/intl/en-us/api-workspace/ExportUserConnectionNew.html (project_id names the project that tasks and records are of)',
};

/** Statuses with which another project may be refused. */
const REFUSED = [400, 401, 403, 404];

/** The refusal of a project that is somebody else's, and the walls between projects. */
export function projectCases(): Case[] {
  return [
    ...operations.map(forbiddenCase),
    wallCase(list, 'shows none of its tasks to another project', hidesTasks),
    wallCase(list, 'shows none of the tasks of another project', hidesForeignTasks),
    wallCase(download, 'gives its file to no other project', hidesFile),
    wallCase(remove, 'deletes no task of another project', keepsTask),
    {
      ...wallCase(remove, 'deletes nothing for somebody without credentials', keepsTaskFromStrangers),
      needs: ['stateful', 'start', 'auth'],
    },
    { ...wallCase(records, 'shows none of its records to another project', hidesRecords), needs: ['rows'] },
  ];
}

function forbiddenCase(operation: Operation): Case {
  const basis = basisOfStatus(operation, 403);
  return {
    operation,
    status: 403,
    title: 'refuses a project that the credentials may not use',
    basis,
    run: async (trial) => {
      const { forbiddenProjectId } = trial.world.settings;
      if (!forbiddenProjectId) {
        throw new Skip(
          'it takes a project that the credentials may not use; name one with --forbidden-project-id',
        );
      }
      await trial.ask({ ...harmless(operation), projectId: forbiddenProjectId }, [403], basis);
    },
  };
}

function wallCase(operation: Operation, title: string, run: Case['run']): Case {
  return { operation, status: 200, title, basis: BASIS, needs: ['stateful', 'start'], run };
}

/**
 * A project that nobody has, most likely. Not the forbidden one: of what is refused for its sake one sees nothing, and a
 * sandbox lets the credentials use any other.
 */
function otherProject({ world: { settings } }: Trial): string {
  return otherEnd(settings.projectId);
}

/** Starts an export of an hour, which no other case looks at. */
async function startOne(trial: Trial, projectId?: string): Promise<string | undefined> {
  const project = projectId === undefined ? {} : { projectId };
  return idOf(await trial.send({ operation: start, query: hourOf(start, trial.world), ...project }));
}

async function ownTask(trial: Trial): Promise<string> {
  const id = await startOne(trial);
  if (id === undefined) throw new Skip('the export did not start; see exportConnectionRecords');
  return id;
}

/** Asked for by its id, and among all. */
function lists(id: string): Record<string, string>[] {
  return [{ task_id: id }, { limit: '50' }];
}

async function hidesTasks(trial: Trial): Promise<void> {
  const id = await ownTask(trial);
  const projectId = otherProject(trial);
  for (const query of lists(id)) {
    const answer = await trial.ask({ operation: list, projectId, query }, [200, ...REFUSED]);
    trial.demand(!tasksOf(answer).some(({ task_id }) => task_id === id), {
      rule: 'A task is listed in the project that started it, and in no other.',
      expected: `no task ${id} in the project ${projectId}`,
      came: `the task ${id} of the project ${trial.world.settings.projectId}`,
    });
  }
}

async function hidesForeignTasks(trial: Trial): Promise<void> {
  const projectId = otherProject(trial);
  const id = await startOne(trial, projectId);
  if (id === undefined)
    throw new Skip('the other project lets no export be started, so it has no task to show');
  for (const query of lists(id)) {
    const answer = await trial.ask({ operation: list, query }, [200]);
    trial.demand(!tasksOf(answer).some(({ task_id }) => task_id === id), {
      rule: 'A task is listed in the project that started it, and in no other.',
      expected: `no task ${id} in the project ${trial.world.settings.projectId}`,
      came: `the task ${id}, started in the project ${projectId}`,
    });
  }
}

async function hidesFile(trial: Trial): Promise<void> {
  const id = await ownTask(trial);
  const [task] = await trial.world.ended([id]);
  if (task?.status !== 'SUCCESS') throw new Skip(`the export ended as ${task?.status}, without a file`);
  const rule = 'The file of a task is downloaded in the project that started it, and in no other.';
  const ask = { operation: download, projectId: otherProject(trial), path: { task_id: id } };
  await trial.ask(ask, [404, 403, 401, 400], BASIS, rule);
}

async function keepsTask(trial: Trial): Promise<void> {
  const id = await ownTask(trial);
  const projectId = otherProject(trial);
  const body = JSON.stringify({ task_ids: [id] });
  const { status } = await trial.ask({ operation: remove, projectId, body }, [200, ...REFUSED]);
  const after = `${status} to deleting it in the project ${projectId}`;
  await isStillListed(trial, id, after, 'A task is deleted in the project that started it, and in no other.');
}

/** Whether it was refused is told by another case. */
async function keepsTaskFromStrangers(trial: Trial): Promise<void> {
  const id = await ownTask(trial);
  const body = JSON.stringify({ task_ids: [id] });
  const { status } = await trial.send({ operation: remove, proof: 'none', body });
  if (status < 300) throw new Skip('it is not even refused; see the case of a request without credentials');
  const after = `${status} to deleting it without credentials`;
  await isStillListed(trial, id, after, 'A request that is refused has done nothing.');
}

async function isStillListed(trial: Trial, id: string, after: string, rule: string): Promise<void> {
  const answer = await trial.send({ operation: list, query: { task_id: id } });
  if (answer.status !== 200) throw new Skip(`listExportTasks answers ${answer.status}; see the cases of it`);
  const isThere = tasksOf(answer).some(({ task_id }) => task_id === id);
  const expected = `the task ${id} still listed, after ${after}`;
  trial.demand(isThere, { rule, expected, came: 'no such task any more' });
}

async function hidesRecords(trial: Trial): Promise<void> {
  const query = { limit: '100' };
  const theirs = rowsOf(
    await trial.ask({ operation: records, projectId: otherProject(trial), query }, [200, ...REFUSED]),
  );
  const own = new Set(rowsOf(await trial.ask({ operation: records, query })));
  if (own.size === 0) throw new Skip('the project has no records');
  const shown = theirs.find((row) => own.has(row));
  trial.demand(shown === undefined, {
    rule: 'A record is listed in the project that it is of, and in no other.',
    expected: `no record of the project ${trial.world.settings.projectId} in the project ${otherProject(trial)}`,
    came: shown ?? '',
  });
}

function rowsOf(answer: Parameters<typeof json>[0]): string[] {
  const rows = (json(answer) as { records?: unknown } | undefined)?.records;
  return answer.status === 200 && Array.isArray(rows) ? rows.map((row) => JSON.stringify(row)) : [];
}
