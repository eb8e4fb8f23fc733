import { describe, expect, test } from 'vitest';
import { operation, type Parameter, properties, resolve } from './bundle.ts';

const shape = ({ name, in: place, required = false, schema }: Parameter) => {
  const {
    type,
    enum: values,
    default: initial,
    minimum,
    maximum,
    minLength,
    maxLength,
  } = resolve(schema) as Parameter['schema'];
  return [name, place, required, type, { values, initial, minimum, maximum, minLength, maxLength }];
};
const plain = expect.objectContaining({ values: undefined, initial: undefined });
const milliseconds = expect.objectContaining({ minimum: 0, maximum: 10_000 });

describe('exportConnectionRecords', () => {
  const start = operation('get', '/v3/{project_id}/desktops/connections/export');

  test('has every row of the vendor’s page, and domain, which only the SDKs have', () => {
    expect(start.parameters.map(shape)).toEqual([
      ['project_id', 'path', true, 'string', plain],
      ['start_time', 'query', false, 'string', plain],
      ['end_time', 'query', false, 'string', plain],
      ['user_name', 'query', false, 'string', plain],
      ['computer_name', 'query', false, 'string', plain],
      ['terminal_type', 'query', false, 'string', plain],
      [
        'language',
        'query',
        false,
        'string',
        expect.objectContaining({ values: ['zh_CN', 'en_US'], initial: 'en_US' }),
      ],
      ['min_e2e_rtt', 'query', false, 'integer', milliseconds],
      ['max_e2e_rtt', 'query', false, 'integer', milliseconds],
      ['enterprise_project_id', 'query', false, 'string', plain],
      ['public_ip', 'query', false, 'string', plain],
      ['domain', 'query', false, 'string', plain],
    ]);
    expect(start.operationId).toBe('exportConnectionRecords');
    expect(properties('ExportStarted')).toHaveProperty('task_id');
  });

  test('says where it reads the page otherwise than it is written', () => {
    const said = Object.fromEntries(start.parameters.map(({ name, description }) => [name, description]));
    expect(said.min_e2e_rtt).toContain('E1E latency');
    expect(said.end_time).toContain('a slip for: the end time is optional');
    expect(said.domain).toMatch(/SDKs send this parameter .* does not have it/s);
  });
});

describe('the neighbouring operations', () => {
  test.each<[string, string, string, unknown[]]>([
    [
      'listExportTasks',
      'get',
      '/v2/{project_id}/export-tasks',
      [
        ['task_id', expect.objectContaining({ minLength: 1, maxLength: 64 })],
        ['file_name', plain],
        ['status', expect.objectContaining({ values: ['CREATING', 'SUCCESS', 'FAIL', 'EXPIRED'] })],
        ['is_download', plain],
        ['sort_field', expect.objectContaining({ values: ['create_time'] })],
        ['sort_type', expect.objectContaining({ values: ['ASC', 'DESC'], initial: 'ASC' })],
        ['offset', expect.objectContaining({ minimum: 0, maximum: 2_147_483_646, initial: 0 })],
        ['limit', expect.objectContaining({ minimum: 1, maximum: 100, initial: 20 })],
      ],
    ],
    [
      'downloadExportFile',
      'get',
      '/v2/{project_id}/export-tasks/{task_id}/download',
      [['task_id', expect.objectContaining({ minLength: 1, maxLength: 64 })]],
    ],
    ['deleteExportTasks', 'post', '/v2/{project_id}/export-tasks/batch-delete', []],
    [
      'listConnectionRecords',
      'get',
      '/v2/{project_id}/connections/desktops',
      [
        ['start_time', expect.objectContaining({ maxLength: 255 })],
        ['end_time', expect.objectContaining({ maxLength: 255 })],
        ['user_name', expect.objectContaining({ maxLength: 255 })],
        ['computer_name', expect.objectContaining({ maxLength: 255 })],
        ['terminal_type', expect.objectContaining({ maxLength: 255 })],
        ['min_network_rtt', milliseconds],
        ['max_network_rtt', milliseconds],
        ['enterprise_project_id', plain],
        ['public_ip', plain],
        ['offset', expect.objectContaining({ minimum: 0, maximum: 2_147_483_646, initial: 0 })],
        ['limit', expect.objectContaining({ minimum: 0, maximum: 1000, initial: 20 })],
      ],
    ],
  ])('%s has its parameters with their limits', (operationId, method, path, parameters) => {
    const found = operation(method, path);
    expect(found.operationId).toBe(operationId);
    const rows = found.parameters
      .filter(({ in: place }) => place !== 'header')
      .map(shape)
      .map(([name, , , , limits]) => [name, limits]);
    expect(rows).toEqual([
      ['project_id', expect.objectContaining({ minLength: 1, maxLength: 255 })],
      ...parameters,
    ]);
  });

  test('a deletion names 1 to 200 tasks, each once', () => {
    expect(properties('DeleteExportTasksRequest').task_ids).toMatchObject({
      minItems: 1,
      maxItems: 200,
      uniqueItems: true,
    });
  });

  test('a task has its eight fields', () => {
    const fields = 'task_id file_name status fail_reason error_code create_time end_time is_download';
    expect(Object.keys(properties('ExportTask')).join(' ')).toBe(fields);
  });

  test('a record has its 22 fields, with the odd spelling of tenantId', () => {
    const fields =
      'tenantId sid transaction_id computer_name user_name terminal_mac terminal_name terminal_ip client_version terminal_type ' +
      'agent_version desktop_ip connection_start_time connection_setup_time connection_end_time is_reconnect ' +
      'connection_failure_reason network_rtt e2e_rtt source_ip public_ip enterprise_project_id';
    expect(Object.keys(properties('ConnectionRecord')).join(' ')).toBe(fields);
  });
});
