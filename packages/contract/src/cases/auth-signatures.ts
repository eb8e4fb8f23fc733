/** Signatures: right ones in every form that the vendor's SDKs give them, and wrong ones, each in one part. */
import { type Basis, operationNamed } from '../contract.ts';
import { SECURITY_TOKEN } from '../credentials.ts';
import type { Ask } from '../request.ts';
import { UNUSUAL } from '../right-values.ts';
import { Skip } from '../world.ts';
import { anySignature, rightSignature, signedCase } from './auth.ts';
import {
  type Bend,
  covers,
  type Draft,
  otherEnd,
  reversed,
  signedAt,
  signing,
  signsUrl,
} from './auth-provers.ts';
import type { Case } from './case.ts';
import { harmless } from './refusals.ts';

const list = operationNamed('listExportTasks');
const remove = operationNamed('deleteExportTasks');

const SCHEME: Basis = {
  kind: 'documented',
  why: 'https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-002.html',
};

/** Signatures of requests whose every other part is right. */
export function signatureCases(): Case[] {
  return [
    ...RIGHT.map(rightCase),
    ...[...WRONG, ...TEMPORARY].map(([what, bend, basis]) =>
      signedCase(list, what, signing(bend), {
        query: QUERY,
        first: anySignature,
        ...(basis ? { basis } : {}),
      }),
    ),
    ...WRONG_BODIES.map(([what, bend]) => signedCase(remove, what, signing(bend), { first: anySignature })),
    ...CLOCKS.map(clockCase),
  ];
}

const QUERY = { limit: '1', offset: '0' };

type Right = readonly [what: string, bend: Bend, ask?: Partial<Ask>, basis?: Basis];
type Wrong = readonly [what: string, bend: Bend, basis?: Basis];

const SDK: Basis = {
  kind: 'inferred',
  why: 'The vendor’s SDKs do so. Its page on signatures does not speak of it.',
};

const UNSIGNED = 'UNSIGNED-PAYLOAD';
const HASH_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const RIGHT: readonly Right[] = [
  ['of host, x-sdk-date and x-project-id', {}],
  ['without the host, as the SDK for Go makes it', covers({ host: undefined })],
  ['of x-sdk-date alone', covers({ host: undefined, 'x-project-id': undefined })],
  ['that covers Content-Type and a body', covers({ 'content-type': 'application/json' }), harmless(remove)],
  ['that covers a header of its own', covers({ 'x-of-its-own': 'any value; 1, 2' })],
  [
    `of ${UNSIGNED} instead of the hash of no body`,
    {
      draft: ({ headers }) => ({
        payload: UNSIGNED,
        headers: { ...headers, 'x-sdk-content-sha256': UNSIGNED },
      }),
    },
    {},
    SDK,
  ],
  [
    'of a query that is not in the order of its names',
    {},
    { query: { offset: '0', limit: '1', file_name: 'b' } },
  ],
  [
    'of a query with Chinese letters and every reserved character',
    {},
    { query: { file_name: `${UNUSUAL}!'()*~;:@$,[]"<>` } },
  ],
  ['of a query with a name twice', {}, { query: { file_name: ['b', 'a'] } }],
  ['of a query with an empty value', {}, { query: { file_name: '' } }],
];

const signs = (draft: Partial<Draft>): Bend => ({ draft: () => draft });
const sends = (name: string, change: (value: string) => string | undefined): Bend => ({
  sent: (headers) => ({ [name]: change(headers[name] ?? '') }),
});
const signature = (change: (hex: string) => string) =>
  sends('authorization', (text) => text.replace(/[0-9a-f]{64}$/, change));

const WRONG: readonly Wrong[] = [
  [
    'a signature with an access key that nobody has',
    { draft: ({ ak }) => ({ ak: `${otherEnd(ak)}NOBODYS` }) },
  ],
  ['a signature that was made for POST', signs({ method: 'POST' })],
  [
    'a signature that was made for another path',
    signsUrl((url) => set(url, 'pathname', `${url.pathname}/x/download`)),
  ],
  [
    'a signature that was made for the path of another project',
    signsUrl((url) => set(url, 'pathname', url.pathname.replace(/(?<=\/v\d\/)[^/]+/, otherEnd))),
  ],
  [
    'a signature that was made for another value in the query',
    signsUrl((url) => url.searchParams.set('limit', '2')),
  ],
  [
    'a signature that was made for another name in the query',
    signsUrl((url) => set(url, 'search', url.search.replace('limit', 'status'))),
  ],
  [
    'a signature of a query to which a parameter was added later',
    signsUrl((url) => url.searchParams.delete('offset')),
  ],
  [
    'a signature of a query from which a parameter was removed later',
    signsUrl((url) => url.searchParams.append('status', 'FAIL')),
  ],
  ['a signature that was made for another host', { ...covers({ host: 'other.example' }) }],
  ['a signature whose X-Sdk-Date was changed by a second', sends('x-sdk-date', aSecondOff)],
  ['a signature whose X-Project-Id was changed', sends('x-project-id', otherEnd)],
  ['a signature without X-Sdk-Date', sends('x-sdk-date', () => undefined)],
  [
    'a signature that does not cover X-Sdk-Date',
    {
      draft: ({ headers: { 'x-sdk-date': date = '', ...headers } }) => ({ date, headers }),
      sent: (_, { headers }) => ({ 'x-sdk-date': headers['x-sdk-date'] }),
    },
  ],
  [
    'a signature whose X-Sdk-Date is in another format',
    { draft: ({ headers }) => ({ headers: { ...headers, 'x-sdk-date': new Date().toISOString() } }) },
  ],
  [
    'a signature that names a header which was not sent',
    { ...covers({ 'x-not-sent': '' }), ...sends('x-not-sent', () => undefined) },
    {
      kind: 'inferred',
      why: 'The vendor says that the headers named are those that are sent. That one left out is no empty one is this project’s reading.',
    },
  ],
  ['a signature with its first digit changed', signature((hex) => reversed(otherEnd(reversed(hex))))],
  ['a signature with its last digit changed', signature(otherEnd)],
  ['a signature without its last digit', signature((hex) => hex.slice(0, -1))],
  ['a signature that is empty', signature(() => '')],
  [
    'a signature of an algorithm that there is not',
    sends('authorization', (text) => text.replace('SDK-HMAC-SHA256', 'SDK-HMAC-SHA512')),
  ],
];

/** What comes with temporary keys alone. */
const temporary = (change: (token: string) => string | undefined): Bend => ({
  draft: ({ headers: { 'x-security-token': token, ...headers } }) => {
    if (token === undefined)
      throw new Skip(`the keys are no temporary ones; set ${SECURITY_TOKEN} with theirs`);
    return { headers: { ...headers, 'x-security-token': change(token) } };
  },
});

const TEMPORARY: readonly Wrong[] = [
  ['a signature of temporary keys without their security token', temporary(() => undefined)],
  ['a signature of temporary keys with another security token', temporary(otherEnd)],
];

const WRONG_BODIES: readonly Wrong[] = [
  ['a signature that was made for another body', signs({ body: '{"task_ids":["no-such-task-1"]}' })],
  ['a signature that was made for no body', signs({ body: '' })],
  ['a signature that was made for GET', signs({ method: 'GET' })],
  [
    'a signature whose X-Sdk-Content-Sha256 is that of no body',
    {
      draft: ({ headers }) => ({
        payload: HASH_OF_NOTHING,
        headers: { ...headers, 'x-sdk-content-sha256': HASH_OF_NOTHING },
      }),
    },
  ],
];

/** Minutes off the clock of the server, of which 15 are allowed. */
const CLOCKS = [-16, -14, 14, 16] as const;

function clockCase(minutes: (typeof CLOCKS)[number]): Case {
  const when = `${Math.abs(minutes)} minutes ${minutes < 0 ? 'before' : 'after'} the time of the server`;
  const right = Math.abs(minutes) < 15;
  const statuses = right ? [200] : [401];
  return {
    operation: list,
    status: right ? 200 : 401,
    title: `${right ? 'accepts' : 'refuses'} a signature made ${when}`,
    basis: SCHEME,
    needs: ['verify'],
    run: async (trial) => {
      await (right ? rightSignature : anySignature)(trial);
      const { answer } = await trial.world.ask({ operation: list, query: QUERY, proof: signing() });
      const now = Date.parse(answer.headers.get('date') ?? '') || Date.now();
      const proof = signing(signedAt(now + minutes * 60_000));
      const rule = `X-Sdk-Date must be within 15 minutes of the server's clock, and so it is ${right ? 'right' : 'wrong'} ${when}.`;
      await trial.ask({ operation: list, query: QUERY, proof }, statuses, SCHEME, rule);
    },
  };
}

function rightCase([what, bend, asked = {}, basis = SCHEME]: Right): Case {
  const { operation = list, ...ask } = asked;
  return {
    operation,
    status: 200,
    title: `accepts a signature ${what}`,
    basis,
    needs: ['verify'],
    run: async (trial) => {
      const isPlain = Object.keys(bend).length === 0 && !ask.query;
      if (!isPlain) await rightSignature(trial);
      // Where a token opens the door, nothing has shown yet that the keys are right.
      const rule = `A signature ${what} is right${isPlain ? ', or the secret key that was given is wrong' : ''}.`;
      // What a query means is another matter: whatever is not 401 or 403 was let in.
      const statuses = ask.query ? [200, 400] : operation.body ? [200, 400, 404] : [200];
      await trial.ask({ operation, ...ask, proof: signing(bend) }, statuses, basis, rule);
    },
  };
}

function aSecondOff(date: string): string {
  const seconds = Number(date.slice(13, 15));
  return `${date.slice(0, 13)}${String(seconds === 0 ? 1 : seconds - 1).padStart(2, '0')}Z`;
}

function set(url: URL, part: 'pathname' | 'search', value: string): void {
  url[part] = value;
}
