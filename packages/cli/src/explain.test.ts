import { ApiError, DownloadError, ExportError, StartError } from '@connection-records/client';
import { ReadError } from '@connection-records/client/read';
import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import { Interrupted } from './failure.ts';

const id = '2b31ed520f00f22aebedb6e57c0ffee0';
const refused = (status: number, body: object, operationId = 'listExportTasks', headers = {}) =>
  new ApiError(operationId as never, Response.json(body, { status, headers }), body);
const system = (code: string, path?: string) => Object.assign(new Error(`${code}: failed`), { code, path });
const fetchFailed = (code: string) => new TypeError('fetch failed', { cause: system(code) });

const candidates = [{ task_id: 'a' }, { task_id: 'b' }];
const unclear = new StartError('2 tasks were created since', candidates as never, new Error());
const broken = new DownloadError('BROKEN', id, 10, 'broke off');

const cases: [string, number, unknown, string, string | undefined][] = [
  ['an interruption', 130, new Interrupted(), 'Interrupted.', undefined],
  [
    'a failed task',
    1,
    new ExportError('FAIL', id, 'failed: WKS.1 The store is full.'),
    `Export ${id} failed: WKS.1 The store is full.`,
    'Start the export again; if it fails again, give the vendor the id of the task.',
  ],
  [
    'an expired file',
    1,
    new ExportError('EXPIRED', id, 'has expired. Start it again.'),
    `The file of export ${id} has expired.`,
    'Start the export again: the service keeps a file for a while only.',
  ],
  [
    'an export that takes too long',
    1,
    new ExportError('TIMEOUT', id, 'x', {}, new Error('No answer within 2 ms.')),
    `Export ${id} is not done yet: No answer within 2 ms.`,
    undefined,
  ],
  [
    'a start of which nobody knows what became',
    1,
    unclear,
    `${unclear.message} It may be one of a, b.`,
    'Look with: connection-records tasks list',
  ],
  ['a download that cannot be continued', 1, broken, broken.message, undefined],
  [
    'a file that cannot be converted',
    1,
    new ReadError('No column of connection records was found.'),
    'No column of connection records was found.',
    'Without --format, the file is kept as it comes.',
  ],
  [
    'a request that the service refuses',
    2,
    refused(400, { error_code: 'WKS.1', error_msg: 'Bad window.' }, 'exportConnectionRecords', {
      'X-Request-Id': 'r1',
    }),
    'The service refuses the request: Bad window. [WKS.1] (request r1)',
    'Change what it names.',
  ],
  [
    'a key that may not',
    3,
    refused(403, { error_code: 'WKS.2', error_msg: 'No.' }, 'downloadExportFile'),
    'The service does not allow this: No. [WKS.2]',
    'Check the project (--project-id) and the region. Ask for the permission workspace:tenants:exportData.',
  ],
  [
    'too many requests',
    1,
    refused(429, { error_code: 'APIGW.0308', error_msg: 'Throttled.' }),
    'Too many requests: Throttled. [APIGW.0308]',
    'Wait a minute, and try again.',
  ],
  [
    'a service out of order',
    1,
    refused(503, {}),
    'The service is out of order: HTTP 503 [HTTP.503]',
    'Try again later.',
  ],
  [
    'a file that is not there',
    1,
    refused(404, { error_code: 'WKS.3', error_msg: 'No file.' }, 'downloadExportFile'),
    'The service answers: No file. [WKS.3]',
    'See which there are: connection-records tasks list',
  ],
  [
    'a name that is none',
    1,
    fetchFailed('ENOTFOUND'),
    'The service cannot be reached: there is no such host.',
    'Check --region or --base-url and the network, or run: connection-records doctor',
  ],
  [
    'a certificate of somebody else',
    1,
    fetchFailed('DEPTH_ZERO_SELF_SIGNED_CERT'),
    'The service cannot be reached: its certificate is not accepted (DEPTH_ZERO_SELF_SIGNED_CERT).',
    'Check --region or --base-url and the network, or run: connection-records doctor',
  ],
  [
    'a full disk',
    1,
    system('ENOSPC', '/data/a.xlsx'),
    '/data/a.xlsx cannot be read or written: the disk is full.',
    'Check the path and who may use it.',
  ],
  [
    'anything else',
    1,
    new Error('x is not a function'),
    'x is not a function',
    'This may be a defect of the command. Please report it with this message.',
  ],
];

test.each(cases)(
  '%s ends with %i, and says what happened and what to do',
  (_, exitCode, error, message, advice) => {
    const { signal } = new AbortController();
    expect(explain(error, signal)).toMatchObject({ exitCode, message, advice });
  },
);

test('what an interruption broke is an interruption', () => {
  expect(explain(fetchFailed('ECONNRESET'), AbortSignal.abort(), id)).toMatchObject({
    code: 'INTERRUPTED',
    taskId: id,
  });
});
