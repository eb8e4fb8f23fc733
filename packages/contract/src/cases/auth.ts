/** Who asks: tokens, and on every operation a wrong token and a wrong signature. */
import { type Basis, basisOfStatus, type Operation, operationNamed, operations } from '../contract.ts';
import { EXPIRED_TOKEN, TOKEN } from '../credentials.ts';
import { oncePerWorld } from '../memo.ts';
import type { Answer, Ask, Prover } from '../request.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import { type Bend, otherEnd, plainly, reversed, signing, token } from './auth-provers.ts';
import { type Case, requestCase } from './case.ts';
import { harmless } from './refusals.ts';

const list = operationNamed('listExportTasks');

/** Long enough for a token, and nobody's. */
const NOBODYS = 'MIIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAnobodys';

const OTHER_SECRET: Bend = { draft: ({ sk }) => ({ sk: otherEnd(sk) }) };

/** What is refused with 401. */
export function authCases(): Case[] {
  return [
    ...operations.flatMap((operation) => [
      refusedCase(operation, 'a token that nobody has', plainly({ 'x-auth-token': NOBODYS })),
      signedCase(operation, 'a signature made with another secret', signing(OTHER_SECRET)),
    ]),
    ...TOKENS.map(([how, change]) =>
      refusedCase(list, `the token ${how}`, token(how, change), { first: anyToken }),
    ),
    refusedCase(list, 'a token that has expired', expired, { first: anyToken }),
    refusedCase(list, 'an empty token', plainly({ 'x-auth-token': '' })),
    smallLettersCase(),
    malformedCase(),
  ];
}

const TOKENS: readonly [string, (token: string) => string][] = [
  ['with its last character changed', otherEnd],
  ['with its first character changed', (text) => reversed(otherEnd(reversed(text)))],
  ['without its last character', (text) => text.slice(0, -1)],
  ['with a character behind it', (text) => `${text}A`],
  ['with capitals for small letters and small ones for capitals', swapCase],
];

/** Nobody can make an expired token: it has to be given. */
const expired: Prover = (_, { expiredToken }) => {
  if (expiredToken === undefined) throw new Skip(`there is no expired token; set ${EXPIRED_TOKEN}`);
  return { sent: { 'X-Auth-Token': expiredToken }, shown: { 'X-Auth-Token': `$${EXPIRED_TOKEN}` } };
};

/** Headers of the name Authorization that are no signature. The access key in them is made up, so that none is locked. */
const MALFORMED = [
  'garbage',
  'Basic dXNlcjpwYXNzd29yZA==',
  'Bearer no-such-token',
  'SDK-HMAC-SHA256',
  'SDK-HMAC-SHA256 Access=NOBODYS',
  'SDK-HMAC-SHA256 Access=NOBODYS, SignedHeaders=x-sdk-date',
  `SDK-HMAC-SHA256 SignedHeaders=x-sdk-date, Signature=${'0'.repeat(64)}`,
  `SDK-HMAC-SHA256 Access=NOBODYS, Signature=${'0'.repeat(64)}`,
  'SDK-HMAC-SHA256 Access=, SignedHeaders=, Signature=',
  `NO-SUCH-ALGORITHM Access=NOBODYS, SignedHeaders=x-sdk-date, Signature=${'0'.repeat(64)}`,
];

function refusedCase(operation: Operation, what: string, proof: Prover, details: Refused = {}): Case {
  const { basis = basisOfStatus(operation, 401), query, first, then } = details;
  return {
    operation,
    status: 401,
    title: `refuses ${what}`,
    basis,
    needs: ['verify'],
    run: async (trial) => {
      await needCredentials.get(operation)?.(trial);
      await first?.(trial);
      const ask = { ...harmless(operation), ...(query ? { query } : {}), proof };
      const answer = await trial.ask(ask, [401], basis, `${capital(what)} opens nothing.`);
      await then?.(trial, answer);
    },
  };
}

/** As `refusedCase`, for a signature of the run's own access key. */
export function signedCase(operation: Operation, what: string, proof: Prover, details: Refused = {}): Case {
  const then = async ({ world }: Trial, { status }: Answer) => {
    // Five wrong signatures in a row lock an access key for five minutes, so each is followed by a right one.
    const right = await world.ask({ operation: list, query: { limit: '1' }, proof: signing() });
    if (right.answer.status === status) {
      throw new Skip('a right signature is refused as well; see the cases of right ones');
    }
  };
  return refusedCase(operation, what, proof, { ...details, then });
}

interface Refused {
  basis?: Basis;
  query?: Record<string, string>;
  /** Throws `Skip` if the case would only say again what another one says. */
  first?: Case['run'];
  /** What is done after the refusal. */
  then?: (trial: Trial, answer: Answer) => Promise<void>;
}

/** Skips where not even the plainest signature is taken, which the case of that one tells. */
export const rightSignature = unless(
  (status) => status !== 200,
  signing(),
  'a right signature is refused; see the case of one of host, x-sdk-date and x-project-id',
);

/** Skips where any signature will do, which the case of another secret tells. */
export const anySignature = unless(
  (status) => status !== 401,
  signing(OTHER_SECRET),
  `a signature made with another secret is taken; see the case of it at ${list.id}`,
);
const anyToken = unless(
  (status) => status !== 401,
  plainly({ 'x-auth-token': NOBODYS }),
  `a token that nobody has is taken; see the case of it at ${list.id}`,
);

/** Skips where the operation is open to anybody, which the case of a request without credentials tells. */
const needCredentials: ReadonlyMap<Operation, Case['run']> = new Map(
  operations.map((operation) => [
    operation,
    unless(
      (status) => status < 300,
      'none',
      'no credentials are needed; see the case of a request without any',
      operation,
    ),
  ]),
);

/** Asks once a run, and skips if the answer makes the case pointless. */
function unless(
  pointless: (status: number) => boolean,
  proof: NonNullable<Ask['proof']>,
  reason: string,
  operation = list,
): Case['run'] {
  const status = oncePerWorld((world) =>
    world.ask({ ...harmless(operation), proof }).then(({ answer }) => answer.status),
  );
  return async ({ world }) => {
    if (pointless(await status(world))) throw new Skip(reason);
  };
}

/** Names of headers are the same in any case, and HTTP/2 has them in small letters. */
function smallLettersCase(): Case {
  const proof: Prover = (_, own) => {
    if (own.token === undefined) throw new Skip(`there is no token; set ${TOKEN}`);
    return { sent: { 'x-auth-token': own.token }, shown: { 'x-auth-token': `$${TOKEN}` } };
  };
  return requestCase({
    operation: list,
    statuses: [200],
    title: 'accepts the token in a header whose name is in small letters',
    basis: { kind: 'documented', why: 'https://www.rfc-editor.org/rfc/rfc9110#section-5.1' },
    request: () => ({ operation: list, proof }),
  });
}

function malformedCase(): Case {
  const basis = basisOfStatus(list, 401);
  return {
    operation: list,
    status: 401,
    title: 'refuses an Authorization that is no signature, or half of one',
    basis,
    needs: ['verify'],
    run: async (trial) => {
      for (const authorization of MALFORMED) {
        const proof = plainly({ authorization, 'x-sdk-date': '20260210T021122Z' });
        const rule = `“Authorization: ${authorization.replace(/0{64}/, '0…')}” opens nothing.`;
        await trial.ask({ operation: list, proof }, [401], basis, rule);
      }
    },
  };
}

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
