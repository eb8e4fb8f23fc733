import type { FastifyInstance } from 'fastify';
import type { WriteFile } from '../exports.ts';
import type { Store } from '../store/store.ts';

/** Writes a file as {@link WriteFile} does, and counts its rows. */
export type CountedWriteFile = (...args: Parameters<WriteFile>) => Promise<Written>;

/** A finished file, and how many rows it has. */
export type Written = Awaited<ReturnType<WriteFile>> & { rows: number };

/** Something that watches the server at work: what it is given, it gives back with itself in between. */
export interface Instrument {
  /** Watches requests. Called once, before there are routes. */
  requests(app: FastifyInstance): void;
  store(store: Store): Store;
  writeFile(write: CountedWriteFile): CountedWriteFile;
  /** Tells what it has not told yet, and stops. */
  close(): Promise<void>;
}

/** Not calls that end when the store is done: a reading ends when its reader wants it to, and listening is not waited for. */
const untimed = new Set<string | symbol>(['readRecords', 'onChange', 'close']);

type Method = (...args: unknown[]) => Promise<unknown>;

/** The store, with every method of it as `around` makes it, which is asked once for each. */
export function aroundStore(store: Store, around: (name: string, method: Method) => Method): Store {
  const made = new Map<string | symbol, unknown>();
  return new Proxy(store, {
    get(target, name) {
      const known = made.get(name);
      if (known) return known;
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as Method;
      const wrapped = untimed.has(name) ? method : around(String(name), method);
      made.set(name, wrapped);
      return wrapped;
    },
  });
}
