import type { Connection } from './database.ts';

interface Waiting {
  work: () => unknown;
  resolve: (result: never) => void;
  reject: (error: unknown) => void;
}

/** Does all that comes in one turn of the event loop in one transaction, whose end costs more than the work. All of it is done, or none. */
export function groupCommit({ transaction }: Connection): <Result>(work: () => Result) => Promise<Result> {
  let waiting: Waiting[] = [];
  function commit() {
    const group = waiting;
    waiting = [];
    try {
      const results = transaction(() => group.map(({ work }) => work()));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as never);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
  return (work) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ work, resolve, reject }) === 1) setImmediate(commit);
    });
}
