import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCommand, sandboxAccount } from './options.ts';
import { settings } from './settings.ts';

const read = (line: string, env: Record<string, string> = { CONNECTION_RECORDS_TOKEN: 'a-token' }) =>
  readCommand(line.split(' ').filter(Boolean), env);
const serve = (line: string, env?: Record<string, string>) => {
  const command = read(line, env);
  if (command.command !== 'serve') throw new Error(`${command.command} is not serve`);
  return command.options;
};

describe('serve', () => {
  test('needs nothing but somebody who may call', () => {
    expect(serve('')).toEqual({
      accounts: [expect.objectContaining({ name: 'environment', token: 'a-token' })],
      sandbox: false,
      data: 'connection-records-data',
      host: '127.0.0.1',
      port: 4020,
      format: 'xlsx',
      concurrency: 2,
      lease: 30_000,
      keepFor: 7 * 24 * 3_600_000,
      lockSeconds: 300,
    });
    expect(() => serve('', {})).toThrow(/^Nobody may call\. Set CONNECTION_RECORDS_TOKEN/);
  });

  test('takes an option before the environment, and the environment before the default', () => {
    const env = {
      CONNECTION_RECORDS_TOKEN: 't',
      CONNECTION_RECORDS_SERVER_PORT: '1',
      CONNECTION_RECORDS_FORMAT: 'csv',
    };
    expect(serve('--port 2', env)).toMatchObject({ port: 2, format: 'csv' });
  });

  test('has credentials of its own in a sandbox that is given none', () => {
    expect(serve('--sandbox', {}).accounts).toEqual([sandboxAccount]);
    expect(serve('--sandbox').accounts).toEqual([expect.objectContaining({ token: 'a-token' })]);
  });

  test('sends traces where the standard variables ask for them, and not where they take that back', () => {
    const traces = (env: Record<string, string>) =>
      serve('', { CONNECTION_RECORDS_TOKEN: 't', ...env }).traces;
    const at = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' };
    expect(traces({})).toBeUndefined();
    expect(traces(at)).toBe(true);
    expect(traces({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces' })).toBe(true);
    expect(traces({ ...at, OTEL_SDK_DISABLED: 'TRUE' })).toBeUndefined();
    expect(traces({ ...at, OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined();
    expect(() => traces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' })).toThrow(
      'OTEL_EXPORTER_OTLP_ENDPOINT is localhost:4318. Give the address of a collector, such as http://localhost:4318.',
    );
  });

  test('keeps files in a bucket, and gives out links to it where that is allowed', () => {
    const files = 's3://bucket/prefix?endpoint=https://obs.example.com&region=r';
    expect(serve(`--files ${files} --redirect-downloads`)).toMatchObject({ files, redirectDownloads: true });
    expect(() => serve('--files s3://bucket?endpoint=obs --redirect-downloads')).toThrow(
      '--files is no URL of a bucket. Its endpoint is obs. Give the address of the storage, such as https://obs.example.com.',
    );
    expect(() => serve('--files ftp://host --redirect-downloads')).toThrow(
      [
        '--files is ftp://host. Give file:///folder or s3://bucket/prefix.',
        '--redirect-downloads needs --files s3://bucket/prefix: files in a folder have no links.',
      ].join('\n'),
    );
  });

  test('says how long a stop may take, and where metrics are', () => {
    expect(read('--drain-seconds 3')).toMatchObject({ drainFor: 3000 });
    expect(read('')).toMatchObject({ drainFor: 20_000 });
    expect(serve('--metrics-port 0')).toMatchObject({ metricsPort: 0 });
  });

  test('says every mistake at once, with what is allowed', () => {
    expect(() =>
      serve(
        'serve more --port http --format pdf --concurrency 0 --keep-hours x --credentials /nowhere.json --metrics-port x --drain-seconds=-1',
      ),
    ).toThrow(
      [
        'more is more than serve takes.',
        '--format is pdf. Give xlsx or csv.',
        "--credentials /nowhere.json cannot be read: ENOENT: no such file or directory, open '/nowhere.json'.",
        '--port is http. Give a whole number from 0 to 65535.',
        '--concurrency is 0. Give a whole number from 1 to 64.',
        '--keep-hours is x. Give a whole number from 1 to 8760.',
        '--metrics-port is x. Give a whole number from 0 to 65535.',
        '--drain-seconds is -1. Give a whole number from 0 to 3600.',
      ].join('\n'),
    );
  });
});

test('import needs a project and a file; seed needs a project', () => {
  expect(read('import - --project p --data d')).toEqual({
    command: 'import',
    source: 'd',
    project: 'p',
    file: '-',
  });
  expect(read('seed --project p')).toEqual({
    command: 'seed',
    source: 'connection-records-data',
    project: 'p',
    rows: 20_000,
  });
  expect(() => read('import')).toThrow(
    'import needs --project ID: whose records they are.\nimport needs a file, or - for standard input.',
  );
  expect(() => read('seed --project p --rows many')).toThrow(
    '--rows is many. Give a whole number from 1 to 10000000.',
  );
});

test('the store is a PostgreSQL, or the folder, and files are in a folder', () => {
  const url = 'postgres://user:secret@host/database';
  expect(serve(`--store ${url} --files file:///shared --exports-per-project 3`)).toMatchObject({
    store: url,
    files: 'file:///shared',
    perProject: 3,
  });
  expect(read(`seed --project p --store ${url}`)).toMatchObject({ source: url });
  expect(() => serve('--store mysql://user:secret@host --files ftp://host')).toThrow(
    [
      '--store is no URL of a PostgreSQL. Give postgres://user@host/database.',
      '--files is ftp://host. Give file:///folder or s3://bucket/prefix.',
    ].join('\n'),
  );
});

test('a password in an address is never repeated, whichever way it went wrong', () => {
  const lines = [
    '--store postgres://user:secret@host:port/database',
    '--files https://key:secret@host/folder',
    '--files S3://key:secret@bucket',
    '--files s3://key:secret@bucket',
    '--files s3://bucket?endpoint=https://key:secret@host',
    '--files s3://bucket?endpoint=ftp://key:secret@host',
    'serve postgres://user:secret@host/database',
    'postgres://user:p/@secret@host/database',
    '--cors x --port postgres://user:secret@host',
  ];
  for (const line of lines) {
    expect(() => serve(line)).toThrow();
    expect(() => serve(line)).not.toThrow('secret');
  }
  const at = { CONNECTION_RECORDS_TOKEN: 't', OTEL_EXPORTER_OTLP_ENDPOINT: 'grpc://user:secret@host' };
  expect(() => serve('', at)).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT is grpc://…@host.');
});

test('servers that share a store have to say where they share files', () => {
  expect(() => serve('--store postgres://user@host/database')).toThrow(
    '--store needs --files: a folder of this server alone would have none of the files that the others write.',
  );
  expect(read('import - --project p --store postgres://user@host/database').command).toBe('import');
});

test('what is not known is refused, and help is there', () => {
  expect(() => read('--prot 1')).toThrow("Unknown option '--prot'. --help lists the options.");
  expect(() => read('start')).toThrow('start is no command. There are serve, import and seed.');
  expect(read('--help')).toEqual({ command: 'help' });
});

test('the README has every setting', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const [name, { variable, value, meaning }] of Object.entries(settings)) {
    expect(readme).toContain(`| \`--${name} ${value}\` | \`${variable}\` |`);
    expect(readme).toContain(meaning);
  }
});
