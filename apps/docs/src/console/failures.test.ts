import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, openConsole, picture, run, type Stage, startStage } from './testing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

describe('a wrong input', () => {
  it('is explained beside its field, in the language of the page, and nothing is sent', async () => {
    const page = await openConsole(stage, {}, '/zh-cn/console/');
    await page.locator('#console-start_time').fill('2026-02-30T00:00:00Z');
    await page.locator('details > summary', { hasText: '更多过滤条件' }).click();
    await page.locator('#console-min_e2e_rtt').fill('10001');
    await page.locator('#console-max_e2e_rtt').fill('1.5');
    await page.locator('details > summary', { hasText: '更多过滤条件' }).click();
    await run(page);
    const wrong = page.locator('[aria-invalid=true]');
    await expect.poll(() => wrong.count()).toBe(3);
    const said = await wrong.evaluateAll((inputs) =>
      inputs.map((input) => {
        const [id = ''] = (input.getAttribute('aria-describedby') ?? '').split(' ');
        return `${input.id}: ${document.getElementById(id)?.textContent}`;
      }),
    );
    expect(said).toEqual([
      'console-start_time: “2026-02-30T00:00:00Z”不是时间。请填写精确到秒的 UTC 时间，如 2026-02-01T00:00:00Z。',
      'console-min_e2e_rtt: 10001 超出范围。请填写 0 到 10000。',
      'console-max_e2e_rtt: “1.5”不是整数。请填写如 50 的整数。',
    ]);
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('console-start_time');
    expect(await page.locator('.exchange').count()).toBe(0);
    await picture(page, 'console-zh-wrong-1440-light');
    await page.context().close();
  });

  it('can be sent all the same, and the 400 says what is wrong and what to do', async () => {
    const page = await openConsole(stage);
    await page.locator('#console-start_time').fill('2020-01-01T00:00:00Z');
    await run(page);
    await page.getByRole('button', { name: 'Send it all the same' }).click();
    await failure(page).waitFor();
    expect(await failure(page).textContent()).toMatch(
      /^The service refuses this request.*400 WKS\.\d+ .*start_time.*Change what its message names/,
    );
    await picture(page, 'console-400-1440-light');
    await page.context().close();
  });
});

describe('what goes wrong says what to do:', () => {
  it.each([
    ['#console-token', '令牌', /X-Auth-Token has characters that no header can carry/],
    ['#console-project_id', ' ', /projectId/],
  ])('nothing that was sent, where %s is such that nothing can be', async (field, value, text) => {
    const page = await openConsole(stage);
    await page.locator(field).fill(value);
    await run(page);
    await page.getByRole('button', { name: 'Send it all the same' }).click();
    await failure(page).waitFor();
    expect(await failure(page).textContent()).toMatch(/^Nothing was sent/);
    expect(await failure(page).textContent()).toMatch(text);
    expect(await page.locator('.exchange').count()).toBe(0);
    await page.context().close();
  });

  it('401 of a wrong token', async () => {
    const page = await openConsole(stage);
    await page.locator('#console-token').fill('not-the-token');
    await run(page);
    await failure(page).waitFor();
    expect(await failure(page).textContent()).toMatch(
      /^The service does not accept these credentials.*401 APIGW\.\d+.*Check them under “Who”/,
    );
    await picture(page, 'console-401-1440-light');
    await page.context().close();
  });

  it('401 of a wrong signature', async () => {
    const page = await openConsole(stage);
    await page.getByLabel('Access key', { exact: true }).check();
    await page.locator('#console-sk').fill('wrong');
    await run(page);
    await failure(page).waitFor();
    expect(await failure(page).textContent()).toMatch(
      /^The service does not accept this signature.*Look first at the access key and its secret/,
    );
    await page.context().close();
  });

  it.each([
    ['fail', /^The export failed.*WKS\..*export again/],
    ['expired', /^The file has expired.*Export again/],
    ['down', /^The service has a problem.*503.*Nothing is wrong with your request/],
  ])('the scenario “%s” of the sandbox', async (scenario, text) => {
    const page = await openConsole(stage, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await page.locator('#console-scenario').selectOption(scenario);
    await run(page);
    await failure(page).waitFor();
    expect(await failure(page).textContent()).toMatch(text);
    expect(await page.locator('.steps .failed').count()).toBe(1);
    await picture(page, `console-${scenario}-390-dark`);
    await page.context().close();
  });

  it('a download that breaks off goes on, and the file is whole', async () => {
    const page = await openConsole(stage);
    // The header that asks for it is not signed, and need not be.
    await page.getByLabel('Access key', { exact: true }).check();
    await page.locator('#console-scenario').selectOption('cut');
    await run(page);
    await page.locator('.rows').waitFor();
    expect(await page.locator('.rows caption').textContent()).toBe('The first 20 of 300 rows');
    expect(await page.locator('p.note').textContent()).toMatch(/goes on where it stopped/);
    expect(await page.locator('.exchange .badge').allTextContents()).toContain('206');
    await page.context().close();
  });

  it('a server that is down', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await new Promise((resolve) => gone.close(resolve));
    const page = await openConsole(stage);
    await page.getByLabel(/Another address/).check();
    await page.locator('#console-address').fill(url);
    await run(page);
    await failure(page).waitFor();
    expect(await failure(page).textContent()).toMatch(
      new RegExp(`^No answer from ${url}.*npx -y pnpm@12 start`),
    );
    await picture(page, 'console-down-1440-light');
    await page.context().close();
  });

  it('an export that is stopped', async () => {
    const page = await openConsole(stage);
    await page.locator('#console-scenario').selectOption('slow');
    await run(page);
    await page.locator('.steps li.running', { hasText: 'CREATING' }).waitFor();
    await picture(page, 'console-running-1440-light');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await failure(page).waitFor();
    expect(await failure(page).textContent()).toMatch(/^You stopped it.*goes on at the service/);
    const asked = await page.locator('.exchange').count();
    await page.getByRole('button', { name: 'Export again' }).waitFor();
    expect(await page.locator('.exchange').count()).toBe(asked);
    expect(await page.locator('.console .primary').evaluate((button) => button.matches(':focus'))).toBe(true);
    await page.context().close();
  });
});
