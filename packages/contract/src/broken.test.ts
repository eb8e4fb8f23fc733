/** The tests of the tests: servers with one defect each, which the suite must find and name. */
import { describe, expect, it } from 'vitest';
import { UNUSUAL } from './right-values.ts';
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
    server: on('downloadExportFile', 405, (reply) => ({
      ...reply,
      body: '{"code":"WKS.1","message":"no such method"}',
    })),
    caught: 'downloadExportFile 405 refuses PATCH, a method that no path of the contract has',
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
    defect: 'a limit that is one too low',
    server: refused('listConnectionRecords', ({ searchParams }) => searchParams.get('limit') === '1000'),
    caught: 'listConnectionRecords 200 accepts limit at its minimum of 0 and its maximum of 1000',
    says: 'Broken:    limit may be at its maximum of 1000.',
  },
  {
    defect: 'a length that is counted in bytes',
    server: refused(
      'listConnectionRecords',
      ({ searchParams }) => Buffer.byteLength(searchParams.get('user_name') ?? '') > 255,
    ),
    caught: 'listConnectionRecords 200 accepts user_name at its maximum of 255 characters',
    says: 'Broken:    user_name may be at its maximum of 255 characters.',
  },
  {
    defect: 'characters that are not decoded',
    server: failing('listConnectionRecords', ({ search }) => /public_ip=[^&]*%2B/.test(search)),
    caught: `listConnectionRecords 200 accepts public_ip=${UNUSUAL}, percent-encoded`,
    says: 'percent-encoded in UTF-8',
  },
  {
    defect: 'a server error where a name is repeated',
    server: failing('listExportTasks', ({ searchParams }) => searchParams.getAll('status').length > 1),
    caught: 'listExportTasks 200 takes or refuses status repeated, empty, and answers by the contract',
    says: 'Broken:    A request in which status is given twice is taken or refused.',
  },
  {
    defect: 'two parameters that do not go together',
    server: failing(
      'listExportTasks',
      ({ searchParams }) => searchParams.has('sort_field') && searchParams.get('is_download') === 'true',
    ),
    caught: 'listExportTasks 200 takes every two of its parameters together',
    says: 'Broken:    Parameters that are right alone are right together: is_download, sort_field, sort_type.',
  },
  {
    defect: 'a word in another case that is taken',
    server: taken('exportConnectionRecords', ({ searchParams }) => searchParams.get('language') === 'ZH_cn'),
    caught: 'exportConnectionRecords 400 refuses language=ZH_cn, which is zh_CN in another case',
    says: 'Expected:  400',
  },
  {
    defect: 'a number that is read as far as it goes',
    server: taken('listExportTasks', ({ searchParams }) => searchParams.get('offset') === '5x'),
    caught: 'listExportTasks 400 refuses offset=5x, which is no integer',
    says: '?offset=5x',
  },
  {
    defect: 'a time of the other precision that is taken',
    server: taken('listConnectionRecords', ({ searchParams }) =>
      /T\d\d:\d\d:\d\dZ$/.test(searchParams.get('start_time') ?? ''),
    ),
    caught: 'listConnectionRecords 400 refuses a start_time that is not to the minute, in UTC and with Z',
    says: 'Broken:    start_time is written as ',
  },
  {
    defect: 'a bound that is refused when given alone',
    server: refused(
      'exportConnectionRecords',
      ({ searchParams }) => searchParams.has('end_time') && !searchParams.has('start_time'),
    ),
    caught: 'exportConnectionRecords 200 accepts end_time without start_time',
    says: 'Came:      400',
  },
  {
    defect: 'a parameter that nobody knows, and that changes the answer',
    server: (reply, { operation, url }) =>
      operation?.id === 'listConnectionRecords' && url.searchParams.has('no_such_parameter')
        ? { ...reply, body: '{"records":[],"total_count":0}' }
        : reply,
    caught:
      'listConnectionRecords 200 takes or refuses parameters that it does not have, and is not changed by them',
    says: 'Broken:    A parameter with an unknown name changes nothing, if it is not refused.',
  },
  {
    defect: 'a stack trace in an error',
    server: on('listExportTasks', 405, (reply) => ({
      ...reply,
      body: '{"error_code":"APIGW.0101","error_msg":"Error: none\\n    at route (/srv/api/app.js:12:7)"}',
    })),
    caught:
      'listExportTasks 400 tells of errors by code and message, and nothing of its inside or of credentials',
    says: 'Broken:    An error shows nothing of the inside of the server',
  },
  {
    defect: 'a token in an error',
    server: (reply, { operation, headers }) =>
      operation?.id === 'listExportTasks' && String(headers['x-auth-token']).startsWith('MIIBtoken')
        ? {
            ...reply,
            status: 401,
            body: JSON.stringify({
              error_code: 'APIGW.0307',
              error_msg: `${headers['x-auth-token']} expired`,
            }),
          }
        : reply,
    caught:
      'listExportTasks 400 tells of errors by code and message, and nothing of its inside or of credentials',
    says: 'Came:      the credentials that were sent',
  },
  {
    defect: 'a content type that must be exactly application/json',
    server: (reply, { operation, headers }) =>
      operation?.id === 'deleteExportTasks' && /charset/i.test(headers['content-type'] ?? '')
        ? { ...reply, status: 400, headers: JSON_TYPE, body: INVALID }
        : reply,
    caught:
      'deleteExportTasks 200 accepts Content-Type application/json;charset=UTF-8, as the vendor sends it',
    says: 'Came:      400',
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
      /^Broken: +The answer has another status than this request deserves\.\nExpected: +200 .*\nCame: +204.*\nBasis: +documented: https:.*\nOperation: listConnectionRecords, GET \/v2\/.*\nRequest: +curl -i -H 'Accept: application\/json' -H "X-Auth-Token: \$CONNECTION_RECORDS_AUTH_TOKEN" 'http:.*\/connections\/desktops'\nAnswer: +HTTP 204/,
    );
  });
});

function without({ headers }: Reply, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

const INVALID = '{"error_code":"WKS.00211102","error_msg":"Something is invalid."}';
const JSON_TYPE = { 'Content-Type': 'application/json', 'X-Request-Id': '9f2d1c44b0a8e7d3' };

/** A defect that refuses what it should take. */
function refused(operationId: string, which: (url: URL) => boolean): Defect {
  return (reply, { operation, url }) =>
    operation?.id === operationId && reply.status === 200 && which(url)
      ? { status: 400, headers: JSON_TYPE, body: INVALID }
      : reply;
}

/** A defect at which the server fails. */
function failing(operationId: string, which: (url: URL) => boolean): Defect {
  return (reply, { operation, url }) =>
    operation?.id === operationId && which(url)
      ? { status: 500, headers: JSON_TYPE, body: '{"error_code":"WKS.00000003","error_msg":"It failed."}' }
      : reply;
}

/** A defect that takes what it should refuse. */
function taken(operationId: string, which: (url: URL) => boolean): Defect {
  const bodies: Record<string, string> = {
    exportConnectionRecords: '{"task_id":"a"}',
    listExportTasks: '{"export_tasks":[],"count":0}',
    listConnectionRecords: '{"records":[],"total_count":0}',
  };
  return (reply, { operation, url }) =>
    operation?.id === operationId && reply.status === 400 && which(url)
      ? { ...reply, status: 200, body: bodies[operationId] ?? '' }
      : reply;
}
