import { describe, expect, test } from 'vitest';
import { akSk, token } from './credentials.ts';
import { clientOf, listOf } from './testing/service.ts';

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
