import { expect, test } from 'vitest';
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
