/** Requests made up from the contract: right ones, and ones with a single thing wrong. */
import fc from 'fast-check';
import type { Operation, Parameter } from '../contract.ts';
import { encode } from '../sign.ts';
import { rightTexts, wrongTexts } from './values.ts';

export type Query = Record<string, string>;

/** Values that are there, by the name of a parameter. */
export type There = Readonly<Record<string, readonly string[]>>;

/** The most characters of a query: a server may refuse a longer address whatever is in it. */
const LONGEST = 6000;
/** Parameters that come together or not at all, on one of the pages at least. */
const TOGETHER = [
  ['start_time', 'end_time'],
  ['sort_field', 'sort_type'],
];

/** How many filters a query has at most: with more, hardly anything would be left to look at. */
const MOST = 3;
/** Parameters that leave something to look at, whatever the filters. */
const PAGING = ['limit', 'offset'];

/** Right queries of an operation. */
export function rightQueries(operation: Operation, now: number, there: There = {}): fc.Arbitrary<Query> {
  const paging = queryOf(operation).filter(({ name }) => PAGING.includes(name));
  const groups = groupsOf(operation).filter(([first]) => first && !paging.includes(first));
  return fc.tuple(fc.subarray(groups, { maxLength: MOST }), fc.subarray(paging)).chain((chosen) => {
    const parameters = chosen.flat(2);
    return fc
      .tuple(...parameters.map((parameter) => rightTexts(parameter, now, there[parameter.name])))
      .map((texts) => agreed(operation, named(parameters, texts)));
  });
}

/** The parameters of a query, those together that come together. */
function groupsOf(operation: Operation): Parameter[][] {
  const parameters = queryOf(operation);
  const pairs = TOGETHER.map((pair) => parameters.filter(({ name }) => pair.includes(name)));
  const rest = parameters
    .filter((parameter) => !pairs.flat().includes(parameter))
    .map((parameter) => [parameter]);
  // An export takes either bound alone too.
  const singles = operation.changes ? pairs.flat().map((parameter) => [parameter]) : [];
  return [...rest, ...pairs.filter(({ length }) => length > 0), ...singles];
}

/** A query with one wrong value in it, under the name of its parameter. */
export interface WrongQuery {
  name: string;
  query: Query;
}

/** Wrong queries of an operation: a right one, of which one parameter is wrong. */
export function wrongQueries(operation: Operation, now: number): fc.Arbitrary<WrongQuery> {
  const wrongs = queryOf(operation).flatMap((parameter) => {
    const texts = wrongTexts(parameter, now);
    return texts ? [texts.map((text) => ({ name: parameter.name, text }))] : [];
  });
  return fc
    .tuple(rightQueries(operation, now), fc.oneof(...wrongs))
    .map(([query, { name, text }]) => ({ name, query: short({ ...query, [name]: text }, name) }));
}

function queryOf({ parameters }: Operation): Parameter[] {
  return parameters.filter((parameter) => parameter.in === 'query');
}

function named(parameters: readonly Parameter[], texts: readonly string[]): Query {
  return Object.fromEntries(parameters.map(({ name }, index) => [name, texts[index] as string]));
}

/** Makes values fit each other: no bound without its other one, none above it, and nothing too long. */
export function agreed(operation: Operation, query: Query): Query {
  const found = { ...query };
  for (const pair of TOGETHER) {
    // An export takes either bound alone.
    if (operation.changes) continue;
    if (pair.some((name) => !(name in found))) for (const name of pair) delete found[name];
  }
  if (found.start_time !== undefined && found.start_time === found.end_time) {
    delete found.start_time;
    if (!operation.changes) delete found.end_time;
  }
  inOrder(found, 'start_time', 'end_time', (a, b) => a < b);
  for (const name of Object.keys(found).filter((one) => one.startsWith('min_'))) {
    inOrder(found, name, name.replace('min_', 'max_'), (a, b) => Number(a) <= Number(b));
  }
  return short(found);
}

function inOrder(query: Query, low: string, high: string, fits: (a: string, b: string) => boolean): void {
  const [a, b] = [query[low], query[high]];
  if (a !== undefined && b !== undefined && !fits(a, b)) Object.assign(query, { [low]: b, [high]: a });
}

/** Leaves out the longest values, but one that must stay, until a server may read the address. */
function short(query: Query, stays?: string): Query {
  const length = ([name, text]: [string, string]) => name.length + encode(text).length + 2;
  const entries = Object.entries(query).sort((a, b) => length(a) - length(b));
  while (entries.reduce((sum, entry) => sum + length(entry), 0) > LONGEST) {
    const longest = entries.findLastIndex(([name]) => name !== stays);
    if (longest < 0) break;
    entries.splice(longest, 1);
  }
  const kept = new Set(entries.map(([name]) => name));
  return Object.fromEntries(Object.entries(query).filter(([name]) => kept.has(name)));
}
