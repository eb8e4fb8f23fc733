/** Errors: each says what is wrong, and nothing of what is inside the server or was sent in confidence. */
import { type Basis, type Operation, operationNamed, operations } from '../contract.ts';
import { json } from '../judge.ts';
import type { Answer, Ask, Prover } from '../request.ts';
import type { Trial } from '../trial.ts';
import { NO_TASK } from '../world.ts';
import { plainly, signing } from './auth-provers.ts';
import type { Case } from './case.ts';
import { harmless } from './refusals.ts';

/** Sent as credentials, and so not to be read anywhere. */
const TOKEN = 'MIIBtokenToBeKeptAsASecret0123456789';
const SIGNATURE = 'f00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeed';

const INSIDE: readonly (readonly [RegExp, string])[] = [
  [/(^|\n|\\n)\s+at \S+ ?\(?\S*:\d+:\d+\)?|\n\s+at [\w.$]+\([\w.]+:\d+\)/, 'a stack trace'],
  [/Traceback \(most recent call last\)|Exception in thread|\.java:\d+\)|goroutine \d+ \[/, 'a stack trace'],
  [
    /SQLITE_|SQLSTATE|ORA-\d{5}|syntax error at or near|\b(SELECT|INSERT INTO|DELETE FROM|UPDATE) .+ (FROM|VALUES|WHERE|SET)\b/,
    'SQL',
  ],
  [
    /(^|[\s"'(])(\/(home|root|usr|var|opt|app|srv|tmp|etc)\/[\w.-]|[A-Z]:\\\w)|node_modules|site-packages|file:\/\//,
    'the path of a file',
  ],
];

const KEPT: Basis = {
  kind: 'inferred',
  why: 'An error is read by whoever asks. The vendor describes error_msg as what went wrong, and the rest is for the log alone.',
};

/** Errors of every operation, and the ids of answers. */
export function leakCases(): Case[] {
  return [...operations.map(errorCase), secretCase(), ownIdCase(), sameIdCase()];
}

function errorCase(operation: Operation): Case {
  return {
    operation,
    status: 400,
    title: 'tells of errors by code and message, and nothing of its inside or of credentials',
    basis: KEPT,
    run: async (trial) => {
      for (const ask of oddAsks(operation)) {
        const answer = await trial.send(ask);
        trial.demand(answer.status < 500, {
          rule: 'Whatever is wrong with a request, the server refuses it, and does not fail at it.',
          expected: 'a status from 400 to 499',
          came: String(answer.status),
        });
        look(trial, answer);
      }
      for (const ask of wrongAsks(operation)) look(trial, await trial.send(ask));
    },
  };
}

/** Wrong by what is in them: quotes, control characters, and days that do not exist. */
function oddAsks(operation: Operation): Ask[] {
  const ask = harmless(operation);
  const quoted = `' OR 1=1; -- " \\ {{7*7}} \u0001`;
  const query = Object.fromEntries(
    operation.parameters.filter((one) => one.in === 'query').map(({ name }) => [name, quoted]),
  );
  const noSuchDay = { start_time: '2026-02-30T00:00:00Z', end_time: '2026-02-30T00:00Z' };
  const bodies = ['{"task_ids": [', JSON.stringify({ task_ids: [{ a: quoted }] })];
  return [
    { ...ask, query },
    { ...ask, path: { task_id: quoted } },
    { ...ask, path: { task_id: NO_TASK }, query: noSuchDay },
    ...(operation.body ? bodies.map((body) => ({ operation, body })) : []),
  ];
}

/** Wrong by what they ask for, and by whom: their statuses are the matter of other cases. */
function wrongAsks(operation: Operation): Ask[] {
  const ask = harmless(operation);
  const authorization = `SDK-HMAC-SHA256 Access=NOBODYS, SignedHeaders=x-sdk-date, Signature=${SIGNATURE}`;
  return [
    { ...ask, suffix: '/no-such-api' },
    { ...ask, method: 'PATCH' },
    { ...ask, proof: plainly({ 'x-auth-token': TOKEN }) },
    { ...ask, proof: plainly({ authorization, 'x-sdk-date': '20260210T021122Z' }) },
  ];
}

function look(trial: Trial, answer: Answer): void {
  if (answer.status < 400) return;
  // The server may repeat the address that was asked, which is no secret.
  const address = new URL(trial.world.settings.baseUrl).pathname;
  const text = new TextDecoder().decode(answer.bytes).replaceAll(address === '/' ? '\0' : address, '');
  const found = INSIDE.find(([pattern]) => pattern.test(text));
  const secret = [TOKEN, SIGNATURE].find((one) => text.includes(one));
  trial.demand(!found && !secret, {
    rule: 'An error shows nothing of the inside of the server, and none of the credentials that were sent.',
    expected: 'what is wrong with the request, in words for whoever sent it',
    came: `${secret ? 'the credentials that were sent' : found?.[1]}: ${text}`,
  });
  const { error_code, error_msg } = Object(json(answer)) as Record<string, unknown>;
  // That they are there at all is a matter of the schema, and told by the case that meets it first.
  trial.demand(error_code !== '' && error_msg !== '', {
    rule: 'An error says what is wrong, by a code and in words.',
    expected: 'error_code and error_msg with something in them',
    came: text,
  });
}

/** The secret that an error could tell is one that only the server and the caller know. */
function secretCase(): Case {
  const operation = operationNamed('listExportTasks');
  return {
    operation,
    status: 401,
    title: 'tells of a wrong signature without the secret key, and without the right one',
    basis: KEPT,
    needs: ['auth', 'verify'],
    run: async (trial) => {
      const secrets: string[] = [];
      const proof: Prover = (request, own) => {
        const { sent, shown } = signing()(request, own);
        const { authorization = '' } = sent;
        secrets.push(own.keys?.sk ?? '', authorization.slice(-64));
        return { sent: { ...sent, authorization: `${authorization.slice(0, -64)}${SIGNATURE}` }, shown };
      };
      const answer = await trial.send({ operation, proof });
      // A right one after a wrong one, or the access key might be locked.
      await trial.send({ operation, proof: signing() });
      const text = new TextDecoder().decode(answer.bytes);
      trial.demand(!secrets.some((secret) => secret !== '' && text.includes(secret)), {
        rule: 'Whoever has not got the secret key does not learn it, or what it signs, from an error.',
        expected: 'an error without them',
        came: 'the secret key, or the right signature of the request',
      });
    },
  };
}

const ID: Basis = {
  kind: 'inferred',
  why: 'The id is quoted to ask about one answer. That every answer has it is the contract’s claim.',
};

function ownIdCase(): Case {
  const operation = operationNamed('listExportTasks');
  return {
    operation,
    status: 200,
    title: 'gives every answer an X-Request-Id of its own',
    // A mock gives the same example twice.
    needs: ['stateful'],
    basis: ID,
    run: async (trial) => {
      const answers = [
        await trial.ask({ operation }),
        await trial.ask({ operation }),
        await trial.send({ operation, suffix: '/no-such-api' }),
        await trial.send({ operation, suffix: '/no-such-api' }),
      ];
      const ids = answers.map(({ headers }) => headers.get('x-request-id')).filter((id) => id !== null);
      trial.demand(new Set(ids).size === ids.length, {
        rule: 'X-Request-Id names one request, so no two answers have the same.',
        expected: `${ids.length} different ids`,
        came: ids.join(', '),
      });
    },
  };
}

function sameIdCase(): Case {
  const operation = operationNamed('listExportTasks');
  return {
    operation,
    status: 400,
    title: 'gives an error the request_id that is the X-Request-Id of its answer',
    needs: ['stateful'],
    basis: ID,
    run: async (trial) => {
      const asks: Ask[] = [
        { operation, query: { limit: '0' } },
        { operation, suffix: '/no-such-api' },
      ];
      for (const ask of asks) {
        const answer = await trial.send(ask);
        const { request_id } = Object(json(answer)) as Record<string, unknown>;
        const header = answer.headers.get('x-request-id');
        // An error need not repeat its id.
        trial.demand(answer.status < 400 || !request_id || !header || request_id === header, {
          rule: 'The request_id of an error is the X-Request-Id of its answer.',
          expected: `request_id ${header}`,
          came: `request_id ${request_id}`,
        });
      }
    },
  };
}
