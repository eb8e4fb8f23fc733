/** Requests: built from an operation of the contract, sent with plain `fetch`, and shown as a `curl` line without secrets. */
import type { Operation } from './contract.ts';
import { AK, type Credentials, type Keys, SECURITY_TOKEN, TOKEN } from './credentials.ts';
import { curlLine } from './curl.ts';
import { codeOf, inWords, wasClosed } from './reason.ts';
import type { Redactor } from './redact.ts';
import type { Settings } from './settings.ts';
import { encode, sdkDate, sign } from './sign.ts';

/** What to ask. Whatever is left out is as the operation has it. */
export interface Ask {
  operation: Operation;
  method?: string;
  /** Path parameters other than the project's id; the contract's example where one is left out. */
  path?: Readonly<Record<string, string>>;
  /** Of another project than the one of the run. */
  projectId?: string;
  /** Appended to the path. */
  suffix?: string;
  /** A list is sent as a name repeated. */
  query?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as it is, as JSON. */
  body?: string;
  headers?: Readonly<Record<string, string>>;
  /** Other credentials than those of the run, or none. */
  proof?: 'none' | Prover;
  /** A status that is asked for. Any other request is repeated after a 429, and after a 503 that passes. */
  wants?: number;
}

export interface Answer {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
}

/** A request, as one can repeat it, and its answer. */
export interface Exchange {
  curl: string;
  answer: Answer;
}

/** There was no answer: no connection, a broken one, or none in time. */
export class NoAnswer extends Error {
  readonly curl: string;
  /** Of what `fetch` threw, such as ECONNREFUSED. */
  readonly code: string | undefined;
  /** The request may have changed something, and is not to be repeated. */
  readonly changes: boolean;
  constructor(
    reason: string,
    curl: string,
    { code, changes = false }: { code?: string | undefined; changes?: boolean } = {},
  ) {
    super(reason);
    this.curl = curl;
    this.code = code;
    this.changes = changes;
  }
}

/** Gives a function that sends requests to the target; it throws `NoAnswer`. */
export function sender(
  settings: Settings,
  credentials: Credentials,
  redact: Redactor,
): (ask: Ask) => Promise<Exchange> {
  return async (ask) => {
    const url = urlOf(ask, settings);
    const method = ask.method ?? ask.operation.method;
    const plain = {
      Accept: accept(ask.operation),
      ...(ask.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...ask.headers,
    };
    const prove: Prover = ask.proof === 'none' ? () => NOTHING : (ask.proof ?? proveAs(credentials));
    const provable = { method, url, body: ask.body, projectId: ask.projectId ?? settings.projectId };
    const proof = prove(provable, credentials);
    const curl = curlLine(method, url, { ...plain, ...proof.shown }, ask.body);
    for (const [name, value] of Object.entries(proof.sent)) {
      const shown = proof.shown[name];
      if (shown !== value) redact.hide(value, shown ?? `$${name}`);
    }
    const changes = mayChange(ask);
    const send = () =>
      fetch(url, {
        method,
        headers: { ...plain, ...proof.sent },
        body: ask.body ?? null,
        // Credentials must not follow a redirect to another origin, and a redirect is an answer to judge.
        redirect: 'manual',
        signal: AbortSignal.timeout(Math.ceil(settings.timeout * 1000)),
      });
    try {
      // A connection that was kept alive may be closed at any time, and this request be the first to notice.
      const response = await send().catch((error: unknown) => {
        if (changes || !wasClosed(error)) throw error;
        return send();
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { curl, answer: { status: response.status, headers: response.headers, bytes } };
    } catch (error) {
      throw new NoAnswer(redact(inWords(error, settings.timeout)), curl, { code: codeOf(error), changes });
    }
  };
}

/** Whether a request may change something, were it only by starting an export. */
export function mayChange({ operation, method = operation.method }: Ask): boolean {
  return method !== 'GET' || operation.changes;
}

function urlOf({ operation, path, projectId, suffix, query }: Ask, settings: Settings): URL {
  const values: Record<string, string> = { ...path, project_id: projectId ?? settings.projectId };
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const example = operation.parameters.find((parameter) => parameter.name === name)?.example;
    return encode(values[name] ?? String(example));
  });
  const search = Object.entries(query ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encode(name)}=${encode(value)}`),
  );
  return new URL(
    `${settings.baseUrl}${filled}${suffix ?? ''}${search.length > 0 ? `?${search.join('&')}` : ''}`,
  );
}

/** Every media type that the operation may answer with, those of success first. */
function accept(operation: Operation): string {
  const types = [...operation.responses.values()].flatMap(({ media }) => media.map(({ type }) => type));
  return [...new Set(types)].join(', ');
}

/** A request that is to carry credentials. */
export interface Provable {
  method: string;
  url: URL;
  body: string | undefined;
  projectId: string;
}

/** Headers that say who asks. */
export interface Proof {
  sent: Readonly<Record<string, string>>;
  /** The same with placeholders for what is secret. */
  shown: Readonly<Record<string, string>>;
}

/** Makes the headers for a request that is otherwise complete, given the credentials of the run. */
export type Prover = (request: Provable, own: Credentials) => Proof;

const NOTHING: Proof = { sent: {}, shown: {} };

/** Proves with the token, or else by signing. */
function proveAs({ token, keys }: Credentials): Prover {
  if (token !== undefined)
    return () => ({ sent: { 'X-Auth-Token': token }, shown: { 'X-Auth-Token': `$${TOKEN}` } });
  if (keys) return (request) => proveBySignature(request, keys);
  throw new Error('There are no credentials to prove with.');
}

/** Signs a request, as of now. */
function proveBySignature(
  { method, url, body, projectId }: Provable,
  { ak, sk, securityToken }: Keys,
): Proof {
  const open = { 'X-Sdk-Date': sdkDate(new Date()), 'X-Project-Id': projectId };
  const secret: Record<string, string> = securityToken ? { 'X-Security-Token': securityToken } : {};
  const headers = { host: url.host, ...open, ...secret };
  const signed = sign({ method, url, headers, ...(body === undefined ? {} : { body }) }, ak, sk);
  return {
    sent: { ...open, ...secret, Authorization: signed.authorization },
    shown: {
      ...open,
      ...(securityToken ? { 'X-Security-Token': `$${SECURITY_TOKEN}` } : {}),
      Authorization: `SDK-HMAC-SHA256 Access=$${AK}, SignedHeaders=${Object.keys(headers)
        .map((name) => name.toLowerCase())
        .sort()
        .join(';')}, Signature=$SIGNATURE`,
    },
  };
}
