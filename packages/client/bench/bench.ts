// What the client costs, side by side with what it could cost at least. `pnpm bench`, after a build.
import { execFileSync, spawn } from 'node:child_process';
import { createHash, createHmac, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { report, sideBySide } from '../../../scripts/measure.ts';
import { akSk, createClient, sign } from '../src/index.ts';
import { keepAlive } from '../src/node/index.ts';
import { bundled } from '../src/testing/bundle.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const key = { ak: 'AccessKey', sk: 'SecretKey' };
const projectId = '0123456789abcdef0123456789abcdef';

async function bundles() {
  const values = async (name: string) => [await bundled(name)];
  await report('client: bundle for a browser', [
    { what: 'the whole job', unit: 'bytes', values: await values('exportConnectionRecords') },
    { what: 'one signed export call', unit: 'bytes', values: await values('startExport') },
  ]);
}

/** Milliseconds that a process takes to import a module. */
const importing = (specifier: string) => async () => {
  const script = `const t = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - t)`;
  const args = ['--input-type=module', '--eval', script];
  return Number(execFileSync(process.execPath, args, { cwd: here('..'), encoding: 'utf8' }));
};

async function imports() {
  const series = await sideBySide('ms', 9, {
    "the vendor's core": importing('@huaweicloud/huaweicloud-sdk-core'),
    'the client': importing('./dist/index.js'),
    'an empty module': importing('data:text/javascript,'),
  });
  await report('client: cold import', series);
}

async function signatures() {
  const { AKSKSigner } = await import('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js');
  const { BasicCredentials } = await import('@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js');
  const credentials = new BasicCredentials().withAk(key.ak).withSk(key.sk);
  const host = 'workspace.cn-north-4.myhuaweicloud.com';
  const endpoint = `https://${host}/v2/${projectId}/export-tasks`;
  const queryParams = { task_id: '2b31ed520f00f22aebedb6e57c0ffee0', limit: '5' };
  const headers = { host, 'x-project-id': projectId };
  const request = {
    method: 'GET',
    url: `${endpoint}?task_id=${queryParams.task_id}&limit=5`,
    headers,
    date: new Date(),
  };
  const { canonicalRequest, stringToSign } = await sign(request, key);
  const text = new TextEncoder();
  const { subtle } = webcrypto;
  const hmac = { name: 'HMAC', hash: 'SHA-256' };

  /** How many a second, by the time of the processor: other processes on the machine do not count. */
  const perSecond = (times: number, run: () => unknown) => async () => {
    const began = process.cpuUsage();
    for (let time = 0; time < times; time++) await run();
    const { user, system } = process.cpuUsage(began);
    return (times / (user + system)) * 1e6;
  };
  const series = await sideBySide('per second of one core', 7, {
    'the client': perSecond(40_000, () => sign({ ...request, date: new Date() }, key)),
    "the vendor's signer": perSecond(10_000, () =>
      AKSKSigner.sign(
        { method: 'GET', endpoint, queryParams, headers: { ...headers } } as never,
        credentials,
      ),
    ),
    'WebCrypto, the same bytes': perSecond(5000, async () => {
      await subtle.digest('SHA-256', text.encode(canonicalRequest));
      const imported = await subtle.importKey('raw', text.encode(key.sk), hmac, false, ['sign']);
      await subtle.sign('HMAC', imported, text.encode(stringToSign));
    }),
    'bare SHA-256 and HMAC of the same bytes': perSecond(40_000, () => {
      createHash('sha256').update(canonicalRequest).digest('hex');
      createHmac('sha256', key.sk).update(stringToSign).digest('hex');
    }),
  });
  await report('client: signatures', series);
}

async function calls(baseUrl: string) {
  const options = { baseUrl, projectId, credentials: akSk(key) };
  const [client, keeping] = [createClient(options), createClient({ ...options, fetch: keepAlive })];
  const url = `${baseUrl}/v2/${projectId}/export-tasks?limit=5`;
  /**
   * Microseconds a call, so many in flight, and besides those of this process's processor, in which other processes do not count. Short, so
   * that what else the machine does falls on all subjects.
   */
  const each = (flights: number, run: () => Promise<unknown>, processor: number[]) => async () => {
    const times = flights === 1 ? 300 : 60;
    const cpu = process.cpuUsage();
    const began = performance.now();
    await Promise.all(
      Array.from({ length: flights }, async () => {
        for (let time = 0; time < times; time++) await run();
      }),
    );
    const { user, system } = process.cpuUsage(cpu);
    processor.push((user + system) / (times * flights));
    return ((performance.now() - began) / (times * flights)) * 1000;
  };
  const host = new URL(url).host;
  const unsigned = { 'X-Project-Id': projectId };
  const signedAt = (date: Date) => sign({ method: 'GET', url, headers: { host, ...unsigned }, date }, key);
  const headers = { ...unsigned, ...(await signedAt(new Date())).headers };
  const bare = async () => (await fetch(url, { headers })).json();
  /** What anybody pays who signs each call of fetch and gives it a time-out. */
  const byHand = async () => {
    const signed = await signedAt(new Date());
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 30_000);
    try {
      const { signal } = controller;
      return await (await fetch(url, { headers: { ...unsigned, ...signed.headers }, signal })).json();
    } finally {
      clearTimeout(timer);
    }
  };
  const subjects = {
    'a signed listExportTasks, over keepAlive': () => keeping.operations.listExportTasks({ limit: 5 }),
    'a signed listExportTasks': () => client.operations.listExportTasks({ limit: 5 }),
    'fetch, signed and with a time-out, by hand': byHand,
    'bare fetch with the same headers': bare,
  };
  for (const flights of [1, 16]) {
    const processor = Object.keys(subjects).map((what) => ({ what, unit: 'µs', values: [] as number[] }));
    const runs = Object.entries(subjects).map(([what, run], at) => [
      what,
      each(flights, run, processor[at]!.values),
    ]);
    const series = await sideBySide('µs a call', 31, Object.fromEntries(runs));
    await report(`client: calls, ${flights} in flight`, series);
    for (const { values } of processor) values.shift();
    await report(`client: processor time of a call, ${flights} in flight`, processor);
  }
}

async function downloads(baseUrl: string) {
  const memory: Record<string, number[]> = {};
  const download = (subject: string) => async () => {
    const path = join(tmpdir(), `bench-${process.pid}.csv`);
    const args = [here('download.mjs'), subject, baseUrl, path];
    const [ms, mb] = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    memory[subject] = [...(memory[subject] ?? []), mb];
    return ms;
  };
  // saveTo answers when the file is on the disk: of the two without it, the flushed one does the same.
  const subjects = {
    'saveTo, over keepAlive': 'client, keepAlive',
    saveTo: 'client',
    'bare fetch to a file, flushed': 'bare, flushed',
    'bare fetch to a file': 'bare',
  };
  const names = Object.entries(subjects);
  const runs = Object.fromEntries(names.map(([what, subject]) => [what, download(subject)]));
  await report('client: download', await sideBySide('ms for 1 GiB', 5, runs));
  await report(
    'client: memory of the download',
    names.map(([what, subject]) => ({ what, unit: 'MB', values: memory[subject]!.slice(1) })),
  );
}

const server = spawn(process.execPath, [here('server.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  const [port] = await once(server.stdout, 'data');
  const baseUrl = `http://127.0.0.1:${String(port).trim()}`;
  const parts: Record<string, () => Promise<void>> = {
    bundles,
    imports,
    signatures,
    calls: () => calls(baseUrl),
    downloads: () => downloads(baseUrl),
  };
  const [, , ...wanted] = process.argv;
  for (const name of wanted.length ? wanted : Object.keys(parts)) await parts[name]!();
} finally {
  server.kill();
}
