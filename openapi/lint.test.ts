import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';

/** A slip of the pen in the contract, and the rule that has to find it. */
interface Slip {
  rule: string;
  file: string;
  from: string | RegExp;
  to: string;
}

const slips: Slip[] = [
  {
    rule: 'rule/operation-id-is-a-camel-case-verb-phrase',
    file: 'paths/export-tasks.yaml',
    from: 'listExportTasks',
    to: 'ListTasks',
  },
  {
    rule: 'rule/operation-summary-is-a-short-phrase',
    file: 'paths/export-tasks.yaml',
    from: 'List export tasks',
    to: 'List them.',
  },
  {
    rule: 'rule/operation-documents-every-refusal',
    file: 'paths/export-tasks.yaml',
    from: / {4}"429":\n.*\n/,
    to: '',
  },
  {
    rule: 'rule/operation-says-which-statuses-are-inferred',
    file: 'paths/export-tasks.yaml',
    from: 'x-inferred-statuses',
    to: 'x-other',
  },
  { rule: 'rule/operation-has-a-source', file: 'paths/export-tasks.yaml', from: 'x-source', to: 'x-other' },
  {
    rule: 'rule/path-item-in-a-file-of-its-own',
    file: 'openapi.yaml',
    from: '$ref: paths/export-tasks.yaml',
    to: 'get: {}',
  },
  {
    rule: 'rule/no-ref-under-a-method',
    file: 'openapi.yaml',
    from: '$ref: paths/export-tasks.yaml',
    to: 'get: { $ref: "paths/export-tasks.yaml#/get" }',
  },
  {
    rule: 'rule/media-type-has-named-examples',
    file: 'paths/export-tasks-download.yaml',
    from: 'x-binary',
    to: 'x-other',
  },
  {
    rule: 'rule/media-type-has-no-unnamed-example',
    file: 'paths/export-tasks-download.yaml',
    from: 'x-binary:',
    to: 'example:',
  },
  {
    rule: 'rule/inferred-response-has-a-reason',
    file: 'paths/export-tasks-download.yaml',
    from: /x-basis-reason(?=: >-\n {8})/,
    to: 'x-other',
  },
  {
    rule: 'rule/parameter-has-a-source',
    file: 'components/parameters/UserName.yaml',
    from: 'x-source',
    to: 'x-other',
  },
  {
    rule: 'rule/parameter-has-an-example',
    file: 'components/parameters/UserName.yaml',
    from: /^example/m,
    to: 'x-other',
  },
  {
    rule: 'rule/parameter-name-is-snake-case-or-that-of-a-header',
    file: 'components/parameters/UserName.yaml',
    from: 'user_name',
    to: 'userName',
  },
  {
    rule: 'rule/inferred-parameter-has-a-reason',
    file: 'components/parameters/UserName.yaml',
    from: 'x-source:',
    to: 'x-basis:',
  },
  {
    rule: 'rule/inferred-example-has-a-reason',
    file: 'components/examples/fileExpired.yaml',
    from: 'x-basis-reason',
    to: 'x-other',
  },
  {
    rule: 'rule/inferred-schema-has-a-reason',
    file: 'components/schemas/ExportTask.yaml',
    from: 'x-basis-reason',
    to: 'x-other',
  },
  {
    rule: 'rule/property-name-is-snake-case',
    file: 'components/schemas/ExportTask.yaml',
    from: 'file_name',
    to: 'fileName',
  },
  {
    rule: 'rule/schema-has-a-description',
    file: 'components/schemas/ExportTask.yaml',
    from: 'description: Name of',
    to: 'x-other: Name of',
  },
  {
    rule: 'rule/header-has-a-source',
    file: 'components/headers/ETag.yaml',
    from: 'x-basis:',
    to: 'x-other:',
  },
  {
    rule: 'rule/header-has-an-example',
    file: 'components/headers/RetryAfter.yaml',
    from: /^example/m,
    to: 'x-other',
  },
  {
    rule: 'rule/inferred-header-has-a-reason',
    file: 'components/headers/RetryAfter.yaml',
    from: 'x-basis-reason',
    to: 'x-other',
  },
  {
    rule: 'rule/inferred-operation-has-a-reason',
    file: 'paths/export-tasks.yaml',
    from: 'x-source:',
    to: 'x-basis:',
  },
  {
    rule: 'rule/example-has-a-summary',
    file: 'components/examples/noTasks.yaml',
    from: 'summary',
    to: 'description',
  },
  {
    rule: 'no-invalid-media-type-examples',
    file: 'components/examples/exportStarted.yaml',
    from: 'task_id',
    to: 'taskId',
  },
  {
    rule: 'no-invalid-parameter-examples',
    file: 'components/parameters/MinE2eRtt.yaml',
    from: /^example: .*/m,
    to: 'example: 20000',
  },
  {
    rule: 'response-contains-header',
    file: 'components/responses/TooManyRequests.yaml',
    from: / {2}Retry-After:\n.*\n/,
    to: '',
  },
];

const here = fileURLToPath(new URL('.', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connection-records-lint-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes the contract with each slip in a folder of its own, and lints them all at once. */
async function lintWithSlips(): Promise<{ problems: { ruleId: string }[] }[]> {
  const { apis, ...config } = parse(await readFile(join(here, '../redocly.yaml'), 'utf8'));
  const roots: Record<string, unknown> = {};
  for (const [i, { file, from, to }] of slips.entries()) {
    const copy = join(folder, `${i}`);
    for (const part of ['openapi.yaml', 'paths', 'components'])
      await cp(join(here, part), join(copy, part), { recursive: true });
    const text = await readFile(join(copy, file), 'utf8');
    expect(text, `${file} has nothing like ${from}`).toMatch(from);
    await writeFile(
      join(copy, file),
      text.replace(from, () => to),
    );
    roots[`slip${i}`] = { ...apis.source, root: `${i}/openapi.yaml` };
  }
  await writeFile(join(folder, 'redocly.yaml'), stringify({ ...config, apis: roots }));
  const redocly = join(here, 'node_modules/@redocly/cli/bin/cli.js');
  const args = [redocly, 'lint', '--format=json', ...Object.keys(roots)];
  // Lint ends with 1, as it should; what it says is on stdout all the same.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    (error) => error,
  );
  return JSON.parse(`[${stdout.replace(/^\}\{$/gm, '},{')}]`);
}

test('every house rule finds the slip that it is there for', async () => {
  const found = await lintWithSlips();
  const rules = found.map(({ problems }) => problems.map(({ ruleId }) => ruleId));
  expect(
    slips.map(({ rule }, i) => rules[i]?.includes(rule) || `${rule} found nothing; found were: ${rules[i]}`),
  ).toEqual(slips.map(() => true));
}, 120_000);

test('every house rule has such a slip', async () => {
  const { rules, apis } = parse(await readFile(join(here, '../redocly.yaml'), 'utf8'));
  const house = Object.keys({ ...rules, ...apis.source.rules }).filter((rule) => rule.startsWith('rule/'));
  expect(house.filter((rule) => !slips.some((slip) => slip.rule === rule))).toEqual([]);
});
