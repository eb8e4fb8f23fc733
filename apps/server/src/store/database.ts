import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/** How long a connection waits for another process that writes, such as an import, before it gives up. */
const PATIENCE_MS = 5_000;

/** How far the log of the database grows, 32 MB, before it is folded in: that waits for the disk, and costs the less the rarer it is. */
const LOG_PAGES = 8_000;

/** A connection with its prepared statements. */
export interface Connection {
  database: DatabaseSync;
  /** The statement of this text, prepared once. Its rows are arrays. */
  statement(sql: string): StatementSync;
  /** Does all of the work or none of it. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

/** Opens the database of a folder for reading and writing: made if there is none, and brought up to this version. */
export function openDatabase(folder: string): Connection {
  // Only for whoever runs the server: it holds who worked when, and from where.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(fileIn(folder), { timeout: PATIENCE_MS });
  try {
    // NORMAL loses nothing when the process dies; only a failing machine may take the last moments with it.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384');
    database.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);
    migrate(connectionOf(database), folder);
  } catch (error) {
    database.close();
    throw error;
  }
  return connectionOf(database);
}

/** Opens a database that is there for reading, next to whoever writes it. */
export function openReadOnly(folder: string): Connection {
  return connectionOf(new DatabaseSync(fileIn(folder), { readOnly: true, timeout: PATIENCE_MS }));
}

function fileIn(folder: string): string {
  return join(folder, 'connection-records.db');
}

function connectionOf(database: DatabaseSync): Connection {
  const prepared = new Map<string, StatementSync>();
  return {
    database,
    statement(sql) {
      let statement = prepared.get(sql);
      if (!statement) {
        statement = database.prepare(sql);
        statement.setReturnArrays(true);
        prepared.set(sql, statement);
      }
      return statement;
    },
    transaction(work) {
      // At once for writing: a transaction that turns from reading to writing midway can be refused.
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}

function migrate({ database, transaction }: Connection, folder: string): void {
  if (versionOf(database) === migrations.length) return;
  transaction(() => {
    const version = versionOf(database);
    if (version > migrations.length) {
      throw new Error(
        `The database in ${folder} has version ${version}, and this server knows versions up to ${migrations.length}. ` +
          'Start the newer server that wrote it, or choose another folder.',
      );
    }
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()!.user_version);
}
