/** Downloads before, after and never, and the mark that they leave. */
import type { Case } from '../cases/case.ts';
import type { Trial } from '../trial.ts';
import { NO_TASK, Skip } from '../world.ts';
import { otherCaseOf } from './filters.ts';
import { downloaded, finished, refusedDownload, untouched } from './herd.ts';
import { lifeCase } from './life-case.ts';
import {
  begin,
  download,
  fileAsk,
  find,
  findNow,
  inferred,
  inShort,
  look,
  NO_FILE,
  removeAsk,
} from './tasks.ts';

const MARK = inferred(
  'The field says whether the file has been downloaded already; that a download sets it is to be expected, not documented.',
);
const FLIP_TITLE = 'marks its task as downloaded';

/** The cases of downloads. */
export function downloadCases(): Case[] {
  return [
    looksCase(),
    refusedCase(),
    flipCase(),
    noOtherCase(),
    extensionCase(),
    tooEarlyCase(),
    failedCase(),
    noFileCase('has no file of an id in the other case', otherCaseOf),
    noFileCase('has no file of an id that is nearly that of a task', nearly),
    noFileCase('has no file of an id with a path in it, or of the name of a file', paths),
  ];
}

function downloadCase(title: string, basis: Case['basis'], run: Case['run'], status = 200): Case {
  return lifeCase({ operation: download, status, title, basis, needs: ['download'], run });
}

function looksCase(): Case {
  return downloadCase('marks no task as downloaded that was only looked at', MARK, async (trial) => {
    const { other } = await untouched(trial.world);
    await find(trial.world, other);
    const { task, exchanges } = await find(trial.world, other);
    trial.exchanges.push(...exchanges);
    trial.demand(task?.is_download !== true, {
      rule: 'A list does not mark its tasks as downloaded.',
      expected: 'is_download false, for nobody has downloaded the file',
      came: inShort(task ?? {}),
    });
  });
}

function refusedCase(): Case {
  return downloadCase('marks no task as downloaded when the download is refused', MARK, async (trial) => {
    const { before, refused, after } = await refusedDownload(trial.world);
    if (!before || before.is_download === true) throw new Skip('the task is called downloaded before it is');
    trial.exchanges.push(refused, ...after.exchanges);
    trial.demand(after.task?.is_download !== true, {
      rule: 'A download that is refused does not mark the task as downloaded.',
      expected: 'is_download false, for nobody got the file',
      came: inShort(after.task ?? {}),
    });
  });
}

function flipCase(): Case {
  return downloadCase(FLIP_TITLE, MARK, async (trial) => {
    const { file, oneAfter, one } = await downloaded(trial.world);
    if (!oneAfter.task)
      throw new Skip('the task is not listed any more; see listExportTasks 200 keeps a downloaded task');
    trial.exchanges.push(file, ...oneAfter.exchanges);
    if (oneAfter.task.is_download === undefined) throw new Skip('the task has no is_download');
    trial.demand(oneAfter.task.is_download === true, {
      rule: 'is_download is true once the file has been downloaded.',
      expected: `is_download true of ${one}`,
      came: inShort(oneAfter.task),
    });
  });
}

function noOtherCase(): Case {
  return downloadCase('marks no other task than the one downloaded', MARK, async (trial) => {
    const { file, otherAfter } = await downloaded(trial.world);
    trial.exchanges.push(file, ...otherAfter.exchanges);
    trial.demand(otherAfter.task?.is_download !== true, {
      rule: 'A download marks its own task, and no other.',
      expected: 'is_download false of a task whose file nobody has downloaded',
      came: inShort(otherAfter.task ?? {}),
    });
  });
}

function extensionCase(): Case {
  const basis = inferred('A person opens the file by its name; the page documents neither format nor names.');
  return downloadCase('gives a file that its file_name has the right extension for', basis, async (trial) => {
    const { file, one } = await downloaded(trial.world);
    const { file_name } = await findNow(trial.world, one);
    const extension = /\.([a-z0-9]+)$/i.exec(String(file_name))?.[1]?.toLowerCase();
    const packed = Buffer.from(file.answer.bytes.subarray(0, 2)).toString('latin1') === 'PK';
    trial.exchanges.push(file);
    const right = packed ? ['xlsx', 'zip'] : ['csv', 'txt', 'xls'];
    if (extension === undefined)
      throw new Skip(
        'the file has no extension; see listExportTasks 200 names the file of a task that has one',
      );
    trial.demand(right.includes(extension), {
      rule: 'The extension of file_name is that of the format.',
      expected: `.${right.join(' or .')}, for the file ${packed ? 'begins with PK' : 'is text'}`,
      came: String(file_name),
    });
  });
}

function tooEarlyCase(): Case {
  return downloadCase(
    'has no file of a task that is still CREATING',
    NO_FILE,
    async (trial) => {
      const { world } = trial;
      const slow = world.settings.sandbox ? { headers: { 'X-Sandbox-Fault': 'slow=2' } } : {};
      const { id } = await begin(world, slow);
      const exchange = await world.ask(fileAsk(id));
      const { task } = await find(world, id);
      // What is slow need not run on, for others wait for it.
      if (world.settings.sandbox && !world.settings.absent.delete) await world.ask(removeAsk([id]));
      // Only now it is known that it had not ended when it was asked for.
      if (task?.status !== 'CREATING')
        throw new Skip('the export was too quick to be asked for before its end');
      trial.judge(download, exchange, [404], NO_FILE, 'A task that is CREATING has no file yet.');
      trial.demand(task.is_download !== true, {
        rule: 'A download that is refused does not mark the task as downloaded.',
        expected: 'is_download false',
        came: inShort(task),
      });
    },
    404,
  );
}

function failedCase(): Case {
  return downloadCase(
    'has no file of a task that failed',
    NO_FILE,
    async (trial) => {
      const { world } = trial;
      if (world.settings.sandbox) {
        const { id } = await begin(world, { headers: { 'X-Sandbox-Fault': 'fail' } });
        await world.ended([id]);
      }
      const { tasks } = await look(world, { status: 'FAIL', limit: '1' });
      const [task] = tasks;
      if (task?.status !== 'FAIL') throw new Skip('no task is listed that failed');
      await trial.ask(fileAsk(String(task.task_id)), [404], NO_FILE, 'A task that failed has no file.');
    },
    404,
  );
}

function noFileCase(title: string, others: (id: string, fileName: string) => string[]): Case {
  return downloadCase(
    title,
    NO_FILE,
    async (trial: Trial) => {
      const [id = ''] = await finished(trial.world);
      const { file_name } = await findNow(trial.world, id);
      const ids = others(id, String(file_name ?? ''));
      if (ids.length === 0) throw new Skip(`${id} has no letters`);
      const { status } = await trial.send(fileAsk(NO_TASK));
      if (status !== 404 && status !== 400) {
        throw new Skip(
          'no id is refused; see downloadExportFile 404 has no file of a task that does not exist',
        );
      }
      for (const other of ids) {
        trial.exchanges.length = 0;
        // That it is no id at all is as good an answer.
        await trial.ask(
          fileAsk(other),
          [404, 400],
          NO_FILE,
          `${JSON.stringify(other)} is no id of a task, which is ${id}.`,
        );
      }
    },
    404,
  );
}

/** Ids that differ from one in a character, or in the length. */
function nearly(id: string): string[] {
  const last = id.at(-1) === '0' ? '1' : '0';
  return [
    `${id.slice(0, -1)}${last}`,
    id.slice(0, -1),
    `${id}0`,
    `${id.slice(0, -1)}_`,
    `${id.slice(0, 8)}%`,
  ];
}

/** Ids that lead elsewhere in a folder of files, for a server that takes them for parts of a path. */
function paths(id: string, fileName: string): string[] {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1);
  return [
    `../${id}`,
    `./${id}`,
    `x/../${id}`,
    `%2e%2e%2f${id}`,
    '../../../../../../../../etc/passwd',
    `${id}.${extension}`,
    `${id}\u0000`,
    fileName,
  ].filter((path) => path.length > 0 && path.length <= 64);
}
