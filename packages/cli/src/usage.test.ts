import { describe, expect, test } from 'vitest';
import { command, variables } from './testing/command.ts';

const env = variables({ url: 'http://127.0.0.1:4020' });

describe('a wrong export', () => {
  test.each([
    [
      ['--from', '40d'],
      /^connection-records: The window is 40 days long\. The service exports at most 30 days/,
    ],
    [['--from', 'soon'], /^connection-records: "soon" is no time\. Give now, today/],
    [['--min-rtt', '9', '--max-rtt', '8'], /--min-rtt 9 is above --max-rtt 8/],
    [['--min-rtt', '10001'], /Give a whole number from 0 to 10000\./],
    [['--language', 'de_DE'], /Allowed choices are zh_CN, en_US\./],
    [['--format', 'pdf'], /Allowed choices are xlsx, csv, ndjson\./],
    [
      ['--resume', 'abc', '--from', '1d'],
      /^connection-records: --resume goes on with an export whose records/,
    ],
    [['--resume', '..'], /Give the id of a task/],
    [['--timeout', 'long'], /Give a duration, such as 90s/],
    [['--out', '-', '--json'], /--json and --out - both want standard output/],
    [['--out', '/nowhere/at/all.xlsx'], /The folder \/nowhere\/at does not exist\.\nGive another --out\./],
    [['--out', 'nowhere/'], /The folder .*nowhere does not exist\./],
    [['--region', 'cn-north-4', '--base-url', 'http://x'], /--region and --base-url are both given/],
    [['--base-url', 'ftp://x'], /"ftp:\/\/x" is not an http or https URL/],
    [['--fom', '1d'], /unknown option '--fom'\n\(Did you mean --from\?\)/],
    [['7d'], /too many arguments/],
  ])('%j ends with 2 before anything is sent', async (args, message) => {
    const fetched = () => Promise.reject(new Error('Something was sent.'));
    const { code, stdout, stderr } = await command(['export', ...args], env, { fetch: fetched });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(stdout).toMatch(args.includes('--json') ? /^\{"error":\{"code":"USAGE",.*\}\}\n$/ : /^$/);
  });

  test('does not show a secret that was given as an option, and says where secrets go', async () => {
    const { code, stderr } = await command(['export', '--sk=my-secret'], env);
    expect(code).toBe(2);
    expect(stderr).not.toContain('my-secret');
    expect(stderr).toContain('Secrets come from the environment, the profile file or a prompt');
  });

  test('does not send a workbook to a terminal', async () => {
    const { code, stderr } = await command(['export', '--out', '-'], env, { isTerminal: true });
    expect(code).toBe(2);
    expect(stderr).toContain('A workbook would go to the terminal.');
  });
});
