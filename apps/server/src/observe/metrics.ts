import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../store/store.ts';
import { aroundStore, type CountedWriteFile, type Instrument } from './instrument.ts';

/** Upper bounds in seconds. A request may be asked to wait for half a minute, a file may take a quarter of an hour. */
const buckets = {
  request: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  store: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
  export: [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 900],
};

/** Metrics on a port of their own. No label has a project, a task or a user: there would be too many, and nobody is asked who reads them. */
export class Metrics implements Instrument {
  readonly #registry = new Registry();
  readonly #now: () => number;
  #store: Store | undefined;
  readonly #requests = this.#histogram('request', 'Time to answer a request.', ['operation', 'status']);
  readonly #calls = this.#histogram('store', 'Time of a call of the store.', ['call', 'outcome']);
  readonly #exports = this.#histogram('export', 'Time to write a file.', ['format', 'outcome']);
  readonly #rows = new Counter({
    name: 'connection_records_export_rows_total',
    help: 'Rows in the files that were completed.',
    labelNames: ['format'],
    registers: [this.#registry],
  });
  readonly #tasks = new Gauge({
    name: 'connection_records_tasks',
    help: 'Export tasks in the store, of every server.',
    labelNames: ['status'],
    registers: [this.#registry],
  });
  readonly #age = new Gauge({
    name: 'connection_records_queue_age_seconds',
    help: 'Age of the oldest export that is not finished, of every server; 0 if there is none.',
    registers: [this.#registry],
  });
  readonly #writing = new Gauge({
    name: 'connection_records_exports_running',
    help: 'Files that this server is writing now.',
    registers: [this.#registry],
  });
  readonly #server = createServer(async ({ method, url }, answer) => {
    if (method !== 'GET' || url?.split('?')[0] !== '/metrics') return answer.writeHead(404).end();
    await this.#countTasks();
    const text = await this.#registry.metrics();
    return answer.writeHead(200, { 'Content-Type': this.#registry.contentType }).end(text);
  });

  /** @param now The time, in milliseconds since 1970. */
  constructor(now: () => number) {
    this.#now = now;
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Answers `GET /metrics` from now on, and tells where. Rejects if the port cannot be had. */
  async listen(port: number, host: string): Promise<string> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    const { port: actual } = this.#server.address() as AddressInfo;
    return `http://${host.includes(':') ? `[${host}]` : host}:${actual}/metrics`;
  }

  requests(app: FastifyInstance): void {
    app.addHook('onResponse', ({ routeOptions }, { statusCode, elapsedTime }, done) => {
      const operation = routeOptions.config?.operationId ?? 'none';
      this.#requests.observe({ operation, status: statusCode }, elapsedTime / 1000);
      done();
    });
  }

  store(store: Store): Store {
    this.#store = store;
    return aroundStore(store, (call, method) => {
      const timed = timer(this.#calls, { call });
      return (...args) => timed(() => method(...args));
    });
  }

  writeFile(write: CountedWriteFile): CountedWriteFile {
    return async (task, ...rest) => {
      const { format } = task;
      this.#writing.inc();
      try {
        const written = await timer(this.#exports, { format })(() => write(task, ...rest));
        this.#rows.inc({ format }, written.rows);
        return written;
      } finally {
        this.#writing.dec();
      }
    };
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** What all projects have in the store, counted when somebody asks. A store that does not answer leaves it out. */
  async #countTasks() {
    this.#tasks.reset();
    this.#age.remove();
    const counts = await this.#store?.countTasks().catch(() => undefined);
    if (!counts) return;
    for (const { status, count } of counts) this.#tasks.set({ status }, count);
    const oldest = counts.find(({ status }) => status === 'CREATING')?.oldest ?? this.#now();
    this.#age.set(Math.max(0, this.#now() - oldest) / 1000);
  }

  #histogram<Label extends string>(what: keyof typeof buckets, help: string, labelNames: Label[]) {
    return new Histogram({
      name: `connection_records_${what}_duration_seconds`,
      help,
      labelNames,
      buckets: buckets[what],
      registers: [this.#registry],
    });
  }
}

/** Calls, and counts how long the call takes and how it ends. What it counts is looked up once. */
function timer<Label extends string>(histogram: Histogram<Label | 'outcome'>, labels: Record<Label, string>) {
  const counting = (outcome: string) =>
    histogram.labels({ ...labels, outcome } as Record<Label | 'outcome', string>);
  const [ok, failed] = [counting('ok'), counting('error')];
  return async <T>(call: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      const result = await call();
      ok.observe((performance.now() - began) / 1000);
      return result;
    } catch (error) {
      failed.observe((performance.now() - began) / 1000);
      throw error;
    }
  };
}
