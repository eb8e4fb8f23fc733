// What a sample has to know of each operation, taken from the contract. It goes into a file, for the whole contract is too much for a page.
import { writeFile } from 'node:fs/promises';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };

/** The file that holds what was taken. */
export const generatedFile = new URL('./generated/operations.ts', import.meta.url);

type Ref = { $ref: string };
type Parameter = { name: string; in: string; schema: { default?: unknown } };
interface Operation {
  operationId: string;
  parameters?: (Ref | Parameter)[];
  requestBody?: { content: object };
  responses: { [status: string]: { headers?: object; content?: object } };
}

const resolve = <T>(node: T | Ref): T =>
  node && typeof node === 'object' && '$ref' in node
    ? (node.$ref
        .split('/')
        .slice(1)
        // biome-ignore lint/suspicious/noExplicitAny: a path into the document
        .reduce((at: any, key) => at[key], contract) as T)
    : node;

const answerOf = ({ headers = {}, content }: Operation['responses'][string]) =>
  'Content-Disposition' in headers ? 'file' : content ? 'json' : 'nothing';

function factsOf(path: string, method: string, operation: Operation, shared: (Ref | Parameter)[]) {
  const parameters = [...shared, ...(operation.parameters ?? [])].map(resolve).map((parameter) => {
    const { default: initial } = resolve(parameter.schema);
    return [parameter.name, { in: parameter.in, ...(initial !== undefined && { default: initial }) }];
  });
  const [mediaType] = Object.keys(operation.requestBody?.content ?? {});
  return {
    method: method.toUpperCase(),
    path,
    parameters: Object.fromEntries(parameters),
    ...(mediaType && { mediaType }),
    answer: answerOf(operation.responses[200] ?? {}),
  };
}

/** The text of the file as the contract stands now. */
export function generateOperations(): string {
  const facts = Object.entries(contract.paths).flatMap(([path, { parameters, ...methods }]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => [
      operation.operationId,
      factsOf(path, method, operation, parameters),
    ]),
  );
  const text = JSON.stringify(Object.fromEntries(facts), null, 2);
  return `// Generated from the contract in openapi/ by \`pnpm generate\`. Do not edit.\n\nexport const operations = ${text} as const;\n`;
}

if (import.meta.main) await writeFile(generatedFile, generateOperations());
