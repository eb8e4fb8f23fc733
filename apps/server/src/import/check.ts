import bundle from '@connection-records/openapi/openapi.json' with { type: 'json' };
import type { ConnectionRecord } from '@connection-records/types';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { columns } from '../store/columns.ts';

// Not strict: what in the bundle is of OpenAPI, and not of JSON Schema, is for others to check.
const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false });
addFormats.default(ajv);
ajv.addSchema(bundle, 'contract');
const fits = ajv.compile({
  $ref: 'contract#/components/schemas/ConnectionRecord',
  required: ['connection_start_time'],
  unevaluatedProperties: false,
});

const TIMES = ['connection_start_time', 'connection_setup_time', 'connection_end_time'] as const;
const EXAMPLE = 'a UTC time such as 2026-02-03T01:02:47Z';

/** What keeps a value from being a record, each as a sentence that says what is there and what may be. */
export function problemsOf(value: unknown): string[] {
  if (!fits(value)) return fits.errors!.map(sentenceOf);
  return TIMES.flatMap((name) => timeProblem(name, (value as ConnectionRecord)[name]));
}

/** What keeps a text from being the name of a field, if anything does. */
export function nameProblem(name: string): string | undefined {
  if ((columns as string[]).includes(name)) return undefined;
  return `${shown(name)} is not a field of a record; allowed are ${columns.join(', ')}`;
}

/** A value as it may stand in a message: recognisable, and not long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function sentenceOf({ keyword, instancePath, params, message, data }: ErrorObject): string {
  if (keyword === 'unevaluatedProperties') return nameProblem(params.unevaluatedProperty)!;
  if (keyword === 'required') return `${params.missingProperty} is missing; needed is ${EXAMPLE}`;
  const name = instancePath.slice(1) || 'the line';
  if (keyword === 'pattern') return `${name} is ${shown(data)}; allowed is ${EXAMPLE}`;
  return `${name} is ${shown(data)}; it ${message}`;
}

function timeProblem(name: (typeof TIMES)[number], time: string | undefined): string[] {
  const needed = name === 'connection_start_time';
  if (time === undefined || (time === '' && !needed)) return [];
  const date = new Date(time);
  // JavaScript takes February 30 for March 2.
  const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(time.slice(0, -1));
  return real && time !== ''
    ? []
    : [`${name} is ${shown(time)}; allowed is a date that exists, as ${EXAMPLE}`];
}
