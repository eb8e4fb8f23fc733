import type { Case } from '../cases/case.ts';
import type { Basis, Operation } from '../contract.ts';
import type { Capability } from '../options.ts';
import type { Trial } from '../trial.ts';

/** A rule of the life of a task. */
export interface LifeCase {
  operation: Operation;
  /** 200 unless said otherwise. */
  status?: number;
  title: string;
  basis: Basis;
  needs?: readonly Capability[];
  run: (trial: Trial) => Promise<void>;
}

/** Makes a case of it: it takes a server that remembers, and that lets exports be started. */
export function lifeCase({ needs = [], status = 200, ...rest }: LifeCase): Case {
  return { ...rest, status, needs: ['stateful', 'start', ...needs] };
}
