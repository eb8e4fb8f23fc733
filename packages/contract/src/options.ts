/** The table of settings: what the command is given, what its help prints, and what the README has. */

/** What a target may lack, or what one may not want done to it. */
export const CAPABILITIES = ['start', 'download', 'delete', 'auth', 'stateful'] as const;
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
    text: `What the server lacks, with commas: ${CAPABILITIES.join(', ')}.`,
  },
  {
    name: 'read-only',
    env: 'CONNECTION_RECORDS_READ_ONLY',
    default: 'off',
    text: 'Start no export and delete nothing. Short for `--without start,delete`.',
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
