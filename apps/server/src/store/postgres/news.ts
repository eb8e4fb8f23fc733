import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { settings } from './connect.ts';
import { decoded } from './text.ts';

/** Where servers tell each other whose tasks have changed: the id of the project alone. */
export const channel = 'connection_records_tasks';

/** How long to wait before the next attempt when the connection is lost. */
const PAUSE_MS = 500;

/** What other servers, and this one, tell of tasks. A connection that is lost is made anew; what was told meanwhile is lost. */
export async function openNews(url: string) {
  const changes = new EventEmitter().setMaxListeners(0);
  const closed = new AbortController();
  let client: pg.Client;

  async function listen(): Promise<void> {
    client = new pg.Client(settings(url, 'news'));
    client.on('notification', ({ payload = '' }) => changes.emit('change', decoded(payload)));
    client.on('error', () => undefined);
    client.once('end', () => void again());
    await client.connect();
    await client.query(`LISTEN ${channel}`);
  }
  async function again(): Promise<void> {
    await sleep(PAUSE_MS, undefined, { ref: false, signal: closed.signal }).catch(() => undefined);
    // Should it fail, the end of that connection is what leads here once more.
    if (!closed.signal.aborted) await listen().catch(() => client.end().catch(() => undefined));
  }
  await listen();
  return {
    onChange(listener: (projectId: string) => void) {
      changes.on('change', listener);
      return () => void changes.off('change', listener);
    },
    async close() {
      closed.abort();
      await client.end().catch(() => undefined);
    },
  };
}
