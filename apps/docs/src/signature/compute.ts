import { type SignableRequest, type Signature, sign, signDerived } from '@connection-records/client';
import { quote } from '../samples/shell.ts';
import type { SigningInputs } from './vectors.ts';
import type { SigningWords } from './words.ts';

/** What is wrong with the inputs, by their names. */
export type SigningProblems = { [name in keyof SigningInputs]?: string };

/** A signature with all that led to it. */
export interface Steps extends Signature {
  /** The parts of the canonical request, in their order. */
  parts: {
    method: string;
    path: string;
    query: string;
    headers: string;
    signedHeaders: string;
    bodyHash: string;
  };
  hash: string;
  curl: string;
}

/** What cannot be signed, and why, in the reader's language. */
export function problemsOf(inputs: SigningInputs, { problems: words }: SigningWords): SigningProblems {
  const problems: SigningProblems = {};
  const { method, url, headers, date, algorithm } = inputs;
  if (!/^[A-Z]+$/i.test(method.trim())) problems.method = words.method;
  if (!/^https?:\/\/[^/]/i.test(url.trim()) || !URL.canParse(url.trim())) problems.url = words.url;
  const problem = problemOfHeaders(linesOf(headers), words);
  if (problem) problems.headers = problem;
  if (Number.isNaN(+dateOf(date))) problems.date = words.date(date);
  if (!inputs.ak.trim()) problems.ak = words.missing;
  if (!inputs.sk.trim()) problems.sk = words.missing;
  if (algorithm === 'V11-HMAC-SHA256')
    for (const name of ['region', 'service'] as const)
      if (!inputs[name].trim()) problems[name] = words.missing;
  return problems;
}

function problemOfHeaders(lines: string[], words: SigningWords['problems']): string | undefined {
  const broken = lines.find((line) => !/^[\w!#$%&'*+.^`|~-]+:/.test(line));
  if (broken !== undefined) return words.header(broken);
  const names = lines.map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
  const made = names.find((name) => ['authorization', 'x-sdk-date'].includes(name));
  if (made) return words.made(made);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice && words.twice(twice);
}

/** Signs what the reader typed, which has no problems. */
export async function compute(inputs: SigningInputs): Promise<Steps> {
  const { body, algorithm, region, service } = inputs;
  const method = inputs.method.trim().toUpperCase();
  const url = new URL(inputs.url.trim());
  const given = linesOf(inputs.headers).map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const hasHost = given.some(([name]) => name.toLowerCase() === 'host');
  const headers = { ...(hasHost ? {} : { Host: url.host }), ...Object.fromEntries(given) };
  const request: SignableRequest = { method, url, headers, body, date: dateOf(inputs.date) };
  const key = { ak: inputs.ak.trim(), sk: inputs.sk.trim() };
  const signed =
    algorithm === 'V11-HMAC-SHA256'
      ? await signDerived(request, key, { region: region.trim(), service: service.trim() })
      : await sign(request, key);
  const lines = signed.canonicalRequest.split('\n');
  const [first = '', path = '', query = ''] = lines;
  const sent = [
    // curl makes Host of the URL by itself, and sends another one that is given.
    ...given.filter(([name, value]) => name.toLowerCase() !== 'host' || value !== url.host),
    ...Object.entries(signed.headers),
  ];
  return {
    ...signed,
    parts: {
      method: first,
      path,
      query,
      headers: lines.slice(3, -3).join('\n'),
      signedHeaders: lines.at(-2) ?? '',
      bodyHash: lines.at(-1) ?? '',
    },
    hash: signed.stringToSign.split('\n').at(-1) ?? '',
    curl: [
      `curl${method === (body ? 'POST' : 'GET') ? '' : ` -X ${method}`} ${quote(url.href)}`,
      ...sent.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
      ...(body ? [`--data-raw ${quote(body)}`] : []),
    ].join(' \\\n  '),
  };
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

/** A time as it is sent, `20260210T021122Z`. */
export const written = (time: Date) => time.toISOString().replace(/[-:]|\.\d+/g, '');

/** The time of `20260210T021122Z`; an invalid Date if it is none. */
function dateOf(text: string): Date {
  const form = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
  const date = new Date(
    form.test(text.trim()) ? text.trim().replace(form, '$1-$2-$3T$4:$5:$6Z') : Number.NaN,
  );
  // There is no 30 February, which a Date takes for one in March.
  return Number.isNaN(+date) || written(date) !== text.trim() ? new Date(Number.NaN) : date;
}
