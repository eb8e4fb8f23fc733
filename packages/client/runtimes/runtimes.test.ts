import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Mock, startMock } from '@connection-records/mock';
import { EdgeRuntime } from 'edge-runtime';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aliasOf, folder, runtimes } from './versions.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const right = {
  mediaType: 'text/csv',
  hasRows: true,
  signature: '5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624',
};

/** The job as one script that leaves `run` behind, for where there are no modules or no files. */
async function bundle(format: 'iife' | 'esm', entry: string) {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    format,
    globalName: 'job',
    external: ['node:*'],
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]!.text;
}

let mock: Mock;
let temporary: string;
beforeAll(async () => {
  mock = await startMock();
  temporary = await mkdtemp(join(tmpdir(), 'runtimes-'));
});
afterAll(async () => {
  await mock.close();
  await rm(temporary, { recursive: true });
});

/** Runs the job in a program of its own. */
async function inProgram(name: string, program: string) {
  const script = join(temporary, 'main.mjs');
  await writeFile(script, await bundle('esm', 'main.ts'));
  const options: Record<string, string[]> = { Deno: ['run', '--no-config', '--allow-net', '--quiet'] };
  const { stdout } = await promisify(execFile)(program, [...(options[name] ?? []), script, mock.url]);
  return JSON.parse(stdout);
}

describe('the same code runs in', () => {
  const missing: string[] = [];
  const skip = (name: string, why: string) => {
    missing.push(`${name} (${why})`);
    test.skip(`${name}: ${why}`);
  };
  // Said aloud, since a skipped test is easily overlooked.
  afterAll(() => void (missing.length > 0 && console.warn(`Not tried: ${missing.join('; ')}.`)));

  for (const [name, runtime] of Object.entries(runtimes)) {
    const program =
      runtime && fileURLToPath(new URL(`node_modules/${aliasOf(name)}/${runtime.program}`, folder));
    if (!program) skip(name, 'the registry has none for this platform');
    else if (!existsSync(program)) skip(name, 'not installed, see `pnpm runtimes`');
    else test(name, async () => expect(await inProgram(name, program)).toEqual(right));
  }

  test(`the Node of this test, ${process.version}`, async () => {
    const { run } = await import('./job.ts');
    expect(JSON.parse(await run(mock.url))).toEqual(right);
  });

  test('an edge runtime, which has the globals of the web and no others', async () => {
    const edge = new EdgeRuntime({ initialCode: `${await bundle('iife', 'job.ts')}; globalThis.job = job;` });
    const result = await edge.evaluate(`job.run(${JSON.stringify(mock.url)})`);
    expect(JSON.parse(result)).toEqual(right);
  });

  const browsers = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const executablePath = browsers.find((path) => path && existsSync(path));
  if (!executablePath) skip('Chromium', 'not installed; CHROMIUM_PATH may say where one is');
  else
    test('Chromium', async () => {
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      try {
        const page = await browser.newPage();
        await page.goto(mock.url);
        await page.addScriptTag({ content: `${await bundle('iife', 'job.ts')}; globalThis.job = job;` });
        const result = await page.evaluate(`job.run(${JSON.stringify(mock.url)})`);
        expect(JSON.parse(String(result))).toEqual(right);
      } finally {
        await browser.close();
      }
    });
});
