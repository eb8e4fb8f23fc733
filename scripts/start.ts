// `pnpm start`: builds what is not built yet, then serves the mock, the documentation and a sandbox until Ctrl-C.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';

const services = {
  mock: { flag: 'mock-port', variable: 'CONNECTION_RECORDS_MOCK_PORT', initial: '4010' },
  documentation: { flag: 'docs-port', variable: 'CONNECTION_RECORDS_DOCS_PORT', initial: '4000' },
  server: { flag: 'server-port', variable: 'CONNECTION_RECORDS_SERVER_PORT', initial: '4020' },
};
type Service = keyof typeof services;
const names = Object.keys(services) as Service[];

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const howToChoose = (service: Service) =>
  `--${services[service].flag} PORT or ${services[service].variable}=PORT`;

function readPorts(): Record<Service, number> {
  const options = Object.fromEntries(
    Object.values(services).map(({ flag }) => [flag, { type: 'string' as const }]),
  );
  const usage = `The options are ${Object.values(services)
    .map(({ flag, initial }) => `--${flag} PORT (${initial})`)
    .join(', ')}.`;
  try {
    const { help, ...flags } = parseArgs({ options: { ...options, help: { type: 'boolean' } } })
      .values as Record<string, string>;
    if (help) {
      console.log(usage);
      process.exit();
    }
    const ports = names.map((service) => [service, readPort(service, flags)] as const);
    return Object.fromEntries(ports) as Record<Service, number>;
  } catch (error) {
    return fail(`${(error as Error).message}. ${usage}`);
  }
}

function readPort(service: Service, flags: Record<string, string | undefined>): number {
  const { flag, variable, initial } = services[service];
  const given = flags[flag] ?? (process.env[variable] || initial);
  if (/^\d+$/.test(given) && Number(given) <= 65535) return Number(given);
  return fail(
    `The port of the ${service} is ${given}. Give a whole number from 0 to 65535 with ${howToChoose(service)}.`,
  );
}

/** What a service starts with; a port that is in use ends everything. */
async function listening<T>(service: Service, start: () => Promise<T>): Promise<T> {
  return start().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return fail(
      `Port ${ports[service]}, for the ${service}, is in use. Choose another with ${howToChoose(service)}.`,
    );
  });
}

/** Takes every port for a moment, so that nobody waits for a build in vain. */
async function tryPorts() {
  const held = [];
  for (const service of names) {
    const server = createServer().listen(ports[service], '127.0.0.1');
    await listening(service, () => once(server, 'listening'));
    held.push(server);
  }
  for (const server of held) server.close();
  await Promise.all(held.map((server) => once(server, 'close')));
}

async function build() {
  console.log('Building what has changed…');
  const turbo = spawn('turbo', ['run', 'build', '--output-logs=errors-only'], {
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [turbo.stdout, turbo.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const [code] = await once(turbo, 'close');
  if (code !== 0) fail(`${Buffer.concat(output)}\nThe build failed; the reason is above.`);
}

const project = '0123456789abcdef0123456789abcdef';

/** A server of its own records, made up, which are gone when it ends. */
async function startSandbox() {
  const { sandboxAccount, seedRecords, startServer } = await import('@connection-records/server');
  const server = await startServer({ port: ports.server, accounts: [sandboxAccount], sandbox: true });
  const fleet = seedRecords({ rows: 20_000, projectId: project, seed: 1, now: Date.now() });
  await server.store.addRecords(project, [...fleet]);
  return { ...server, account: sandboxAccount };
}

const ports = readPorts();
await tryPorts();
await build();
const { startMock } = await import('@connection-records/mock');
const { startDocs } = await import('@connection-records/docs');
const mock = await listening('mock', () => startMock({ port: ports.mock, onRefused: console.warn }));
const server = await listening('server', startSandbox);
const sandbox = { server: server.url, mock: mock.url };
const docs = await listening('documentation', () => startDocs({ port: ports.documentation, sandbox }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await Promise.all([mock, docs, server].map((service) => service.close()));
    process.exit();
  });
}
console.log(`
  documentation   ${docs.url}
  mock            ${mock.url}   any token will do
  server          ${server.url}   20,000 made-up records of project ${project}
                  token ${server.account.token}, or access key ${server.account.ak} with secret ${server.account.sk}

Start an export:

  curl -H 'X-Auth-Token: ${server.account.token}' ${server.url}/v3/${project}/desktops/connections/export

Ctrl-C ends all of it.`);
