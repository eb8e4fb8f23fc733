import type { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { Refused } from './refused.ts';

/** An operation of the document, as Prism reads it. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

/** Finds the operation for a method and a path, or refuses. Prism does so too, but does not tell which methods there are. */
export function createRouter(operations: Operation[]): (method: string, path: string) => Operation {
  const routes = operations
    .map((operation) => ({
      operation,
      method: operation.method.toUpperCase(),
      template: operation.path.split('/'),
    }))
    // A path that is written out goes before one that has a parameter in the same place.
    .sort((a, b) => a.template.filter(isParameter).length - b.template.filter(isParameter).length);

  return (method, path) => {
    if (!canDecode(path)) throw new Refused(400, `The path has a % that encodes nothing: ${path}`);
    const segments = path.split('/');
    const here = routes.filter(({ template }) => fits(template, segments));
    const route = here.find((candidate) => candidate.method === method);
    if (route) return route.operation;
    if (here.length === 0) throw new Refused(404, `There is no such path here: ${path}`);
    const methods = here.map((candidate) => candidate.method).join(', ');
    throw new Refused(405, `${method} is not a method of ${path}; it has ${methods}.`, { Allow: methods });
  };
}

const isParameter = (segment: string) => segment.includes('{');

const fits = (template: string[], segments: string[]) =>
  template.length === segments.length &&
  template.every((part, index) => isParameter(part) || part === segments[index]);

function canDecode(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
