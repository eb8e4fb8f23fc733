import type { Instrument } from './instrument.ts';

export type { CountedWriteFile, Instrument, Written } from './instrument.ts';

/** Which instruments a server has: none is loaded that is not asked for. */
export interface ObserveOptions {
  /** The port of `/metrics`, 0 for a free one; undefined for no metrics. */
  metricsPort: number | undefined;
  /** The address on which metrics are told. */
  host: string;
  /** Whether to send traces to where the standard variables `OTEL_…` say. */
  traces: boolean | undefined;
  now: () => number;
}

/** All instruments as one. */
export interface Observation extends Instrument {
  /** Gives out the metrics from now on, and tells where; nothing if there are none. Rejects if the port cannot be had. */
  listen(): Promise<string | undefined>;
}

/** Loads the instruments that are asked for. */
export async function observe({ metricsPort, host, traces, now }: ObserveOptions): Promise<Observation> {
  const metrics = metricsPort === undefined ? undefined : new (await import('./metrics.ts')).Metrics(now);
  const tracing = traces ? (await import('./traces.ts')).openTraces() : undefined;
  const instruments = [metrics, tracing].filter((instrument) => instrument !== undefined);
  return {
    listen: async () => metrics?.listen(metricsPort!, host),
    requests(app) {
      for (const instrument of instruments) instrument.requests(app);
    },
    store: (store) => instruments.reduce((inner, instrument) => instrument.store(inner), store),
    writeFile: (write) => instruments.reduce((inner, instrument) => instrument.writeFile(inner), write),
    async close() {
      await Promise.all(instruments.map((instrument) => instrument.close()));
    },
  };
}
