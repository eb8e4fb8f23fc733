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

/** The store, with every call of it passed through `around`. */
export function aroundStore(
  store: Store,
  around: (method: string, call: () => Promise<unknown>) => Promise<unknown>,
): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      if (untimed.has(name)) return method.bind(target);
      return (...args: unknown[]) => around(String(name), async () => method.apply(target, args));
    },
  });
}
