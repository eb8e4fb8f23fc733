import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlLine } from './curl.ts';

const URL_ = new URL("http://127.0.0.1:4010/v2/p/export-tasks?file_name='%24HOME'");
const TOKEN = '$CONNECTION_RECORDS_AUTH_TOKEN';

/** The arguments that a shell makes of a line. */
function argumentsOf(line: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${line}`;
  const env = { CONNECTION_RECORDS_AUTH_TOKEN: 'the token', HOME: '/home' };
  return execFileSync('/bin/sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('a curl line', () => {
  it('gives a shell the very request, with the variables of the secrets and no others', () => {
    const body = '@file `id` $HOME "it\'s" \\ \n!';
    const headers = { 'X-Any': '$HOME `id` "\\', 'X-Auth-Token': TOKEN, 'If-Match': `${TOKEN} $HOME \`"\\` };
    expect(argumentsOf(curlLine('POST', URL_, headers, body))).toEqual([
      ...['-i', '-X', 'POST', '-H', 'X-Any: $HOME `id` "\\', '-H', 'X-Auth-Token: the token'],
      ...['-H', 'If-Match: the token $HOME `"\\', '--data-raw', body, URL_.href],
    ]);
  });

  it('sends a header without a value as such', () => {
    expect(argumentsOf(curlLine('GET', URL_, { 'X-Auth-Token': '' }))).toContain('X-Auth-Token;');
  });

  it('says in a comment what it cannot repeat', () => {
    const whole = 'x'.repeat(4000);
    expect(curlLine('POST', URL_, {}, whole)).toContain(`--data-raw '${whole}'`);
    expect(curlLine('POST', URL_, {}, whole)).not.toContain('#');
    expect(curlLine('POST', URL_, {}, `${whole}x`)).toMatch(/ # the body is cut, it has 4001 characters$/);
    const signed = curlLine('GET', URL_, { Authorization: 'Signature=$SIGNATURE' });
    expect(signed).toMatch(/ # sign it anew: /);
    expect(argumentsOf(signed).at(-1)).toBe(URL_.href);
  });
});
