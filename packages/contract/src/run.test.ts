import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { HarnessError, runContract } from './index.ts';
import { type Defect, startFixture } from './testing/fixture-server.ts';
import { BASE, replaced, runAgainst, SECRET } from './testing/run-against.ts';

describe('a server that keeps the contract', () => {
  it('passes every case, each example included', async () => {
    const { failed, skipped, exitCode, passed } = await runAgainst(undefined, { examples: true });
    expect(failed).toEqual([]);
    expect(skipped.map(({ name }) => name)).toEqual([
      'listExportTasks 200 lists the started task, and no other, when asked for it by its id',
      'downloadExportFile 404 has no file of a task that does not exist',
    ]);
    expect(passed).toBeGreaterThan(150);
    expect(exitCode).toBe(0);
  });

  it('passes without being a mock, too; what only a mock can show is skipped with the reason', async () => {
    const { failed, skipped, printed, exitCode } = await runAgainst();
    expect(failed).toEqual([]);
    expect(exitCode).toBe(0);
    expect([...new Set(skipped.map(({ name }) => name.split(' ')[1]))]).toEqual(['403', '429', '500', '503']);
    expect(printed).toContain('– 429 is not tried: skipped, it takes a flood of requests');
    expect(printed).not.toMatch(/✓ (403|429|500|503)/);
  });

  it('passes when the requests are signed instead of carrying a token', async () => {
    const keys = { ak: 'AKIDNEVERPRINTED', sk: 'SKNEVERPRINTED', securityToken: 'STSNEVERPRINTED' };
    const unsigned: Defect = (reply, { headers }) =>
      /^SDK-HMAC-SHA256 Access=AKIDNEVERPRINTED, SignedHeaders=host;x-project-id;x-sdk-date;x-security-token, Signature=[0-9a-f]{64}$/.test(
        headers.authorization ?? '',
      ) || reply.status === 401
        ? reply
        : { ...reply, status: 418 };
    const { failed, exitCode } = await runAgainst(unsigned, keys);
    expect(failed).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it('is sent nothing that changes it when the run is read-only', async () => {
    const { failed, seen, skipped } = await runAgainst(undefined, { readOnly: true });
    expect(failed).toEqual([]);
    expect(seen.filter((request) => /desktops\/connections\/export|batch-delete/.test(request))).toEqual([]);
    expect(skipped).toContainEqual({
      name: 'deleteExportTasks 200 deletes the task that this run started',
      reason: '--read-only',
    });
  });

  it('is not asked for a capability that it is said to lack', async () => {
    const { seen, exitCode } = await runAgainst(undefined, { without: ['download', 'auth'] });
    expect(seen.filter((request) => request.endsWith('/download'))).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it('is not blamed for an export that is slow, or that fails', async () => {
    const slow = await runAgainst(replaced('SUCCESS', 'CREATING'));
    expect(slow.failed).toEqual([]);
    expect(slow.skipped.map(({ reason }) => reason)).toContain(
      'the export was still CREATING after 0.3 s (--patience)',
    );
    const failing = await runAgainst(replaced('SUCCESS', 'FAIL'));
    expect(failing.failed).toEqual([]);
    expect(failing.skipped.map(({ reason }) => reason)).toContain('the export ended as FAIL, without a file');
  });
});

describe('a server that breaks the contract', () => {
  it('cannot make the suite print a secret by sending it back', async () => {
    const echo: Defect = (reply, { headers }) => ({
      ...reply,
      headers: { ...reply.headers, 'Content-Type': `text/${headers['x-auth-token'] ?? 'plain'}` },
      body: `${'.'.repeat(290)}${headers['x-auth-token']} ${headers.authorization}`,
    });
    const withToken = await runAgainst(echo);
    expect(withToken.failed.length).toBeGreaterThan(50);
    expect(JSON.stringify(withToken)).not.toContain(SECRET.slice(0, 12));
    const signed = await runAgainst(echo, { ak: 'AKIDNEVERPRINTED', sk: 'SKNEVERPRINTED' });
    expect(JSON.stringify(signed)).not.toMatch(/AKIDNEVER|SKNEVER|Signature=[0-9a-f]/);
  });
});

describe('a run that cannot be', () => {
  it('says in one line that the target cannot be reached', async () => {
    const fixture = await startFixture();
    await fixture[Symbol.asyncDispose]();
    const run = runContract({ ...BASE, token: SECRET, baseUrl: fixture.url });
    await expect(run).rejects.toThrow(HarnessError);
    await expect(run).rejects.toThrow(
      `${fixture.url} cannot be reached: ECONNREFUSED. Check that the server runs`,
    );
  });

  it('says in one line that the target does not answer in time', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const run = runContract({ ...BASE, token: SECRET, baseUrl, timeout: 0.05 });
    await expect(run).rejects.toThrow(`${baseUrl} cannot be reached: no answer within 0.05 s (--timeout).`);
    silent.closeAllConnections();
    silent.close();
  });

  it('says in one line that the credentials are refused', async () => {
    const run = runAgainst((reply) => ({ ...reply, status: 401 }));
    await expect(run).rejects.toThrow(/refuses the credentials with 401/);
  });

  it('names every wrong option at once', async () => {
    const run = runContract({ baseUrl: 'nowhere', projectId: 'a/b' });
    await expect(run).rejects.toThrow(
      /--base-url is "nowhere".*--project-id is "a\/b".*No credentials are set/,
    );
  });
});
