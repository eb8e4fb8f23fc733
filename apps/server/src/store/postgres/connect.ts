import pg from 'pg';

/** How long a statement or a connection may take before it counts as lost, in milliseconds. Reading all records of an export may take longer. */
const PATIENCE_MS = 10_000;

/** How many connections a server has for requests. Each export that runs has one more. */
const CONNECTIONS = 10;

/** Whole numbers up to 2^53 as numbers: sizes, times and counts are no larger. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === 20 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** How connections are made; the application's name tells whoever looks into the database what they are for. */
export const settings = (url: string, use: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: `connection-records ${use}`,
  connectionTimeoutMillis: PATIENCE_MS,
  // Without a byte for so long it is asked whether the other end is still there: an export that only reads, and news that seldom come,
  // would wait for hours for a connection that somebody in between has forgotten.
  keepAlive: true,
  keepAliveInitialDelayMillis: PATIENCE_MS,
  types,
});

/** Connections for short statements. */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    ...settings(url, 'server'),
    max: CONNECTIONS,
    // A server that stops in the middle of a transaction keeps nobody waiting for what it has locked.
    idle_in_transaction_session_timeout: PATIENCE_MS,
  });
  // An idle connection that breaks is replaced by the next who needs one.
  pool.on('error', () => undefined);
  return pool;
}

/** A statement that has to be done in time. Its rows are arrays. */
export const statement = (text: string, values?: unknown[]) => ({
  text,
  ...(values && { values }),
  rowMode: 'array' as const,
  query_timeout: PATIENCE_MS,
});

/** Lets something be done on one connection, which is given up if that fails: who knows in what state it is. */
export async function withClient<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  // Without a listener, a connection that breaks between two statements would end the process.
  const broken = () => undefined;
  client.on('error', broken);
  try {
    const result = await work(client);
    client.off('error', broken);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
