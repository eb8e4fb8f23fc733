/** What the command is told: by an option, else by the environment, else by default. The README's table is this one. */
export const settings = {
  data: {
    variable: 'CONNECTION_RECORDS_DATA',
    value: 'FOLDER',
    initial: 'connection-records-data',
    meaning: 'The folder of records, tasks and files; `:memory:` for one that goes with the server.',
  },
  store: {
    variable: 'CONNECTION_RECORDS_STORE',
    value: 'URL',
    initial: '',
    meaning:
      'A PostgreSQL of records and tasks, postgres://user@host/database, which several servers may share. Left out, a database in the folder.',
  },
  files: {
    variable: 'CONNECTION_RECORDS_FILES',
    value: 'URL',
    initial: '',
    meaning:
      'Where finished files are, file:///folder or s3://bucket/prefix; the same for all servers that share a store. Left out, in the folder.',
  },
  port: {
    variable: 'CONNECTION_RECORDS_SERVER_PORT',
    value: 'PORT',
    initial: '4020',
    meaning: 'The port to listen on, 0 for a free one.',
  },
  host: {
    variable: 'CONNECTION_RECORDS_HOST',
    value: 'HOST',
    initial: '127.0.0.1',
    meaning: 'The address to listen on.',
  },
  credentials: {
    variable: 'CONNECTION_RECORDS_CREDENTIALS',
    value: 'FILE',
    initial: '',
    meaning: 'Who may call, as JSON.',
  },
  format: {
    variable: 'CONNECTION_RECORDS_FORMAT',
    value: 'FORMAT',
    initial: 'xlsx',
    meaning: 'The format of exported files: xlsx or csv.',
  },
  concurrency: {
    variable: 'CONNECTION_RECORDS_CONCURRENCY',
    value: 'NUMBER',
    initial: '2',
    meaning: 'How many exports run at once on this server; the others wait in order.',
  },
  'exports-per-project': {
    variable: 'CONNECTION_RECORDS_EXPORTS_PER_PROJECT',
    value: 'NUMBER',
    initial: '',
    meaning: 'How many exports of a project run at once, on all servers together. Left out, any number.',
  },
  'exports-in-all': {
    variable: 'CONNECTION_RECORDS_EXPORTS_IN_ALL',
    value: 'NUMBER',
    initial: '',
    meaning: 'How many exports run at once on all servers together. Left out, any number.',
  },
  'lease-seconds': {
    variable: 'CONNECTION_RECORDS_LEASE_SECONDS',
    value: 'SECONDS',
    initial: '30',
    meaning:
      'How long an export belongs to a server that is not heard of any more, before another one does it.',
  },
  'keep-hours': {
    variable: 'CONNECTION_RECORDS_KEEP_HOURS',
    value: 'HOURS',
    initial: '168',
    meaning: 'How long a file can be downloaded before it expires.',
  },
  'requests-per-minute': {
    variable: 'CONNECTION_RECORDS_REQUESTS_PER_MINUTE',
    value: 'NUMBER',
    initial: '',
    meaning: 'How many requests a credential may send in a minute. Left out, as many as it likes.',
  },
  'failures-per-minute': {
    variable: 'CONNECTION_RECORDS_FAILURES_PER_MINUTE',
    value: 'NUMBER',
    initial: '',
    meaning:
      'How many requests that fail authentication an address may send in a minute. Left out, as many as it likes; behind a proxy, all callers have its address.',
  },
  'lock-seconds': {
    variable: 'CONNECTION_RECORDS_LOCK_SECONDS',
    value: 'SECONDS',
    initial: '300',
    meaning: 'How long five wrong signatures in a row lock an access key, 0 for not at all.',
  },
  cors: {
    variable: 'CONNECTION_RECORDS_CORS',
    value: 'ORIGIN',
    initial: '',
    meaning: 'The origin whose pages may call, `*` for any. Left out, none; in a sandbox, any.',
  },
  'metrics-port': {
    variable: 'CONNECTION_RECORDS_METRICS_PORT',
    value: 'PORT',
    initial: '',
    meaning: 'The port of `/metrics`, 0 for a free one. Left out, there are none.',
  },
  'drain-seconds': {
    variable: 'CONNECTION_RECORDS_DRAIN_SECONDS',
    value: 'SECONDS',
    initial: '20',
    meaning: 'How long exports that are being written may go on when the server is told to stop.',
  },
} as const;
