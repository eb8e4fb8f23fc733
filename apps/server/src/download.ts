import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { Refusal } from './errors.ts';
import type { StoredFile } from './files/file-store.ts';
import type { Task } from './store/store.ts';

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** What a download says of its file, and an error must not. */
export const fileHeaders = ['Content-Disposition', 'Content-Range', 'Accept-Ranges', 'ETag', 'Repr-Digest'];

/** Sends the file of a task, or the part of it that the request asks for; or where it is, if it may and there is such a place. */
export async function sendFile(
  task: Task,
  file: StoredFile | undefined,
  headers: IncomingHttpHeaders,
  reply: FastifyReply,
  redirect = false,
): Promise<FastifyReply> {
  if (!file) throw new Refusal('fileExpired');
  if (redirect && file.link) return sendLink(task, file, reply);
  const { size } = file;
  const etag = `"${task.sha256}"`;
  const range = readRange(headers, etag, size);
  if (range === 'unsatisfiable') {
    await file.close();
    throw new Refusal('rangeBeyondEnd', undefined, { 'Content-Range': `bytes */${size}` });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range) reply.code(206).header('Content-Range', `bytes ${start}-${end}/${size}`);
  reply.headers({
    'Content-Type': mediaTypes[task.format],
    'Content-Disposition': disposition(task.fileName),
    'Content-Length': end - start + 1,
    'Accept-Ranges': 'bytes',
    ETag: etag,
    'Repr-Digest': `sha-256=:${Buffer.from(task.sha256 ?? '', 'hex').toString('base64')}:`,
  });
  return reply.send(file.read({ start, end }));
}

/** The link has the name and the type of the file in it, for the storage to say. */
async function sendLink({ fileName, format }: Task, file: StoredFile, reply: FastifyReply) {
  await file.close();
  const link = await file.link!({ disposition: disposition(fileName), mediaType: mediaTypes[format] });
  // It is good for minutes, and for this caller.
  return reply.header('Cache-Control', 'no-store').redirect(link, 302);
}

/** The one range that a request asks for (RFC 9110). Several ranges, or those of another file, are answered with the whole. */
export function readRange({ range, 'if-range': ifRange }: IncomingHttpHeaders, etag: string, size: number) {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if ((first === '' && last === '') || (ifRange !== undefined && ifRange !== etag)) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size || (first === '' && last === '0')) return 'unsatisfiable';
  return start > end ? undefined : { start, end };
}

/** A file name that is safe in a header, and the whole one in UTF-8 beside it (RFC 6266). */
export function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
