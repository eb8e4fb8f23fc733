/** Settings: one table, read from arguments and environment, every mistake found in one go. */
import { parseArgs } from 'node:util';
import { CAPABILITIES, type Capability, OPTIONS } from './options.ts';

/** How to run the suite. Nothing in it is secret. */
export interface Settings {
  baseUrl: string;
  projectId: string;
  /** The target answers `Prefer: code=…, example=…` with the contract's named examples. */
  examples: boolean;
  /** What is not to be tried, with the option that says so. */
  absent: Partial<Record<Capability, string>>;
  /** Seconds to wait for one answer. */
  timeout: number;
  /** Seconds to wait for an export to end. */
  patience: number;
  /** Which rules count: those of the vendor alone, or all. */
  basis: 'documented' | 'all';
  /** Stay inside the limits that the vendor documents. */
  polite: boolean;
  /** The target is a sandbox, whose clock may be moved. */
  sandbox: boolean;
  /** A project that the credentials may not use. */
  forbiddenProjectId?: string;
  /** How many random requests and lives to try. */
  runs: number;
  /** Of everything random in the run. */
  seed: number;
  junit?: string;
  json?: string;
}

/** Values as they were given, by option, each with the name under which it was given. */
export type Given = ReadonlyMap<string, { value: string; from: string }>;

/** Reads arguments, then the environment for what they leave open. An argument not known is a problem. */
export function read(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { given: Given; problems: string[] } {
  const given = new Map<string, { value: string; from: string }>();
  const problems: string[] = [];
  for (const { name, env: variable } of OPTIONS) {
    if (variable && env[variable]) given.set(name, { value: env[variable], from: variable });
  }
  const known = Object.fromEntries(
    OPTIONS.map(({ name, short, value }) => [
      name,
      { type: value ? ('string' as const) : ('boolean' as const), ...(short ? { short } : {}) },
    ]),
  );
  // Not strict: its errors quote what was given, which may be a secret in the wrong place.
  const { tokens } = parseArgs({ args: [...argv], options: known, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option') {
      const option = OPTIONS.find(({ name, short }) =>
        [`--${name}`, short && `-${short}`].includes(token.rawName),
      );
      if (!option) {
        problems.push(
          `${token.rawName} is not an option. Allowed are ${names()}. Secrets come from the environment or a file.`,
        );
      } else if (
        option.value
          ? !token.value || (!token.inlineValue && token.value.startsWith('--'))
          : token.inlineValue
      ) {
        problems.push(
          option.value
            ? `--${option.name} has no value. Write --${option.name} ${option.value}.`
            : `--${option.name} takes no value. Write --${option.name} alone.`,
        );
      } else {
        given.set(option.name, { value: token.value ?? 'true', from: token.rawName });
      }
    }
  }
  // After another mistake, a stray argument is most likely the value of the option that was wrong.
  if (problems.length === 0 && tokens.some(({ kind }) => kind === 'positional')) {
    problems.push(
      'There is an argument that belongs to no option. Write every value as --option VALUE; see --help.',
    );
  }
  return { given, problems };
}

/**
 * Checks what was given. There are settings if and only if there is no problem, the earlier ones included. After an
 * earlier problem nothing is called missing: it may be what was misspelt.
 */
export function check(
  given: Given,
  earlier: readonly string[] = [],
): { settings?: Settings; problems: string[] } {
  const problems = [...earlier];
  const absent: Settings['absent'] = {};
  const value = (name: string) => given.get(name)?.value;
  const complain = (name: string, allowed: string) => {
    const { value, from } = given.get(name) ?? { value: '', from: `--${name}` };
    problems.push(`${from} is ${quote(value)}. ${allowed}`);
  };
  const flag = (name: string): boolean => {
    const text = value(name) ?? 'false';
    if (!['true', '1', 'false', '0'].includes(text)) complain(name, 'Give true or false.');
    return text === 'true' || text === '1';
  };
  const seconds = (name: string, otherwise: number): number => {
    const number = Number(value(name) ?? otherwise);
    if (!(number >= 0.1 && number <= 86_400)) complain(name, 'Give a number of seconds from 0.1 to 86400.');
    return number;
  };
  const whole = (name: string, otherwise: number, most: number): number => {
    const number = Number(value(name) ?? otherwise);
    if (!Number.isInteger(number) || number < 0 || number > most) {
      complain(name, `Give a whole number from 0 to ${most}.`);
    }
    return number;
  };
  const required = (name: string): string => {
    if (!given.has(name) && earlier.length === 0) problems.push(missing(name));
    return value(name) ?? '';
  };

  const baseUrl = required('base-url');
  const wrong = given.has('base-url') ? wrongBaseUrl(baseUrl) : undefined;
  if (wrong) complain('base-url', wrong);
  const project = (name: string): string => {
    const id = value(name) ?? '';
    if (given.has(name) && !/^[\w.-]{1,255}$/.test(id)) {
      complain(
        name,
        'Give 1 to 255 letters, digits, dots, hyphens or underscores; usually 32 hexadecimal digits.',
      );
    }
    return id;
  };
  required('project-id');
  const projectId = project('project-id');
  for (const item of value('without')?.split(',') ?? []) {
    const capability = CAPABILITIES.find((name) => name === item.trim());
    if (capability) absent[capability] = `--without ${capability}`;
    else
      complain('without', `${quote(item)} is none of ${CAPABILITIES.join(', ')}. Separate them with commas.`);
  }
  const lacks = (reason: string, ...names: Capability[]) => {
    for (const name of names) absent[name] ??= reason;
  };
  const [readOnly, polite, examples] = [flag('read-only'), flag('polite'), flag('examples')];
  if (readOnly) lacks('--read-only', 'start', 'delete', 'rate-limit');
  if (polite) lacks('--polite', 'rate-limit');
  if (examples) {
    lacks('--examples, for a mock remembers nothing', 'stateful', 'rows');
    lacks('--examples, for a mock takes any credentials and any number of requests', 'verify', 'rate-limit');
  }
  const basis = value('basis') ?? 'all';
  if (basis !== 'all' && basis !== 'documented') complain('basis', 'Give all or documented.');
  const settings: Settings = {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    projectId,
    examples,
    absent,
    timeout: seconds('timeout', 30),
    patience: seconds('patience', 120),
    basis: basis === 'documented' ? basis : 'all',
    polite,
    sandbox: flag('sandbox'),
    ...(given.has('forbidden-project-id') ? { forbiddenProjectId: project('forbidden-project-id') } : {}),
    runs: whole('runs', 20, 100_000),
    seed: whole('seed', Math.floor(Math.random() * 2 ** 31), 2 ** 31),
    ...(given.has('junit') ? { junit: value('junit') } : {}),
    ...(given.has('json') ? { json: value('json') } : {}),
  };
  return problems.length > 0 ? { problems } : { settings, problems };
}

function wrongBaseUrl(text: string): string | undefined {
  const allowed = 'Give an http or https URL, such as http://127.0.0.1:4010.';
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return allowed;
  const url = new URL(text);
  if (url.username || url.password)
    return `It has a user name or a password in it, which is not sent. ${allowed}`;
  return url.search || url.hash
    ? `It has a query or a fragment, which paths cannot be added to. ${allowed}`
    : undefined;
}

function missing(name: string): string {
  const option = OPTIONS.find((one) => one.name === name);
  return `--${name} is missing. Give --${name} ${option?.value}, or set ${option?.env}.`;
}

function names(): string {
  return OPTIONS.map(({ name }) => `--${name}`).join(', ');
}

/** In quotes and on one line, and without what stands before an `@`, which may be a password. */
function quote(text: string): string {
  return JSON.stringify(text.replace(/\/\/.*@/, '//…@'));
}
