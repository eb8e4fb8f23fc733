import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { seedRecords } from './seed/seed.ts';
import { startServer } from './server.ts';

test('the first sample of the README exports from the server, too', async () => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const projectId = '0123456789abcdef0123456789abcdef';
  const server = await startServer({
    accounts: [{ name: 'reader', token: 'a-token', projects: ['*'], actions: ['*'] }],
  });
  await server.store.addRecords(projectId, [
    ...seedRecords({ rows: 100, projectId, seed: 1, now: Date.now() }),
  ]);
  // Inside the package, so that the sample finds the client.
  const folder = await mkdtemp(fileURLToPath(new URL('../dist/sample-', import.meta.url)));
  try {
    const sample = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
    const ours = sample.replace('http://127.0.0.1:4010', server.url).replace('any token will do', 'a-token');
    await writeFile(join(folder, 'sample.ts'), ours);
    const { stdout } = await promisify(execFile)(process.execPath, ['sample.ts'], { cwd: folder });
    const [file] = (await readdir(folder)).filter((name) => name !== 'sample.ts');
    expect(stdout).toBe(
      `Wrote ${file} (application/vnd.openxmlformats-officedocument.spreadsheetml.sheet)\n`,
    );
    expect((await readFile(join(folder, file!))).subarray(0, 2).toString()).toBe('PK');
  } finally {
    await rm(folder, { recursive: true });
    await server.close();
  }
});
