import { isDeepStrictEqual } from 'node:util';
import type { Ways } from './operations.ts';
import type { Json, Place } from './place.ts';
import { compareSchemas } from './schema.ts';

const nameOf = (way: Ways[number]) =>
  Object.entries(way)
    .map(([scheme, scopes]) => [scheme, ...scopes].join(' '))
    .join(' with ') || 'none';

/** Finds the ways to be let in that no longer let in. */
export function compareSecurity(place: Place, was: Ways, is: Ways): void {
  const after: Ways = is.length ? is : [{}];
  for (const way of was.length ? was : [{}]) {
    const enough = ([scheme, scopes]: [string, string[]]) =>
      scopes.every((scope) => (way as Ways[number])[scheme]?.includes(scope)) && scheme in way;
    if (!after.some((other) => Object.entries(other).every(enough)))
      place.report(
        'authentication',
        nameOf(way),
        after.map(nameOf),
        'A caller with such credentials is refused',
      );
  }
}

/** A scheme without its words. */
const bare = (scheme: unknown) =>
  Object.fromEntries(
    Object.entries(scheme as Json).filter(([key]) => key !== 'description' && !key.startsWith('x-')),
  );

/** Finds security schemes that now go otherwise; one that is gone is told by the operations. */
export function compareSchemes(place: Place): void {
  const [before, after] = [place.was, place.is].map(
    (side) => ((side?.components as Json | undefined)?.securitySchemes ?? {}) as Json,
  ) as [Json, Json];
  for (const name of Object.keys(before).filter((name) => name in after)) {
    const scheme = place.inside(`security scheme ${name}`, before[name], after[name]);
    const [was, is] = [bare(scheme.was), bare(scheme.is)];
    if (!isDeepStrictEqual(was, is))
      place.report(`security scheme ${name}`, was, is, 'A caller proves itself in the old way');
  }
}

/** Finds servers that are gone, and what has changed in the variables of their addresses. */
export function compareServers(place: Place): void {
  const [before, after] = [place.was, place.is].map((side) => (side?.servers ?? []) as Json[]) as [
    Json[],
    Json[],
  ];
  for (const server of before) {
    const there = after.find(({ url }) => url === server.url);
    if (!there) place.report(`server ${server.url}`, 'there', 'gone', 'A caller asks the old address');
    // A variable has values and a default, as the property of a schema has.
    const [was, is] = [server, there].map((one) => one && { properties: one.variables });
    compareSchemas(place.inside(`server ${server.url}`, was, is), 'request');
  }
}
