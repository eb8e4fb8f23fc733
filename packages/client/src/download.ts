import type { CallOptions, ConnectionRecordsClient } from './client.ts';
import { type Body, openBody, sizeIn } from './download-body.ts';
import { ApiError, parse } from './error.ts';
import { encode, hex } from './hash.ts';

export { DownloadError } from './download-body.ts';

/** An exported file, its content still to come. */
export interface ExportFile {
  /** The task that made it. */
  taskId: string;
  /** A name to save it under, safe as the last part of a path, 200 bytes long at most. */
  fileName: string;
  /** What it is, told by its first bytes: Excel (`.xlsx` or `.xls`), comma-separated text, or else what the service says. */
  mediaType: string;
  /** Its size in bytes, where the service says it. */
  size: number | undefined;
  /** Its SHA-256 in hexadecimal digits, where the service says it (`Repr-Digest`, as this project's server does). */
  sha256: string | undefined;
  /**
   * Its content, to be read once. `new Response(file.stream)` turns it into a blob, text or bytes. Where the connection breaks, it goes
   * on from there; where it cannot, it fails with a {@link DownloadError}, and never ends early.
   */
  stream: ReadableStream<Uint8Array>;
  /** Downloads it again from its beginning. */
  again(): Promise<ExportFile>;
}

/** How a download is coming along. */
export interface DownloadProgress {
  /** Bytes so far. */
  received: number;
  /** Bytes in all, where the service says it. */
  size: number | undefined;
  /** Milliseconds since it was asked for. */
  elapsedMs: number;
  /** Bytes a second, on average. */
  bytesPerSecond: number;
}

/** How to download a file. */
export interface DownloadOptions extends CallOptions {
  /** The name of the file, for when the service gives none: the `file_name` of the task. */
  fileName?: string | undefined;
  /** Told when the first bytes have been read, then ten times a second at most, and at the end. */
  onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/**
 * Downloads the file of an export whose status is `SUCCESS`. Resolves when it begins to arrive; `stream` brings the rest.
 *
 * @throws TypeError if the task id is none; nothing is sent.
 * @throws ApiError if there is no such file, not yet or no longer, or if what arrives is JSON or a page.
 * @throws DownloadError, as the `stream` does, if it breaks off and cannot be continued.
 */
export async function downloadExport(
  client: ConnectionRecordsClient,
  taskId: string,
  options: DownloadOptions = {},
): Promise<ExportFile> {
  const body = await openBody(client, taskId, options);
  const { headers } = body.response;
  const pieces: Uint8Array[] = [];
  const first = await beginning(body, pieces, 64);
  const head = hex(first);
  if (noFile.test(head)) {
    const text = new TextDecoder().decode(await beginning(body, pieces, 65_536));
    body.cancel().catch(() => {});
    throw new ApiError('downloadExportFile', body.response, parse(text));
  }
  const kind = kindOf(head);
  const name = nameIn(headers.get('Content-Disposition') ?? '') || options.fileName;
  return {
    taskId,
    fileName: safeName(name || (kind ? `${taskId}.${kind}` : taskId)),
    mediaType: kind ? mediaTypes[kind] : headers.get('Content-Type') || 'application/octet-stream',
    size: sizeIn(headers),
    sha256: sha256In(headers),
    stream: new ReadableStream({
      async pull(controller) {
        const piece = pieces.shift() ?? (await body.next());
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
      cancel: (reason) => body.cancel(reason),
    }),
    again: () => downloadExport(client, taskId, options),
  };
}

/** The first bytes of a body, as many as asked for, or all if it has fewer. The pieces that were read for it are kept. */
async function beginning(body: Body, pieces: Uint8Array[], length: number): Promise<Uint8Array> {
  const read = () => pieces.reduce((sum, piece) => sum + piece.length, 0);
  while (read() < length) {
    const piece = await body.next();
    if (!piece) break;
    pieces.push(piece);
  }
  const bytes = new Uint8Array(read());
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.subarray(0, length);
}

const mediaTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xls: 'application/vnd.ms-excel',
  csv: 'text/csv',
};

/**
 * The beginning of JSON or of a page, behind a byte order mark and white space. The service is known to answer some errors with 200,
 * and so are proxies that want a login; no export begins so.
 */
const noFile = /^(efbbbf)?(09|0a|0d|20)*(7b|3c)/;

/** The kind of file that the first bytes tell. Text, which has no control characters but white space, is taken for comma-separated. */
function kindOf(head: string): keyof typeof mediaTypes | undefined {
  if (head.startsWith('504b0304')) return 'xlsx';
  if (head.startsWith('d0cf11e0')) return 'xls';
  // All of a PDF's first bytes may be text.
  return /^(?!25504446)(?!(..)*(0[0-8]|0[ef]|1.))/.test(head) ? 'csv' : undefined;
}

/** The SHA-256 in a `Repr-Digest` header (RFC 9530), in hexadecimal digits. */
function sha256In(headers: Headers): string | undefined {
  const [, digest] = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(headers.get('Repr-Digest') ?? '') ?? [];
  return digest && hex(Uint8Array.from(atob(digest), (char) => char.charCodeAt(0)));
}

/** The file name in a `Content-Disposition` header (RFC 6266): the one in UTF-8 goes first. */
function nameIn(disposition: string): string | undefined {
  const names: Record<string, string | undefined> = {};
  for (const [, name = '', quoted, plain] of disposition.matchAll(
    /(?:^|;)\s*([^\s;="]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;]*))/g,
  ))
    names[name.toLowerCase()] ??= quoted?.replace(/\\(.)/g, '$1') ?? plain?.trim();
  const [, encoded] = /^UTF-8'[^']*'(.+)/i.exec(names['filename*'] ?? '') ?? [];
  try {
    if (encoded) return decodeURIComponent(encoded);
  } catch {
    // Not percent-encoded as it should be: take the plain one.
  }
  return names.filename;
}

/** The last part of a name, without what a file system could take for a path, a device or a hidden file. */
function safeName(name: string): string {
  const [last = ''] = `${name}`.split(/[/\\]/).slice(-1);
  const safe = last
    .replace(/\p{Bidi_C}/gu, '')
    .replace(/[\p{Cc}<>:"|?*]/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(devices, '_$&');
  const [extension = ''] = /\.\w{1,10}$/.exec(safe) ?? [];
  // File systems count bytes. A letter that is cut in two waits for the rest of its stream, and so is left out.
  const stem = encode(safe.slice(0, safe.length - extension.length)).subarray(0, 200 - extension.length);
  return new TextDecoder().decode(stem, { stream: true }) + extension || 'connection-records';
}

/** What Windows takes for a device, whatever the extension. */
const devices = /^(con|prn|aux|nul|(com|lpt)[\d¹²³])\s*(\.|$)/i;
