import { createHash } from 'node:crypto';
import type { Proof } from './authorization.ts';
import type { Headers } from './canonical.ts';

const MINUTES = 15;
const UNSIGNED = 'UNSIGNED-PAYLOAD';

/**
 * Headers that decide something here, and so must be signed if they are sent: all SDKs of the vendor sign them, and a signer by
 * hand is told. Neither `host` nor `content-type` is among them, because the SDK for Go signs neither (api-facts 5.2). Not signing
 * the host means that a signature is good for every server that knows the key, which is the vendor's design.
 */
const mustBeSigned = ['x-sdk-date', 'x-security-token', 'x-project-id', 'x-sdk-content-sha256'];

/** Further headers that must not come twice, lest one be verified and the other one used. */
const once = ['authorization', 'content-type', 'host'];

/** What is wrong with the headers, whatever the signature. */
export function headerProblem(headers: Headers, { signedHeaders }: Proof): string | undefined {
  const absent = signedHeaders.filter((name) => !headers.has(name));
  if (absent.length > 0)
    return `Signed, but not sent: ${absent.join(', ')}. Send every header that SignedHeaders names.`;
  const names = [...new Set([...signedHeaders, ...mustBeSigned, ...once])];
  const repeated = names.filter((name) => (headers.get(name)?.length ?? 0) > 1);
  if (repeated.length > 0) return `Sent more than once: ${repeated.join(', ')}. Send it once.`;
  const open = mustBeSigned.filter((name) => headers.has(name) && !signedHeaders.includes(name));
  if (open.length > 0) return `Sent, but not signed: ${open.join(', ')}. Add it to SignedHeaders.`;
  return undefined;
}

export function dateProblem(headers: Headers, { scope }: Proof): string | undefined {
  const date = headers.get('x-sdk-date')?.[0];
  if (date === undefined) return 'X-Sdk-Date is missing. Send and sign it, as YYYYMMDDTHHMMSSZ in UTC.';
  if (readDate(date) === undefined) return 'X-Sdk-Date is not a time as YYYYMMDDTHHMMSSZ in UTC.';
  if (scope && !scope.startsWith(date.slice(0, 8))) return 'The day in Credential is not that of X-Sdk-Date.';
  return undefined;
}

export function clockProblem(headers: Headers, now: number): string | undefined {
  const date = headers.get('x-sdk-date')![0]!;
  if (Math.abs(readDate(date)! - now) <= MINUTES * 60_000) return undefined;
  const here = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return `The signature has expired. X-Sdk-Date is ${date} and the time here ${here}; they may be ${MINUTES} minutes apart. Check the clock.`;
}

/** Milliseconds since 1970, unless it is no date such as there is: February has no 30th. */
function readDate(date: string): number | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(date);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString() === iso ? time : undefined;
}

/**
 * What may stand for the body in the canonical request. `UNSIGNED-PAYLOAD` leaves the body open, and the vendor's SDKs say it if
 * and only if the content type is given and neither JSON nor BSON. So it is refused for those: no header that a signer in Go left
 * unsigned may turn what was signed into a body of JSON that was not. An empty body that is declared so is hashed all the same
 * in Python, and stays declared in Go and Node.
 */
export function bodyHashes(headers: Headers, body: Uint8Array): string[] | { problem: string } {
  const declared = headers.get('x-sdk-content-sha256')?.[0];
  const actual = createHash('sha256').update(body).digest('hex');
  if (declared === undefined) return [actual];
  if (declared === UNSIGNED) {
    if (body.length === 0) return [UNSIGNED, actual];
    const type = headers.get('content-type')?.[0] ?? '';
    if (type !== '' && !/^application\/(json|bson)/i.test(type)) return [UNSIGNED];
    return {
      problem: `X-Sdk-Content-Sha256 is ${UNSIGNED}, which a body of JSON or BSON may not be. Sign the body.`,
    };
  }
  if (declared.toLowerCase() === actual) return [declared];
  return {
    problem:
      'X-Sdk-Content-Sha256 is not the SHA-256 of the body as it arrived. Check first what changed the body.',
  };
}
