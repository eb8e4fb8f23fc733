/** The tests of the tests: servers with one defect each, which the suite must find and name. */
import { describe, expect, it } from 'vitest';
import type { Defect, Reply } from './testing/fixture-server.ts';
import { on, tryAgainst } from './testing/try-against.ts';

interface BrokenServer {
  defect: string;
  server: Defect;
  /** The one case that fails. */
  caught: string;
  /** Part of the failure. */
  says: string;
  /** The defect shows in an example that has to be asked for. */
  examples?: boolean;
}

const BROKEN: readonly BrokenServer[] = [
  {
    defect: 'a status that the contract does not have',
    server: on('exportConnectionRecords', 200, (reply) => ({ ...reply, status: 202 })),
    caught: 'exportConnectionRecords 200 starts an export and answers with the id of its task',
    says: 'Came:      202, which the contract does not have for this operation',
  },
  {
    defect: 'X-Request-Id missing',
    server: on('listConnectionRecords', 200, (reply) => ({
      ...reply,
      headers: without(reply, 'X-Request-Id'),
    })),
    caught: 'listConnectionRecords 200 lists the records',
    says: 'Broken:    A header that every 200 must have is missing: X-Request-Id.',
  },
  {
    defect: 'Retry-After missing where the caller is throttled',
    server: on('listExportTasks', 429, (reply) => ({ ...reply, headers: without(reply, 'Retry-After') })),
    caught: 'listExportTasks 429 answers with the example throttled',
    says: 'A header that every 429 must have is missing: Retry-After.',
    examples: true,
  },
  {
    defect: 'Retry-After as a text',
    server: on('listExportTasks', 429, (reply) => ({
      ...reply,
      headers: { ...reply.headers, 'Retry-After': 'soon' },
    })),
    caught: 'listExportTasks 429 answers with the example throttled',
    says: 'Broken:    The header Retry-After does not fit its schema.\nExpected:  must be integer\nCame:      Retry-After: soon',
    examples: true,
  },
  {
    defect: 'another media type',
    server: on('listConnectionRecords', 200, (reply) => ({
      ...reply,
      headers: { ...reply.headers, 'Content-Type': 'text/html' },
    })),
    caught: 'listConnectionRecords 200 lists the records',
    says: 'Expected:  application/json\nCame:      text/html',
  },
  {
    defect: 'no media type',
    server: on('listConnectionRecords', 200, (reply) => ({
      ...reply,
      headers: without(reply, 'Content-Type'),
    })),
    caught: 'listConnectionRecords 200 lists the records',
    says: 'Came:      no Content-Type',
  },
  {
    defect: 'a body that is not JSON',
    server: on('listConnectionRecords', 200, (reply) => ({ ...reply, body: reply.body.slice(1) })),
    caught: 'listConnectionRecords 200 lists the records',
    says: 'Broken:    The body is not application/json.',
  },
  {
    defect: 'a number as a text',
    server: on('listConnectionRecords', 200, (reply) => ({
      ...reply,
      body: reply.body.replace('"e2e_rtt":38', '"e2e_rtt":"38"'),
    })),
    caught: 'listConnectionRecords 200 lists the records',
    says: 'Broken:    The body does not fit its schema. At /records/0/e2e_rtt.\nExpected:  must be integer\nCame:      "38"\nBasis:     documented: https://',
  },
  {
    defect: 'a required field missing',
    server: on('listConnectionRecords', 200, (reply) => ({ ...reply, body: '{"records":[]}' })),
    caught: 'listConnectionRecords 200 lists the records',
    says: 'must have required property \'total_count\'\nCame:      {"records":[]}\nBasis:     inferred: The vendor marks no field as required',
  },
  {
    defect: 'errors of another shape',
    server: on('downloadExportFile', 404, (reply) => ({
      ...reply,
      body: '{"code":"WKS.1","message":"gone"}',
    })),
    caught: 'downloadExportFile 404 has no file of a task that does not exist',
    says: "must have required property 'error_code'",
  },
  {
    defect: 'credentials that are not asked for',
    server: (reply, { operation }) =>
      reply.status === 401 && operation?.id === 'listConnectionRecords'
        ? { ...reply, status: 200, body: '{"records":[],"total_count":0}' }
        : reply,
    caught: 'listConnectionRecords 401 refuses a request without credentials',
    says: 'Expected:  401 (The request carries no credentials, or wrong ones.)\nCame:      200',
  },
  {
    defect: 'a limit that is not checked',
    server: (reply, { operation, url }) =>
      operation?.id === 'listExportTasks' && url.searchParams.get('limit') === '101'
        ? { ...reply, status: 200, body: '{"export_tasks":[],"count":0}' }
        : reply,
    caught: 'listExportTasks 400 refuses limit=101, above its maximum of 100',
    says: '?limit=101',
  },
  {
    defect: 'a body where there is none',
    server: on('deleteExportTasks', 200, (reply) => ({ ...reply, body: '{}' })),
    caught: 'deleteExportTasks 200 deletes the task that this run started',
    says: 'Broken:    A 200 here has no body.',
  },
  {
    defect: 'an example that differs',
    server: on('listExportTasks', 200, (reply) => ({
      ...reply,
      body: reply.body.replace('"is_download":true', '"is_download":false'),
    })),
    caught: 'listExportTasks 200 answers with the example exportExpired',
    says: 'Broken:    The body is not the example exportExpired of the contract. At /export_tasks/0/is_download.\nExpected:  true\nCame:      false\nBasis:     inferred: a rule of this project',
    examples: true,
  },
  {
    defect: 'a filter by task id that is ignored',
    server: on('listExportTasks', 200, (reply) => ({ ...reply, body: twoTasks(reply.body) })),
    caught: 'listExportTasks 200 lists the started task, and no other, when asked for it by its id',
    says: ', other',
  },
  {
    defect: 'a part of the file that is not the one asked for',
    server: (reply, { operation, headers }) =>
      operation?.id === 'downloadExportFile' && reply.status === 200 && headers.range === 'bytes=0-2'
        ? { status: 206, headers: { ...reply.headers, 'Content-Range': 'bytes 1-3/733' }, body: 'abc' }
        : reply,
    caught: 'downloadExportFile 206 gives the part of the file that Range asks for',
    says: 'Expected:  3 bytes, Content-Range bytes 0-2/…\nCame:      3 bytes, Content-Range bytes 1-3/733\nBasis:     inferred: ',
  },
  {
    defect: 'a method that is not refused',
    server: on('listExportTasks', 405, (reply) => ({ ...reply, status: 200 })),
    caught: 'listExportTasks 405 refuses PATCH, a method that no path of the contract has',
    says: 'Expected:  405 (The path does not have this method.) or 404 (There is nothing at this address.)',
  },
  {
    defect: 'a request that is never answered',
    server: (reply, { url }) => (url.searchParams.get('limit') === '101' ? 'cut' : reply),
    caught: 'listExportTasks 400 refuses limit=101, above its maximum of 100',
    says: 'Broken:    Every request is answered.\nExpected:  an answer\nCame:      the connection was closed before',
  },
  {
    defect: 'a 429 that does not say how long to wait',
    server: (reply, { url }) => (url.searchParams.get('limit') === '101' ? { ...reply, status: 429 } : reply),
    caught: 'listExportTasks 400 refuses limit=101, above its maximum of 100',
    says: 'Broken:    A header that every 429 must have is missing: Retry-After.',
  },
  {
    defect: 'a file for a task that does not exist',
    server: (reply, { operation, url }) =>
      operation?.id === 'downloadExportFile' && url.pathname.includes('no-such-task')
        ? {
            status: 200,
            headers: { ...reply.headers, 'Content-Type': 'text/csv', 'Content-Disposition': 'attachment' },
            body: 'a,b',
          }
        : reply,
    caught: 'downloadExportFile 404 has no file of a task that does not exist',
    says: 'Expected:  404 (There is no such task, or it has no file, not yet or no longer.)',
  },
];

describe('a server that breaks the contract', () => {
  it.each(BROKEN)(
    'fails in the case that names the defect: $defect',
    async ({ server, caught, says, examples }) => {
      const { failed } = await tryAgainst(server, { examples: examples ?? false });
      expect([...failed.keys()]).toEqual([caught]);
      expect(failed.get(caught)).toContain(says);
    },
  );

  it('is described so that one can repeat the request', async () => {
    const { failed } = await tryAgainst(
      on('listConnectionRecords', 200, (reply) => ({ ...reply, status: 204, body: '' })),
    );
    expect(failed.get('listConnectionRecords 200 lists the records')).toMatch(
      /^Broken: +The answer has another status than this request deserves\.\nExpected: +200 .*\nCame: +204.*\nBasis: +documented: https:.*\nOperation: listConnectionRecords, GET \/v2\/.*\nRequest: +curl -i -H "Accept: application\/json" -H "X-Auth-Token: \$CONNECTION_RECORDS_AUTH_TOKEN" 'http:.*\/connections\/desktops'\nAnswer: +HTTP 204/,
    );
  });
});

function without({ headers }: Reply, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

function twoTasks(body: string): string {
  const { export_tasks, count } = JSON.parse(body) as { export_tasks: object[]; count: number };
  return JSON.stringify({ export_tasks: [...export_tasks, { ...export_tasks[0], task_id: 'other' }], count });
}
