import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import type { Refusal } from '../errors.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { createAuthenticator } from './authenticate.ts';
import { guard } from './guard.ts';

const account = { name: 'reader', token: 'a-token', projects: ['*'], actions: ['*'] };

/** Asks from an address with a token, and tells how that ended: `ok`, or a code and how long to wait. */
function start(failuresPerMinute: number) {
  let time = 0;
  const pass = guard({
    authenticate: createAuthenticator({ accounts: [account], now: () => time }),
    secondsToWait: () => 0,
    secondsToFail: createRateLimiter({ perMinute: failuresPerMinute }, () => time),
  });
  const ask = (remoteAddress: string, token: string) => {
    const raw = { rawHeaders: ['X-Auth-Token', token], headers: {}, socket: { remoteAddress } };
    try {
      pass({ raw } as unknown as FastifyRequest, 'listExportTasks', 'p');
      return 'ok';
    } catch (error) {
      const { code, headers } = error as Refusal;
      return [code, headers['Retry-After']].join(' ').trim();
    }
  };
  const wait = (seconds: number) => {
    time += seconds * 1000;
  };
  return { ask, wait };
}

test('an address that fails too often is told to wait, and learns no more from a right guess', () => {
  const { ask, wait } = start(2);
  const tokens = ['wrong', 'wrong', 'wrong', 'a-token'];
  expect(tokens.map((token) => ask('192.0.2.1', token))).toEqual([
    'APIGW.0307',
    'APIGW.0307',
    'APIGW.0308 30',
    'APIGW.0308 30',
  ]);
  expect(ask('192.0.2.2', 'a-token')).toBe('ok');
  wait(30);
  expect(ask('192.0.2.1', 'a-token')).toBe('ok');
});

test('requests that succeed are no failures, however many there are', () => {
  const { ask } = start(1);
  expect(Array.from({ length: 100 }, () => ask('192.0.2.1', 'a-token')).every((one) => one === 'ok')).toBe(
    true,
  );
});
