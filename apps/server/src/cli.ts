#!/usr/bin/env node
import { createReadStream } from 'node:fs';
import { constants } from 'node:os';
import { createLog } from './log.ts';
import { type Command, readCommand, UsageError } from './options.ts';
import type { ServerOptions } from './server.ts';
import { settings } from './settings.ts';

const name = 'connection-records-server';
const rows = Object.entries(settings).map(
  ([option, { value, variable, initial, meaning }]) =>
    `  --${option} ${value}\n      ${meaning} (${variable}${initial && `; default ${initial}`})`,
);
const help = `Usage: ${name} [serve] [options]
       ${name} import FILE|- --project ID [--data FOLDER | --store URL]
       ${name} seed --project ID [--rows NUMBER] [--data FOLDER | --store URL]

serve   answers as the connection-records API does, from records of its own
import  adds records: JSON, one a line, or CSV with the wire names; - reads standard input
seed    adds records that are made up, 20000 unless said otherwise

Options:
${rows.join('\n')}
  --redirect-downloads
      Answer a download with a link to the bucket instead of the file.
  --sandbox
      Obey the X-Sandbox headers, and take sandbox credentials if none are given.
  --help
      Show this text.

Credentials come from the file, or from CONNECTION_RECORDS_TOKEN, CONNECTION_RECORDS_AK and CONNECTION_RECORDS_SK.`;

function fail(message: string, code: number): never {
  console.error(message.replace(/^/gm, `${name}: `));
  process.exit(code);
}

// What is loaded only when it is used: a command need not wait for the rest, and an older Node.js is told what is missing.
const loadStore = () => import('./store/open.ts');

async function serve({ options, drainFor }: { options: ServerOptions; drainFor: number }) {
  const { startServer } = await import('./server.ts');
  const log = createLog((text) => process.stdout.write(text));
  const server = await startServer({ ...options, log });
  const { url, metricsUrl } = server;
  log.info({
    message: `The server answers at ${url}`,
    ...(metricsUrl && { metrics: metricsUrl }),
    sandbox: options.sandbox,
  });
  let stopping = false;
  const stop = async (signal: 'SIGINT' | 'SIGTERM') => {
    // Asked again, somebody is in a hurry.
    if (stopping) {
      log.flush();
      process.exit(128 + constants.signals[signal]);
    }
    stopping = true;
    log.info({ message: 'The server stops.', signal });
    await server.close(drainFor);
    log.flush();
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
}

async function importFile({ source, project, file }: Extract<Command, { command: 'import' }>) {
  const { importRecords } = await import('./import/import.ts');
  const { openStore } = await loadStore();
  const input = file === '-' ? process.stdin : createReadStream(file);
  const store = await openStore(source);
  const onBadLine = ({ line, reason }: { line: number; reason: string }) =>
    console.error(`line ${line}: ${reason}`);
  const { added, known, bad } = await importRecords(store, project, input, { onBadLine });
  await store.close();
  console.log(`${added} added, ${known} known already, ${bad} left out`);
  process.exitCode = bad > 0 ? 1 : 0;
}

async function seed({ source, project, rows: number }: Extract<Command, { command: 'seed' }>) {
  const { seedRecords } = await import('./seed/seed.ts');
  const { openStore } = await loadStore();
  const store = await openStore(source);
  let added = 0;
  let batch = [];
  for (const record of seedRecords({ rows: number, projectId: project, seed: 1, now: Date.now() })) {
    if (batch.push(record) < 20_000) continue;
    added += await store.addRecords(project, batch);
    batch = [];
  }
  added += await store.addRecords(project, batch);
  await store.close();
  console.log(`${added} added`);
}

try {
  const command = readCommand(process.argv.slice(2), process.env);
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 24) fail(`Node.js ${process.versions.node} is too old: the server needs 24 or newer.`, 1);
  if (command.command === 'help') console.log(help);
  else if (command.command === 'import') await importFile(command);
  else if (command.command === 'seed') await seed(command);
  else await serve(command);
} catch (error) {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (error instanceof UsageError) fail(message, 2);
  if (code === 'EADDRINUSE') fail(`port ${port} is in use. Choose another, or 0 for a free one.`, 1);
  fail(message, 1);
}
