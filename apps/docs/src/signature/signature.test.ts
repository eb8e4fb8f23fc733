import { afterAll, beforeAll, expect, it } from 'vitest';
import { looks, picture, type Stage, startStage, violations } from '../console/testing.ts';
import { compute, problemsOf } from './compute.ts';
import { type SigningInputs, vectors } from './vectors.ts';
import { words } from './words.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

async function open(path = '/signature/') {
  const page = await stage.open(path);
  // It reacts once its code has come.
  await page.locator('astro-island:not([ssr]) .signing').waitFor();
  const out = (name: string) => page.locator(`#signing-out-${name}`).textContent();
  return Object.assign(page, { out });
}

it.each(Object.entries(vectors))(
  'the vector “%s” has its known signature',
  async (_, { inputs, signature }) => {
    expect((await compute(inputs)).signature).toBe(signature);
  },
);

it('shows every step of each known vector', async () => {
  const page = await open();
  for (const [name, { inputs, signature }] of Object.entries(vectors)) {
    await page.locator('#signing-vector').selectOption(name);
    await expect.poll(() => page.out('signature')).toBe(signature);
    const steps = await compute(inputs);
    expect(await page.out('canonical')).toBe(steps.canonicalRequest);
    expect(await page.out('hash')).toBe(steps.hash);
    expect(await page.out('stringToSign')).toBe(steps.stringToSign);
    expect(await page.out('header')).toBe(`Authorization: ${steps.headers.Authorization}`);
    expect(await page.locator('.verdict').textContent()).toMatch(/^✓ Known result/);
  }
  await page.context().close();
});

it('follows what is typed, and the curl sends what was signed', async () => {
  const page = await open();
  await page.locator('#signing-vector').selectOption('delete');
  await page.locator('#signing-body').fill("it's");
  await page.locator('#signing-headers').fill('X-Project-Id:  p \ncontent-type: text/plain');
  await expect
    .poll(() => page.locator('.signing-steps dd').nth(3).textContent())
    .toBe(
      'content-type:text/plain\nhost:workspace.cn-north-4.myhuaweicloud.com\nx-project-id:p\nx-sdk-date:20260210T021122Z',
    );
  const curl = await page.out('curl');
  expect(curl).toContain(`--data-raw 'it'\\''s'`);
  expect(curl).toContain(await page.out('signature'));
  expect(await page.locator('.verdict').textContent()).toBe('Signed as you type.');
  await page.context().close();
});

it.each<[keyof SigningInputs, string, RegExp]>([
  ['method', '', /no method/],
  ['url', '/v3/x', /no absolute URL.*https:\/\//],
  ['url', 'ftp://host/x', /no absolute URL/],
  ['headers', 'X-Project-Id', /“X-Project-Id” is no header.*Name: value/],
  ['headers', 'A: 1\na: 2', /^a is there twice/],
  ['headers', 'X-Sdk-Date: 20260210T021122Z', /^x-sdk-date is made by this page/],
  ['headers', 'Authorization: x', /^authorization is made by this page/],
  ['date', '2026-02-10', /“2026-02-10” is no time.*20260210T021122Z/],
  ['date', '20260230T000000Z', /is no time/],
  ['ak', ' ', /cannot be empty/],
])('takes for a wrong %s: %j', (name, value, problem) => {
  const inputs = { ...vectors.start.inputs, [name]: value };
  expect(problemsOf(inputs, words.en)).toEqual({ [name]: expect.stringMatching(problem) });
  expect(Object.keys(problemsOf(inputs, words['zh-CN']))).toEqual([name]);
});

it('explains what is wrong beside its field', async () => {
  const page = await open();
  await page.locator('#signing-sk').fill('');
  await expect.poll(() => page.locator('#signing-sk-problem').textContent()).toBe('This cannot be empty.');
  expect(await page.locator('#signing-sk').getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator('.verdict').textContent()).toBe(
    'Correct what is marked above, and the steps follow.',
  );
  await page.context().close();
});

it('lets the curl send a Host that was given', async () => {
  const { curl } = await compute({ ...vectors.start.inputs, headers: 'Host: other.example' });
  expect(curl).toContain("-H 'Host: other.example'");
});

it('asks nobody for anything while it signs, and keeps nothing', async () => {
  const page = await open();
  await page.waitForLoadState('networkidle');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.locator('#signing-ak').fill('MY-OWN-KEY');
  await page.locator('#signing-sk').fill('my-own-secret');
  await page.getByRole('button', { name: 'Now' }).click();
  await expect.poll(() => page.out('header')).toContain('Access=MY-OWN-KEY');
  expect(asked).toEqual([]);
  expect(page.asked).toEqual([]);
  const kept = await page.evaluate(() =>
    JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(kept).not.toMatch(/my-own/i);
  expect(await page.locator('.signing-steps').textContent()).not.toContain('my-own-secret');
  await page.context().close();
});

it('shows the worked example without JavaScript', async () => {
  const page = await stage.open('/signature/', { javaScriptEnabled: false });
  expect(await page.locator('.signing form').isVisible()).toBe(false);
  expect(await page.locator('#signing-out-signature').textContent()).toBe(vectors.start.signature);
  expect(await page.locator('main').textContent()).toContain('this page needs JavaScript');
  await page.context().close();
});

it.each([
  ['en', '/signature/'],
  ['zh', '/zh-cn/signature/'],
])('fits, in %s, and has no violation that axe finds', async (lang, path) => {
  const page = await open(path);
  for (const [width, colorScheme] of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await picture(page, `signature-${lang}-${width}-${colorScheme}`);
  }
  await page.locator('#signing-algorithm-V11-HMAC-SHA256').check();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});
