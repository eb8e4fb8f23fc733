// `pnpm start`: builds what is not built yet, then serves the mock and the documentation until Ctrl-C.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';

const services = {
  mock: { flag: 'mock-port', variable: 'CONNECTION_RECORDS_MOCK_PORT', port: '4010' },
  documentation: { flag: 'docs-port', variable: 'CONNECTION_RECORDS_DOCS_PORT', port: '4000' },
};
type Service = keyof typeof services;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const howToChoose = (service: Service) =>
  `--${services[service].flag} PORT or ${services[service].variable}=PORT`;

function readFlags(): Record<string, string | undefined> {
  const options = Object.fromEntries(
    Object.values(services).map(({ flag }) => [flag, { type: 'string' as const }]),
  );
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return fail(`${(error as Error).message}. The options are --mock-port PORT and --docs-port PORT.`);
  }
}

function readPort(service: Service, flags: Record<string, string | undefined>): number {
  const { flag, variable, port } = services[service];
  const given = flags[flag] ?? process.env[variable] ?? port;
  if (/^\d+$/.test(given) && Number(given) <= 65535) return Number(given);
  return fail(
    `The port of the ${service} is ${given}. Give a whole number from 0 to 65535 with ${howToChoose(service)}.`,
  );
}

/** What a service starts with; a port that is in use ends everything. */
async function listening<T>(service: Service, port: number, start: () => Promise<T>): Promise<T> {
  return start().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return fail(`Port ${port}, for the ${service}, is in use. Choose another with ${howToChoose(service)}.`);
  });
}

/** Looks whether a port is free, so that nobody waits for a build in vain. */
async function tryPort(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
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

const flags = readFlags();
const mockPort = readPort('mock', flags);
const docsPort = readPort('documentation', flags);
await listening('mock', mockPort, () => tryPort(mockPort));
await listening('documentation', docsPort, () => tryPort(docsPort));
await build();

const { startMock } = await import('@connection-records/mock');
const { startDocs } = await import('@connection-records/docs');
const mock = await listening('mock', mockPort, () => startMock({ port: mockPort, onRefused: console.warn }));
const docs = await listening('documentation', docsPort, () => startDocs({ port: docsPort }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await Promise.all([mock.close(), docs.close()]);
    process.exit();
  });
}
console.log(`
  mock            ${mock.url}
  documentation   ${docs.url}

Start an export:

  curl -H 'X-Auth-Token: any' ${mock.url}/v3/0123456789abcdef0123456789abcdef/desktops/connections/export

Ctrl-C ends both.`);
