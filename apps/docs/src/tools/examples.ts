// Every named example of an answer, read from the contract.
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };

interface Reference {
  $ref: string;
}
interface Response {
  content?: Record<string, { examples?: Record<string, Reference> }>;
}
interface Example {
  summary: string;
  value: { error_code?: string } | string;
  'x-basis'?: 'inferred';
  'x-basis-reason'?: string;
}

const nameIn = ({ $ref }: Reference) => $ref.slice($ref.lastIndexOf('/') + 1);
const responses = contract.components.responses as unknown as Record<string, Response>;
const examples = contract.components.examples as unknown as Record<string, Example>;
const resolved = (response: Response | Reference): Response =>
  '$ref' in response ? responses[nameIn(response)]! : response;

/** An example of an answer, and which operations can be asked for it. */
export interface NamedExample {
  name: string;
  status: number;
  code: string | undefined;
  summary: string;
  inferred: boolean;
  operations: string[];
}

const operations = Object.values(contract.paths).map(
  (path) =>
    ('get' in path ? path.get : path.post) as unknown as {
      operationId: string;
      responses: Record<string, Response | Reference>;
    },
);

/** How many operations there are. */
export const operationCount = operations.length;

/** Every named example of an answer, successes first. */
export function namedExamples(): NamedExample[] {
  const found = new Map<string, NamedExample>();
  for (const { operationId, responses } of operations)
    for (const [status, response] of Object.entries(responses))
      for (const { examples: named = {} } of Object.values(resolved(response).content ?? {}))
        for (const name of Object.keys(named)) {
          const example = examples[name]!;
          const { summary, value } = example;
          const known = found.get(name) ?? {
            name,
            status: Number(status),
            code: typeof value === 'string' ? undefined : value.error_code,
            summary,
            inferred: 'x-basis' in example,
            operations: [],
          };
          if (!known.operations.includes(operationId)) known.operations.push(operationId);
          found.set(name, known);
        }
  return [...found.values()].sort((a, b) => a.status - b.status);
}
