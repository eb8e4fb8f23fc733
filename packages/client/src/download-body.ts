import { backoff, policyOf, within } from './attempts.ts';
import type { ConnectionRecordsClient, DownloadPartOptions } from './client.ts';
import type { DownloadOptions } from './download.ts';
import { unwrap } from './error.ts';
import type { Answer } from './transport.ts';

/** A download that broke off and cannot be continued. Its `cause` is what broke it, where this side knows it. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  /**
   * Why it cannot be continued: the connection broke too often, or the service gives nothing to tell the file by (`BROKEN`); the file is
   * another one now (`CHANGED`); or what arrived has another length (`LENGTH`) or another SHA-256 (`DIGEST`) than the service said.
   */
  declare readonly outcome: 'BROKEN' | 'CHANGED' | 'LENGTH' | 'DIGEST';
  /** The task. */
  declare readonly taskId: string;
  /** How many bytes had arrived. */
  declare readonly received: number;

  constructor(
    outcome: DownloadError['outcome'],
    taskId: string,
    received: number,
    message: string,
    cause?: unknown,
  ) {
    super(
      `The download of export ${taskId} ${message}, after ${received} bytes. Download it again.`,
      cause ? { cause } : {},
    );
    Object.assign(this, { outcome, taskId, received });
  }
}

/** The bytes of a file, piece by piece, whatever becomes of the connection. */
export interface Body {
  /** The first answer. */
  response: Answer;
  /** The next piece; undefined at the end. */
  next(): Promise<Uint8Array | undefined>;
  cancel(reason?: unknown): Promise<void>;
}

/** Asks for a file. Where the connection breaks, the rest is asked for, if an entity tag tells that it is of the same file. */
export async function openBody(
  client: ConnectionRecordsClient,
  taskId: string,
  { signal, retry, onProgress }: DownloadOptions,
): Promise<Body> {
  const { operations, clock, random, onRetry } = client;
  const { retries, attemptTimeoutMs } = policyOf(client.retry, retry);
  const began = clock.now();
  // The connection is let go when the signal aborts, and the signal when the download ends.
  const connection = new AbortController();
  const abort = () => connection.abort(signal?.reason);
  const letGo = () => signal?.removeEventListener('abort', abort);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', abort);
  const ask = (part?: DownloadPartOptions['part']) =>
    operations.downloadExportFile(taskId, { signal: connection.signal, retry, part });
  const open = await ask();
  let reader = unwrap(open).getReader();
  const { response } = open;
  const etag = etagOf(response.headers);
  let size = isWhole(response) ? sizeIn(response.headers) : undefined;
  let received = 0;
  /** Bytes that come again, from a service that does not continue. */
  let skip = 0;
  let breaks = 0;
  let told = Number.NEGATIVE_INFINITY;
  const fail = (outcome: DownloadError['outcome'], message: string, cause?: unknown) =>
    new DownloadError(outcome, taskId, received, message, cause);

  const tell = (isEnd: boolean) => {
    const elapsedMs = clock.now() - began;
    if (!onProgress || (!isEnd && elapsedMs < told + 100)) return;
    told = elapsedMs;
    onProgress({ received, size, elapsedMs, bytesPerSecond: (received * 1000) / Math.max(1, elapsedMs) });
  };

  /** What the connection brings next. */
  const read = async () => {
    const { done, value } = await within(attemptTimeoutMs, signal, () => reader.read());
    if (!done) return value;
    if (size === undefined || received >= size) return undefined;
    throw new Error(`It ended after ${received} of ${size} bytes.`);
  };

  /** Asks for the rest. What comes in its place, if the file is still the same, is the whole. */
  const resume = async (problem: unknown) => {
    breaks++;
    // One more for every 64 KiB: a long file on a poor line may break more often.
    if (!etag || breaks > retries + received / 65_536) throw fail('BROKEN', 'broke off', problem);
    const pauseMs = backoff(Math.min(breaks, 5), random);
    onRetry?.({ operationId: 'downloadExportFile', attempt: breaks, problem, action: 'continue', pauseMs });
    await clock.sleep(pauseMs, signal);
    const rest = await ask({ from: received, etag });
    const stream = unwrap(rest);
    const { status, headers } = rest.response;
    const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('Content-Range') ?? '') ?? [];
    const isRest = status === 206 && Number(from) === received;
    const sizeNow = isRest ? Number(total) : sizeIn(headers);
    if (etagOf(headers) !== etag || (status === 206) !== isRest || (size && sizeNow && size !== sizeNow)) {
      stream.cancel().catch(() => {});
      throw fail('CHANGED', 'cannot be continued, because the file is another one now', problem);
    }
    size ??= sizeNow || undefined;
    skip = isRest ? 0 : received;
    reader = stream.getReader();
  };

  const bring = async (): Promise<Uint8Array | undefined> => {
    for (;;) {
      let piece: Uint8Array | undefined;
      try {
        piece = await read();
      } catch (problem) {
        reader.cancel(problem).catch(() => {});
        signal?.throwIfAborted();
        await resume(problem);
        continue;
      }
      if (piece && skip >= piece.length) {
        skip -= piece.length;
        continue;
      }
      piece = piece?.subarray(skip);
      skip = 0;
      received += piece?.length ?? 0;
      if (size !== undefined && received > size) {
        reader.cancel().catch(() => {});
        throw fail('LENGTH', `is longer than the ${size} bytes that the service said`);
      }
      tell(!piece);
      return piece;
    }
  };
  const next = async () => {
    try {
      const piece = await bring();
      if (!piece) letGo();
      return piece;
    } catch (error) {
      letGo();
      throw error;
    }
  };
  const cancel = (reason?: unknown) => {
    letGo();
    return reader.cancel(reason);
  };
  return { response, next, cancel };
}

/** The size of the content. That of an encoded body is the one on the wire, before fetch decodes it. */
export function sizeIn(headers: Headers): number | undefined {
  const length = headers.get('Content-Length') ?? '';
  return /^\d+$/.test(length) && !headers.has('Content-Encoding') ? Number(length) : undefined;
}

/** The entity tag, if it is a strong one of these very bytes: a weak one does not say that they are the same. */
function etagOf(headers: Headers): string | undefined {
  const etag = headers.get('ETag') ?? '';
  return /^"[^"]*"$/.test(etag) && !headers.has('Content-Encoding') ? etag : undefined;
}

/** Whether the size can be held against the answer: to a page of another origin, a browser may hide that the body is encoded. */
const isWhole = ({ type, headers }: Answer) => type !== 'cors' || headers.has('ETag');
