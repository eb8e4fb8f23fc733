import type { Signature } from './sign.ts';

/** What a refused request was signed from. */
export interface Proof extends Pick<Signature, 'canonicalRequest' | 'stringToSign'> {
  /** By how many milliseconds the service's clock is ahead of the time that was signed; 0 if that is no reason to refuse it. */
  clockError: number;
}

/**
 * The part of a refused signature to look at first: the `clock` of this machine; the `key`, its secret, and whether it is locked; the
 * `project` id and its region; or the `host`, where a proxy may have changed it, the path or the query.
 */
export type SignaturePart = 'clock' | 'key' | 'project' | 'host';

/** A signature is good for 15 minutes, says the vendor; the minute less leaves room for the way and for whole seconds. */
const good = 14 * 60_000;

/** The proof of a signature that was made with this date. */
export function proofOf(signature: Signature, date: Date, headers: Headers): Proof {
  const error = Date.parse(headers.get('Date') ?? '') - +date;
  return { ...signature, clockError: Math.abs(error) > good ? error : 0 };
}

/** Which part of a refused signature to look at first: what its clocks tell, then what the reason says, then what is usual. */
export function lookFirstAt(reason: string, proof: Proof): SignaturePart {
  if (proof.clockError || /expired|clock|过期/i.test(reason)) return 'clock';
  // The header X-Project-Id is among those that an answer may list, whatever is wrong.
  if (/(?<!x-)project|项目/i.test(reason)) return 'project';
  const vendors = /\nhost:.*huaweicloud\.(com|cn)\n/.test(proof.canonicalRequest);
  // What stands before another host may have changed it, the path or the query.
  return vendors || /\b(access|secret) ?key\b|\bak\b/i.test(reason) ? 'key' : 'host';
}

/** The proof as an error shows it: the token of temporary keys is as good as a secret. */
export const shown = ({ canonicalRequest, stringToSign }: Proof) => ({
  canonicalRequest: canonicalRequest.replace(/^(x-security-token:).*$/m, '$1***'),
  stringToSign,
});
