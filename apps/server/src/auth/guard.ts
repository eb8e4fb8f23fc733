import type { OperationId } from '@connection-records/types';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import type { createAuthenticator } from './authenticate.ts';
import { type AuthRefusal, actions, authorize } from './permissions.ts';

interface GuardOptions {
  authenticate: ReturnType<typeof createAuthenticator>;
  /** How many seconds a credential has to wait before its next request; 0, go ahead. */
  secondsToWait: (credentialId: string) => number;
  /** The same for an address whose requests were refused because nobody knows the caller; counted only when one is. */
  secondsToFail: (address: string, counted: boolean) => number;
}

const noBody = Buffer.alloc(0);

/** Lets a request pass whose caller is known, within the limits, and allowed to do this in this project; refuses any other. */
export function guard({ authenticate, secondsToWait, secondsToFail }: GuardOptions) {
  return ({ raw, rawBody = noBody }: FastifyRequest, operationId: OperationId, projectId: string): void => {
    const { method = 'GET', url: rawUrl = '/', rawHeaders } = raw;
    const address = raw.socket.remoteAddress ?? '';
    // Before, not after: else who guesses would still learn of the guess that is right.
    throttle(secondsToFail(address, false));
    const { caller, refusal } = authenticate({ method, rawUrl, rawHeaders, body: rawBody });
    if (refusal) {
      secondsToFail(address, true);
      throw refused(refusal);
    }
    throttle(secondsToWait(caller.credentialId));
    const forbidden = authorize(
      caller,
      projectId,
      actions[operationId],
      raw.headers['x-project-id'] as string | undefined,
    );
    if (forbidden) throw refused(forbidden);
  };
}

function throttle(seconds: number): void {
  if (seconds > 0) throw new Refusal('throttled', undefined, { 'Retry-After': String(seconds) });
}

const refused = ({ example, message }: AuthRefusal) => new Refusal(example, message);
