/** Cases of the download: its headers, that it is the same each time, and its parts. */
import type { Case } from '../cases/case.ts';
import { basisOfStatus } from '../contract.ts';
import { hasType } from '../judge.ts';
import type { Answer } from '../request.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import { nameIn } from './disposition.ts';
import {
  ask,
  demandDigest,
  digestOf,
  downloaded,
  EXTRA,
  needSameFile,
  one,
  sameBytes,
  sha256,
  tagOf,
  wholeOf,
} from './downloaded.ts';
import { baseQuery } from './export-cases.ts';
import { DOWNLOAD, exportOf } from './exports.ts';
import { isWorkbook } from './file/table.ts';
import { rangeCases } from './range-cases.ts';
import { snapshotOf } from './snapshot.ts';

const WHOLE = basisOfStatus(DOWNLOAD, 200);
/** The cases of downloads. */
export function downloadCases(): Case[] {
  return [
    one(200, 'Content-Length is the number of bytes that come', EXTRA, hasItsLength),
    one(200, 'the media type is that of the first bytes', WHOLE, hasItsType),
    one(200, 'Content-Disposition makes it a file, of a name that is safe to write', EXTRA, isNamedSafely),
    {
      ...one(200, 'Content-Disposition names the file as the task does', EXTRA, isNamedAsTask),
      needs: ['stateful'],
    },
    one(200, 'a second download is the same, byte for byte', WHOLE, isTheSame),
    one(200, 'ETag stays the same while the file does', EXTRA, keepsItsTag),
    {
      ...one(200, 'ETag tells one file from another', EXTRA, tellsFilesApart),
      needs: ['stateful', 'rows', 'start'],
    },
    one(200, 'Repr-Digest is the SHA-256 of the file', EXTRA, hasItsDigest),
    ...rangeCases(),
  ];
}

async function hasItsLength(trial: Trial): Promise<void> {
  const { headers, bytes } = await wholeOf(trial);
  const length = headers.get('content-length');
  if (length === null || headers.has('content-encoding'))
    throw new Skip('it comes without a length of its own');
  trial.demand(Number(length) === bytes.length, {
    rule: 'Content-Length is the number of bytes of the file.',
    expected: `Content-Length: ${bytes.length}`,
    came: `Content-Length: ${length}`,
  });
}

async function hasItsType(trial: Trial): Promise<void> {
  const answer = await wholeOf(trial);
  const workbook = isWorkbook(answer.bytes);
  trial.demand(hasType(answer, 'text/csv') !== workbook, {
    rule: 'The media type is that of the file: a workbook begins with PK, comma-separated text does not.',
    expected: workbook ? 'a media type of workbooks' : 'text/csv',
    came: answer.headers.get('content-type') ?? 'none',
  });
}

async function isNamedSafely(trial: Trial): Promise<void> {
  const header = (await wholeOf(trial)).headers.get('content-disposition') ?? '';
  const names = nameIn(header);
  trial.demand(/^\s*attachment\s*(;|$)/i.test(header), {
    rule: 'Content-Disposition says that the body is a file to keep: attachment.',
    expected: 'attachment; filename="…"',
    came: header,
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const unsafe = names.all.find((name) => /[/\\\u0000-\u001f\u007f]|^\.{0,2}$/.test(name));
  trial.demand(names.name !== undefined && unsafe === undefined, {
    rule: 'Content-Disposition has a name that is no path: nothing in it leaves the folder of the reader.',
    expected: 'a name without / and \\ and control characters',
    came: unsafe ?? header,
  });
}

async function isNamedAsTask(trial: Trial): Promise<void> {
  const { headers } = await wholeOf(trial);
  const { id } = await downloaded(trial.world);
  const [task] = await trial.world.ended([id]);
  const { name } = nameIn(headers.get('content-disposition') ?? '');
  if (name === undefined) throw new Skip('Content-Disposition has no name; see its case');
  trial.demand(name === task?.file_name, {
    rule: 'The name in Content-Disposition is the file_name of the task.',
    expected: String(task?.file_name),
    came: name,
  });
}

async function isTheSame(trial: Trial): Promise<void> {
  const first = await wholeOf(trial);
  const second = await ask(trial);
  trial.demand(sameBytes(first.bytes, second.bytes), {
    rule: 'The file of a task is the same at each download.',
    expected: `${first.bytes.length} bytes, SHA-256 ${sha256(first.bytes, 'hex')}`,
    came: `${second.bytes.length} bytes, SHA-256 ${sha256(second.bytes, 'hex')}`,
  });
}

async function keepsItsTag(trial: Trial): Promise<void> {
  const tag = tagOf(await wholeOf(trial));
  trial.demand(/^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(tag), {
    rule: 'An ETag is a text in quotes.',
    expected: '"…"',
    came: tag,
  });
  const second = (await ask(trial)).headers.get('etag');
  trial.demand(second === tag, {
    rule: 'ETag tells this file from any other: it stays the same while the file does.',
    expected: tag,
    came: second ?? 'no ETag',
  });
}

async function tellsFilesApart(trial: Trial): Promise<void> {
  const snapshot = await snapshotOf(trial.world);
  const files: Answer[] = [];
  for (const language of ['en_US', 'zh_CN'] as const) {
    const { exchanges } = await exportOf(trial, baseQuery(snapshot, language));
    const download = exchanges[1];
    if (download?.answer.status !== 200) throw new Skip('there are no two files to compare');
    files.push(download.answer);
  }
  const [english, chinese] = files as [Answer, Answer];
  if (sameBytes(english.bytes, chinese.bytes)) throw new Skip('the two files are the same');
  trial.demand(tagOf(english) !== tagOf(chinese), {
    rule: 'ETag tells this file from any other: two that differ have two.',
    expected: `another ETag than ${tagOf(english)}`,
    came: tagOf(chinese),
  });
}

async function hasItsDigest(trial: Trial): Promise<void> {
  await needSameFile(trial);
  const { headers, bytes } = await wholeOf(trial);
  demandDigest(trial, digestOf(headers), bytes);
}
