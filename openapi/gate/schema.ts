import { isDeepStrictEqual } from 'node:util';
import type { Json, Place } from './place.ts';

/** Who writes what a schema describes: the caller, or the server. */
export type Direction = 'request' | 'answer';

/** How what a keyword allows has changed; `unclear` where no program can tell. */
type Change = 'none' | 'narrower' | 'wider' | 'other' | 'unclear';

/** Compares two values of a keyword, `undefined` where it is absent. */
type Compare = (was: unknown, is: unknown) => Change;

const byNumber = (was: number, is: number): Change => {
  if (was === is) return 'none';
  return is < was ? 'narrower' : 'wider';
};

/** A limit from above; absent, there is none. */
const atMost: Compare = (was = Infinity, is = Infinity) => byNumber(was as number, is as number);

/** A limit from below, which is `least` if it is absent. */
const atLeast =
  (least: number): Compare =>
  (was = least, is = least) =>
    byNumber(-(was as number), -(is as number));

/** A condition that cannot be measured against another one: only its coming and going is clear. */
const condition: Compare = (was, is) => {
  if (isDeepStrictEqual(was, is)) return 'none';
  if (was === undefined) return 'narrower';
  return is === undefined ? 'wider' : 'unclear';
};

/** One of a list of values; absent, any value. */
const oneOf: Compare = (was, is) => {
  if (!Array.isArray(was) || !Array.isArray(is)) return condition(was, is);
  const lacks = (list: unknown[], wanted: unknown[]) =>
    wanted.some((value) => !list.some((one) => isDeepStrictEqual(one, value)));
  if (lacks(is, was)) return lacks(was, is) ? 'other' : 'narrower';
  return lacks(was, is) ? 'wider' : 'none';
};

/** The types that a schema allows: every integer is a number. */
const types = (type: unknown) =>
  type && [type].flat().flatMap((one) => (one === 'number' ? ['number', 'integer'] : [one]));

const multipleOf: Compare = (was, is) => {
  if (typeof was !== 'number' || typeof is !== 'number' || was === is) return condition(was, is);
  if (is % was === 0) return 'narrower';
  return was % is === 0 ? 'wider' : 'other';
};

/** From nothing (`false`) over some (a schema) to anything; two schemas are compared as such. */
const additional: Compare = (was = true, is = true) => {
  const breadth = (value: unknown) => (typeof value === 'boolean' ? Number(value) * 2 : 1);
  return byNumber(breadth(was), breadth(is));
};

/** Only the coming and going of a schema, whose inside is compared as such. */
const presence: Compare = (was, is) => condition(was && 'there', is && 'there');

/** How many schemas there are, which are compared one by one as such. */
const asMany: Compare = (was = [], is = []) =>
  (was as unknown[]).length === (is as unknown[]).length ? 'none' : 'unclear';

/** The keywords that limit a value, each with the rule that compares what it allows. */
export const keywords: Record<string, Compare> = {
  type: (was, is) => oneOf(types(was), types(is)),
  enum: oneOf,
  const: condition,
  maximum: atMost,
  exclusiveMaximum: atMost,
  maxLength: atMost,
  maxItems: atMost,
  maxProperties: atMost,
  minimum: atLeast(-Infinity),
  exclusiveMinimum: atLeast(-Infinity),
  minLength: atLeast(0),
  minItems: atLeast(0),
  minProperties: atLeast(0),
  multipleOf,
  pattern: condition,
  format: condition,
  contentMediaType: condition,
  contentEncoding: condition,
  uniqueItems: (was, is) => condition(was || undefined, is || undefined),
  required: (was = [], is = []) => oneOf(is, was),
  additionalProperties: additional,
  items: presence,
  prefixItems: asMany,
  allOf: asMany,
  anyOf: asMany,
  oneOf: asMany,
};

/** Keywords that limit nothing, and two that are compared in a way of their own. */
const limitless = /^(title|description|\$comment|examples?|externalDocs|deprecated|x-.*|default|properties)$/;

const refused = 'A request that was right is refused now';
const unexpected = 'An answer may differ from what a caller relies on';
const unclear = 'Whether it allows more or less no program can tell, so it counts';
const harm: Record<Direction, Partial<Record<Change, string>>> = {
  request: { narrower: refused, other: refused, unclear },
  answer: { wider: unexpected, other: unexpected, unclear },
};

/** Finds what breaks a caller: in a request that a schema allows less, in an answer that it allows more. */
export function compareSchemas(place: Place, direction: Direction): void {
  const { was, is, repeats } = place;
  if (!was || !is || repeats) return;
  for (const keyword of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (limitless.test(keyword)) continue;
    // A keyword without a rule (`not`, `if`, …): whatever changes in it counts.
    const rule = keywords[keyword] ?? (() => (place.keeps(keyword) ? 'none' : 'unclear'));
    const why = harm[direction][rule(was[keyword], is[keyword])];
    if (why) place.report(keyword, was[keyword], is[keyword], why);
  }
  if (direction === 'request') compareDefaults(place, was, is);
  compareProperties(place, was, is, direction);
  for (const inner of ['items', 'additionalProperties', 'prefixItems', 'allOf', 'anyOf', 'oneOf'])
    compareInner(place, inner, was[inner], is[inner], direction);
}

/** The schema under a keyword, or each in the list there. */
function compareInner(place: Place, name: string, was: unknown, is: unknown, direction: Direction): void {
  if (Array.isArray(was) && Array.isArray(is)) {
    for (const i of was.keys()) compareInner(place, `${name} ${i + 1}`, was[i], is[i], direction);
  } else if (typeof was === 'object' && typeof is === 'object') {
    compareSchemas(place.inside(name, was, is), direction);
  }
}

/** A default that is new is no change: what a value left out meant was not said before. */
function compareDefaults(place: Place, was: Json, is: Json): void {
  if (was.default === undefined || isDeepStrictEqual(was.default, is.default)) return;
  place.report('default', was.default, is.default, 'A caller that leaves it out gets something else');
}

const missed: Record<Direction, string> = {
  request: 'A caller that sends it is refused, or not heard',
  answer: 'A caller that reads it finds nothing',
};

function compareProperties(place: Place, was: Json, is: Json, direction: Direction): void {
  const before = (was.properties ?? {}) as Json;
  const after = (is.properties ?? {}) as Json;
  for (const [name, property] of Object.entries(before)) {
    if (name in after) compareSchemas(place.inside(name, property, after[name]), direction);
    else place.report(`property ${name}`, 'there', 'gone', missed[direction]);
  }
  if (direction === 'request' || was.additionalProperties !== false) return;
  for (const name of Object.keys(after))
    if (!(name in before)) place.report(`property ${name}`, 'ruled out', 'there', unexpected);
}
