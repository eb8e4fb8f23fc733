/** The table of settings: what the command is given, what its help prints, and what the README has. */

/** What a target may lack, or what one may not want done to it. */
export const CAPABILITIES = [
  'start',
  'download',
  'delete',
  'auth',
  'verify',
  'stateful',
  'rows',
  'rate-limit',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

interface Option {
  name: string;
  /** Its one letter. */
  short?: string;
  /** What stands for the value in the help; a switch has none. */
  value?: string;
  env?: string;
  default: string;
  text: string;
}

/** Every setting of the command, in the order of its help. */
export const OPTIONS: readonly Option[] = [
  {
    name: 'base-url',
    value: 'URL',
    env: 'CONNECTION_RECORDS_BASE_URL',
    default: 'required',
    text: 'The server, up to where its paths begin.',
  },
  {
    name: 'project-id',
    value: 'ID',
    env: 'CONNECTION_RECORDS_PROJECT_ID',
    default: 'required',
    text: 'The project to ask about.',
  },
  {
    name: 'examples',
    env: 'CONNECTION_RECORDS_EXAMPLES',
    default: 'off',
    text: 'The server is a mock: it answers `Prefer: code=…, example=…` with that example of the contract, and remembers nothing. Each example is asked for and compared.',
  },
  {
    name: 'without',
    value: 'LIST',
    env: 'CONNECTION_RECORDS_WITHOUT',
    default: 'nothing',
    text: `What the server lacks or forbids, with commas: ${CAPABILITIES.join(', ')}. See below.`,
  },
  {
    name: 'read-only',
    env: 'CONNECTION_RECORDS_READ_ONLY',
    default: 'off',
    text: 'Start no export, delete nothing, flood nothing. Short for `--without start,delete,rate-limit`.',
  },
  {
    name: 'basis',
    value: 'WHICH',
    env: 'CONNECTION_RECORDS_BASIS',
    default: 'all',
    text: 'Which rules to try: `documented`, those of the vendor alone, or `all`, those that this project inferred too.',
  },
  {
    name: 'polite',
    env: 'CONNECTION_RECORDS_POLITE',
    default: 'off',
    text: 'Stay inside the limits that the vendor documents: 200 reads and 100 changes a minute. Floods nothing.',
  },
  {
    name: 'sandbox',
    env: 'CONNECTION_RECORDS_SANDBOX',
    default: 'off',
    text: 'The server is a sandbox of this project, whose clock `X-Sandbox-Advance` moves. It is moved for a made-up project, so that tasks expire.',
  },
  {
    name: 'forbidden-project-id',
    value: 'ID',
    env: 'CONNECTION_RECORDS_FORBIDDEN_PROJECT_ID',
    default: 'none',
    text: 'A project that the credentials may not use: every operation must refuse it with 403.',
  },
  {
    name: 'runs',
    value: 'NUMBER',
    env: 'CONNECTION_RECORDS_RUNS',
    default: '20',
    text: 'How many random requests to try for each operation, and how many random lives of tasks.',
  },
  {
    name: 'seed',
    value: 'NUMBER',
    env: 'CONNECTION_RECORDS_SEED',
    default: 'random',
    text: 'Repeats the random requests of the run that printed this seed.',
  },
  {
    name: 'credentials',
    value: 'FILE',
    env: 'CONNECTION_RECORDS_CREDENTIALS',
    default: 'none',
    text: 'A file with the secrets below, a line `NAME=value` for each. The environment goes before it.',
  },
  {
    name: 'timeout',
    value: 'SECONDS',
    env: 'CONNECTION_RECORDS_TIMEOUT',
    default: '30',
    text: 'How long to wait for one answer.',
  },
  {
    name: 'patience',
    value: 'SECONDS',
    env: 'CONNECTION_RECORDS_PATIENCE',
    default: '120',
    text: 'How long to wait for an export to end, or for a server that answers 429.',
  },
  {
    name: 'junit',
    value: 'FILE',
    env: 'CONNECTION_RECORDS_JUNIT',
    default: 'none',
    text: 'Write the results to this file as JUnit XML.',
  },
  {
    name: 'json',
    value: 'FILE',
    env: 'CONNECTION_RECORDS_JSON',
    default: 'none',
    text: 'Write the results to this file as JSON.',
  },
  { name: 'help', short: 'h', default: 'off', text: 'Print this and end; `-h` does the same.' },
  { name: 'version', default: 'off', text: 'Print the version and end.' },
];
