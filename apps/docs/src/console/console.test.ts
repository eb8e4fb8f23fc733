import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { readConnectionRecords } from '@connection-records/client/read';
import { sandboxAccount } from '@connection-records/server';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tabTo } from '../testing/focus.ts';
import { looks, picture, project, records, type Stage, startStage, violations } from './testing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

/** Opens the console when it is ready for use. */
async function open(options?: BrowserContextOptions, path = '/console/') {
  const page = await stage.open(path, options);
  await page.locator('.console .primary:enabled').waitFor();
  return page;
}
const run = (page: Page) => page.locator('.console .primary').click();
const failure = (page: Page) => page.locator('.console .failure');
const cells = (page: Page, column: string) =>
  page.locator('.rows').evaluate((rows, name) => {
    const names = [...rows.querySelectorAll('th code')].map(({ textContent }) => textContent);
    const at = names.indexOf(name);
    return [...rows.querySelectorAll('tbody tr')].map((row) => row.children[at]?.textContent ?? '');
  }, column);
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
    const page = await open();
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
    const page = await open();
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
    const page = await open();
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
    const page = await open();
    await page.getByLabel('Access key', { exact: true }).check();
    await run(page);
    await page.locator('.rows').waitFor();
    const [sent = ''] = await page.locator('.exchange pre').allTextContents();
    expect(sent).toMatch(/Authorization: SDK-HMAC-SHA256 Access=SANDBOX-ACCESS-KEY, .*Signature=.{8}…/);
    await page.context().close();
  });

  it('needs nothing but the keyboard', async () => {
    const page = await open();
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

describe('a wrong input', () => {
  it('is explained beside its field, in the language of the page, and nothing is sent', async () => {
    const page = await open({}, '/zh-cn/console/');
    await page.locator('#console-start_time').fill('2026-02-30T00:00:00Z');
    await page.locator('details > summary', { hasText: '更多筛选条件' }).click();
    await page.locator('#console-min_e2e_rtt').fill('10001');
    await page.locator('#console-max_e2e_rtt').fill('1.5');
    await page.locator('details > summary', { hasText: '更多筛选条件' }).click();
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
    const page = await open();
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
  it('401 of a wrong token', async () => {
    const page = await open();
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
    const page = await open();
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
    const page = await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await page.locator('#console-scenario').selectOption(scenario);
    await run(page);
    await failure(page).waitFor();
    expect(await failure(page).textContent()).toMatch(text);
    expect(await page.locator('.steps .failed').count()).toBe(1);
    await picture(page, `console-${scenario}-390-dark`);
    await page.context().close();
  });

  it('a download that breaks off goes on, and the file is whole', async () => {
    const page = await open();
    // The header that asks for it is not signed, and need not be.
    await page.getByLabel('Access key', { exact: true }).check();
    await page.locator('#console-scenario').selectOption('cut');
    await run(page);
    await page.locator('.rows').waitFor();
    expect(await page.locator('.rows caption').textContent()).toBe('The first 20 of 300 rows');
    expect(await page.locator('.note').textContent()).toMatch(/goes on where it stopped/);
    expect(await page.locator('.exchange .badge').allTextContents()).toContain('206');
    await page.context().close();
  });

  it('a server that is down', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await new Promise((resolve) => gone.close(resolve));
    const page = await open();
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
    const page = await open();
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
  const page = await open();
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
  const page = await open();
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
  const page = await open();
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
  const page = await open({}, path);
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
