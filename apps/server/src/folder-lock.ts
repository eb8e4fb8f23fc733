import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes a folder for this server alone: two would do each export twice, and remove each other's files. What is locked is an empty
 * database, because the system itself lets go of its lock when a process ends, however it ends; a file that is merely there would stay.
 * Imports need no such lock, for the database of records is made for several writers.
 *
 * @returns what lets go of it.
 * @throws if another server has it; the message says which.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holder = join(folder, 'server.pid');
  const lock = new DatabaseSync(join(folder, 'server.lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new Error(
      `The folder ${folder} is used by another server, process ${pidIn(holder)}. Stop that one, or choose another folder with --data.`,
    );
  }
  // Only told, never asked whether somebody has the folder.
  writeFileSync(holder, `${process.pid}\n`);
  return () => lock.close();
}

/** SQLITE_BUSY. */
const isBusy = (error: unknown) => (error as { errcode?: number }).errcode === 5;

function pidIn(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
