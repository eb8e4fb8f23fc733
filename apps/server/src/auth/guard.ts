import type { OperationId } from '@connection-records/types';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import type { createAuthenticator } from './authenticate.ts';
import { type AuthRefusal, actions, authorize } from './permissions.ts';

interface GuardOptions {
  authenticate: ReturnType<typeof createAuthenticator>;
  /** How many seconds a credential has to wait before its next request; 0, go ahead. */
  secondsToWait: (credentialId: string) => number;
}

/** Lets a request pass whose caller is known, within the limits, and allowed to do this in this project; refuses any other. */
export function guard({ authenticate, secondsToWait }: GuardOptions) {
  return ({ raw, rawBody }: FastifyRequest, operationId: OperationId, projectId: string): void => {
    const { method = 'GET', url: rawUrl = '/', rawHeaders } = raw;
    const { caller, refusal } = authenticate({ method, rawUrl, rawHeaders, body: rawBody });
    if (refusal) throw refused(refusal);
    const seconds = secondsToWait(caller.credentialId);
    if (seconds > 0) throw new Refusal('throttled', undefined, { 'Retry-After': String(seconds) });
    const forbidden = authorize(
      caller,
      projectId,
      actions[operationId],
      raw.headers['x-project-id'] as string | undefined,
    );
    if (forbidden) throw refused(forbidden);
  };
}

const refused = ({ example, message }: AuthRefusal) => new Refusal(example, message);
