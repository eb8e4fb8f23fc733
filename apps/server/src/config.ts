import type { Account } from './auth/authenticate.ts';
import { allActions } from './auth/permissions.ts';

/** Accounts, or everything that is wrong with them, in sentences. No sentence repeats a secret. */
export interface Checked {
  accounts: Account[];
  problems: string[];
}

type Environment = Readonly<Record<string, string | undefined>>;
type Fields = Record<string, unknown>;

/** The environment variables of the one account that needs no file. It may use every project and every action. */
export const variables = {
  token: 'CONNECTION_RECORDS_TOKEN',
  ak: 'CONNECTION_RECORDS_AK',
  sk: 'CONNECTION_RECORDS_SK',
} as const;

/**
 * Reads who may call, from the text of a credentials file, from the environment, or from both.
 *
 * @param file Its path, for the messages, and its text: a JSON list of
 * `{ name, token?, tokenExpires?, ak?, sk?, securityToken?, projects, actions? }`.
 */
export function readCredentials(file: { path: string; text: string } | undefined, env: Environment): Checked {
  const fromEnv = readEnvironment(env);
  const fromFile = file ? readFile(file.path, file.text) : { found: [], problems: [] };
  const found = [...fromFile.found, ...fromEnv.found];
  const problems = [...fromFile.problems, ...fromEnv.problems, ...repetitions(found)];
  if (found.length === 0 && problems.length === 0)
    problems.push(
      `Nobody may call. Set ${variables.token}, or ${variables.ak} and ${variables.sk}, or give a credentials file with an account in it.`,
    );
  return { accounts: problems.length > 0 ? [] : found.map(({ account }) => account), problems };
}

/** An account, and where it was found. */
interface Found {
  place: string;
  account: Account;
}

interface Read {
  found: Found[];
  problems: string[];
}

function readEnvironment(env: Environment): Read {
  const { token, ak, sk } = variables;
  const given = Object.values(variables).filter((name) => env[name]);
  if (given.length === 0) return { found: [], problems: [] };
  const problems = given
    .filter((name) => !forms[name === ak ? 'accessKey' : 'secret'].test(env[name]!))
    .map((name) => `${name} has a character that the header cannot carry, such as a blank. Set it again.`);
  if (!env[ak] !== !env[sk]) {
    const [set, unset] = env[ak] ? [ak, sk] : [sk, ak];
    problems.push(`${set} is set and ${unset} is not. A key pair needs both: set ${unset} too.`);
  }
  const account = {
    name: 'environment',
    token: env[token] || undefined,
    ak: env[ak] || undefined,
    sk: env[sk] || undefined,
    projects: ['*'],
    actions: ['*'],
  };
  return { found: [{ place: 'The environment', account }], problems };
}

function readFile(path: string, text: string): Read {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    // The message of the parser quotes the file, secrets and all; only the place in it may be repeated.
    const at = /line \d+ column \d+/.exec(String(error))?.[0];
    return { found: [], problems: [`${path} is not JSON${at ? ` at ${at}` : ''}. Mend it.`] };
  }
  if (!Array.isArray(list))
    return {
      found: [],
      problems: [`${path} is not a list. Write [{ "name": …, "token": …, "projects": ["*"] }].`],
    };
  const read = list.map((entry: unknown, index) => readAccount(`${path}, account ${index + 1}`, entry));
  return { found: read.flatMap(({ found }) => found), problems: read.flatMap(({ problems }) => problems) };
}

/** What each kind of text must look like. Secrets travel in headers, so they are printable ASCII without a blank. */
const forms = {
  secret: /^[!-~]{1,40000}$/,
  // `,` and `/` separate the parts of an Authorization header.
  accessKey: /^[!-+\-.0-~]{1,128}$/,
  name: /^[^\p{Cc}]{1,64}$/u,
  project: /^[\w-]{1,255}$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/,
};

const noHeader = 'must be text of printable ASCII without a blank. It is not shown, being secret';

/** Each field: whether a value is right, what it must be otherwise, and whether the wrong value may be shown. */
const fields: Record<string, { right: (value: unknown) => boolean; must: string; secret?: true }> = {
  name: { right: matches(forms.name), must: 'must be text of 1 to 64 characters' },
  token: { right: matches(forms.secret), must: noHeader, secret: true },
  tokenExpires: {
    right: (value) => matches(forms.time)(value) && isDate(String(value)),
    must: 'must be a time in UTC, such as "2027-01-31T00:00:00Z"',
  },
  ak: {
    right: matches(forms.accessKey),
    must: `${noHeader}; nor may it have a comma or a slash`,
    secret: true,
  },
  sk: { right: matches(forms.secret), must: noHeader, secret: true },
  securityToken: { right: matches(forms.secret), must: noHeader, secret: true },
  projects: {
    right: (value) => isListOf(value, (id) => id === '*' || forms.project.test(id)) && value.length > 0,
    must: 'must be a list of at least one project id (letters, digits, _ and -), or ["*"] for all',
  },
  actions: {
    right: (value) =>
      isListOf(value, (name) => name === '*' || (allActions as readonly string[]).includes(name)),
    must: `must be a list of ${allActions.join(', ')}, or ["*"] for all`,
  },
};

function readAccount(place: string, entry: unknown): Read {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    return {
      found: [],
      problems: [`${place}: is not an object. Write { "name": …, "token": …, "projects": ["*"] }.`],
    };
  const given = entry as Fields;
  const problems = [...fieldProblems(given), ...combinationProblems(given)].map(
    (problem) => `${place}: ${problem}`,
  );
  const account = { actions: ['*'], ...given, ...expiry(given) };
  // A wrong account is never used, but compared with the others, so that all mistakes are told at once.
  return { found: [{ place, account: account as unknown as Account }], problems };
}

const expiry = ({ tokenExpires }: Fields) =>
  tokenExpires ? { tokenExpires: Date.parse(String(tokenExpires)) } : {};

function fieldProblems(given: Fields): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name]! : undefined;
    if (!field) return [`"${name.slice(0, 40)}" is not known. Known are ${Object.keys(fields).join(', ')}.`];
    if (field.right(value)) return [];
    const shown = field.secret ? '' : ` and is ${(JSON.stringify(value) ?? '').slice(0, 80)}`;
    return [`"${name}" ${field.must}${shown}.`];
  });
}

function combinationProblems(given: Fields): string[] {
  const has = (name: string) => given[name] !== undefined;
  const problems: string[] = [];
  for (const name of ['name', 'projects'])
    if (!has(name)) problems.push(`"${name}" is missing; it ${fields[name]!.must}.`);
  if (!has('token') && !has('ak') && !has('sk'))
    problems.push('has neither "token" nor "ak" and "sk". Give one of them, or both.');
  if (has('ak') !== has('sk'))
    problems.push(`has "${has('ak') ? 'ak' : 'sk'}" alone. A key pair needs "ak" and "sk".`);
  if (has('tokenExpires') && !has('token')) problems.push('has "tokenExpires", but no "token".');
  if (has('securityToken') && !has('ak'))
    problems.push('has "securityToken", which belongs to a temporary key, but no "ak".');
  return problems;
}

/** Names, tokens and access keys each tell accounts apart, so none may be there twice. */
function repetitions(found: readonly Found[]): string[] {
  return (['name', 'token', 'ak'] as const).flatMap((field) => {
    const first = new Map<string, string>();
    return found.flatMap(({ place, account }) => {
      const value = account[field];
      if (typeof value !== 'string') return [];
      const earlier = first.get(value);
      first.set(value, earlier ?? place);
      return earlier ? [`${place}: has the same "${field}" as ${earlier}. Give each its own.`] : [];
    });
  });
}

/** Date.parse takes the 31st of February for the 3rd of March. */
function isDate(iso: string): boolean {
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === iso.slice(0, 19);
}

function matches(form: RegExp) {
  return (value: unknown): boolean => typeof value === 'string' && form.test(value);
}

const isListOf = (value: unknown, right: (item: string) => boolean): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && right(item));
