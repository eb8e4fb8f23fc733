import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The size in bytes of a program, bundled for a browser, minified and gzipped. */
async function size(imports: string, run: string): Promise<number> {
  const client = `createClient({ region: 'cn-north-4', projectId: 'p', credentials: akSk({ ak: 'a', sk: 's' }) })`;
  const { outputFiles } = await build({
    stdin: {
      contents: `import { akSk, createClient, ${imports} } from '@connection-records/client'; export const run = () => ${run.replace('client', client)};`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

test('one signed export call takes at most 6 kB in a browser', async () => {
  expect(await size('startExport', 'startExport(client)')).toBeLessThanOrEqual(6000);
});

test('the whole job, with waiting and a download that goes on where it broke, takes at most 9 kB', async () => {
  expect(await size('exportConnectionRecords', 'exportConnectionRecords(client)')).toBeLessThanOrEqual(9000);
});

test('importing it, and creating credentials of a function, touches nothing of fetch, which Node would load first', () => {
  const script = `
    for (const name of ['fetch', 'Request', 'Response', 'Headers', 'FormData'])
      Object.defineProperty(globalThis, name, { get() { throw new Error(name + ' was touched'); } });
    const { akSk, createClient, token } = await import('./dist/index.js');
    await import('./dist/node/index.js');
    await import('./dist/read/index.js');
    createClient({ region: 'r', projectId: 'p', credentials: token(() => 't') });
    akSk(() => ({ ak: 'a', sk: 's' }));`;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd });
});
