import { type Operation, operations } from '../contract.ts';
import type { Case, Waiver } from './case.ts';

/** Statuses that no request from outside can bring about for certain. A mock that gives examples is asked for them all the same. */
export const WAIVERS: readonly Waiver[] = [
  { status: 429, reason: 'it takes a flood of requests, and one operation is flooded for all' },
  { status: 500, reason: 'no request is known that a server fails at' },
  { status: 503, reason: 'it takes a server that is out of service' },
];

/** An operation and a status that the contract documents for it. */
export interface Pair {
  operation: Operation;
  status: number;
}

/** Every operation with every status documented for it. */
export function pairs(): Pair[] {
  return operations.flatMap((operation) =>
    [...operation.responses.keys()].map((status) => ({ operation, status })),
  );
}

/** Documented pairs with neither a case nor a waiver. */
export function uncovered(cases: readonly Case[], waivers: readonly Waiver[]): Pair[] {
  return pairs().filter(
    (pair) => !isCovered(pair, cases) && !waivers.some(({ status }) => status === pair.status),
  );
}

/** Documented pairs that have a waiver and no case. */
export function waived(cases: readonly Case[], waivers: readonly Waiver[]): (Pair & Waiver)[] {
  return pairs().flatMap((pair) =>
    waivers
      .filter(({ status }) => status === pair.status && !isCovered(pair, cases))
      .map((waiver) => ({ ...pair, ...waiver })),
  );
}

/** Waivers for a status that no operation documents, or that needs none because every operation has a case. */
export function superfluous(cases: readonly Case[], waivers: readonly Waiver[]): Waiver[] {
  return waivers.filter(({ status }) => {
    const concerned = pairs().filter((pair) => pair.status === status);
    return concerned.length === 0 || concerned.every((pair) => isCovered(pair, cases));
  });
}

function isCovered({ operation, status }: Pair, cases: readonly Case[]): boolean {
  return cases.some((one) => one.operation === operation && one.status === status);
}
