/** The suite could not be run, so nothing is known of the target's contract. The message is one line. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
}
