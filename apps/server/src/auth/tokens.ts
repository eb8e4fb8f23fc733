import { hash, timingSafeEqual } from 'node:crypto';

/** A token that is accepted, and whose it is. */
export interface Token<Holder> {
  token: string;
  /** When it ends, in milliseconds since 1970. Left out, never. */
  expires?: number | undefined;
  holder: Holder;
}

/** Whose a token is; or why it is refused, by the name of the example in the contract. */
export type TokenFound<Holder> =
  | { ok: true; holder: Holder }
  | { ok: false; reason: 'tokenExpired'; message?: string };

/**
 * Looks tokens up in a time that tells nothing about them: hashes are compared, so that all have one length, and all of them are, so
 * that it does not matter which one fits.
 */
export function tokenFinder<Holder>(tokens: readonly Token<Holder>[], now: () => number) {
  const known = tokens.map(({ token, expires, holder }) => ({ digest: sha256(token), expires, holder }));
  return (given: string): TokenFound<Holder> => {
    const digest = sha256(given);
    const [found] = known.filter((token) => timingSafeEqual(token.digest, digest));
    // The contract has one refusal for a token that is over and one that was never ours.
    if (!found) return { ok: false, reason: 'tokenExpired' };
    const { expires, holder } = found;
    if (expires === undefined || now() < expires) return { ok: true, holder };
    const when = new Date(expires).toISOString();
    return { ok: false, reason: 'tokenExpired', message: `The token expired at ${when}. Get a new one.` };
  };
}

const sha256 = (text: string) => hash('sha256', text, 'buffer');
