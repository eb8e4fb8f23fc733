import { createClient, exportConnectionRecords, token } from '@connection-records/client';
import { type Mock, startMock } from '@connection-records/mock';
import { afterAll, beforeAll, expect, test } from 'vitest';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock(); // on a free port
});
afterAll(() => mock.close());

/** A client of the mock, which answers each request with the example that `prefer` names for it, if any. */
const clientThatGets = (prefer: (url: string) => string | undefined) =>
  createClient({
    baseUrl: mock.url,
    projectId: '0123456789abcdef0123456789abcdef',
    credentials: token('any'),
    fetch: (request) => {
      const example = prefer(request.url);
      if (example) request.headers.set('Prefer', `example=${example}`);
      return fetch(request);
    },
  });

test('an export comes as a file', async () => {
  const file = await exportConnectionRecords(clientThatGets(() => undefined));
  expect(file.fileName).toBe('connection-records-20260210021122.csv');
});

test('an export that fails says why', async () => {
  const client = clientThatGets((url) =>
    url.includes('/export-tasks?') ? 'exportFailed' : undefined,
  );
  await expect(exportConnectionRecords(client)).rejects.toMatchObject({
    outcome: 'FAIL',
    fail_reason: 'The records could not be read. Start the export again.',
  });
});

test('without a permission, nothing is started', async () => {
  const client = clientThatGets(() => 'permissionMissing');
  await expect(exportConnectionRecords(client)).rejects.toMatchObject({
    status: 403,
    code: 'WKS.00081102',
  });
});
