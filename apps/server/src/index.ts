/**
 * A server of the connection-records API, with real records, real export tasks and real files.
 *
 * @module
 */
export type { Account } from './auth/authenticate.ts';
export { sandboxAccount } from './options.ts';
export { type SeedOptions, seedRecords } from './seed/seed.ts';
export { type Server, type ServerOptions, startServer } from './server.ts';
