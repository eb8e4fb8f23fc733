import { cli, curl, go, python, type SampleRequest, typescript } from '../samples/index.ts';
import { type Operation, service } from './model.ts';

/**
 * The request that the page of an operation shows: what it must be given, and what it may be given where the example is the default. So
 * one sees how a parameter is given, and nothing is hidden by a filter, or by a date that has passed.
 */
export function requestOf(operation: Operation, credentials: SampleRequest['credentials']): SampleRequest {
  const shown = operation.parameters.filter(
    ({ required, example, default: initial }) => required || (example !== undefined && example === initial),
  );
  return {
    operationId: operation.id,
    baseUrl: service.example,
    parameters: Object.fromEntries(shown.map(({ name, example }) => [name, example])),
    body: operation.request?.bodies[0]?.examples[0]?.value,
    credentials,
  };
}

/** The languages of the samples, with the highlighting of each. */
export const languages = [
  { label: 'curl', lang: 'sh', write: curl },
  { label: 'TypeScript', lang: 'ts', write: typescript },
  { label: 'CLI', lang: 'sh', write: cli },
  { label: 'Python', lang: 'python', write: python },
  { label: 'Go', lang: 'go', write: go },
] as const;
