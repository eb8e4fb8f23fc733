import type { Basis, Operation } from '../contract.ts';
import type { Broken } from '../judge.ts';
import type { Capability } from '../options.ts';
import type { Answer, Exchange } from '../request.ts';
import type { World } from '../world.ts';

/** One request whose answer is judged. */
export interface Case {
  operation: Operation;
  /** Statuses that are right. The first is the one that the case covers. */
  statuses: readonly [number, ...number[]];
  title: string;
  /** Of the claim that the request deserves that status. */
  basis: Basis;
  /** Capabilities beyond the one that the operation itself needs. */
  needs?: readonly Capability[];
  /** Sends the request; throws `Skip` where it cannot be sent. */
  send: (world: World) => Promise<Exchange>;
  /** Rules beyond status, headers, media type and schema. Called only if those hold. */
  also?: (answer: Answer, world: World) => Promise<Broken[]>;
}

/** Why a documented status has no case. */
export interface Waiver {
  status: number;
  reason: string;
}

/** The basis of a status of an operation. Throws if the contract does not document it. */
export function basisOfStatus(operation: Operation, status: number): Basis {
  const documented = operation.responses.get(status);
  if (!documented) throw new Error(`The contract documents no ${status} of ${operation.id}.`);
  return documented.basis;
}

/** Two claims together are inferred if one of them is. */
export function weaker(a: Basis, b: Basis): Basis {
  return a.kind === 'inferred' ? a : b;
}
