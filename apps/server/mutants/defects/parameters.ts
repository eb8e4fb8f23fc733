// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of sources.
import type { Mutant } from '../mutant.ts';

const file = 'routes.ts';
const from = '[name, schema]';

/** Changes what a parameter must be. */
const looser = (defect: string, name: string, change: string, caught: RegExp, when = 'true'): Mutant => ({
  defect,
  file,
  from,
  to: `[name, name === '${name}' && (${when}) ? ${change} : schema]`,
  caught,
});

const bodySchema = "body: body.content['application/json'].schema";
/** Changes what a list of ids must be. */
const looserIds = (defect: string, change: string, caught: RegExp): Mutant => ({
  defect,
  file,
  from: bodySchema,
  to: `${bodySchema} && ((schema) => ({ ...schema, properties: { task_ids: { ...schema.properties.task_ids, ${change} } } }))(body.content['application/json'].schema)`,
  caught,
});

const text = "{ type: 'string' }";

/** Values that are taken and must not be, or are refused and must not be. */
export const parameterDefects: readonly Mutant[] = [
  looser('a language that there is not is taken', 'language', text, /^exportConn.* 400 .*language/),
  looser('a status that there is not is taken', 'status', text, /^listExport.* 400 .*status/),
  looser(
    'a field to sort by that there is not is taken',
    'sort_field',
    text,
    /^listExport.* 400 .*sort_field/,
  ),
  looser('an order that there is not is taken', 'sort_type', text, /^listExport.* 400 .*sort_type/),
  looser(
    'a status in lower case is taken',
    'status',
    "{ type: 'string', enum: [...schema.enum, ...schema.enum.map((value) => value.toLowerCase())] }",
    /^listExport.* 400 .*status/,
  ),
  looser(
    'Chinese is not a language of files',
    'language',
    "{ ...schema, enum: ['en_US'] }",
    /^exportConn.*(zh_CN|language)/,
  ),
  looser(
    'EXPIRED is not a status to ask for',
    'status',
    "{ ...schema, enum: ['CREATING', 'SUCCESS', 'FAIL'] }",
    /^listExport.*(EXPIRED|status)/,
  ),
  looser(
    'DESC is not an order',
    'sort_type',
    "{ ...schema, enum: ['ASC'] }",
    /^listExport.*(DESC|sort_type)/,
  ),
  looser(
    'limit=1001 of records is taken',
    'limit',
    '{ ...schema, maximum: 1001 }',
    /^listConn.* 400 .*limit/,
    'schema.maximum === 1000',
  ),
  looser(
    'limit=1000 of records is refused',
    'limit',
    '{ ...schema, maximum: 999 }',
    /^listConn.*limit/,
    'schema.maximum === 1000',
  ),
  looser(
    'limit=0 of records is refused',
    'limit',
    '{ ...schema, minimum: 1 }',
    /^listConn.*limit/,
    'schema.maximum === 1000',
  ),
  looser(
    'limit=-1 of records is taken',
    'limit',
    '{ ...schema, minimum: -1 }',
    /^listConn.* 400 .*limit/,
    'schema.maximum === 1000',
  ),
  looser(
    'limit=101 of tasks is taken',
    'limit',
    '{ ...schema, maximum: 101 }',
    /^listExport.* 400 .*limit/,
    'schema.maximum === 100',
  ),
  looser(
    'limit=100 of tasks is refused',
    'limit',
    '{ ...schema, maximum: 99 }',
    /^listExport.*limit/,
    'schema.maximum === 100',
  ),
  looser(
    'limit=0 of tasks is taken',
    'limit',
    '{ ...schema, minimum: 0 }',
    /^listExport.* 400 .*limit/,
    'schema.maximum === 100',
  ),

  looser('an offset below 0 is taken', 'offset', '{ ...schema, minimum: -1 }', / 400 .*offset/),
  looser(
    'an offset beyond 2147483646 is taken',
    'offset',
    "{ type: 'integer', minimum: 0, default: 0 }",
    / 400 .*offset/,
  ),
  looser('a latency that is no number is taken', 'min_e2e_rtt', '{}', /^exportConn.* 400 .*min_e2e_rtt/),
  looser(
    'a latency that is not whole is taken',
    'max_network_rtt',
    "{ type: 'number' }",
    /^listConn.* 400 .*max_network_rtt/,
  ),
  looser('is_download may be any word', 'is_download', '{}', /^listExport.* 400 .*is_download/),
  looser('a user name may be of any length', 'user_name', text, / 400 .*user_name/),
  looser(
    'a user name of 255 characters is refused',
    'user_name',
    '{ ...schema, maxLength: 254 }',
    /user_name/,
  ),
  looser(
    'start_time of an export may be without seconds',
    'start_time',
    text,
    /^exportConn.* 400 .*start_time/,
    "'format' in schema",
  ),
  looser(
    'end_time of the list may be with seconds',
    'end_time',
    text,
    /^listConn.* 400 .*end_time/,
    "!('format' in schema)",
  ),
  {
    defect: 'a parameter that is repeated is an error of the server',
    file: 'app.ts',
    from: "if (error.validation) return new Refusal('invalidParameter', describe(error, request));",
    to: "if (Object.values(request.query).some(Array.isArray)) return new Refusal('internalError');\n  if (error.validation) return new Refusal('invalidParameter', describe(error, request));",
    caught: /twice|repeat|once/,
  },
  {
    defect: 'a user name beyond ASCII is an error of the list of records',
    file: 'filters.ts',
    from: 'const { start_time, end_time } = query;',
    to: "const { start_time, end_time } = query;\n  if (/[^\\x00-\\x7f]/.test(query.user_name ?? '')) throw new Error('ASCII');",
    caught: /beyond ASCII|percent-encoded/,
  },
  {
    defect: 'a quote in a filter is an error of the server',
    file: 'filters.ts',
    from: 'function common(projectId: string, query: ExportFilters | ConnectionRecordFilters) {',
    to: 'function common(projectId: string, query: ExportFilters | ConnectionRecordFilters) {\n  if (JSON.stringify(query).includes("\'")) throw new Error(\'near "\\\'": syntax error\');',
    caught: /right parameters|quote|percent-encoded/,
  },
  {
    defect: 'a parameter that is not known is an error of the server',
    file: 'filters.ts',
    from: 'function common(projectId: string, query: ExportFilters | ConnectionRecordFilters) {',
    to: "function common(projectId: string, query: ExportFilters | ConnectionRecordFilters) {\n  if (Object.keys(query).some((name) => !/^(start_time|end_time|(user|computer)_name|terminal_type|public_ip|enterprise_project_id|domain|language|m(in|ax)_.*_rtt|offset|limit)$/.test(name))) throw new Error('unknown');",
    caught: /parameters that it does not have/,
  },
  looserIds('a list of no ids is taken', 'minItems: 0', /^deleteExport.* 400 /),
  looserIds('a list of 201 ids is taken', 'maxItems: 201', /^deleteExport.* 400 /),
  looserIds('a list of 200 ids is refused', 'maxItems: 199', /^deleteExport/),
  looserIds('an id that is repeated is taken', 'uniqueItems: false', /^deleteExport.* 400 /),
  looserIds('an id without characters is taken', "items: { type: 'string' }", /^deleteExport.* 400 /),
  looserIds('ids that are no texts are taken', 'items: {}', /^deleteExport.* 400 /),
  {
    defect: 'a body without task_ids is taken',
    file,
    from: bodySchema,
    to: `${bodySchema} && { ...body.content['application/json'].schema, required: [] }`,
    and: {
      file: 'handlers.ts',
      from: 'exports.delete(project_id, body.task_ids)',
      to: 'exports.delete(project_id, body.task_ids ?? [])',
    },
    caught: /^deleteExport.* 400 .*task_ids/,
  },
  {
    defect: 'a request without its body is taken',
    file: 'app.ts',
    from: 'if (schema.body && request.body === undefined)',
    to: "if (schema.body && request.body === undefined) request.body = { task_ids: ['none'] };\n        if (schema.body && request.body === undefined)",
    caught: /^deleteExport.* 400 .*without its body/,
  },
];
