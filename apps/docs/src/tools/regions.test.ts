import { createClient, token } from '@connection-records/client';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { regions, workspaceAt } from './regions.ts';

const projectId = '0123456789abcdef0123456789abcdef';
const credentials = token('any');

test('the regions are those that the contract knows, in its order', () => {
  const { description } = contract.servers[0]!.variables.region;
  const [, known = ''] = /Known today: ([^.]*)\./.exec(description.replaceAll('\n', ' ')) ?? [];
  expect(regions.map(({ id }) => id)).toEqual(known.split(/, | and /));
});

test('the endpoint of a region is the one that the client calls', () => {
  for (const { id } of regions)
    expect(createClient({ region: id, projectId, credentials }).baseUrl).toBe(`https://${workspaceAt(id)}`);
});
