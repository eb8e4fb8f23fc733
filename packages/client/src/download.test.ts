import { describe, expect, test, vi } from 'vitest';
import { downloadExport } from './download.ts';
import { clientOf, json, taskId } from './testing/service.ts';

const bytes = (...values: number[]) => new Response(new Uint8Array(values));
const download = (answer: Response, fileName?: string) =>
  downloadExport(clientOf([answer]).client, taskId, { fileName });

describe('the media type of a file', () => {
  test.each<[string, Response, string]>([
    [
      'a workbook',
      bytes(0x50, 0x4b, 3, 4, 20, 0),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    ['an old workbook', bytes(0xd0, 0xcf, 0x11, 0xe0), 'application/vnd.ms-excel'],
    ['text with a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'text/csv'],
    ['text in Chinese', new Response('连接用户,桌面名称\n'), 'text/csv'],
    ['text of one letter', new Response('a'), 'text/csv'],
    ['nothing', new Response(null), 'text/csv'],
    ['text with every white space', new Response('a\t\n\v\f\r '), 'text/csv'],
    ['anything else', bytes(0, 1, 2, 3), 'application/octet-stream'],
    ['letters and a control character after them', bytes(65, 66, 67, 68, 8), 'application/octet-stream'],
    ['a shift out', bytes(65, 0x0e), 'application/octet-stream'],
    ['an escape', bytes(65, 0x1b), 'application/octet-stream'],
    ['a unit separator', bytes(65, 0x1f), 'application/octet-stream'],
    ['a PDF', new Response(new TextEncoder().encode('%PDF-1.7\n%')), 'application/octet-stream'],
    ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'application/octet-stream'],
  ])('is told by the first bytes of %s', async (_, answer, mediaType) => {
    expect((await download(answer)).mediaType).toBe(mediaType);
  });

  test('is what the service says of bytes that tell nothing', async () => {
    const answer = new Response(new Uint8Array([0x1f, 0x8b, 8, 0]), {
      headers: { 'Content-Type': 'application/gzip' },
    });
    expect((await download(answer)).mediaType).toBe('application/gzip');
  });
});

test('every byte arrives, also where the first ones drip in one by one', async () => {
  const text = 'PK\x03\x04 and so on to the end';
  const drip = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of new TextEncoder().encode(text)) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const file = await download(new Response(drip));
  expect(file.mediaType).toContain('spreadsheetml');
  expect(await new Response(file.stream).text()).toBe(text);
});

test('the stream can be cancelled before its end, and lets go of the connection', async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1024).fill(65)),
    cancel: () => {
      cancelled = true;
    },
  });
  const { client } = clientOf([], { fetch: async () => new Response(endless) });
  await (await downloadExport(client, taskId)).stream.cancel();
  expect(cancelled).toBe(true);
});

test.each<[object, number | undefined]>([
  [{ 'Content-Length': '3' }, 3],
  [{ 'Content-Length': 'x' }, undefined],
  [{ 'Content-Length': '3', 'Content-Encoding': 'gzip' }, undefined],
  [{}, undefined],
])('with %j, the size is %s', async (headers, size) => {
  expect((await download(new Response('abc', { headers: { ...headers } }))).size).toBe(size);
});

test('a refusal is an error, also one that is answered with 200', async () => {
  const refusal = { error_code: 'WKS.00211902', error_msg: 'Gone.' };
  await expect(download(json(refusal, 404))).rejects.toMatchObject({ status: 404, code: 'WKS.00211902' });
  await expect(download(json(refusal, 200))).rejects.toMatchObject({ status: 200, code: 'WKS.00211902' });
  await expect(download(new Response('{broken'))).rejects.toMatchObject({ status: 200, code: 'HTTP.200' });
});

describe('an answer of 200 that is no file is an error', () => {
  test('if it is JSON behind white space or a byte order mark', async () => {
    const refusal = '{"error_code":"WKS.1","error_msg":"记录 gone."}';
    for (const text of [` \r\n\t${refusal}`, `\ufeff${refusal}`, `\ufeff\n${refusal}`])
      await expect(download(new Response(text))).rejects.toMatchObject({
        status: 200,
        code: 'WKS.1',
        reason: '记录 gone.',
      });
  });

  test('if it is a page, whose beginning is the reason', async () => {
    await expect(download(new Response('\n<!DOCTYPE html><title>Log in</title>'))).rejects.toMatchObject({
      name: 'ApiError',
      status: 200,
      reason: '\n<!DOCTYPE html><title>Log in</title>',
    });
  });

  test('of which no more than 64 KiB are read, and the connection is let go', async () => {
    let pulled = 0;
    const cancel = vi.fn();
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1024;
        controller.enqueue(new Uint8Array(1024).fill(0x7b));
      },
      cancel,
    });
    const { client } = clientOf([], { fetch: async () => new Response(endless) });
    const error = await downloadExport(client, taskId).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'ApiError', body: '{'.repeat(65_536) });
    expect(pulled).toBeLessThan(80_000);
    expect(cancel).toHaveBeenCalled();
  });
});
