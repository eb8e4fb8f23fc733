/** Filters of the list: which tasks they leave, and that count follows them. */
import type { Case } from '../cases/case.ts';
import type { Basis } from '../contract.ts';
import type { Trial } from '../trial.ts';
import { Skip, type Task } from '../world.ts';
import { downloaded, finished, herd, untouched } from './herd.ts';
import { lifeCase } from './life-case.ts';
import { MOST, NEWEST, needFull, type Query } from './pages.ts';
import { documented, findNow, inferred, inShort, list, look, type Page } from './tasks.ts';

const STATUSES = ['CREATING', 'SUCCESS', 'FAIL', 'EXPIRED'];
/** As many tasks as one page can have. */
const PAGE = { ...NEWEST, limit: String(MOST) } as const;
const EXACT =
  'The page says "task id" and nothing of parts or patterns of it, so this is read as the whole id.';
const WHOLE_NAME =
  'The page does not say that part of a name would match, so this is read as the whole name.';

const FILE_NAME_TITLE = 'lists with file_name the tasks with a file of this name, and none of another';
/** The case that tells where a filter leaves everything. */
const ELSEWHERE = {
  task_id: 'listExportTasks 200 lists the started task, and no other, when asked for it by its id',
  file_name: `listExportTasks 200 ${FILE_NAME_TITLE}`,
} as const;

/** The cases of filters. */
export function filterCases(): Case[] {
  return [
    findsNone('finds no task by part of its id, or by a pattern', inferred(EXACT), 'task_id', partsOf),
    findsNone('finds no task by its id in the other case', inferred(EXACT), 'task_id', otherCaseOf),
    statusCase(),
    isDownloadCase(),
    fileNameCase(),
    findsNone(
      'finds no task by part of its file_name, or by a pattern',
      inferred(WHOLE_NAME),
      'file_name',
      partsOf,
    ),
    bothCase(),
    beforePageCase(),
    countCase(),
  ];
}

async function page(trial: Trial, query: Query): Promise<Page> {
  const found = await look(trial.world, query);
  trial.exchanges.length = 0;
  trial.exchanges.push(found.exchange);
  return found;
}

function filterCase(title: string, basis: Basis, run: (trial: Trial) => Promise<void>): Case {
  return lifeCase({ operation: list, title, basis, run });
}

/** Texts that are near to a whole one, and none. */
export function partsOf(text: string): string[] {
  const middle = Math.floor(text.length / 2);
  return [
    text.slice(0, -1),
    text.slice(1),
    text.slice(0, middle),
    `${text.slice(0, middle)}%`,
    `${text.slice(0, -1)}_`,
    `${text.slice(0, middle)}*`,
    '%',
    '*',
  ].filter((part) => part !== '' && part !== text);
}

/** The same text in capital letters and in small ones, as far as that is another text. */
export function otherCaseOf(text: string): string[] {
  return [text.toUpperCase(), text.toLowerCase()].filter((other) => other !== text);
}

function findsNone(
  title: string,
  basis: Basis,
  name: 'task_id' | 'file_name',
  others: (text: string) => string[],
): Case {
  return filterCase(title, basis, async (trial) => {
    const [id] = await finished(trial.world);
    const task = await findNow(trial.world, String(id));
    const texts = others(String(task[name] ?? ''));
    if (texts.length === 0) throw new Skip(`${task[name]} has no letters`);
    const { ids } = await look(trial.world, { [name]: `no-such-${id}` });
    if (ids.length > 0)
      throw new Skip(`${name} finds what has another one altogether; see ${ELSEWHERE[name]}`);
    for (const text of texts) {
      const { tasks } = await page(trial, { [name]: text });
      const found = tasks.filter((one) => one[name] !== text);
      trial.demand(found.length === 0, {
        rule: `${name} finds only tasks with this very ${name}.`,
        expected: `no task whose ${name} is not ${text}`,
        came: found.map((one) => String(one[name])).join(', '),
      });
    }
  });
}

/** What breaks the rule of a filter: a task that does not fit it. */
function demandAll(trial: Trial, filter: string, { tasks }: Page, fits: (task: Task) => boolean): void {
  const wrong = tasks.filter((task) => !fits(task));
  trial.demand(wrong.length === 0, {
    rule: `A list filtered by ${filter} has only tasks with it.`,
    expected: `${tasks.length} tasks with ${filter}`,
    came: wrong.map(inShort).join('; '),
  });
}

function statusCase(): Case {
  return filterCase(
    'lists with status only tasks in this status, ours among them',
    documented(list),
    async (trial) => {
      // Left out, is_download may hide what was downloaded, so it is of a task that nobody downloads.
      const { other: id } = await untouched(trial.world);
      for (const status of STATUSES) {
        const found = await page(trial, { ...PAGE, status });
        demandAll(trial, `status=${status}`, found, (task) => task.status === status);
        if (status !== 'SUCCESS') continue;
        if (!found.ids.includes(id)) await needFull(trial, found, { ...PAGE, status });
        trial.demand(found.ids.includes(id) || found.ids.length >= 100, {
          rule: 'A list filtered by status has every task in this status.',
          expected: `${id}, which is SUCCESS`,
          came: `${found.ids.length} tasks without it`,
        });
      }
    },
  );
}

function isDownloadCase(): Case {
  return filterCase(
    'lists with is_download only tasks that were, or were not, downloaded',
    documented(list),
    async (trial) => {
      const { world } = trial;
      const { other } = await untouched(world);
      const got = world.settings.absent.download ? undefined : await downloaded(world).catch(() => undefined);
      for (const value of [true, false]) {
        const found = await page(trial, { ...PAGE, is_download: String(value) });
        demandAll(
          trial,
          `is_download=${value}`,
          found,
          ({ is_download }) => is_download === undefined || is_download === value,
        );
        const own = value ? got?.one : other;
        // Where a download does not mark its task, the case of that tells.
        if (own === undefined || (await findNow(world, own)).is_download !== value) continue;
        if (!found.ids.includes(own)) await needFull(trial, found, { ...PAGE, is_download: String(value) });
        trial.demand(found.ids.includes(own) || found.ids.length >= 100, {
          rule: 'A list filtered by is_download has every task of which that is true.',
          expected: `${own}, whose is_download is ${value}`,
          came: `${found.ids.length} tasks without it`,
        });
      }
    },
  );
}

function fileNameCase(): Case {
  return filterCase(FILE_NAME_TITLE, documented(list), async (trial) => {
    const { other: id } = await untouched(trial.world);
    const { file_name } = await findNow(trial.world, id);
    if (typeof file_name !== 'string') throw new Skip('the task has no file_name');
    const found = await page(trial, { ...PAGE, file_name });
    if (!found.ids.includes(id)) await needFull(trial, found, { ...PAGE, file_name });
    trial.demand(found.ids.includes(id) || found.ids.length >= 100, {
      rule: 'A list filtered by file_name has every task whose file has this name.',
      expected: `${id}, whose file is ${file_name}`,
      came: found.ids.join(', ') || 'no task',
    });
    // Whether a part of a name is enough, another case asks.
    demandAll(trial, `file_name=${file_name}`, found, (task) => String(task.file_name).includes(file_name));
    const none = await page(trial, { file_name: `no-such-file-${id}.csv` });
    demandAll(trial, 'a file_name that no task has', none, () => false);
  });
}

function bothCase(): Case {
  return filterCase('lists with two filters only tasks that fit both', documented(list), async (trial) => {
    const { other: id } = await untouched(trial.world);
    const { file_name } = await findNow(trial.world, id);
    const pairs: [Query, boolean][] = [
      [{ task_id: id, status: 'SUCCESS' }, true],
      [{ task_id: id, status: 'FAIL' }, false],
      [{ task_id: id, file_name: `no-such-file-${id}.csv` }, false],
      ...(typeof file_name === 'string'
        ? ([[{ status: 'FAIL', file_name }, false]] as [Query, boolean][])
        : []),
    ];
    for (const [query, fits] of pairs) {
      const { ids } = await page(trial, query);
      trial.demand(ids.includes(id) === fits, {
        rule: 'A list with two filters has the tasks that fit both.',
        expected: `${fits ? '' : 'no '}${id}, which is SUCCESS`,
        came: ids.join(', ') || 'no task',
      });
    }
  });
}

function beforePageCase(): Case {
  return filterCase('filters first and cuts the page after that', documented(list), async (trial) => {
    const ids = (await herd(trial.world)).map(({ task_id }) => String(task_id));
    const { other } = await untouched(trial.world);
    for (const id of new Set([ids[0], ids[5], ids.at(-1), other])) {
      // Left out, is_download may hide what was downloaded.
      const query = { task_id: String(id), is_download: 'false', limit: '1' };
      if ((await findNow(trial.world, String(id))).is_download !== false) continue;
      const first = await page(trial, query);
      trial.demand(first.ids.length === 1, {
        rule: 'limit and offset count the tasks that the filters leave.',
        expected: `${id}, which is the only one with this id`,
        came: 'no task',
      });
      const second = await page(trial, { ...query, offset: '1' });
      trial.demand(second.ids.length === 0, {
        rule: 'limit and offset count the tasks that the filters leave.',
        expected: `no task at offset 1, for ${id} is the only one with this id`,
        came: second.ids.join(', '),
      });
    }
  });
}

function countCase(): Case {
  return filterCase('counts only the tasks that the filters leave', documented(list), async (trial) => {
    await herd(trial.world);
    const [id] = await finished(trial.world);
    const queries: Query[] = [
      { task_id: String(id) },
      { file_name: `no-such-file-${id}.csv` },
      { ...PAGE, status: 'FAIL' },
      { ...PAGE, is_download: 'true' },
    ];
    for (const query of queries) {
      const found = await page(trial, query);
      await needFull(trial, found, query);
      const { ids, count } = found;
      trial.demand(count === ids.length || ids.length >= 100, {
        rule: 'count is how many tasks match the filters.',
        expected: `count ${ids.length}, for that many are listed`,
        came: `count ${count}`,
      });
    }
  });
}
