import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { credentialsFrom } from './credentials.ts';
import { withCredentialsFile } from './credentials-file.ts';
import { CAPABILITIES, OPTIONS } from './options.ts';
import { redactor } from './redact.ts';
import { check, read } from './settings.ts';

const RIGHT = ['--base-url', 'http://127.0.0.1:4010/', '--project-id', 'p1'];

function settingsOf(argv: string[], env: Record<string, string> = {}) {
  const { given, problems } = read(argv, env);
  return check(given, problems);
}

describe('settings', () => {
  it('come from arguments, then from the environment, then from the defaults', () => {
    const env = {
      CONNECTION_RECORDS_TIMEOUT: '7',
      CONNECTION_RECORDS_PROJECT_ID: 'p2',
      CONNECTION_RECORDS_READ_ONLY: '1',
      CONNECTION_RECORDS_SEED: '0',
    };
    expect(settingsOf([...RIGHT, '--junit', 'out.xml'], env).settings).toEqual({
      baseUrl: 'http://127.0.0.1:4010',
      projectId: 'p1',
      examples: false,
      absent: { start: '--read-only', delete: '--read-only', 'rate-limit': '--read-only' },
      timeout: 7,
      patience: 120,
      basis: 'all',
      polite: false,
      sandbox: false,
      runs: 20,
      seed: 0,
      junit: 'out.xml',
    });
  });

  it('say of an absent capability which option took it away', () => {
    expect(settingsOf([...RIGHT, '--without', 'auth, download', '--examples']).settings?.absent).toEqual({
      auth: '--without auth',
      download: '--without download',
      stateful: '--examples, for a mock remembers nothing',
      rows: '--examples, for a mock remembers nothing',
      verify: '--examples, for a mock takes any credentials and any number of requests',
      'rate-limit': '--examples, for a mock takes any credentials and any number of requests',
    });
  });

  it.each([
    [
      ['--base-url', 'htp://x', '--project-id', 'p'],
      /^--base-url is "htp:\/\/x"\. Give an http or https URL, such as/,
    ],
    [
      ['--base-url', 'http://u:hush@x', '--project-id', 'p'],
      /^--base-url is "http:\/\/…@x"\. It has a user name/,
    ],
    [
      ['--base-url', 'http://x?a=b', '--project-id', 'p'],
      /^--base-url is "http:\/\/x\?a=b"\. It has a query/,
    ],
    [
      ['--base-url', 'http://x'],
      /^--project-id is missing\. Give --project-id ID, or set CONNECTION_RECORDS_PROJECT_ID\.$/,
    ],
    [['--base-url', 'http://x', '--project-id', 'a b'], /^--project-id is "a b"\. Give 1 to 255 letters/],
    [
      [...RIGHT, '--timeout', 'soon'],
      /^--timeout is "soon"\. Give a number of seconds from 0\.1 to 86400\.$/,
    ],
    [
      [...RIGHT, '--timeout', '0.0001'],
      /^--timeout is "0\.0001"\. Give a number of seconds from 0\.1 to 86400\.$/,
    ],
    [[...RIGHT, '--patience', '0'], /^--patience is "0"\. Give a number of seconds from 0\.1/],
    [[...RIGHT, '--basis', 'vendor'], /^--basis is "vendor"\. Give all or documented\.$/],
    [[...RIGHT, '--runs', '1.5'], /^--runs is "1\.5"\. Give a whole number from 0 to 100000\.$/],
    [[...RIGHT, '--seed', '-1'], /^--seed is "-1"\. Give a whole number from 0 to/],
    [[...RIGHT, '--forbidden-project-id', 'a/b'], /^--forbidden-project-id is "a\/b"\. Give 1 to 255/],
    [[...RIGHT, '-x'], /^-x is not an option\./],
    [
      [...RIGHT, '--without', 'uploads'],
      /^--without is "uploads"\. "uploads" is none of start, download, delete, auth, verify, stateful, rows, rate-limit/,
    ],
    [[...RIGHT, '--json'], /^--json has no value\. Write --json FILE\.$/],
    [['--base-url', '--project-id', 'p'], /^--base-url has no value\. Write --base-url URL\.$/],
    [[...RIGHT, '--examples=yes'], /^--examples takes no value\./],
    [[...RIGHT, 'extra'], /^There is an argument that belongs to no option\./],
    [
      [...RIGHT, '--token', 'hush'],
      /^--token is not an option\. Allowed are --base-url, .* Secrets come from the environment or a file\.$/,
    ],
  ])('that are wrong are told in one line: %j', (argv, line) => {
    const { settings, problems } = settingsOf(argv);
    expect(settings).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(line)]);
    expect(problems.join()).not.toContain('hush');
  });

  it('of a polite run leave the flood out, and a seed that is not given is a new one each time', () => {
    const { settings } = settingsOf([...RIGHT, '--polite']);
    expect(settings?.absent).toEqual({ 'rate-limit': '--polite' });
    expect(settingsOf(RIGHT).settings?.seed).not.toBe(settings?.seed);
  });

  it('that are wrong in the environment are told by the name they have there', () => {
    expect(settingsOf(RIGHT, { CONNECTION_RECORDS_EXAMPLES: 'perhaps' }).problems).toEqual([
      'CONNECTION_RECORDS_EXAMPLES is "perhaps". Give true or false.',
    ]);
  });

  it('have their table in the README, row by row', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replace(/ +/g, ' ');
    for (const { name, value, env, default: otherwise, text } of OPTIONS) {
      const option = `\`--${name}${value ? ` ${value}` : ''}\``;
      expect(readme).toContain(`| ${option} | ${env ? `\`${env}\` ` : ''}| ${otherwise} | ${text} |`);
    }
    for (const name of CAPABILITIES) expect(readme).toContain(`\n| \`${name}\` | `);
  });
});

describe('the file of --credentials', () => {
  const file = (path: string) => new Map([['credentials', { value: path, from: '--credentials' }]]);

  it('gives what the environment leaves open', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'contract-')), 'secrets.env');
    await writeFile(path, 'HUAWEICLOUD_SDK_AK=a\nHUAWEICLOUD_SDK_SK="s"\n');
    const { env, problems } = withCredentialsFile(file(path), { HUAWEICLOUD_SDK_SK: 'mine' });
    expect(problems).toEqual([]);
    expect(env).toEqual({ HUAWEICLOUD_SDK_AK: 'a', HUAWEICLOUD_SDK_SK: 'mine' });
  });

  it('that is not there is told in one line', () => {
    expect(withCredentialsFile(file('/no/such/file'), {}).problems).toEqual([
      expect.stringMatching(/^--credentials cannot be read \(ENOENT\)\. Give a file with lines such as/),
    ]);
  });
});

describe('credentials', () => {
  it('are a token, a key pair, or both', () => {
    const keys = { HUAWEICLOUD_SDK_AK: 'a', HUAWEICLOUD_SDK_SK: 's', HUAWEICLOUD_SDK_SECURITY_TOKEN: 't' };
    expect(credentialsFrom(keys).credentials).toEqual({ keys: { ak: 'a', sk: 's', securityToken: 't' } });
    expect(credentialsFrom({ ...keys, CONNECTION_RECORDS_AUTH_TOKEN: 'x' }).credentials).toEqual({
      token: 'x',
      keys: { ak: 'a', sk: 's', securityToken: 't' },
    });
  });

  it.each([
    [
      {},
      /^No credentials are set\. Set CONNECTION_RECORDS_AUTH_TOKEN, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK/,
    ],
    [{ HUAWEICLOUD_SDK_AK: 'hush' }, /^HUAWEICLOUD_SDK_AK is set and HUAWEICLOUD_SDK_SK is not\./],
    [{ HUAWEICLOUD_SDK_SK: 'hush' }, /^HUAWEICLOUD_SDK_SK is set and HUAWEICLOUD_SDK_AK is not\./],
    [{ CONNECTION_RECORDS_AUTH_TOKEN: 'hush\n' }, /^CONNECTION_RECORDS_AUTH_TOKEN has a space, a line break/],
  ])('that are missing, half or unusable are told in one line that shows none of them', (env, line) => {
    const { credentials, problems } = credentialsFrom(env);
    expect(credentials).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(line)]);
    expect(problems.join()).not.toContain('hush');
  });

  it('that are short leave the words alone that they are part of', () => {
    expect(redactor({ token: 'any' })('"any" is not many')).toBe(
      '"$CONNECTION_RECORDS_AUTH_TOKEN" is not many',
    );
  });

  it('are taken out of a text in every form that a server may send them back in', () => {
    const redact = redactor({ keys: { ak: 'AK"1', sk: 'S/K', securityToken: 'S/K+' } });
    const text = redact(`AK"1 ${JSON.stringify('AK"1')} S/K S/K+ S%2FK%2B Signature=0123abc`);
    expect(text).toBe(
      '$HUAWEICLOUD_SDK_AK "$HUAWEICLOUD_SDK_AK" $HUAWEICLOUD_SDK_SK $HUAWEICLOUD_SDK_SECURITY_TOKEN $HUAWEICLOUD_SDK_SECURITY_TOKEN Signature=$SIGNATURE',
    );
  });
});
