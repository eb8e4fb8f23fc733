import { operations } from './generated/operations.ts';

/** The name of an operation: its `operationId` in the contract. */
export type OperationId = keyof typeof operations;

/** A request of one operation as a reader would send it. */
export interface SampleRequest {
  operationId: OperationId;
  /** Where the service is, `https://workspace.cn-north-4.myhuaweicloud.com` or a sandbox. */
  baseUrl: string;
  /** The parameters of every place (path, query, header) by their names. What is undefined is not sent. */
  parameters: Record<string, string | number | boolean | undefined>;
  /** What to send as JSON, if the operation has a body. */
  body?: unknown;
  /** How it proves who sends it. The secret itself is never part of a sample: samples read it from the environment. */
  credentials: 'token' | 'signature';
}

type Value = string | number | boolean;

/** A parameter of a request, with its place and its default in the contract. */
interface Given {
  name: string;
  value: Value;
  in: string;
  default?: Value;
}

/** A request as it travels, without its credentials. */
export interface Parts {
  method: string;
  /** The parameters that were given, in the order of the contract. */
  given: Given[];
  origin: string;
  host: string;
  /** Path, encoded. The form that is signed ends with one more slash. */
  path: string;
  /** Query, encoded and sorted as it is signed; empty if there is none. */
  query: string;
  url: string;
  /** Headers that the request has besides its credentials. */
  headers: [name: string, value: string][];
  /** The body, exactly as it is sent and signed; empty if there is none. */
  body: string;
  /** What a success brings. */
  answer: 'json' | 'file' | 'nothing';
}

/** The variables that samples read credentials from: those of the command line, of which the last two are those of the vendor's SDKs. */
export const variables = {
  token: 'CONNECTION_RECORDS_AUTH_TOKEN',
  ak: 'HUAWEICLOUD_SDK_AK',
  sk: 'HUAWEICLOUD_SDK_SK',
} as const;

/** The algorithm of the signature, as it stands in what is signed and in `Authorization`. */
export const algorithm = 'SDK-HMAC-SHA256';

/** All but the unreserved characters of RFC 3986 encoded, five of which encodeURIComponent leaves alone. */
const encode = (text: Value) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** @throws TypeError if a parameter is not one of the operation, or one of its path is missing. The message says which there are. */
export function partsOf({ operationId, baseUrl, parameters, body }: SampleRequest): Parts {
  const { method, path: template, parameters: known, answer, ...more } = operations[operationId];
  const names = Object.keys(known);
  const stranger = Object.keys(parameters).find((name) => !names.includes(name));
  if (stranger)
    throw new TypeError(`${operationId} has no parameter ${stranger}. It has ${names.join(', ')}.`);

  const given = Object.entries<Omit<Given, 'name' | 'value'>>(known).flatMap(([name, facts]) => {
    const value = parameters[name];
    return value === undefined ? [] : [{ name, value, ...facts }];
  });
  const { origin, host, pathname } = new URL(baseUrl);
  const path = (pathname.replace(/\/$/, '') + template).replace(/{(\w+)}/g, (_, name) => {
    const value = parameters[name];
    if (value === undefined) throw new TypeError(`${operationId} needs ${name}, which is in its path.`);
    return encode(value);
  });
  const query = given
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, value }) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headers = given
    .filter((parameter) => parameter.in === 'header')
    .map(({ name, value }): [string, string] => [name, String(value)]);
  if ('mediaType' in more) headers.push(['Content-Type', more.mediaType]);
  return {
    method,
    given,
    origin,
    host,
    path,
    query,
    url: origin + path + (query && `?${query}`),
    headers,
    body: 'mediaType' in more ? JSON.stringify(body) : '',
    answer,
  };
}

/** The region of a base URL of the public service; undefined for any other. */
export const regionOf = (baseUrl: string): string | undefined =>
  /^https:\/\/workspace\.([\w-]+)\.myhuaweicloud\.com\/?$/.exec(baseUrl)?.[1];

/** The headers that a signature covers, in their order, besides the project all with a value that is known only when it is made. */
export const signedHeaders = 'host;x-project-id;x-sdk-date';
