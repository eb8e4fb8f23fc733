// Every named example of an answer, from the contract.
import { operations } from '../reference/model.ts';

/** An example of an answer, and which operations can be asked for it. */
export interface NamedExample {
  name: string;
  status: number;
  code: string | undefined;
  /** What happened, in English. */
  summary: string;
  inferred: boolean;
  operations: string[];
}

/** Every named example of an answer, successes first. */
export function namedExamples(): NamedExample[] {
  const found = new Map<string, NamedExample>();
  for (const { id, answers } of operations)
    for (const { status, bodies } of answers)
      for (const { name, summary, value, reasons } of bodies.flatMap(({ examples }) => examples)) {
        const known = found.get(name) ?? {
          name,
          status: Number(status),
          code: (value as { error_code?: string }).error_code,
          summary,
          inferred: reasons.length > 0,
          operations: [],
        };
        if (!known.operations.includes(id)) known.operations.push(id);
        found.set(name, known);
      }
  return [...found.values()].sort((a, b) => a.status - b.status);
}
