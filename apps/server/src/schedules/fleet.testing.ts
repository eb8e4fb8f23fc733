import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ServerOptions } from '../server.ts';
import { openProxy, type Way } from './proxy.testing.ts';

/** How long an answer may take before another server is asked. */
const PATIENCE_MS = 3_000;

const entry = fileURLToPath(new URL('./serve.testing.ts', import.meta.url));

/** A server in a process of its own, with a way of its own to the database. One that dies is started again. */
export class Member {
  readonly proxy: Way;
  readonly #options: ServerOptions;
  readonly #compiled: string;
  #child: ChildProcess | undefined;
  #url: string | undefined;
  #retired = false;

  constructor(proxy: Way, options: ServerOptions, compiled: string) {
    this.proxy = proxy;
    this.#options = options;
    this.#compiled = compiled;
    void this.#live();
  }

  async #live() {
    while (!this.#retired) {
      const env = { ...process.env, NODE_COMPILE_CACHE: this.#compiled };
      const args = [entry, JSON.stringify(this.#options)];
      // Without the database it does not start, and says so; that is no news.
      const child = spawn(process.execPath, args, {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      this.#child = child;
      createInterface(child.stdout).on('line', (url) => {
        this.#url = url;
      });
      await once(child, 'exit');
      this.#url = undefined;
      await sleep(20);
    }
  }

  /** Sends a signal to the process as it is now, and gives back what ends a SIGSTOP of it. */
  signal(signal: 'SIGKILL' | 'SIGSTOP'): () => void {
    const child = this.#child;
    child?.kill(signal);
    return () => void child?.kill('SIGCONT');
  }

  get answers(): boolean {
    return this.#url !== undefined;
  }

  async call(path: string, init?: RequestInit): Promise<Response> {
    const headers = { 'X-Auth-Token': 'a-token' };
    return fetch(`${this.#url}${path}`, { ...init, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
  }

  async retire(): Promise<void> {
    this.#retired = true;
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    this.proxy.close();
  }
}

/** Servers over the database of a URL. */
export async function startFleet(
  size: number,
  database: string,
  options: ServerOptions,
  compiled: string,
): Promise<Member[]> {
  const start = async () => {
    const proxy = await openProxy(Number(new URL(database).port));
    const store = Object.assign(new URL(database), { port: String(proxy.port) }).href;
    return new Member(proxy, { ...options, store }, compiled);
  };
  const fleet = await Promise.all(Array.from({ length: size }, start));
  while (!fleet.every(({ answers }) => answers)) await sleep(20);
  return fleet;
}
