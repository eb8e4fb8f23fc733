import { type Basis, type Documented, type Media, type Operation, operations } from '../contract.ts';
import { hasType, judgeExample } from '../judge.ts';
import { type Case, requestCase } from './case.ts';

/** What a mock does with `Prefer` is no business of the vendor's, whatever the status and the example say themselves. */
const BASIS: Basis = {
  kind: 'inferred',
  why: 'a rule of this project: a mock gives the very example that `Prefer: code=…, example=…` names (--examples)',
};

/** Every named example of the contract, asked for with `Prefer`, as a mock understands it. */
export function exampleCases(): Case[] {
  return operations.flatMap((operation) =>
    [...operation.responses.values()].flatMap((response) =>
      response.media.flatMap((media) =>
        [...media.examples.keys()].map((name) => exampleCase(operation, response, media, name)),
      ),
    ),
  );
}

function exampleCase(operation: Operation, { status }: Documented, media: Media, name: string): Case {
  return requestCase({
    operation,
    statuses: [status],
    title: `answers with the example ${name}`,
    basis: BASIS,
    request: () => ({
      operation,
      ...(operation.body ? { body: JSON.stringify(operation.body.example) } : {}),
      headers: { Accept: media.type, Prefer: `code=${status}, example=${name}` },
      wants: status,
    }),
    also: async (answer) => {
      if (hasType(answer, media.type)) return judgeExample(name, media, answer, BASIS);
      const rule = `The example ${name} has another media type.`;
      return [
        { rule, expected: media.type, came: answer.headers.get('content-type') ?? 'none', basis: BASIS },
      ];
    },
  });
}
