#!/usr/bin/env node
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { checkOptions } from './options.ts';

const help = `Usage: connection-records-mock [options]

Answers as the connection-records API does, with the named examples of its contract.

Options:
  --port PORT   the port to listen on, 0 for a free one (default 4010)
  --host HOST   the address to listen on (default 127.0.0.1)
  --spec FILE   another OpenAPI document to mock, JSON or YAML
  --version     show the version
  --help        show this text`;

function fail(message: string): never {
  console.error(`connection-records-mock: ${message}`);
  process.exit(1);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '4010' },
        host: { type: 'string', default: '127.0.0.1' },
        spec: { type: 'string' },
        version: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    return fail(`${(error as Error).message}. --help lists the options.`);
  }
}

/** What to change when the mock cannot listen. */
function explain({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return `port ${port} of ${host} is in use. Choose another with --port, or 0 for a free one.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `${host} is no address of this machine. Choose another with --host, 127.0.0.1 for example.`;
  return message;
}

const { version, help: helpWanted, host, spec, ...options } = readOptions();
if (helpWanted) {
  console.log(help);
  process.exit();
}
if (version) {
  console.log((createRequire(import.meta.url)('../package.json') as { version: string }).version);
  process.exit();
}
const port = /^\d+$/.test(options.port) ? Number(options.port) : options.port;
try {
  checkOptions({ port, host, spec });
} catch (error) {
  fail(`--${(error as Error).message}`);
}

// Prism takes half a second to load; a mistake in the options need not wait for it.
const { startMock } = await import('./mock.ts');
try {
  const { url } = await startMock({ port: Number(port), host, spec, onRefused: console.warn });
  console.log(`The mock answers at ${url}. Ctrl-C ends it.`);
} catch (error) {
  fail(explain(error as Error));
}
