import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { describeFileStore } from './file-store.conformance.ts';
import { type FileStore, openFiles } from './file-store.ts';
import { type Fault, type Passing, type Storage, startStorage } from './s3.testing.ts';
import { openBucket } from './s3.ts';

vi.stubEnv('AWS_ACCESS_KEY_ID', 'an-access-key');
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret-key');
vi.stubEnv('AWS_REGION', undefined);

let storage: Storage;
beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage.close());

describeFileStore('a bucket', async () => {
  const url = storage.bucket();
  return [await openFiles(url), await openFiles(url)];
});

const mebibyte = 1024 * 1024;
const large = randomBytes(20 * mebibyte);
/** Two parts. */
const medium = large.subarray(0, 9 * mebibyte);
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('base64');

/** Writes a file a mebibyte at a time. */
async function put(files: FileStore, name: string, content = large) {
  const file = await files.create(name);
  try {
    for (let at = 0; at < content.length; at += mebibyte)
      await file.write(content.subarray(at, at + mebibyte));
    return await file.publish();
  } catch (error) {
    await file.discard();
    throw error;
  }
}
async function read(files: FileStore, name: string) {
  const found = await files.open(name);
  return found && buffer(found.read({ start: 0, end: found.size - 1 }));
}
const isPart = ({ url }: Passing) => url.includes('partNumber=');
const isEnd = ({ method, url }: Passing) => method === 'POST' && url.includes('uploadId=');
const whatWasAsked = () =>
  storage.asked.map(({ method, url }) =>
    `${method} ${url.replace(/^[^?]*/, '').replace(/=[^&]*/g, '')}`.trim(),
  );

describe('a file in a bucket', () => {
  test('that is large goes in parts, each with its own checksums, and comes back as it was', async () => {
    const files = openBucket(storage.bucket());
    const sha256 = createHash('sha256').update(large).digest('hex');
    expect(await put(files, 'large.csv')).toEqual({ size: large.length, sha256 });
    const number = ({ url }: Passing) => Number(/partNumber=(\d+)/.exec(url)![1]);
    const parts = storage.asked.filter(isPart).toSorted((one, other) => number(one) - number(other));
    expect(parts.map(({ body }) => body.length / mebibyte)).toEqual([8, 8, 4]);
    for (const { headers, body } of parts) {
      expect(headers['content-md5']).toBe(md5(body));
      expect(headers['x-amz-content-sha256']).toBe(createHash('sha256').update(body).digest('hex'));
    }
    expect((await read(files, 'large.csv'))!.equals(large)).toBe(true);
  });

  test('that is small is put at once', async () => {
    const files = openBucket(storage.bucket());
    await put(files, 'small.csv', Buffer.from('rows'));
    expect(whatWasAsked()).toEqual(['PUT ?x-id']);
    expect(storage.asked[0]!.headers['content-md5']).toBe(md5(Buffer.from('rows')));
    await put(files, 'empty.csv', Buffer.alloc(0));
    expect((await files.open('empty.csv'))!.size).toBe(0);
  });

  test('lies below the prefix, beside which there may be others', async () => {
    const url = storage.bucket();
    await put(openBucket(url), 'a.csv', Buffer.from('rows'));
    await put(openBucket(url.replace('/a/prefix', '/another')), 'b.csv', Buffer.from('rows'));
    expect(await openBucket(url).list()).toEqual(['a.csv']);
    expect(storage.asked[0]!.url).toMatch(/^\/bucket-\d+\/a\/prefix\/a\.csv\?/);
  });

  test('takes no more memory than three parts, however slow the storage is', async () => {
    const files = openBucket(storage.bucket());
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    storage.disturb(async (request) => (isPart(request) ? void (await released) : undefined));
    const file = await files.create('large.csv');
    let taken = 0;
    const writing = (async () => {
      for (; taken < 40; taken++) await file.write(large.subarray(0, mebibyte));
    })();
    await vi.waitFor(() => expect(storage.asked.filter(isPart)).toHaveLength(3), { timeout: 20_000 });
    // The three are filled and on their way; the next byte has to wait.
    await vi.waitFor(() => expect(taken).toBe(24), { timeout: 20_000 });
    release();
    await writing;
    expect((await file.publish()).size).toBe(40 * mebibyte);
  });

  test('is read only while it is the one that was opened', async () => {
    const files = openBucket(storage.bucket());
    await put(files, 'a.csv', Buffer.from('rows'));
    const found = (await files.open('a.csv'))!;
    await buffer(found.read({ start: 0, end: 1 }));
    const { headers } = storage.asked.at(-1)!;
    expect([headers.range, headers['if-match']]).toEqual([
      'bytes=0-1',
      expect.stringMatching(/^"?[0-9a-f]{32}"?$/),
    ]);
  });

  test('can be had by anybody with a link, with the name and the type that it is given', async () => {
    const files = openBucket(storage.bucket());
    await put(files, 'a.csv', Buffer.from('rows'));
    const link = await (await files.open('a.csv'))!.link!({
      disposition: 'attachment; filename="b.csv"',
      mediaType: 'text/csv',
    });
    const { searchParams } = new URL(link);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      'X-Amz-Expires': '300',
      'X-Amz-SignedHeaders': 'host',
      'response-content-disposition': 'attachment; filename="b.csv"',
      'response-content-type': 'text/csv',
    });
    expect(link).not.toContain('a-secret-key');
    expect(await (await fetch(link)).text()).toBe('rows');
  });
});

describe('where the storage', () => {
  const once = (isMeant: (request: Passing) => boolean, fault: Fault) => {
    let left = 1;
    storage.disturb((request) => (isMeant(request) && left-- > 0 ? fault : undefined));
  };
  const always = (isMeant: (request: Passing) => boolean, fault: Fault) =>
    storage.disturb((request) => (isMeant(request) ? fault : undefined));
  const failing: [string, Fault][] = [
    ['fails', { status: 500, code: 'InternalError' }],
    ['is not there for a moment', { status: 503, code: 'SlowDown' }],
    ['cuts the line', 'cut'],
    ['cuts the line once it has done what was asked', 'cut the answer'],
  ];

  test.each(failing)('%s once, at a part or at the end, the file is complete', async (_, fault) => {
    const files = openBucket(storage.bucket());
    for (const [name, isMeant] of [
      ['part', isPart],
      ['end', isEnd],
    ] as const) {
      once(isMeant, fault);
      await put(files, name, medium);
      expect((await read(files, name))!.equals(medium)).toBe(true);
    }
  });

  test.each(failing.slice(0, 3))(
    '%s for good, there is no file, and it may go well later',
    async (_, fault) => {
      const files = openBucket(storage.bucket());
      for (const isMeant of [isPart, isEnd]) {
        always(isMeant, fault);
        await expect(put(files, 'a.csv', medium)).rejects.toMatchObject({
          name: 'StorageError',
          passing: true,
        });
        expect(await files.open('a.csv')).toBeUndefined();
        expect(await files.list()).toEqual([]);
      }
    },
  );

  test.each([
    ['is full', { status: 507, code: 'InsufficientStorage' }],
    ['has no such bucket', { status: 404, code: 'NoSuchBucket' }],
    ['refuses us', { status: 403, code: 'AccessDenied' }],
  ])('%s, there is no file, and waiting will not help', async (_, fault) => {
    const files = openBucket(storage.bucket());
    for (const content of [medium, Buffer.from('rows')]) {
      always(({ method }) => method === 'PUT', fault);
      await expect(put(files, 'a.csv', content)).rejects.toMatchObject({
        passing: false,
        message: `The object storage answered ${fault.status}: ${fault.code}, as the test wants it`,
      });
      storage.disturb(() => undefined);
      expect(await files.list()).toEqual([]);
    }
  });

  test('does not answer in time, that is an error too', async () => {
    const files = openBucket(storage.bucket(), {
      connectionTimeout: 500,
      requestTimeout: 50,
      socketTimeout: 500,
    });
    always(({ method }) => method === 'PUT', new Promise<never>(() => undefined) as never);
    await expect(put(files, 'a.csv', Buffer.from('rows'))).rejects.toMatchObject({ passing: true });
    await expect(files.check()).rejects.toThrow(/^The object storage answered nothing: TimeoutError/);
  });

  test('is away, its files are neither there nor missing', async () => {
    const files = openBucket(storage.bucket());
    always(() => true, { status: 503, code: 'SlowDown' });
    await expect(files.open('a.csv')).rejects.toMatchObject({ passing: true });
    await expect(files.remove('a.csv')).rejects.toMatchObject({ passing: true });
    await expect(files.list()).rejects.toMatchObject({ passing: true });
  });
});

describe('an upload that is given up', () => {
  afterEach(() => storage.disturb(() => undefined));

  test('is aborted, so that its parts take no room', async () => {
    const files = openBucket(storage.bucket());
    const file = await files.create('a.csv');
    for (let n = 0; n < 9; n++) await file.write(large.subarray(0, mebibyte));
    await file.discard();
    expect(whatWasAsked().at(-1)).toBe('DELETE ?uploadId&x-id');
  });

  test('is no error where the storage does not even do that', async () => {
    const files = openBucket(storage.bucket());
    storage.disturb(({ method }) =>
      method === 'DELETE' ? { status: 403, code: 'AccessDenied' } : undefined,
    );
    const file = await files.create('a.csv');
    for (let n = 0; n < 9; n++) await file.write(large.subarray(0, mebibyte));
    await file.discard();
    expect(await files.list()).toEqual([]);
  });
});
