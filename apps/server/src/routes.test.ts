import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { methods, routes } from './routes.ts';

const routeOf = (id: string) => routes.find(({ operationId }) => operationId === id);

test('every operation of the contract has its route', () => {
  const operations = Object.values(contract.paths).flatMap((item) =>
    Object.values(item).flatMap((part) => ('operationId' in part ? [part.operationId] : [])),
  );
  expect(routes.map(({ operationId }) => operationId)).toEqual(operations);
  expect(routeOf('downloadExportFile')).toMatchObject({
    method: 'GET',
    url: '/v2/:project_id/export-tasks/:task_id/download',
  });
});

test('each part of a request is held against what the contract says of it, wherever that is written', () => {
  expect(JSON.stringify(routes)).not.toContain('$ref');
  const { ProjectId, TasksLimit, PreferWait } = contract.components.parameters;
  expect(routeOf('listExportTasks')!.schema).toMatchObject({
    params: { properties: { project_id: ProjectId.schema }, required: ['project_id'] },
    querystring: { properties: { limit: TasksLimit.schema }, required: [] },
    headers: { properties: { Prefer: PreferWait.schema } },
  });
  expect(routeOf('deleteExportTasks')!.schema.body).toMatchObject({ required: ['task_ids'] });
});

test('every path knows its methods', () => {
  expect(methods.map(({ own }) => own.join())).toEqual(['GET', 'GET', 'GET', 'POST', 'GET']);
});
