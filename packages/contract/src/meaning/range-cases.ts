/** Cases of the parts of a file, as RFC 9110 has them. A server may ignore Range, and then sends the whole file. */

import type { Case } from '../cases/case.ts';
import { basisOfStatus } from '../contract.ts';
import type { Broken } from '../judge.ts';
import { oncePerWorld } from '../memo.ts';
import type { Answer } from '../request.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
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
import { DOWNLOAD } from './exports.ts';

const PART = basisOfStatus(DOWNLOAD, 206);
const BEYOND = basisOfStatus(DOWNLOAD, 416);
const FIRST = 'gives the first bytes that Range asks for';

/** The cases of parts. */
export function rangeCases(): Case[] {
  return [
    one(206, FIRST, PART, givesTheFirst),
    part(
      'gives bytes from the middle that Range asks for',
      (size) => [Math.floor(size / 3), Math.floor(size / 2)],
      (first, last) => `bytes=${first}-${last}`,
    ),
    part(
      'gives the last bytes that Range asks for as bytes=-5',
      (size) => [Math.max(0, size - 5), size - 1],
      () => 'bytes=-5',
    ),
    part(
      'gives the rest that Range asks for as bytes=10-',
      (size) => [10, size - 1],
      (first) => `bytes=${first}-`,
    ),
    part(
      'gives no more than there is where Range ends beyond the file',
      (size) => [size - 4, size - 1],
      (first, last) => `bytes=${first}-${last + 100}`,
    ),
    part(
      'gives the one last byte that Range asks for',
      (size) => [size - 1, size - 1],
      (first, last) => `bytes=${first}-${last}`,
    ),
    one(206, 'parts put together are the whole file', PART, partsAreTheWhole),
    one(206, 'a part carries the ETag and the Repr-Digest of the whole file', EXTRA, partCarriesTheWhole),
    one(
      206,
      'If-Range with the ETag of the file gives the part, with another one the whole file',
      EXTRA,
      obeysIfRange,
    ),
    one(200, 'several ranges, or one that is none, give nothing but bytes of the file', PART, oddRanges),
    one(416, 'has nothing beyond the end of the file, and says how long it is', BEYOND, nothingBeyond),
  ];
}

function part(
  title: string,
  bounds: (size: number) => [number, number],
  write: (first: number, last: number) => string,
): Case {
  return one(206, title, PART, async (trial) => {
    const { bytes } = await wholeOf(trial);
    const [first, last] = bounds(bytes.length);
    if (first < 0 || last < first) throw new Skip('the file is too short');
    await needParts(trial);
    const Range = write(first, last);
    trial.fail(wrongPart(bytes, await ask(trial, { Range }, [206, 200]), Range, [first, last]));
  });
}

async function givesTheFirst(trial: Trial): Promise<void> {
  const { bytes } = await wholeOf(trial);
  if (bytes.length < 3) throw new Skip('the file is too short');
  const answer = await ask(trial, { Range: 'bytes=0-2' }, [206, 200]);
  trial.fail(wrongPart(bytes, answer, 'bytes=0-2', [0, 2]));
}

/** What is wrong with the answer to a Range. A server may ignore it, and then sends the whole file. */
function wrongPart(
  file: Uint8Array,
  { status, headers, bytes }: Answer,
  Range: string,
  [first, last]: readonly [number, number],
): Broken[] {
  const whole = status === 200;
  const [from, to] = whole ? [0, file.length - 1] : [first, last];
  const range = headers.get('content-range') ?? 'none';
  const right = [`bytes ${first}-${last}/${file.length}`, `bytes ${first}-${last}/*`];
  if (sameBytes(bytes, file.subarray(from, to + 1)) && (whole || right.includes(range))) return [];
  return [
    {
      rule: whole
        ? 'A server that ignores Range sends the whole file.'
        : 'An answer with 206 is the part that was asked for, and Content-Range says which.',
      expected: `for Range: ${Range}, ${to + 1 - from} bytes, ${from} to ${to}${whole ? '' : `, Content-Range ${right[0]}`}`,
      came: `${bytes.length} bytes, Content-Range ${range}`,
      basis: PART,
    },
  ];
}

const firstPart = oncePerWorld(async (world) => {
  const { id, exchange } = await downloaded(world);
  const headers = { Range: 'bytes=0-2' };
  const { answer } = await world.ask({ operation: DOWNLOAD, path: { task_id: id }, headers });
  return wrongPart(exchange.answer.bytes, answer, headers.Range, [0, 2]).length === 0;
});

/** Throws `Skip` where not even the first bytes are given as they should be. */
async function needParts(trial: Trial): Promise<void> {
  await needSameFile(trial);
  if (!(await firstPart(trial.world))) throw new Skip(`Range is not obeyed as it should be; see "${FIRST}"`);
}

async function partsAreTheWhole(trial: Trial): Promise<void> {
  await needParts(trial);
  const { bytes } = await wholeOf(trial);
  const size = Math.max(1, Math.ceil(bytes.length / 4));
  const parts: Uint8Array[] = [];
  for (let first = 0; first < bytes.length; first += size) {
    const answer = await ask(trial, { Range: `bytes=${first}-${first + size - 1}` }, [206, 200]);
    if (answer.status === 200) throw new Skip('the server ignores Range, as it may');
    parts.push(answer.bytes);
  }
  const whole = Buffer.concat(parts);
  trial.demand(sameBytes(whole, bytes), {
    rule: 'The parts of a file, put together, are the whole file.',
    expected: `${bytes.length} bytes, SHA-256 ${sha256(bytes, 'hex')}`,
    came: `${whole.length} bytes, SHA-256 ${sha256(whole, 'hex')}`,
  });
}

async function partCarriesTheWhole(trial: Trial): Promise<void> {
  await needSameFile(trial);
  const { headers, bytes } = await wholeOf(trial);
  const answer = await ask(trial, { Range: 'bytes=0-2' }, [206, 200]);
  if (answer.status === 200) throw new Skip('the server ignores Range, as it may');
  const tag = headers.get('etag');
  trial.demand(tag === null || answer.headers.get('etag') === tag, {
    rule: 'A part carries the ETag of its file, or nobody could tell that parts belong together.',
    expected: tag ?? '',
    came: answer.headers.get('etag') ?? 'no ETag',
  });
  const digest = answer.headers.get('repr-digest');
  // One that is wrong for the whole, too, is told by the case of that.
  const sameAsWhole = digest === headers.get('repr-digest');
  if (digest !== null && !sameAsWhole) demandDigest(trial, digestOf(answer.headers), bytes);
}

async function obeysIfRange(trial: Trial): Promise<void> {
  await needSameFile(trial);
  const file = await wholeOf(trial);
  const tag = tagOf(file);
  if (tag.startsWith('W/')) throw new Skip('the ETag is weak, with which If-Range asks for nothing');
  const Range = 'bytes=1-3';
  const plain = await ask(trial, { Range }, [206, 200]);
  if (plain.status === 200) throw new Skip('the server ignores Range, as it may');
  const same = await ask(trial, { Range, 'If-Range': tag }, [206, 200]);
  trial.demand(same.status === 206, {
    rule: 'If-Range with the ETag of the file gives the part.',
    expected: '206',
    came: String(same.status),
  });
  const other = await ask(trial, { Range, 'If-Range': '"another-file"' }, [200, 206]);
  trial.demand(other.status === 200 && sameBytes(other.bytes, file.bytes), {
    rule: 'If-Range with the ETag of another file gives the whole file, for a part would not fit what is there.',
    expected: `200, ${file.bytes.length} bytes`,
    came: `${other.status}, ${other.bytes.length} bytes`,
  });
}

async function oddRanges(trial: Trial): Promise<void> {
  const { bytes } = await wholeOf(trial);
  if (!sameBytes((await ask(trial)).bytes, bytes))
    throw new Skip('each download is another file; see its case');
  for (const Range of ['bytes=5-2', 'bytes=a-b', 'bytes', 'lines=0-2', 'bytes=0-1,4-5']) {
    const { id } = await downloaded(trial.world);
    const answer = await trial.send({ operation: DOWNLOAD, path: { task_id: id }, headers: { Range } });
    const whole = answer.status === 200 && sameBytes(answer.bytes, bytes);
    trial.demand(whole || [206, 400, 416].includes(answer.status), {
      rule: 'A Range that is not understood is ignored or refused.',
      expected: `for Range: ${Range}, 200 with the whole file, or 416`,
      came: `${answer.status}, ${answer.bytes.length} bytes`,
    });
  }
}

async function nothingBeyond(trial: Trial): Promise<void> {
  const { bytes } = await wholeOf(trial);
  for (const first of [bytes.length, 999_999_999_999]) {
    const answer = await ask(trial, { Range: `bytes=${first}-` }, [416, 200]);
    if (answer.status === 200) continue;
    const range = answer.headers.get('content-range');
    trial.demand(range === `bytes */${bytes.length}`, {
      rule: 'A 416 says in Content-Range how many bytes there are.',
      expected: `Content-Range: bytes */${bytes.length}`,
      came: `Content-Range: ${range}`,
    });
  }
}
