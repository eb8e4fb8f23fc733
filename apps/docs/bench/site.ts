// How long the whole site takes to build, and how much script a page of the reference brings.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { report, sideBySide } from '../../../scripts/measure.ts';
import { pages } from '../src/built.ts';
import { startDocs } from '../src/index.ts';
import { launch } from '../src/testing/browser.ts';

/** The page of the reference that has most on it, by whichever name it has. */
export const referencePage = [...pages.keys()].find((address) =>
  /^\/reference\/(operations\/)?exportconnectionrecords\/$/i.test(address),
)!;

/** Asked: a full build in less than 20 s. */
export async function benchBuild(): Promise<void> {
  const packageFolder = fileURLToPath(new URL('..', import.meta.url));
  const build = async () => {
    const folder = await mkdtemp(`${packageFolder}node_modules/.bench-site-`);
    const began = performance.now();
    await promisify(execFile)('node_modules/.bin/astro', ['build', '--outDir', folder], {
      cwd: packageFolder,
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
      shell: process.platform === 'win32',
    });
    const took = performance.now() - began;
    await rm(folder, { recursive: true });
    return took;
  };
  await report('docs: a full build', await sideBySide('ms', 5, { 'astro build': build }));
}

/** Asked: at most 60 kB of script, gzipped. Inline scripts count, and so does what is fetched once the page is idle: the search. */
export async function benchScript(): Promise<void> {
  const docs = await startDocs();
  const browser = await launch();
  const page = await browser.newPage({ baseURL: docs.url });
  const files: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') files.push(response.body());
  });
  await page.goto(referencePage, { waitUntil: 'networkidle' });
  const inline = await page.locator('script:not([src])').allTextContents();
  const scripts = [...(await Promise.all(files)), ...inline.map((text) => Buffer.from(text))];
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
  await browser.close();
  await docs.close();
  await report(`docs: script on ${referencePage}`, [
    { what: `${scripts.length} scripts, each gzipped`, unit: 'B', values: [bytes] },
  ]);
}
