import { pipeline, Readable, Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type RefusalKind } from './errors.ts';
import type { WriteFile } from './exports.ts';
import type { Task } from './store/store.ts';

const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const refusals: Record<string, RefusalKind> = {
  429: 'throttled',
  500: 'internalError',
  503: 'serviceUnavailable',
};

/** What a request asks of the sandbox, by its header `X-Sandbox-Fault`. */
interface Fault {
  name: string;
  amount: number;
}

type Write<File> = (...args: Parameters<WriteFile>) => Promise<File>;

/** A clock that requests can move for their project, and faults that they can ask for. Outside a sandbox, asking is refused. */
export interface Sandbox {
  /** The time for a project, in milliseconds since 1970. */
  now: (projectId: string) => number;
  /** The projects whose clock was moved. */
  moved(): Iterable<string>;
  /** Does what the headers of a request ask for before it is handled. Tells whether the clock was moved. */
  before(request: FastifyRequest, reply: FastifyReply): boolean;
  /** Does what they ask for to the body of a success. */
  body(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown;
  /** Remembers what is to happen to a task that the request starts. */
  prepare(request: Pick<FastifyRequest, 'headers'>): (task: Task) => void;
  /** Writes files, but those that are to fail or to be slow. */
  writeFile<File>(write: Write<File>): Write<File>;
}

export function createSandbox(enabled: boolean, clock: () => number): Sandbox {
  const moved = new Map<string, number>();
  const tasks = new Map<string, Fault>();
  return {
    now: (projectId) => clock() + (moved.get(projectId) ?? 0),
    moved: () => moved.keys(),
    before({ headers, params }, reply) {
      const advance = headers['x-sandbox-advance'];
      const fault = faultOf(headers);
      if (!enabled && (advance || fault)) {
        throw new Refusal(
          'invalidParameter',
          'X-Sandbox headers are obeyed by a sandbox alone. Start the server with --sandbox.',
        );
      }
      if (fault && fault.name in refusals)
        throw new Refusal(refusals[fault.name]!, undefined, { 'Retry-After': '1' });
      if (fault?.name === 'skew') reply.header('Date', new Date(clock() + fault.amount * 1000).toUTCString());
      if (!advance) return false;
      const { project_id = '' } = params as { project_id?: string };
      moved.set(project_id, (moved.get(project_id) ?? 0) + duration(String(advance)));
      return true;
    },
    body({ headers, raw }, { statusCode }, payload) {
      const fault = statusCode < 300 ? faultOf(headers) : undefined;
      if (fault?.name !== 'cut' || !(payload instanceof Readable)) return payload;
      // The file is closed with the connection, which is what is meant to break: that it did is no news.
      return pipeline(
        payload,
        cutAfter(fault.amount, () => raw.socket.destroy()),
        () => {},
      );
    },
    prepare: ({ headers }) => {
      const fault = faultOf(headers);
      return ({ taskId }) => void (fault && tasks.set(taskId, fault));
    },
    writeFile: (write) => async (task, path, signal) => {
      const fault = tasks.get(task.taskId);
      tasks.delete(task.taskId);
      if (fault?.name === 'slow') await sleep(fault.amount * 1000, undefined, { signal });
      if (fault?.name === 'fail') throw new Error('the sandbox was asked to fail it');
      return write(task, path, signal);
    },
  };
}

function faultOf(headers: FastifyRequest['headers']): Fault | undefined {
  const given = headers['x-sandbox-fault'];
  if (given === undefined) return undefined;
  const [, name = '', amount] = /^(fail|429|500|503|slow|cut|skew)(?:=(-?\d+))?$/.exec(String(given)) ?? [];
  if (!name || (amount === undefined) === ['slow', 'cut', 'skew'].includes(name)) {
    throw new Refusal(
      'invalidParameter',
      `X-Sandbox-Fault is ${given}. Give fail, slow=SECONDS, 429, 500, 503, cut=BYTES or skew=SECONDS.`,
    );
  }
  return { name, amount: Number(amount ?? 0) };
}

function duration(text: string): number {
  const [, amount, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (!amount)
    throw new Refusal(
      'invalidParameter',
      `X-Sandbox-Advance is ${text}. Give a duration such as 90s, 15m, 12h or 30d.`,
    );
  return Number(amount) * units[unit]!;
}

/** Lets so many bytes pass, then breaks the connection. */
function cutAfter(bytes: number, cut: () => void): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const part = chunk.subarray(0, left);
      left -= part.length;
      this.push(part);
      if (left === 0) setImmediate(cut);
      else done();
    },
  });
}
