/** JSON Schema, draft 2020-12, over the whole bundle as one schema: each part is validated at its own JSON pointer. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { document } from './bundle.ts';
import { type Basis, basisOf } from './contract.ts';

/** How a value differs from its schema. */
export interface Mismatch {
  /** Where in the value, as a JSON pointer; empty for the value itself. */
  at: string;
  /** What the contract asks for there. */
  expected: string;
  basis: Basis;
}

const ROOT = 'contract';
const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true });
addFormats.default(ajv);
// Strict, so that a misspelt keyword in the contract is an error; its own marks and the keys of OpenAPI are none.
ajv.addVocabulary([...Object.keys(document), ...extensionsOf(document)]);
ajv.addSchema(document, ROOT);

const compiled = new Map<string, ValidateFunction>();

/** Everything in which the value differs from the schema at that pointer of the bundle; nothing if it fits. */
export function mismatches(pointer: string, value: unknown, documented: Basis): Mismatch[] {
  const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `${ROOT}#${pointer}` });
  compiled.set(pointer, validate);
  validate(value);
  return (validate.errors ?? []).map((error) => ({
    at: error.instancePath,
    expected: sentenceOf(error),
    basis: basisOfKeyword(error, documented),
  }));
}

/** The mark on a schema speaks of its limits and of `required`; names and types are the vendor's. */
function basisOfKeyword(error: ErrorObject, documented: Basis): Basis {
  if (error.keyword === 'type') return documented;
  return basisOf((error.parentSchema ?? {}) as Record<string, unknown>, documented);
}

function sentenceOf(error: ErrorObject): string {
  const allowed: unknown = error.params.allowedValues;
  const values = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : '';
  return `${error.message ?? error.keyword}${values}`;
}

function extensionsOf(node: unknown, found = new Set<string>()): Set<string> {
  if (typeof node !== 'object' || node === null) return found;
  for (const [key, value] of Object.entries(node)) {
    if (key.startsWith('x-')) found.add(key);
    extensionsOf(value, found);
  }
  return found;
}
