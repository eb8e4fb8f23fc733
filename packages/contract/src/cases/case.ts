import type { Basis, Operation } from '../contract.ts';
import type { Broken } from '../judge.ts';
import type { Capability } from '../options.ts';
import type { Answer, Ask } from '../request.ts';
import type { Trial } from '../trial.ts';

/** One rule of the contract, tried on a server. */
export interface Case {
  operation: Operation;
  /** The documented status that it is about. */
  status: number;
  title: string;
  /** Of the rule. */
  basis: Basis;
  /** Capabilities beyond the one that the operation itself needs. */
  needs?: readonly Capability[];
  /**
   * The plainest request of the operation. Where not even this has its status, the other cases of the operation would
   * only say so again, and are skipped.
   */
  plain?: true;
  /** Comes after the cases of all operations, because it only counts what none of them told. */
  late?: true;
  /** Tries the rule: `trial.ask` and `trial.demand` throw where it is broken, `Skip` where it cannot be tried. */
  run: (trial: Trial) => Promise<void>;
}

/** A case of one request. */
export interface RequestCase extends Omit<Case, 'status' | 'run'> {
  /** Statuses that are right. The first is the one that the case is about. */
  statuses: readonly [number, ...number[]];
  request: (trial: Trial) => Ask | Promise<Ask>;
  /** Rules beyond status, headers, media type and schema. Looked at only if those hold. */
  also?: (answer: Answer, trial: Trial) => Promise<readonly Broken[]>;
}

/** Makes a case of a request and of what its answer must be. */
export function requestCase({ statuses, request, also, ...rest }: RequestCase): Case {
  return {
    ...rest,
    status: statuses[0],
    run: async (trial) => {
      const answer = await trial.ask(await request(trial), statuses);
      trial.fail((await also?.(answer, trial)) ?? []);
    },
  };
}

/** Why a documented status has no case. */
export interface Waiver {
  status: number;
  reason: string;
}
