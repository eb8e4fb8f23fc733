/** A file that cannot be read. The message says why, and what to do. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
}
