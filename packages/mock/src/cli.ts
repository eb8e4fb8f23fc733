#!/usr/bin/env node
import { parseArgs } from 'node:util';

const help = `Usage: connection-records-mock [options]

Answers as the connection-records API does, with the named examples of its contract.

Options:
  --port PORT   the port to listen on, 0 for a free one (default 4010)
  --host HOST   the address to listen on (default 127.0.0.1)
  --spec FILE   another OpenAPI document to mock, JSON or YAML
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
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    return fail(`${(error as Error).message}. --help lists the options.`);
  }
}

const options = readOptions();
if (options.help) {
  console.log(help);
  process.exit();
}
const port = Number(options.port);
if (!/^\d+$/.test(options.port) || port > 65535)
  fail(`--port is ${options.port}. Give a whole number from 0 to 65535.`);

// Prism takes half a second to load; a mistake in the options need not wait for it.
const { startMock } = await import('./mock.ts');
try {
  const { url } = await startMock({ ...options, port, onRefused: console.warn });
  console.log(`The mock answers at ${url}. Ctrl-C ends it.`);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  fail(
    code === 'EADDRINUSE'
      ? `port ${port} of ${options.host} is in use. Choose another with --port, or 0 for a free one.`
      : message,
  );
}
