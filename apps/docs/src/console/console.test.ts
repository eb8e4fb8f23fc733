import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { readConnectionRecords } from '@connection-records/client/read';
import { sandboxAccount } from '@connection-records/server';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tabTo } from '../testing/focus.ts';
import {
  cells,
  failure,
  looks,
  openConsole,
  picture,
  project,
  records,
  run,
  type Stage,
  startStage,
  violations,
} from './testing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

/** Whatever the browser keeps of a page, and its address. */
const kept = (page: Page) =>
  page.evaluate(async () =>
    JSON.stringify([
      location.href,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      (await indexedDB.databases()).map(({ name }) => name),
      await caches.keys(),
      history.state,
    ]),
  );

describe('an export from the server', () => {
  it('shows the first rows that the server has, and saves the whole file', async () => {
    const page = await openConsole(stage);
    await run(page);
    await page.locator('.rows').waitFor();
    expect(await page.locator('.rows caption').textContent()).toBe('The first 20 of 300 rows');
    const earliest = records.slice(0, 20);
    expect(await cells(page, 'user_name')).toEqual(earliest.map(({ user_name }) => user_name));
    expect(await cells(page, 'connection_start_time')).toEqual(
      earliest.map(({ connection_start_time = '' }) =>
        connection_start_time.replace('T', ' ').replace('Z', ''),
      ),
    );

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^Save connection-records-.*\.xlsx$/ }).click(),
    ]);
    const saved = [];
    for await (const record of readConnectionRecords(await readFile(await download.path())))
      saved.push(record.user_name);
    expect(saved).toEqual(records.map(({ user_name }) => user_name));
    await page.context().close();
  });

  it('shows each request with its answer, and the table shows what its filters leave', async () => {
    const page = await openConsole(stage);
    const name = records[7]!.user_name!;
    await page.getByLabel('User', { exact: true }).fill(name);
    await run(page);
    await page.locator('.rows').waitFor();
    const users = await cells(page, 'user_name');
    expect(users).toEqual(
      records
        .map(({ user_name }) => user_name)
        .filter((user) => user === name)
        .slice(0, 20),
    );
    const exchanges = page.locator('.exchange');
    const lines = await exchanges.locator('.line').allTextContents();
    expect(lines[0]).toBe('GET /v3/…/desktops/connections/export');
    expect(lines.at(-1)).toBe('GET /v2/…/export-tasks/…/download');
    await exchanges.first().locator('summary').click();
    const [sent = '', answer = ''] = await exchanges.first().locator('pre').allTextContents();
    expect(sent).toContain(`?user_name=${encodeURIComponent(name)}`);
    expect(sent).not.toContain(sandboxAccount.token);
    expect(answer).toMatch(/^200 OK\n[\s\S]*"task_id": "[0-9a-f]{32}"/);
    await page.context().close();
  });

  it('draws the connections by hour and by latency, and has both as tables', async () => {
    const page = await openConsole(stage);
    await run(page);
    await page.locator('.charts').waitFor();
    const counts = (chart: number) =>
      page
        .locator('.chart')
        .nth(chart)
        .locator('tbody td')
        .evaluateAll((all) => all.map(({ textContent }) => Number(textContent)));
    const hours = new Array(24).fill(0);
    for (const { connection_start_time = '' } of records)
      hours[new Date(connection_start_time).getUTCHours()]++;
    expect(await counts(0)).toEqual(hours);
    const measured = records.filter(({ e2e_rtt }) => e2e_rtt !== undefined);
    expect((await counts(1)).reduce((sum, count) => sum + count)).toBe(measured.length);
    expect(await page.getByRole('img', { name: /Connections by hour of the day/ }).count()).toBe(1);
    await page.context().close();
  });

  it('is signed with an access key as well', async () => {
    const page = await openConsole(stage);
    await page.getByLabel('Access key', { exact: true }).check();
    await run(page);
    await page.locator('.rows').waitFor();
    const [sent = ''] = await page.locator('.exchange pre').allTextContents();
    expect(sent).toMatch(/Authorization: SDK-HMAC-SHA256 Access=SANDBOX-ACCESS-KEY, .*Signature=.{8}…/);
    await page.context().close();
  });

  it('needs nothing but the keyboard', async () => {
    const page = await openConsole(stage);
    await tabTo(page, '#console-user_name');
    await page.keyboard.type(records[0]!.user_name!);
    await tabTo(page, '.console .primary');
    await page.keyboard.press('Enter');
    await page.locator('.rows').waitFor();
    expect(new Set(await cells(page, 'user_name'))).toEqual(new Set([records[0]!.user_name]));
    await tabTo(page, '.tabs button:last-child');
    await page.keyboard.press('Space');
    expect(await page.locator('.request pre').textContent()).toContain('startExport(client, {');
    await page.context().close();
  });
});

it('uses the mock when the server does not answer, and says so', async () => {
  const page = await stage.open('/quick-start/');
  await page.route('**/sandbox.json', (route) =>
    route.fulfill({ json: { server: 'http://127.0.0.1:9', mock: stage.mock.url } }),
  );
  await page.goto(`${stage.docs.url}/console/`);
  await page.locator('.console .primary:enabled').waitFor();
  await run(page);
  await page.locator('.rows').waitFor();
  expect(await page.locator('.probe').textContent()).toMatch(/127\.0\.0\.1:9 does not answer.*uses the mock/);
  expect(await page.locator('.rows caption').textContent()).toBe('All 2 rows');
  expect(await cells(page, 'terminal_type')).toEqual(['Windows 10', 'macOS 15']);
  await picture(page, 'console-mock-1440-light');
  await page.context().close();
});

it('calls nobody but its own site until it is used, and then the sandbox alone', async () => {
  const page = await openConsole(stage);
  await page.mouse.move(700, 500);
  await page.locator('#console-user_name').focus();
  await page.waitForLoadState('networkidle');
  expect(page.asked).toEqual([]);
  await page.keyboard.type('z');
  await page.locator('.probe.server').waitFor();
  await page.locator('#console-user_name').fill('');
  await run(page);
  await page.locator('.rows').waitFor();
  expect(page.asked.length).toBeGreaterThan(3);
  expect(page.asked.filter((request) => !request.startsWith(`GET ${stage.server.url}/`))).toEqual([]);
  await page.context().close();
});

it('keeps credentials in its memory alone', async () => {
  const page = await openConsole(stage);
  const secrets = ['my-own-token', 'MY-OWN-KEY', 'my-own-secret', 'my-own-security-token'];
  await page.locator('#console-token').fill(secrets[0]!);
  await run(page);
  await failure(page).waitFor();
  await page.getByLabel('Access key', { exact: true }).check();
  for (const [index, name] of ['ak', 'sk', 'securityToken'].entries())
    await page.locator(`#console-${name}`).fill(secrets[index + 1]!);
  await run(page);
  await page.locator('.failure', { hasText: 'signature' }).waitFor();
  const everything = `${await kept(page)} ${await page.locator('.console .request').textContent()}`;
  for (const secret of secrets) expect(everything).not.toContain(secret);
  await page.reload();
  await page.locator('.console .primary:enabled').waitFor();
  expect(await page.locator('#console-token').inputValue()).toBe('sandbox-token');
  await page.context().close();
});

it('changes the code of the request while one types', async () => {
  const page = await openConsole(stage);
  const code = () => page.locator('.request pre').textContent();
  expect(await code()).toContain(`${stage.server.url}/v3/${project}/desktops/connections/export`);
  await page.locator('#console-user_name').fill('李四');
  expect(await code()).toContain('user_name=%E6%9D%8E%E5%9B%9B');
  await page.getByRole('button', { name: 'TypeScript' }).click();
  expect(await code()).toContain("user_name: '李四'");
  await page.getByLabel('Access key', { exact: true }).check();
  expect(await code()).toContain('HUAWEICLOUD_SDK_AK');
  await page.context().close();
});

it('chooses none of its windows any more once a time is typed', async () => {
  const page = await openConsole(stage);
  const chosen = page.locator('[name=console-window]:checked');
  await page.locator('#console-window-week').check();
  expect(await page.locator('#console-start_time').inputValue()).not.toBe('');
  await page.locator('#console-start_time').fill('2026-02-01T00:00:00Z');
  expect(await chosen.count()).toBe(0);
  await page.locator('#console-window-all').check();
  expect(await page.locator('#console-start_time').inputValue()).toBe('');
  await page.context().close();
});

it('adds at most 60 kB of script to the page, gzipped, before there is a file', async () => {
  const scriptsOf = async (path: string) => {
    const page = await stage.open('/openapi.json');
    const scripts = new Map<string, Promise<Buffer>>();
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body());
    });
    await page.goto(stage.docs.url + path, { waitUntil: 'networkidle' });
    const bodies = [...scripts].map(async ([url, body]) => [url, gzipSync(await body).length] as const);
    const sizes = new Map(await Promise.all(bodies));
    await page.context().close();
    return sizes;
  };
  const sizes = await scriptsOf('/console/');
  for (const url of (await scriptsOf('/quick-start/')).keys()) sizes.delete(url);
  expect(sizes.size).toBeGreaterThan(2);
  expect([...sizes.values()].reduce((sum, size) => sum + size)).toBeLessThan(60_000);
});

it('says without JavaScript where to go instead', async () => {
  const page = await stage.open('/console/', { javaScriptEnabled: false });
  expect(await page.locator('.console').isVisible()).toBe(false);
  await page.getByRole('link', { name: 'quick start', exact: true }).click();
  expect(page.url()).toBe(`${stage.docs.url}/quick-start/`);
  await page.context().close();
});

it.each([
  ['en', '/console/'],
  ['zh', '/zh-cn/console/'],
])('fits, in %s, and has no violation that axe finds', async (lang, path) => {
  const page = await openConsole(stage, {}, path);
  await run(page);
  await page.locator('.rows').waitFor();
  for (const [width, colorScheme] of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await picture(page, `console-${lang}-${width}-${colorScheme}`);
  }
  for (const summary of await page.locator('.console summary').all()) await summary.click();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});
