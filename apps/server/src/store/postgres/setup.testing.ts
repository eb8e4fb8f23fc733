// One PostgreSQL for a whole run of the tests.
import type { TestProject } from 'vitest/node';
import { startCluster } from './cluster.testing.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of a PostgreSQL, or why there is none. */
    postgres: { url: string } | { missing: string };
  }
}

export default async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.CONNECTION_RECORDS_TEST_POSTGRES;
  if (given) {
    provide('postgres', { url: given });
    return undefined;
  }
  try {
    const { url, stop } = await startCluster();
    provide('postgres', { url });
    return stop;
  } catch (error) {
    // Only the tests that need it fail, each with this reason.
    const missing = (error as Error).message;
    console.error(missing);
    provide('postgres', { missing });
    return undefined;
  }
}
