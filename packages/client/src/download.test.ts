import { describe, expect, test } from 'vitest';
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
    ['anything else', bytes(0, 1, 2, 3), 'application/octet-stream'],
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

describe('the name of a file', () => {
  const named = async (disposition: string, fileName?: string) =>
    (await download(new Response('a', { headers: { 'Content-Disposition': disposition } }), fileName))
      .fileName;

  test('is the one in UTF-8, else the plain one, else that of the task, else the id of the task', async () => {
    expect(await named(`attachment; filename="r.csv"; filename*=UTF-8''%E8%AE%B0%E5%BD%95.csv`)).toBe(
      '记录.csv',
    );
    expect(await named(`attachment; filename="r.csv"; filename*=UTF-8''%E8%AE%`)).toBe('r.csv');
    expect(await named('attachment; filename=r.csv')).toBe('r.csv');
    expect(await named('attachment', 'week.csv')).toBe('week.csv');
    expect(await named('attachment')).toBe(taskId);
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system.ini', 'system.ini'],
    ['/absolute.csv', 'absolute.csv'],
    ['..', 'connection-records'],
    ['.bashrc', 'bashrc'],
    ['a:b?.csv', 'a_b_.csv'],
    ['trailing. ', 'trailing'],
  ])('%s is made safe', async (given, safe) => {
    expect(await named(`attachment; filename*=UTF-8''${encodeURIComponent(given)}`)).toBe(safe);
  });
});

test('the size is known where the service says it', async () => {
  expect((await download(new Response('abc', { headers: { 'Content-Length': '3' } }))).size).toBe(3);
  expect((await download(new Response('abc'))).size).toBeUndefined();
});

test('a refusal is an error, also one that is answered with 200', async () => {
  const refusal = { error_code: 'WKS.00211902', error_msg: 'Gone.' };
  await expect(download(json(refusal, 404))).rejects.toMatchObject({ status: 404, code: 'WKS.00211902' });
  await expect(download(json(refusal, 200))).rejects.toMatchObject({ status: 200, code: 'WKS.00211902' });
  await expect(download(new Response('{broken'))).rejects.toMatchObject({ status: 200, code: 'HTTP.200' });
});
