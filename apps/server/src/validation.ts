import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyError, FastifyRequest, FastifySchemaCompiler } from 'fastify';

/** Makes the checks of requests from the schemas of the contract. */
export function createValidators(): FastifySchemaCompiler<object> {
  // A query is text that stands for numbers and booleans; JSON has its own.
  const text = createAjv(true);
  const json = createAjv(false);
  return ({ schema, httpPart }) => (httpPart === 'body' ? json : text).compile(schema);
}

function createAjv(coerceTypes: boolean): Ajv2020 {
  // Unknown keywords are the contract's own notes; and lint has held its schemas against their own schema, which takes 40 ms.
  const ajv = new Ajv2020({
    strict: false,
    coerceTypes,
    useDefaults: true,
    meta: false,
    validateSchema: false,
  });
  addFormats.default(ajv);
  return ajv;
}

/** Which parameter is wrong, what it is, and what it must be. */
export function describe(
  { validation = [], validationContext }: FastifyError,
  { query, params, body }: FastifyRequest,
): string {
  const values = { querystring: query, params, body, headers: {} }[validationContext ?? 'headers'];
  return validation
    .map(({ instancePath, message = 'is not valid', params: { allowedValues } }) => {
      const name = instancePath.slice(1).replaceAll('/', '.') || 'The body';
      const value = Object(values)[name];
      const given = value === undefined ? name : `${name} is ${String(value).slice(0, 80)}; it`;
      return `${given} ${message}${Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : ''}.`;
    })
    .join(' ');
}
