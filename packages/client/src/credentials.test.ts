import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClient } from './client.ts';
import { akSk, token } from './credentials.ts';
import { clientOf, listOf, taskId } from './testing/service.ts';

const broken = 'se\ncret';
const thrownBy = (run: () => unknown) => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

test.each<[string, () => unknown, string]>([
  ['token', () => token(broken), 'X-Auth-Token'],
  ['token of temporary keys', () => akSk({ ak: 'a', sk: 's', securityToken: broken }), 'X-Security-Token'],
  ['access key', () => akSk({ ak: broken, sk: 's' }), 'Authorization'],
])('a %s that no header can carry is refused at once, and not shown', (_, create, name) => {
  expect(thrownBy(create)).toEqual(
    new TypeError(`The value for ${name} has characters that no header can carry.`),
  );
});

test('an empty token is refused at once', () => {
  expect(() => token('')).toThrow(/The token is empty/);
});

test('a token that a function gets and no header can carry is not sent, and not shown', async () => {
  const { client, requests } = clientOf([listOf()], { credentials: token(() => '密') });
  const error = await client.operations.listExportTasks().catch((reason: unknown) => reason);
  expect(error).toEqual(new TypeError('The value for X-Auth-Token has characters that no header can carry.'));
  expect(requests).toEqual([]);
});

describe('keys that a function gets', () => {
  const now = Date.parse('2026-02-10T02:11:22Z');
  const lasting = (minutes: number) => ({ expiresAt: new Date(now + minutes * 60_000) });
  const list = (client: ReturnType<typeof clientOf>['client']) => client.operations.listExportTasks();

  test('are kept, and asked for anew five minutes before they expire', async () => {
    let asked = 0;
    const credentials = akSk(async () => ({ ak: `ak-${++asked}`, sk: 's', ...lasting(asked * 10) }));
    const { client, requests } = clientOf([listOf()], { credentials });
    await list(client);
    await list(client);
    await client.clock.sleep(5 * 60_000);
    await list(client);
    const keys = requests.map(
      ({ headers }) => /Access=([^,]+)/.exec(headers.get('Authorization') ?? '')?.[1],
    );
    expect(keys).toEqual(['ak-1', 'ak-1', 'ak-2']);
  });

  test('are asked for once by requests beside each other, and for every request if they do not say when they expire', async () => {
    let asked = 0;
    const { client } = clientOf([listOf()], { credentials: akSk(() => ({ ak: `${++asked}`, sk: 's' })) });
    await Promise.all([list(client), list(client)]);
    expect(asked).toBe(1);
    await list(client);
    expect(asked).toBe(2);
  });

  test('that could not be got are asked for again by the next request', async () => {
    let asked = 0;
    const credentials = akSk(async () => {
      if (++asked === 1) throw new Error('no network');
      return { ak: 'a', sk: 's', ...lasting(60) };
    });
    const { client } = clientOf([listOf()], { credentials });
    await expect(list(client)).rejects.toThrow('no network');
    expect(await list(client)).toMatchObject({ ok: true });
  });

  test('are refused if a half is missing', async () => {
    const { client } = clientOf([listOf()], { credentials: akSk(() => ({ ak: 'a', sk: '' })) });
    await expect(list(client)).rejects.toThrow('akSk needs an access key and its secret; sk is empty.');
  });
});

describe('with the fetch of the runtime', () => {
  afterEach(() => void vi.unstubAllGlobals());
  /** What reaches the fetch of the runtime. */
  const stubFetch = () => {
    const sent: [URL | RequestInfo, Request][] = [];
    vi.stubGlobal('fetch', async (input: RequestInfo, init?: RequestInit) => {
      sent.push([input, new Request(input, init)]);
      return listOf();
    });
    return sent;
  };

  test('a token and keys need no Request, and send the same as with one', async () => {
    for (const credentials of [token('t'), akSk({ ak: 'a', sk: 's', securityToken: 't\n' })]) {
      const sent = stubFetch();
      const { client } = clientOf([], { credentials, fetch: undefined });
      const { client: other, requests } = clientOf([listOf()], { credentials });
      for (const { operations } of [client, other]) {
        await operations.listExportTasks({ limit: 5 }, { waitSeconds: 3 });
        await operations.deleteExportTasks([taskId]);
      }
      for (const [at, request] of requests.entries()) {
        const [input, same] = sent[at]!;
        expect(input).toBe(request.url);
        expect([...same.headers]).toEqual([...request.headers]);
        expect(await same.text()).toBe(await request.text());
      }
    }
  });

  test('credentials that somebody wrote are given a Request, which is the one that is sent', async () => {
    const sent = stubFetch();
    const credentials = { authenticate: async ({ headers }: Request) => headers.set('X-Mine', 'yes') };
    await clientOf([], { credentials, fetch: undefined }).client.operations.listExportTasks();
    expect(sent[0]![0]).toBeInstanceOf(Request);
    expect(sent[0]![1].headers.get('X-Mine')).toBe('yes');
  });
});

test.each([
  ['akSk', akSk({ ak: 'a', sk: 's' })],
  ['token', token('t')],
])(
  '%s that is spread into credentials with an authenticate of their own gives that one a Request',
  async (_, base) => {
    const seen: unknown[] = [];
    const client = createClient({
      baseUrl: 'http://127.0.0.1:1',
      projectId: 'p',
      retry: { retries: 0 },
      credentials: {
        ...base,
        authenticate: async (request, context) => {
          seen.push(request instanceof Request);
          return base.authenticate(request, context);
        },
      },
    });
    await client.operations.listExportTasks().catch(() => {});
    expect(seen).toEqual([true]);
  },
);
