import { describe, expect, test } from 'vitest';
import { keyLock, vendorLock } from './lock.ts';
import { signatureVerifier } from './signature.ts';
import { key, signedByClient } from './signing.testing.ts';

const start = Date.parse('2026-02-10T02:11:22Z');

function atDesk(settings = vendorLock) {
  const clock = { time: start };
  return { clock, lock: keyLock(settings, () => clock.time) };
}

describe('an access key', () => {
  test('is locked by five wrong signatures in a row, for five minutes, and then has five again', () => {
    const { clock, lock } = atDesk();
    for (let i = 0; i < 4; i++) lock.failed('a');
    expect(lock.secondsLeft('a')).toBe(0);
    lock.failed('a');
    expect(lock.secondsLeft('a')).toBe(300);
    clock.time += 299_001;
    expect(lock.secondsLeft('a')).toBe(1);
    clock.time += 999;
    expect(lock.secondsLeft('a')).toBe(0);
    for (let i = 0; i < 4; i++) lock.failed('a');
    expect(lock.secondsLeft('a')).toBe(0);
  });

  test('is not locked by wrong signatures with a right one between them, nor by those of another key', () => {
    const { lock } = atDesk();
    for (let i = 0; i < 4; i++) lock.failed('a');
    lock.succeeded('a');
    for (let i = 0; i < 4; i++) lock.failed('a');
    for (let i = 0; i < 5; i++) lock.failed('b');
    expect([lock.secondsLeft('a'), lock.secondsLeft('b')]).toEqual([0, 300]);
  });

  test('is not locked for longer because the clock was set back', () => {
    const { clock, lock } = atDesk();
    for (let i = 0; i < 5; i++) lock.failed('a');
    clock.time -= 86_400_000;
    expect(lock.secondsLeft('a')).toBe(0);
  });

  test('is locked as the settings say, or never', () => {
    const { lock } = atDesk({ failures: 1, seconds: 10 });
    lock.failed('a');
    expect(lock.secondsLeft('a')).toBe(10);
    const never = atDesk({ failures: 0, seconds: 10 }).lock;
    for (let i = 0; i < 100; i++) never.failed('a');
    expect(never.secondsLeft('a')).toBe(0);
  });
});

test('while its key is locked even a right signature is refused, and afterwards it is accepted, whatever a stranger sent meanwhile', async () => {
  const clock = { time: start };
  const verify = signatureVerifier({ findKey: () => ({ sk: key.sk }), now: () => clock.time });
  const signedNow = () => signedByClient({ method: 'GET', url: 'http://h/p', date: new Date(clock.time) });
  const wrong = async () => verify({ ...(await signedNow()), method: 'POST' });
  for (let i = 0; i < 5; i++) expect(await wrong()).toMatchObject({ reason: 'signatureMismatch' });
  expect(verify(await signedNow())).toEqual({
    ok: false,
    reason: 'accessKeyLocked',
    message: '5 wrong signatures in a row locked the access key. Wait 300 seconds.',
  });
  clock.time += 299_000;
  for (let i = 0; i < 10; i++) expect(await wrong()).toMatchObject({ reason: 'accessKeyLocked' });
  clock.time += 1000;
  expect(verify(await signedNow())).toMatchObject({ ok: true });
});

test('a right signature lets the wrong ones before it be forgotten', async () => {
  const verify = signatureVerifier({ findKey: () => ({ sk: key.sk }), now: () => start });
  const right = await signedByClient({ method: 'GET', url: 'http://h/p', date: new Date(start) });
  for (let i = 0; i < 10; i++) {
    expect(verify({ ...right, method: 'POST' })).toMatchObject({ reason: 'signatureMismatch' });
    expect(verify(right)).toMatchObject({ ok: true });
  }
});

test('what is malformed or late locks no key', async () => {
  const verify = signatureVerifier({ findKey: () => ({ sk: key.sk }), now: () => start });
  const late = await signedByClient({ method: 'GET', url: 'http://h/p', date: new Date(start - 3_600_000) });
  for (let i = 0; i < 10; i++) verify(late);
  for (let i = 0; i < 10; i++) verify({ ...late, rawHeaders: late.rawHeaders.slice(-2) });
  expect(
    verify(await signedByClient({ method: 'GET', url: 'http://h/p', date: new Date(start) })),
  ).toMatchObject({ ok: true });
});
