/**
 * What only a process with files and an environment can do: credentials from where the vendor's SDKs look for them, connections
 * that stay open, and saving a file.
 * For Node, Bun and Deno.
 *
 * @module
 */
export {
  findIdentity,
  fromEnvironment,
  fromProfile,
  type Identity,
  type IdentityOptions,
  profileFile,
  sectionOf,
} from './identity.ts';
export { keepAlive } from './keep-alive.ts';
export { type SavedFile, type SaveOptions, saveTo } from './save.ts';
