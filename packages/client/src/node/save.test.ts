import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { downloadExport } from '../download.ts';
import { clientOf, taskId } from '../testing/service.ts';
import { saveTo } from './index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'save-'));
});
afterEach(() => rm(folder, { recursive: true }));

const content = 'Connected User\r\n'.repeat(5000);
const digestOf = (text: string) => `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;
const answer = (text = content, headers = {}) =>
  new Response(text, { headers: { 'Content-Disposition': 'attachment; filename="week.csv"', ...headers } });
const broken = () =>
  new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(content.slice(0, 900))),
      pull: (controller) => controller.error(new TypeError('terminated')),
    }),
  );
const fileOf = (answers: Response[]) => {
  const { client } = clientOf([], { fetch: async () => answers.shift()! });
  return downloadExport(client, taskId);
};

describe('saveTo', () => {
  test('writes the file to its place, and nothing beside it', async () => {
    const path = join(folder, 'records.csv');
    expect(await saveTo(await fileOf([answer()]), path)).toEqual({
      path,
      size: content.length,
      verified: false,
    });
    expect(await readFile(path, 'utf8')).toBe(content);
    expect(await readdir(folder)).toEqual(['records.csv']);
  });

  test('takes the name of the export in a folder', async () => {
    const { path } = await saveTo(await fileOf([answer()]), folder);
    expect(path).toBe(join(folder, 'week.csv'));
  });

  test('tells whether the SHA-256 was checked', async () => {
    const file = await fileOf([answer(content, { 'Repr-Digest': digestOf(content) })]);
    expect(await saveTo(file, folder)).toMatchObject({ verified: true });
  });

  test('begins anew after a download that cannot be continued, or was wrong', async () => {
    const wrong = answer(content.slice(0, 160), { 'Repr-Digest': digestOf(content) });
    const file = await fileOf([broken(), wrong, answer()]);
    await saveTo(file, join(folder, 'a'));
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe(content);
  });

  test('leaves nothing behind where it fails, and what was there as it was', async () => {
    const path = join(folder, 'records.csv');
    await writeFile(path, 'old');
    const file = await fileOf([broken(), broken(), broken()]);
    await expect(saveTo(file, path)).rejects.toMatchObject({ name: 'DownloadError', outcome: 'BROKEN' });
    const wrong = () => answer('a', { 'Repr-Digest': digestOf('b') });
    await expect(saveTo(await fileOf([wrong()]), path, { restarts: 0 })).rejects.toMatchObject({
      outcome: 'DIGEST',
    });
    expect(await readdir(folder)).toEqual(['records.csv']);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  test('stops when its signal aborts', async () => {
    const file = await fileOf([answer()]);
    await expect(saveTo(file, folder, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    expect(await readdir(folder)).toEqual([]);
  });

  test('lets go of the connection if the file cannot be written', async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024).fill(65)),
      cancel: () => {
        cancelled = true;
      },
    });
    const file = await fileOf([new Response(endless)]);
    await expect(saveTo(file, join(folder, 'nowhere', 'a'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(cancelled).toBe(true);
  });
});
