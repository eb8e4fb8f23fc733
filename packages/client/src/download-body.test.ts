import { describe, expect, test } from 'vitest';
import { downloadExport } from './download.ts';
import type { ClientOptions, DownloadProgress } from './index.ts';
import { clientOf, taskId } from './testing/service.ts';

const content = 'Connected User,Desktop Name\r\n'.repeat(10);
const etag = '"v1"';
const bytes = new TextEncoder().encode(content);

/** An answer whose connection breaks after so many bytes of its body. */
function cut(from: number, to: number, headers: Record<string, string> = {}, status = from ? 206 : 200) {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.slice(from, to)),
    // Not before the piece has been read: an error throws away what waits.
    pull: (controller) => controller.error(new TypeError('terminated')),
  });
  return { body, status, headers: { ETag: etag, 'Content-Length': `${bytes.length - from}`, ...headers } };
}
const range = (from: number, total: number | string = bytes.length) => ({
  'Content-Range': `bytes ${from}-${bytes.length - 1}/${total}`,
});
const whole = (headers = {}) => ({ body: content, status: 200, headers: { ETag: etag, ...headers } });
const rest = (from: number, headers = {}) => ({
  body: content.slice(from),
  status: 206,
  headers: { ETag: etag, ...range(from), ...headers },
});

interface Answer {
  body: ReadableStream<Uint8Array> | string;
  status: number;
  headers: Record<string, string>;
}
async function download(answers: Answer[], options: Partial<ClientOptions> = {}) {
  const requests: Request[] = [];
  const fetch = async (request: Request) => {
    requests.push(request);
    const { body, ...init } = answers[Math.min(requests.length, answers.length) - 1]!;
    return new Response(body, init);
  };
  const { client } = clientOf([], { fetch, random: () => 0, ...options });
  const outcome = await downloadExport(client, taskId)
    .then((file) => new Response(file.stream).text())
    .catch((error: unknown) => error);
  return { outcome, requests };
}

describe('a download that breaks off', () => {
  test('goes on where it broke, as often as it takes', async () => {
    const { outcome, requests } = await download([cut(0, 70), cut(70, 200, range(70)), rest(200)]);
    expect(outcome).toBe(content);
    expect(requests.map(({ headers }) => [headers.get('Range'), headers.get('If-Range')])).toEqual([
      [null, null],
      ['bytes=70-', etag],
      ['bytes=200-', etag],
    ]);
  });

  test('goes on, too, if it ends early as if it were whole', async () => {
    const early = { ...cut(0, 0), body: content.slice(0, 100) };
    expect((await download([early, rest(100)])).outcome).toBe(content);
  });

  test('leaves out what it has of an answer with the whole file, if the file is the same', async () => {
    expect((await download([cut(0, 70), whole()])).outcome).toBe(content);
  });

  test('tells that it goes on', async () => {
    const actions: string[] = [];
    await download([cut(0, 70), rest(70)], { onRetry: ({ action }) => actions.push(action) });
    expect(actions).toEqual(['continue']);
  });

  test.each<[string, Answer]>([
    ['another file', whole({ ETag: '"v2"' })],
    ['a part of another file', rest(70, { ETag: '"v2"' })],
    ['a file without a tag', { body: content, status: 200, headers: {} }],
    ['another part than asked for', rest(80)],
    ['a part of no place', rest(70, { 'Content-Range': 'bytes */290' })],
    ['a part of a longer file', rest(70, range(70, 9999))],
  ])('fails if what goes on is %s', async (_, answer) => {
    const { outcome } = await download([cut(0, 70), answer]);
    expect(outcome).toMatchObject({ name: 'DownloadError', outcome: 'CHANGED', taskId, received: 70 });
  });

  test.each([{ ETag: 'W/"v1"' }, { ETag: '' }, { 'Content-Encoding': 'identity' }])(
    'fails where %j leaves open whether the file is the same',
    async (headers) => {
      const { outcome, requests } = await download([cut(0, 70, headers as Record<string, string>), rest(70)]);
      expect(outcome).toMatchObject({
        outcome: 'BROKEN',
        message: `The download of export ${taskId} broke off, after 70 bytes. Download it again.`,
        cause: new TypeError('terminated'),
      });
      expect(requests).toHaveLength(1);
    },
  );

  test('fails if it breaks too often', async () => {
    const { outcome, requests } = await download([
      cut(0, 70),
      ...[1, 2, 3, 4].map(() => cut(70, 70, range(70))),
    ]);
    expect(outcome).toMatchObject({ outcome: 'BROKEN', received: 70 });
    expect(requests).toHaveLength(5);
  });

  test('fails with the refusal, if the file is gone meanwhile', async () => {
    const gone = { body: '{"error_code":"WKS.1","error_msg":"Gone."}', status: 404, headers: {} };
    expect((await download([cut(0, 70), gone])).outcome).toMatchObject({ name: 'ApiError', code: 'WKS.1' });
  });
});

test('a download that is longer than the service said is an error', async () => {
  expect((await download([whole({ 'Content-Length': '10' })])).outcome).toMatchObject({ outcome: 'LENGTH' });
});

test('onProgress is told of bytes, time and rate: at first, ten times a second at most, and at the end', async () => {
  const { client } = clientOf([], {
    fetch: async () => {
      let piece = 0;
      const body = new ReadableStream({
        async pull(controller) {
          await client.clock.sleep(40);
          if (piece++ < 6) controller.enqueue(new Uint8Array(1000).fill(65));
          else controller.close();
        },
      });
      return new Response(body, { headers: { 'Content-Length': '6000' } });
    },
  });
  const told: DownloadProgress[] = [];
  const file = await downloadExport(client, taskId, { onProgress: (progress) => told.push(progress) });
  await new Response(file.stream).arrayBuffer();
  const last = told.at(-1)!;
  expect(last).toMatchObject({ received: 6000, size: 6000 });
  expect(last.bytesPerSecond).toBeCloseTo(6_000_000 / last.elapsedMs);
  expect(told.map(({ received }) => received)).toEqual([1000, 4000, 6000]);
});

test('the SHA-256 that the service says comes with the file', async () => {
  const digest = 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:';
  const { client } = clientOf([new Response('', { headers: { 'Repr-Digest': `sha-512=:x:, ${digest}` } })]);
  expect((await downloadExport(client, taskId)).sha256).toMatch(/^e3b0c442.*b855$/);
});

test('a download ends when its signal aborts, and lets go of the connection', async () => {
  const stop = new AbortController();
  let connection: AbortSignal | undefined;
  const { client } = clientOf([], {
    fetch: async (request) => {
      connection = request.signal;
      return new Response(
        new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(64).fill(65)) }),
      );
    },
  });
  const file = await downloadExport(client, taskId, { signal: stop.signal });
  const text = new Response(file.stream).text();
  stop.abort('enough');
  await expect(text).rejects.toBe('enough');
  expect(connection?.reason).toBe('enough');
});

test('a download can be made again from its beginning', async () => {
  const { client } = clientOf([new Response('a'), new Response('b')]);
  const file = await downloadExport(client, taskId);
  expect(await new Response((await file.again()).stream).text()).toBe('b');
});
