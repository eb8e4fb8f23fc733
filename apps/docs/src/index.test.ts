import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Docs, startDocs } from './index.ts';

let docs: Docs;
beforeAll(async () => {
  docs = await startDocs();
});
afterAll(() => docs.close());

it('serves pages by their addresses', async () => {
  const response = await fetch(`${docs.url}/quick-start/`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html;charset=utf-8');
  expect(await response.text()).toContain('<title>Quick start | Connection Records</title>');
});

it('serves the contract as JSON and as YAML', async () => {
  const json = await fetch(`${docs.url}/openapi.json`);
  expect(json.headers.get('content-type')).toBe('application/json');
  expect(await json.json()).toEqual(contract);

  const yaml = await fetch(`${docs.url}/openapi.yaml`);
  expect(yaml.headers.get('content-type')).toBe('text/yaml;charset=utf-8');
  expect(await yaml.text()).toMatch(/^openapi: 3\.1\.1$/m);
});

it.each([
  ['/quick-start/index.md', 'text/markdown;charset=utf-8', '# Quick start\n'],
  ['/llms.txt', 'text/plain;charset=utf-8', '# Connection Records\n'],
  ['/zh-cn/llms.txt', 'text/plain;charset=utf-8', '# 连接记录\n'],
])('serves %s for those who read no HTML', async (path, type, start) => {
  const response = await fetch(docs.url + path);
  expect(response.headers.get('content-type')).toBe(type);
  expect((await response.text()).startsWith(start)).toBe(true);
});

it('tells the console which sandbox it was started with, and else the one of the file', async () => {
  const sandbox = { server: 'http://127.0.0.1:5020', mock: 'http://127.0.0.1:5010' };
  const other = await startDocs({ sandbox });
  expect(await (await fetch(`${other.url}/sandbox.json`)).json()).toEqual(sandbox);
  await other.close();
  expect(await (await fetch(`${docs.url}/sandbox.json`)).json()).toEqual({
    server: 'http://127.0.0.1:4020',
    mock: 'http://127.0.0.1:4010',
  });
});

it('sends texts compressed to who takes them so', async () => {
  const plain = await fetch(`${docs.url}/quick-start/`, { headers: { 'Accept-Encoding': 'identity' } });
  const compressed = await fetch(`${docs.url}/quick-start/`);
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(compressed.headers.get('content-encoding')).toBe('gzip');
  expect(await compressed.text()).toBe(await plain.text());
});

it('serves the search', async () => {
  expect((await fetch(`${docs.url}/pagefind/pagefind.js`)).status).toBe(200);
});

it.each(['/no/such/page', '/../package.json', '/%2e%2e/package.json'])(
  'answers %s with the page for what is not there',
  async (path) => {
    const response = await fetch(docs.url + path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('There is no such page');
  },
);

it('rejects with the error of the system when its port is in use', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(startDocs({ port })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  await new Promise((resolve) => other.close(resolve));
});

it('answers no more once closed', async () => {
  const { url, close } = await startDocs();
  expect((await fetch(url)).status).toBe(200);
  await close();
  await expect(fetch(url)).rejects.toThrow();
});
