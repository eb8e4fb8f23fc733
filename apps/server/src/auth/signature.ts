import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Proof, readAuthorization } from './authorization.ts';
import { canonicalize, type Headers, type RawRequest, readHeaders } from './canonical.ts';
import { bodyHashes, clockProblem, dateProblem, headerProblem } from './conditions.ts';
import { type KeyLock, keyLock, type LockSettings, vendorLock } from './lock.ts';

/** The secret that belongs to an access key. */
export interface Secret {
  sk: string;
  /** Comes with temporary keys, and must then come with every request. */
  securityToken?: string | undefined;
}

/** Why a signature is refused, by the name of the example in the contract. */
export type SignatureProblem =
  | 'signatureMismatch'
  | 'signatureExpired'
  | 'accessKeyUnknown'
  | 'accessKeyLocked';

/** What the server made of a request, to lay beside what the signer made of it. Holds no secret: a security token is hidden. */
export interface SignatureSteps {
  canonicalRequest: string;
  stringToSign: string;
}

export type Verification =
  | { ok: true; accessKey: string; steps: SignatureSteps }
  | { ok: false; reason: SignatureProblem; message: string; steps?: SignatureSteps };

export interface VerifierOptions {
  findKey: (accessKey: string) => Secret | undefined;
  /** The time, in milliseconds since 1970. */
  now: () => number;
  lock?: LockSettings | undefined;
}

/** Verifies SDK-HMAC-SHA256 and V11-HMAC-SHA256. Nothing that it answers repeats a secret or a signature. */
export function signatureVerifier({ findKey, now, lock = vendorLock }: VerifierOptions) {
  const locks = keyLock(lock, now);
  return (request: RawRequest): Verification => {
    const headers = readHeaders(request.rawHeaders);
    const proof = readAuthorization(headers.get('authorization')?.[0] ?? '');
    if ('problem' in proof) return refuse('signatureMismatch', proof.problem);
    const wrong = headerProblem(headers, proof) ?? dateProblem(headers, proof);
    if (wrong) return refuse('signatureMismatch', wrong);
    const late = clockProblem(headers, now());
    if (late) return refuse('signatureExpired', late);
    const secret = findKey(proof.accessKey);
    if (!secret) return refuse('accessKeyUnknown', 'The access key does not exist here. Check it.');
    const seconds = locks.secondsLeft(proof.accessKey);
    if (seconds > 0)
      return refuse(
        'accessKeyLocked',
        `${lock.failures} wrong signatures in a row locked the access key. Wait ${seconds} seconds.`,
      );
    return check(request, headers, proof, secret, locks);
  };
}

function check(
  request: RawRequest,
  headers: Headers,
  proof: Proof,
  secret: Secret,
  locks: KeyLock,
): Verification {
  const hashes = bodyHashes(headers, request.body);
  if ('problem' in hashes) return refuse('signatureMismatch', hashes.problem);
  let tried: Attempt[];
  try {
    tried = hashes.map((hash) =>
      attempt(canonicalize(request, headers, proof.signedHeaders, hash), headers, proof, secret),
    );
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return refuse(
      'signatureMismatch',
      'The path or the query is not percent-encoded UTF-8, so no signature fits it.',
    );
  }
  const right = tried.find(({ fits }) => fits);
  if (!right) {
    locks.failed(proof.accessKey);
    const { steps, hash } = tried[0]!;
    return { ...refuse('signatureMismatch', mismatch(proof, hash)), steps };
  }
  locks.succeeded(proof.accessKey);
  const given = headers.get('x-security-token')?.[0];
  if (!sameText(given ?? '', secret.securityToken ?? ''))
    return refuse('signatureMismatch', securityTokenProblem(given, secret.securityToken));
  return { ok: true, accessKey: proof.accessKey, steps: right.steps };
}

interface Attempt {
  fits: boolean;
  steps: SignatureSteps;
  /** SHA-256 of the canonical request. */
  hash: string;
}

function attempt(canonical: string, headers: Headers, proof: Proof, { sk }: Secret): Attempt {
  const { algorithm, accessKey, scope, signature } = proof;
  const hash = createHash('sha256').update(canonical, 'latin1').digest('hex');
  const date = headers.get('x-sdk-date')![0]!;
  const stringToSign = [algorithm, date, ...(scope ? [scope] : []), hash].join('\n');
  const key = scope ? derive(accessKey, sk, scope) : sk;
  const expected = createHmac('sha256', key).update(stringToSign).digest();
  const shown = Buffer.from(canonical, 'latin1').toString();
  const canonicalRequest = shown.replace(/^x-security-token:[^\n]*/m, 'x-security-token:(hidden)');
  return {
    fits: timingSafeEqual(expected, Buffer.from(signature, 'hex')),
    steps: { canonicalRequest, stringToSign },
    hash,
  };
}

/** HKDF with the access key as salt; the key that signs is the hexadecimal text of its one block, not the bytes (api-facts 5.3). */
function derive(accessKey: string, sk: string, scope: string): string {
  const extracted = createHmac('sha256', accessKey).update(sk).digest();
  return createHmac('sha256', extracted).update(`${scope}\x01`).digest('hex');
}

function mismatch({ signedHeaders, scope }: Proof, hash: string): string {
  const derived = scope
    ? ', that the region and the service in Credential are those the key was derived for'
    : '';
  return `The signature is wrong. Check first the secret key${derived}, and then that the method, the path, the query, the body and the signed headers (${signedHeaders.join(', ')}) arrived as they were signed. The canonical request here has the SHA-256 ${hash}.`;
}

function securityTokenProblem(given: string | undefined, expected: string | undefined): string {
  if (expected === undefined) return 'The access key is not a temporary one. Send no X-Security-Token.';
  if (given === undefined)
    return 'The access key is a temporary one. Send and sign X-Security-Token as well.';
  return 'X-Security-Token is not the one that came with this access key.';
}

const digest = (text: string) => createHash('sha256').update(text).digest();
const sameText = (a: string, b: string) => timingSafeEqual(digest(a), digest(b));

const refuse = (reason: SignatureProblem, message: string) => ({ ok: false as const, reason, message });
