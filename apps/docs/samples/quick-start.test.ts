import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Mock, startMock } from '@connection-records/mock';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pages } from '../src/built.ts';

const shown = 'http://127.0.0.1:4010';
const codeOn = (address: string) =>
  (pages.get(address)?.querySelectorAll('pre') ?? []).map((code) =>
    code
      .querySelectorAll('.ec-line')
      .map((line) => line.textContent)
      .join('\n'),
  );
const quickStart = codeOn('/quick-start/');
const isCurl = (code: string) => code.startsWith('curl ');

let mock: Mock;
let folder: string;
beforeAll(async () => {
  mock = await startMock();
  // Inside the package, so that the sample finds the client, in the folder that Astro keeps out of everybody's way.
  const ignored = fileURLToPath(new URL('../.astro/', import.meta.url));
  await mkdir(ignored, { recursive: true });
  folder = await mkdtemp(`${ignored}run-`);
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

/** Does what a curl command says, to the mock of this test. */
function curl(command = '') {
  const [url = '', ...others] = [...command.matchAll(/'([^']+)'|(?<= )(http\S+)/g)]
    .map(([, quoted, bare]) => (quoted ?? bare) as string)
    .reverse();
  expect(url).toContain(shown);
  return fetch(url.replace(shown, mock.url), {
    headers: others.map((header) => header.split(': ') as [string, string]),
  });
}

it('writes the file that the page promises', async () => {
  const sample = quickStart.find((code) => code.includes('exportConnectionRecords')) ?? '';
  expect(sample).toContain(`'${shown}'`);
  await writeFile(`${folder}/quick-start.ts`, sample.replace(shown, mock.url));

  const { stdout } = await promisify(execFile)(process.execPath, ['quick-start.ts'], { cwd: folder });

  const [written] = (await readdir(folder)).filter((name) => name !== 'quick-start.ts');
  expect(await readFile(`${folder}/${written}`, 'utf8')).toBe(
    contract.components.examples.fileInEnglish.value,
  );
  expect(quickStart).toContain(stdout.trim());
});

it('gets the answer that the page shows below its curl command', async () => {
  const command = quickStart.findIndex(isCurl);
  const answer = await curl(quickStart[command]);
  expect(await answer.json()).toEqual(JSON.parse(quickStart[command + 1] ?? ''));
});

it('gets the failed export that the page on testing asks the mock for', async () => {
  const answer = await curl(codeOn('/test-your-server/').find(isCurl));
  expect(await answer.json()).toEqual(contract.components.examples.exportFailed.value);
});

it('is the first sample of the README, whose curl commands are answered', async () => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, code]) => ({
    language,
    code,
  }));
  const sample = await readFile(new URL('quick-start.ts', import.meta.url), 'utf8');
  expect(blocks.find(({ language }) => language === 'ts')?.code).toBe(sample);
  const commands = blocks.flatMap(({ code = '' }) => code.replaceAll('\\\n', '').split('\n')).filter(isCurl);
  const answers = await Promise.all(commands.map(async (command) => (await curl(command)).json()));
  const { exportStarted, exportFailed } = contract.components.examples;
  expect(answers).toEqual([exportStarted.value, exportFailed.value]);
});
