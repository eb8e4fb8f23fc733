import { setTimeout as sleep } from 'node:timers/promises';

/** What `/readyz` answers: whether requests should come here, and what speaks against it. */
export interface Readiness {
  status: 'ready' | 'not ready' | 'draining';
  /** Each thing that the server cannot work without. */
  checks: Record<string, 'ok' | 'failing'>;
}

/** How readiness is found out. */
export interface ReadinessOptions {
  /** Resolve if the thing works. */
  checks: Readonly<Record<string, () => Promise<unknown>>>;
  /** How long a check may take, in milliseconds. */
  patience: number;
  /** How long an answer is given again, in milliseconds: anybody may ask, as often as they like. */
  freshFor: number;
  /** The time, in milliseconds. */
  now: () => number;
  /** Told why a check failed, for the log: whoever asks need not know. */
  onFailure: (check: string, error: unknown) => void;
}

/** Whether a server is ready: whether all that it needs works, until it begins to stop. */
export class ReadinessProbe {
  readonly #options: ReadinessOptions;
  #last: { at: number; checks: Promise<Readiness['checks']> } | undefined;
  #draining = false;

  constructor(options: ReadinessOptions) {
    this.#options = options;
  }

  /** Whether the server has begun to stop. */
  get draining(): boolean {
    return this.#draining;
  }

  /** From now on the server is not ready, whatever works. */
  drain(): void {
    this.#draining = true;
  }

  async check(): Promise<Readiness> {
    const { now, freshFor } = this.#options;
    if (!this.#last || now() - this.#last.at >= freshFor) this.#last = { at: now(), checks: this.#run() };
    const checks = await this.#last.checks;
    const works = Object.values(checks).every((outcome) => outcome === 'ok');
    return { status: this.#draining ? 'draining' : works ? 'ready' : 'not ready', checks };
  }

  async #run(): Promise<Readiness['checks']> {
    const names = Object.keys(this.#options.checks);
    const outcomes = await Promise.all(names.map((name) => this.#outcome(name)));
    return Object.fromEntries(names.map((name, index) => [name, outcomes[index]!]));
  }

  async #outcome(name: string): Promise<'ok' | 'failing'> {
    const { checks, patience, onFailure } = this.#options;
    const over = new AbortController();
    const late = sleep(patience, undefined, { signal: over.signal, ref: false }).then(() => {
      throw new Error(`No answer within ${patience} ms.`);
    });
    try {
      await Promise.race([checks[name]!(), late]);
      return 'ok';
    } catch (error) {
      onFailure(name, error);
      return 'failing';
    } finally {
      over.abort();
      late.catch(() => undefined);
    }
  }
}
