import { createReadStream } from 'node:fs';
import { access, constants, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  type ConnectionRecordsClient,
  downloadExport,
  type ExportFile,
  type WaitOptions,
  waitForExport,
} from '@connection-records/client';
import { saveTo } from '@connection-records/client/node';
import { ReadError } from '@connection-records/client/read';
import type { Context } from './context.ts';
import { convert, countRecords, type Format, formats } from './convert.ts';
import { Failure, UsageError } from './failure.ts';
import type { Progress } from './progress.ts';

/** Where a file goes, and as what. */
export interface Destination {
  /** A file, a folder, or `-` for standard output. Left out, the folder in which the command runs. */
  out?: string;
  /** Left out, what the name of the file says, or else as it comes. */
  format?: Format;
}

/** A file that has arrived. */
export interface Collected {
  taskId: string;
  /** Where it is; null on standard output. */
  path: string | null;
  format: Format | null;
  /** How many records it has; null if it is not one of connection records. */
  rows: number | null;
  bytes: number;
  /** Whether its SHA-256 is the one that the service said; false if it says none. */
  verified: boolean;
}

/**
 * Makes sure, before anything is started, that a file can go where it is to go.
 *
 * @throws UsageError if it cannot.
 */
export async function checkDestination({ out, format }: Destination, { stdout }: Context): Promise<void> {
  if (out === '-') {
    if (stdout.isTTY && (!format || format === 'xlsx'))
      throw new UsageError(
        'A workbook would go to the terminal.',
        'Send it to a file or another command, or give --format csv or ndjson.',
      );
    return;
  }
  const isMeantAsFolder = (await isFolder(out)) || /[/\\]$/.test(out ?? '');
  const folder = isMeantAsFolder ? (out ?? '.') : dirname(out ?? '.');
  await access(folder, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'does not exist' : 'cannot be written to';
    throw new UsageError(`The folder ${resolve(folder)} ${why}.`, 'Give another --out.');
  });
}

const isFolder = async (path: string | undefined) =>
  path === undefined || Boolean((await stat(path).catch(() => undefined))?.isDirectory());

/**
 * Waits for a task, downloads its file, checks it, converts it if asked to, and puts it into its place at once as a whole. Nothing else is
 * left behind, whatever happens.
 */
export async function collect(
  client: ConnectionRecordsClient,
  taskId: string,
  { out, format, ...wait }: Destination & Pick<WaitOptions, 'timeoutMs' | 'misses'>,
  progress: Progress,
  { signal, stdout }: Context,
): Promise<Collected> {
  const { file_name } = await waitForExport(client, taskId, {
    signal,
    onProgress: progress.poll,
    timeoutMs: wait.timeoutMs,
    misses: wait.misses,
  });
  const file = await downloadExport(client, taskId, {
    signal,
    fileName: file_name,
    onProgress: progress.download,
  });
  const came = formatOf(file);
  const wanted = format ?? formatIn(out) ?? came;
  let folder: string | undefined;
  try {
    const place = out === '-' ? undefined : await placeOf(file, out, wanted);
    // Beside its place, so that it can be moved there at once; in a folder that nobody else can read.
    folder = await mkdtemp(join(place ? dirname(place) : tmpdir(), '.connection-records-'));
    const [raw, made] = [join(folder, 'raw'), join(folder, 'made')];
    const { verified } = await saveTo(file, raw, { signal });
    const isAsked = wanted !== came && wanted !== undefined;
    if (isAsked) progress.step(`Converting to ${wanted}`);
    const rows = isAsked ? await convert(raw, made, wanted, signal) : await rowsOf(raw, signal);
    const ready = isAsked ? made : raw;
    const { size: bytes } = await stat(ready);
    progress.stop();
    signal.throwIfAborted();
    if (place) await rename(ready, place);
    else await send(ready, stdout, signal);
    return { taskId, path: place ?? null, format: wanted ?? null, rows, bytes, verified };
  } finally {
    // Where it was not read to its end, the connection is let go.
    file.stream.cancel().catch(() => {});
    if (folder) await rm(folder, { force: true, recursive: true });
  }
}

/** Sends a file to standard output, without ending that. Whoever reads it may have had enough before its end. */
async function send(path: string, stdout: Context['stdout'], signal: AbortSignal): Promise<void> {
  try {
    await pipeline(createReadStream(path), stdout, { end: false, signal });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

/** The list of tasks may have files of other kinds: then nobody can count their rows, which is no reason not to have them. */
async function rowsOf(path: string, signal: AbortSignal): Promise<number | null> {
  try {
    return await countRecords(path, signal);
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}

/** The format of a file, told by its first bytes. */
function formatOf({ mediaType }: ExportFile): Format | undefined {
  if (mediaType.includes('spreadsheetml')) return 'xlsx';
  return mediaType.startsWith('text/csv') ? 'csv' : undefined;
}

/** The format that the name of a file promises. */
const formatIn = (path = '') => formats.find((format) => extname(path).toLowerCase() === `.${format}`);

async function placeOf(file: ExportFile, out: string | undefined, wanted: Format | undefined) {
  if (!(await isFolder(out))) return out!;
  const own = extname(file.fileName);
  const name = wanted ? `${basename(file.fileName, own)}.${wanted}` : file.fileName;
  const place = join(out ?? '.', name);
  if (await isFolder(place)) throw new Failure('EISDIR', `${place} is a folder.`, 'Give another --out.');
  return place;
}
