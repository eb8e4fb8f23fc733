import type { CallOptions, ConnectionRecordsClient } from './client.ts';
import { ApiError, unwrap } from './error.ts';
import { hex } from './sign.ts';

/** An exported file, its content still to come. */
export interface ExportFile {
  /** The task that made it. */
  taskId: string;
  /** A name to save it under, safe as the last part of a path. */
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
 * @throws ApiError if there is no such file, not yet or no longer.
 */
export async function downloadExport(
  client: ConnectionRecordsClient,
  taskId: string,
  { fileName, ...options }: DownloadOptions = {},
): Promise<ExportFile> {
  const result = await client.operations.downloadExportFile(taskId, options);
  const [probe, stream] = unwrap(result).tee();
  const { headers } = result.response;
  const mediaType =
    mediaTypeOf(await firstBytes(probe)) ?? headers.get('Content-Type') ?? 'application/octet-stream';
  if (mediaType === json) {
    // The service is known to answer some errors with 200, and no export is JSON.
    throw new ApiError(
      'downloadExportFile',
      result.response,
      await new Response(stream).json().catch(() => undefined),
    );
  }
  return {
    taskId,
    fileName: safeName(nameIn(headers.get('Content-Disposition') ?? '') ?? fileName ?? taskId),
    mediaType,
    size: Number(headers.get('Content-Length')) || undefined,
    stream,
  };
}

/** The first four bytes of a stream, or all if it has fewer, as hexadecimal digits. They may come one by one. */
async function firstBytes(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader();
  let head = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    head += hex(read.value.subarray(0, 4));
    if (head.length >= 8) break;
  }
  // Not awaited: it settles only when the other branch of the stream is cancelled too.
  void reader.cancel();
  return head.slice(0, 8);
}

const json = 'application/json';

/** The media type that the first bytes tell. Text, which has no control characters but white space, is taken for comma-separated. */
function mediaTypeOf(head: string): string | undefined {
  if (head === '504b0304') return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  if (head === 'd0cf11e0') return 'application/vnd.ms-excel';
  if (head.startsWith('7b')) return json;
  return /^(?!(..)*(0[0-8]|0[ef]|1.))/.test(head) ? 'text/csv' : undefined;
}

/** The file name in a `Content-Disposition` header (RFC 6266): the one in UTF-8 goes first. */
function nameIn(disposition: string): string | undefined {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? [];
  try {
    if (encoded) return decodeURIComponent(encoded);
  } catch {
    // Not percent-encoded as it should be: take the plain one.
  }
  return /filename="?([^";]+)/i.exec(disposition)?.[1];
}

/** The last part of a name, without what a file system could take for a path, a device or a hidden file. */
const safeName = (name: string) =>
  name
    .replace(/^.*[/\\]/, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
    .replace(/[\x00-\x1f\x7f<>:"|?*]/g, '_')
    .replace(/^\.+|[. ]+$/g, '') || 'connection-records';
