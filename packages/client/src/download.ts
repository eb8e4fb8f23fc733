import type { CallOptions, ConnectionRecordsClient } from './client.ts';
import { ApiError, parse, unwrap } from './error.ts';
import { encode, hex } from './sign.ts';

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
  /** Its content, to be read once. `new Response(file.stream)` turns it into a blob, text or bytes. */
  stream: ReadableStream<Uint8Array>;
}

/** How to download a file. */
export interface DownloadOptions extends CallOptions {
  /** The name of the file, for when the service gives none: the `file_name` of the task. */
  fileName?: string | undefined;
}

/**
 * Downloads the file of an export whose status is `SUCCESS`. Resolves when it begins to arrive; `stream` brings the rest.
 *
 * @throws TypeError if the task id is none; nothing is sent.
 * @throws ApiError if there is no such file, not yet or no longer, or if what arrives is JSON or a page.
 */
export async function downloadExport(
  client: ConnectionRecordsClient,
  taskId: string,
  { fileName, signal }: DownloadOptions = {},
): Promise<ExportFile> {
  const result = await client.operations.downloadExportFile(taskId, { signal });
  const [probe, stream] = unwrap(result).tee();
  const { headers } = result.response;
  const head = hex(await beginning(probe, 64));
  if (noFile.test(head)) {
    const text = new TextDecoder().decode(await beginning(stream, 65_536));
    throw new ApiError('downloadExportFile', result.response, parse(text));
  }
  const kind = kindOf(head);
  const name = nameIn(headers.get('Content-Disposition') ?? '') || fileName;
  return {
    taskId,
    fileName: safeName(name || (kind ? `${taskId}.${kind}` : taskId)),
    mediaType: kind ? mediaTypes[kind] : headers.get('Content-Type') || 'application/octet-stream',
    size: sizeIn(headers),
    stream,
  };
}

/** The first bytes of a stream, as many as asked for, or all if it has fewer. They may come one by one. */
async function beginning(stream: ReadableStream<Uint8Array>, length: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const part = read.value.subarray(0, length - at);
    bytes.set(part, at);
    at += part.length;
    if (at === length) break;
  }
  // Not awaited: it settles only when the other branch of the stream is cancelled too.
  reader.cancel().catch(() => {});
  return bytes.subarray(0, at);
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

/** The size of the content. That of an encoded body is the one on the wire, before fetch decodes it. */
function sizeIn(headers: Headers): number | undefined {
  const length = headers.get('Content-Length') ?? '';
  return /^\d+$/.test(length) && !headers.has('Content-Encoding') ? Number(length) : undefined;
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
