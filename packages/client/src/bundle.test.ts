import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bundled } from './testing/bundle.ts';

test('one signed export call takes at most 6 kB in a browser', async () => {
  expect(await bundled('startExport')).toBeLessThanOrEqual(6000);
});

test('the whole job, with waiting and a download that goes on where it broke, takes at most 9 kB', async () => {
  expect(await bundled('exportConnectionRecords')).toBeLessThanOrEqual(9000);
});

test('importing it, and creating credentials of a function, loads nothing of fetch and http before the first call', () => {
  const script = `
    const { akSk, createClient, token } = await import('./dist/index.js');
    const { keepAlive } = await import('./dist/node/index.js');
    await import('./dist/read/index.js');
    createClient({ region: 'r', projectId: 'p', credentials: token(() => 't'), fetch: keepAlive });
    akSk(() => ({ ak: 'a', sk: 's' }));
    const loaded = process.moduleLoadList.filter((name) => /undici|_http/.test(name));
    if (loaded.length) throw new Error(loaded + ' was loaded');`;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd });
});
