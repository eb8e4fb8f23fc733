import { readFile } from 'node:fs/promises';

interface Contract {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
  components: { examples: Record<string, { value: unknown }> } & Record<string, Record<string, unknown>>;
}

/** The contract, read anew, to be changed as a test likes. */
export async function readContract(): Promise<Contract> {
  return JSON.parse(
    await readFile(new URL(import.meta.resolve('@connection-records/openapi/openapi.json')), 'utf8'),
  );
}

const contract = await readContract();

/** The value of a named example, as the contract has it now. */
export const exampleOf = (name: string) =>
  contract.components.examples[name]!.value as Record<string, string>;

function resolve<T>(node: unknown): T {
  const ref = (node as { $ref?: string }).$ref;
  if (!ref) return node as T;
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], contract) as T;
}

type Content = Record<string, { examples?: Record<string, unknown> }>;

/** Every named example of every answer. */
export const examples = Object.entries(contract.paths).flatMap(([template, item]) =>
  Object.entries(item)
    .filter(([method]) => method !== 'parameters')
    .flatMap(([method, { operationId, responses }]) =>
      Object.entries(responses).flatMap(([status, response]) =>
        Object.entries(resolve<{ content?: Content }>(response).content ?? {}).flatMap(
          ([mediaType, { examples = {} }]) =>
            Object.entries(examples).map(([name, example]) => ({
              operationId,
              method,
              path: template
                .replace('{project_id}', '0123456789abcdef0123456789abcdef')
                .replace('{task_id}', 'a'),
              status,
              mediaType,
              name,
              value: resolve<{ value: unknown }>(example).value,
            })),
        ),
      ),
    ),
);
