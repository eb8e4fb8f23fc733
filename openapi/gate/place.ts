import { isDeepStrictEqual } from 'node:util';

/** Any object of a contract. */
export type Json = Record<string, unknown>;

/** A change that would break a caller. */
export interface Break {
  /** The operations concerned, by operationId. */
  operations: Set<string>;
  /** Where in the operation; of what lies in a component, the file of that. */
  where: string;
  /** What has changed: a keyword, or the name of a thing. */
  what: string;
  was: string;
  is: string;
  /** Why it breaks a caller. */
  why: string;
}

/** A value as a reader wants it: a list without brackets, and what is missing said in words. */
function show(value: unknown): string {
  if (value === undefined) return 'absent';
  if (Array.isArray(value)) return value.length ? value.map(String).join(', ') : 'empty';
  return typeof value === 'object' || value === '' ? JSON.stringify(value) : String(value);
}

/** A node with its `$ref` followed. What stands beside a `$ref` holds too, as OpenAPI 3.1 has it. */
export function follow(document: Json, node: unknown): { value: unknown; component?: string } {
  const { $ref, ...own } = (node ?? {}) as Json;
  if (typeof $ref !== 'string') return { value: node };
  const parts = $ref
    .slice('#/'.length)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = parts.reduce<unknown>((at, part) => (at as Json | undefined)?.[part], document);
  const value = { ...(follow(document, target).value as Json), ...own };
  return { value, component: `${parts.join('/')}.yaml` };
}

/** A node with every `$ref` in it followed, but those that lead back into themselves. */
function expand(document: Json, node: unknown, around: string[] = []): unknown {
  const { value, component = '' } = follow(document, node);
  if (value === null || typeof value !== 'object' || around.includes(component)) return node;
  const inside = component ? [...around, component] : around;
  if (Array.isArray(value)) return value.map((one) => expand(document, one, inside));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, expand(document, one, inside)]));
}

/** Two contracts side by side, and what has been found. */
export class Comparison {
  readonly released: Json;
  readonly today: Json;
  /** By its wording, so that a change in a shared component is told once. */
  private readonly found = new Map<string, Break>();

  constructor(released: Json, today: Json) {
    this.released = released;
    this.today = today;
  }

  get breaks(): Break[] {
    return [...this.found.values()];
  }

  report(operation: string, finding: Omit<Break, 'operations'>): void {
    const key = JSON.stringify(finding);
    const known = this.found.get(key) ?? { operations: new Set(), ...finding };
    known.operations.add(operation);
    this.found.set(key, known);
  }
}

/** What a place belongs to. */
interface Surroundings {
  comparison: Comparison;
  /** The operation, by operationId. */
  operation: string;
  /** Where the places around this one are. */
  around: string[];
}

/** One place in the released contract, and the same in today's. */
export class Place {
  /** What is there, its `$ref` followed; nothing if the place is new, or gone. */
  readonly was: Json | undefined;
  readonly is: Json | undefined;
  private readonly where: string;
  private readonly of: Surroundings;

  constructor(of: Surroundings, where: string, was: unknown, is: unknown) {
    const { value, component } = follow(of.comparison.released, was);
    this.was = value as Json | undefined;
    this.is = follow(of.comparison.today, is).value as Json | undefined;
    this.where = component ?? where;
    this.of = of;
  }

  /** Whether this place lies within itself, as in a schema that refers to itself: it is being compared already. */
  get repeats(): boolean {
    return this.of.around.includes(this.where);
  }

  /** A place in this one, called `name`. */
  inside(name: string, was: unknown, is: unknown): Place {
    const where = [this.where, name].filter(Boolean).join(', ');
    return new Place({ ...this.of, around: [...this.of.around, this.where] }, where, was, is);
  }

  /** Whether what is under a key, and all that it refers to, has stayed. */
  keeps(key: string): boolean {
    const { released, today } = this.of.comparison;
    return isDeepStrictEqual(expand(released, this.was?.[key]), expand(today, this.is?.[key]));
  }

  report(what: string, was: unknown, is: unknown, why: string): void {
    const { comparison, operation } = this.of;
    comparison.report(operation, { where: this.where, what, was: show(was), is: show(is), why });
  }
}
