/** The file that the cases of downloads look at, and what they ask of it. */

import { createHash } from 'node:crypto';
import type { Case } from '../cases/case.ts';
import type { Basis } from '../contract.ts';
import { oncePerWorld } from '../memo.ts';
import type { Answer, Exchange } from '../request.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import { DOWNLOAD } from './exports.ts';

/** Of headers that the vendor does not document. */
export const EXTRA: Basis = {
  kind: 'inferred',
  why: 'An extra of this project’s contract, as RFC 9110 and RFC 9530 have it; the vendor documents no headers of the download.',
};

/** A case of the download. */
export function one(status: number, title: string, basis: Basis, run: Case['run']): Case {
  return { operation: DOWNLOAD, status, title, basis, run };
}

interface Download {
  id: string;
  exchange: Exchange;
}

/** The download that the cases share. */
export const downloaded = oncePerWorld(async (world): Promise<Download> => {
  const id = await world.finishedTaskId();
  return { id, exchange: await world.ask({ operation: DOWNLOAD, path: { task_id: id } }) };
});

/** The whole file, downloaded once; throws `Skip` if there is none. */
export async function wholeOf(trial: Trial): Promise<Answer> {
  const { exchange } = await downloaded(trial.world);
  if (exchange.answer.status !== 200)
    throw new Skip('the file cannot be downloaded; see downloadExportFile 200');
  trial.exchanges.push(exchange);
  return exchange.answer;
}

const unchanged = oncePerWorld(async (world) => {
  const { id, exchange } = await downloaded(world);
  const again = await world.ask({ operation: DOWNLOAD, path: { task_id: id } });
  return sameBytes(again.answer.bytes, exchange.answer.bytes);
});

/** Throws `Skip` where a second download is another file, of which no part and no digest can be right. */
export async function needSameFile({ world }: Trial): Promise<void> {
  if (!(await unchanged(world))) {
    throw new Skip('the file changes; see "a second download is the same, byte for byte"');
  }
}

/** Downloads the file anew, with these headers. */
export async function ask(
  trial: Trial,
  headers: Record<string, string> = {},
  statuses: readonly number[] = [200],
): Promise<Answer> {
  const { id } = await downloaded(trial.world);
  return trial.ask({ operation: DOWNLOAD, path: { task_id: id }, headers }, statuses);
}

/** Demands that the digest is that of the file. */
export function demandDigest(trial: Trial, digest: string, bytes: Uint8Array): void {
  trial.demand(digest === sha256(bytes, 'base64'), {
    rule: 'Repr-Digest is the SHA-256 of the whole file.',
    expected: `sha-256=:${sha256(bytes, 'base64')}:`,
    came: `sha-256=:${digest}:`,
  });
}

/** The SHA-256 in Repr-Digest; throws `Skip` if there is none. */
export function digestOf(headers: Headers): string {
  const digest = /(?:^|,)\s*sha-256=:([^:]*):/.exec(headers.get('repr-digest') ?? '')?.[1];
  if (digest === undefined) throw new Skip('there is no Repr-Digest with SHA-256, which is an extra');
  return digest;
}

/** The ETag; throws `Skip` if there is none. */
export function tagOf({ headers }: Answer): string {
  const tag = headers.get('etag');
  if (tag === null) throw new Skip('there is no ETag, which is an extra');
  return tag;
}

/** Whether both are the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** The SHA-256 of the bytes. */
export function sha256(bytes: Uint8Array, encoding: 'hex' | 'base64'): string {
  return createHash('sha256').update(bytes).digest(encoding);
}
