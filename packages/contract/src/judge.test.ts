import { describe, expect, it } from 'vitest';
import { document, type Node } from './bundle.ts';
import { type Basis, operations } from './contract.ts';
import { judge } from './judge.ts';

const ANY: Basis = { kind: 'documented', why: 'of the status, not of the header' };
const marks = (document as unknown as { components: { headers: Record<string, Node> } }).components.headers;

describe('a header that is missing', () => {
  const required = operations.flatMap((operation) =>
    [...operation.responses.values()].flatMap(({ status, headers }) =>
      headers.filter((header) => header.required).map(({ name }) => ({ operation, status, name })),
    ),
  );

  it.each(required)(
    'has the basis of that header in the contract: $operation.id $status $name',
    ({ operation, status, name }) => {
      const broken = judge(operation, [status], ANY, {
        status,
        headers: new Headers(),
        bytes: new Uint8Array(),
      });
      const found = broken.find(({ rule }) => rule.endsWith(`is missing: ${name}.`));
      expect(found?.basis.kind).toBe(marks[name.replaceAll('-', '')]?.['x-basis'] ?? 'documented');
    },
  );
});
