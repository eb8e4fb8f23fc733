import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HarnessError, runContract } from './index.ts';
import { NoAnswer } from './request.ts';
import { conclude, run } from './run.ts';
import { type Defect, type Reply, type Seen, startFixture } from './testing/fixture-server.ts';
import {
  BASE,
  instantClock,
  LACKING,
  on,
  replaced,
  SECRET,
  throttled,
  tryAgainst,
} from './testing/try-against.ts';
import { createWatch } from './watch.ts';

const KEYS = { keys: { ak: 'AKIDNEVERPRINTED', sk: 'SKNEVERPRINTED' } };

describe('a server that keeps the contract', () => {
  it('passes every case, each example included', async () => {
    const { failed, skipped, passed } = await tryAgainst(undefined, { examples: true });
    expect([...failed]).toEqual([]);
    expect(others(skipped)).toEqual([]);
    expect(passed.length).toBeGreaterThan(150);
  });

  it('passes without being a mock, too; what only a mock can show is skipped with the reason', async () => {
    const { failed, skipped, passed } = await tryAgainst();
    expect([...failed]).toEqual([]);
    expect([...new Set(others(skipped).map((name) => name.split(' ')[1]))].sort()).toEqual([
      '429',
      '500',
      '503',
    ]);
    expect(skipped.get('listExportTasks 429 is not tried')).toMatch(/^it takes a flood of requests/);
    expect(passed.filter((name) => / (403|429|500|503) /.test(name))).toEqual([]);
  });

  it('passes when the requests are signed instead of carrying a token', async () => {
    const unsigned: Defect = (reply, { headers }) =>
      /^SDK-HMAC-SHA256 Access=AKIDNEVERPRINTED, SignedHeaders=host;x-project-id;x-sdk-date;x-security-token, Signature=[0-9a-f]{64}$/.test(
        headers.authorization ?? '',
      ) || reply.status === 401
        ? reply
        : { ...reply, status: 418 };
    const { failed, passed } = await tryAgainst(
      unsigned,
      {},
      { keys: { ...KEYS.keys, securityToken: 'STSNEVERPRINTED' } },
    );
    expect([...failed]).toEqual([]);
    expect(passed.length).toBeGreaterThan(50);
  });

  it('is sent nothing that changes it when the run is read-only', async () => {
    const absent = { start: '--read-only', delete: '--read-only' };
    const { failed, seen, skipped } = await tryAgainst(undefined, { absent });
    expect([...failed]).toEqual([]);
    expect(seen.filter((request) => /desktops\/connections\/export|batch-delete/.test(request))).toEqual([]);
    expect(skipped.get('deleteExportTasks 200 deletes the task that this run started')).toBe('--read-only');
  });

  it('is not asked for a capability that it is said to lack', async () => {
    const absent = { download: '--without download', auth: '--without auth' };
    const { seen, failed, skipped } = await tryAgainst(undefined, { absent });
    expect(seen.filter((request) => request.endsWith('/download'))).toEqual([]);
    expect([...failed]).toEqual([]);
    expect(skipped.get('listExportTasks 401 refuses a request without credentials')).toBe('--without auth');
  });

  it('is not blamed for an export that is slow, or that fails', async () => {
    const slow = await tryAgainst(replaced('SUCCESS', 'CREATING'));
    expect([...slow.failed]).toEqual([]);
    expect([...slow.skipped.values()]).toContain('the export was still CREATING after 0.3 s (--patience)');
    const failing = await tryAgainst(replaced('SUCCESS', 'FAIL'));
    expect([...failing.failed]).toEqual([]);
    expect([...failing.skipped.values()]).toContain('the export ended as FAIL, without a file');
  });

  it('may know no method of a path but its own, and answer any other with 404', async () => {
    const apiNotFound = { error_code: 'APIGW.0101', error_msg: 'The method is not one of the API.' };
    const { failed } = await tryAgainst((reply) =>
      reply.status === 405 ? { ...reply, status: 404, body: JSON.stringify(apiNotFound) } : reply,
    );
    expect([...failed]).toEqual([]);
  });

  it('may send the part of a file that is asked for', async () => {
    const { failed } = await tryAgainst((reply, { operation, headers }) =>
      operation?.id === 'downloadExportFile' && reply.status === 200 ? part(reply, headers) : reply,
    );
    expect([...failed]).toEqual([]);
  });
});

describe('a server that breaks the contract', () => {
  it('cannot make the suite print a secret by sending it back', async () => {
    const echo: Defect = (reply, { headers }) => ({
      ...reply,
      headers: { ...reply.headers, 'Content-Type': `text/${headers['x-auth-token'] ?? 'plain'}` },
      body: `${'.'.repeat(290)}${headers['x-auth-token']} ${headers.authorization}`,
    });
    const withToken = await tryAgainst(echo);
    expect(withToken.failed.size).toBeGreaterThan(3);
    expect(JSON.stringify([...withToken.failed])).not.toContain(SECRET.slice(0, 12));
    const signed = await tryAgainst(echo, {}, KEYS);
    expect(signed.failed.size).toBeGreaterThan(3);
    expect(JSON.stringify([...signed.failed])).not.toMatch(/AKIDNEVER|SKNEVER|Signature=[0-9a-f]/);
  });
});

describe.skipIf(!existsSync('/dev/full'))('a run after which the disk is full', () => {
  const settings = { ...BASE, baseUrl: 'http://any', examples: false, absent: {}, json: '/dev/full' };
  const basis = { kind: 'documented', why: 'test' } as const;
  const one = { operationId: 'listExportTasks', status: 200, title: 'any', basis, milliseconds: 1 };

  it('still ends with 1 where a case failed, and says that there is no file', async () => {
    const printed: string[] = [];
    const output = { write: (text: string) => printed.push(text) };
    const results = [{ ...one, outcome: 'failed' as const }];
    expect(await conclude(settings, { results, ended: undefined }, output)).toMatchObject({ exitCode: 1 });
    expect(printed).toEqual([expect.stringMatching(/^--json cannot be written: ENOSPC.*\n$/)]);
  });

  it('says that the suite itself has a defect, if it has, and writes the results all the same', async () => {
    const results = [{ ...one, outcome: 'passed' as const }];
    const errors = ['listExportTasks > 200 any: x is not a function'];
    const concluded = conclude(
      { ...settings, json: '/dev/null' },
      { results, ended: undefined, errors },
      { write: () => true },
    );
    await expect(concluded).rejects.toThrow(/defect of its own.*: listExportTasks > 200 any: x is not/);
  });

  it('does not end with 0 where none failed, for the file that was asked for is missing', async () => {
    const results = [{ ...one, outcome: 'passed' as const }];
    const run = conclude(settings, { results, ended: undefined }, { write: () => true });
    await expect(run).rejects.toThrow(HarnessError);
  });
});

describe('a run that loses a connection', () => {
  it('does not fail for it where the request changes nothing: an idle connection may be closed by anybody', async () => {
    const lost = new Set<string>();
    const { failed } = await tryAgainst((reply, { operation, url }) => {
      if (operation?.changes !== false || lost.has(url.href)) return reply;
      lost.add(url.href);
      return 'cut';
    });
    expect(lost.size).toBeGreaterThan(30);
    expect([...failed]).toEqual([]);
  });

  it('fails one case where it was a start, which is not repeated; what needs it is skipped and names that case', async () => {
    let lost = false;
    const { failed, skipped } = await tryAgainst((reply, { operation, url }) => {
      if (lost || operation?.id !== 'exportConnectionRecords' || reply.status !== 200) return reply;
      lost = url.searchParams.has('language');
      return lost ? 'cut' : reply;
    });
    const [first] = failed.keys();
    expect([...failed.values()]).toEqual([expect.stringContaining('Every request is answered.')]);
    expect([...skipped.values()]).toContain(`a request that it needs had no answer; see ${first}`);
  });
});

describe('a run that loses its server', () => {
  it('ends there, says after which case, and still tells what it found', async () => {
    const found: Defect = (reply, { operation }) =>
      operation?.id === 'listExportTasks' ? 'cut' : reply.status === 405 ? { ...reply, status: 418 } : reply;
    let printed = '';
    await using fixture = await startFixture(diesAfterProbe(found));
    const run = runContract({
      ...BASE,
      token: SECRET,
      baseUrl: fixture.url,
      without: ['stateful', 'rows', 'verify', 'rate-limit'],
      output: { write: (text) => (printed += text) },
    });
    await expect(run).rejects.toThrow(HarnessError);
    await expect(run).rejects.toThrow(
      `${fixture.url} does not answer any more: 3 cases in a row had no answer (the connection was closed before the answer was complete). The last answer came to "exportConnectionRecords: 405 refuses PATCH, a method that no path of the contract has".`,
    );
    expect(printed).toMatch(/\n\d\) exportConnectionRecords: 405 refuses PATCH/);
    expect(printed).toMatch(/\n\d+ passed, \d failed, \d+ skipped in [\d.]+ s \(--seed 1\)\n$/);
    expect(printed).not.toContain('listConnectionRecords');
  });

  it('waits for an answer three times, and not with every case', async () => {
    const hangs = on('listConnectionRecords', 200, () => 'hang');
    const { ended, failed } = await tryAgainst(hangs, { timeout: 0.5 });
    expect(ended).toContain('3 cases in a row had no answer (no answer within 0.5 s (--timeout))');
    expect(failed.size).toBe(3);
  });

  it('goes on where an answer is missing now and then, or where many cases need the same one', async () => {
    const watch = createWatch();
    const lost = (unanswered: NoAnswer) => ({ outcome: 'failed', failure: '', unanswered }) as const;
    const none = () => lost(new NoAnswer('no answer', 'curl'));
    const once = none();
    const verdicts = [none(), none(), { outcome: 'passed' } as const, once, once, once, none()];
    expect(verdicts.map((verdict, index) => watch(`case ${index}`, verdict))).toEqual(
      verdicts.map(() => undefined),
    );
    expect(watch('case 7', none())).toContain('The last answer came to "case 2".');
  });
});

describe('a run that cannot be', () => {
  it('says in one line that the target cannot be reached', async () => {
    const fixture = await startFixture();
    await fixture[Symbol.asyncDispose]();
    const settings = { ...BASE, baseUrl: fixture.url, examples: false, absent: {} };
    const { clock } = instantClock();
    const tried = run(settings, { token: SECRET }, { write: () => true }, { clock });
    await expect(tried).rejects.toThrow(HarnessError);
    await expect(tried).rejects.toThrow(
      `${fixture.url} cannot be reached: nothing listens there. Check that the server runs`,
    );
  });

  it.each([
    [() => 'hang' as const, 'cannot be reached: no answer within 0.1 s (--timeout).'],
    [() => 'cut' as const, 'cannot be reached: the connection was closed before the answer was complete.'],
    [status(401), 'refuses the credentials with 401. Check them'],
    [status(403), 'answers 403: the credentials do not allow GET /v2/{project_id}/export-tasks.'],
    [status(404), 'answers 404 to GET /v2/{project_id}/export-tasks. Check that --base-url ends where'],
    [status(500), 'answers 500 to GET /v2/{project_id}/export-tasks: it is out of service'],
    [status(503), 'answers 503 to GET /v2/{project_id}/export-tasks: it is out of service'],
    [status(302), 'answers 302 to GET /v2/{project_id}/export-tasks: it leads elsewhere.'],
    [page, 'answers GET /v2/{project_id}/export-tasks with something that is no JSON'],
    [throttled(30), 'cannot be asked: the server answers 429, to wait 30 s more'],
  ])('says in one line what is wrong: case %#', async (defect, says) => {
    await using fixture = await startFixture(defect);
    const run = runContract({ ...BASE, token: SECRET, baseUrl: fixture.url, timeout: 0.1 });
    const { name, message } = await run.then(
      () => ({ name: 'none', message: 'none' }),
      (error) => error,
    );
    expect(name).toBe('HarnessError');
    expect(message).toContain(`${fixture.url} ${says}`);
    expect(message).not.toContain('\n');
    // It asks a second question before it blames the credentials: one operation alone may be broken.
    expect(fixture.seen.length).toBeLessThanOrEqual(2);
  });

  it('asks nothing where the results cannot be written', async () => {
    await using fixture = await startFixture();
    const run = runContract({
      ...BASE,
      token: SECRET,
      baseUrl: fixture.url,
      junit: '/no/such/folder/out.xml',
    });
    await expect(run).rejects.toThrow(
      /^--junit cannot be written: ENOENT.*\. Give a file in a folder that exists\.$/,
    );
    expect(fixture.seen).toEqual([]);
  });

  it('names every wrong option at once', async () => {
    const run = runContract({ baseUrl: 'nowhere', projectId: 'a/b' });
    await expect(run).rejects.toThrow(
      /--base-url is "nowhere".*--project-id is "a\/b".*No credentials are set/,
    );
  });
});

/** The cases that were skipped for another reason than what the fixture lacks, and what the settings do not name. */
function others(skipped: ReadonlyMap<string, string>): string[] {
  const known = [LACKING, '--forbidden-project-id', 'Range', 'there are no keys', '--sandbox'];
  const isKnown = (reason: string) => known.some((part) => reason.includes(part));
  return [...skipped].filter(([, reason]) => !isKnown(reason)).map(([name]) => name);
}

/** What Range asks for, as RFC 9110 has it, of the file in ASCII, so that a letter is a byte. */
function part(
  { headers: { 'Repr-Digest': _, ...headers }, ...file }: Reply,
  { range, 'if-range': tag }: Seen['headers'],
): Reply {
  const reply = { ...file, headers, body: file.body.replace(/\P{ASCII}/gu, '?') };
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if ((first === '' && last === '') || (tag !== undefined && tag !== reply.headers.ETag)) return reply;
  const { length } = reply.body;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length : Math.min(length, Number(last) + 1);
  if (from >= length) {
    const own = { 'Content-Type': 'application/json', 'Content-Range': `bytes */${length}` };
    const body = '{"error_code":"WKS.1","error_msg":"beyond the end"}';
    return { status: 416, headers: { ...reply.headers, ...own }, body };
  }
  const partial = { ...headers, 'Content-Range': `bytes ${from}-${to - 1}/${length}` };
  return { status: 206, headers: partial, body: reply.body.slice(from, to) };
}

/** Right for the question before the run, broken for the run. */
function diesAfterProbe(defect: Defect): Defect {
  let first = true;
  return (reply, seen) => {
    if (!first) return defect(reply, seen);
    first = false;
    return reply;
  };
}

/** What a web site answers with, whatever it is asked. */
function page(reply: Reply): Reply {
  return { ...reply, status: 200, headers: { 'Content-Type': 'text/html' }, body: '<!doctype html>' };
}

function status(code: number): Defect {
  return (reply) => ({ ...reply, status: code });
}
