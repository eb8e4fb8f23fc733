import type { Signature } from './sign.ts';

/** What a signed request was signed from. */
export type Proof = Pick<Signature, 'canonicalRequest' | 'stringToSign'>;

/**
 * The part of a refused signature to look at first: the `clock` of this machine; the `key`, its secret, and whether it is locked; the
 * `project` id and its region; or the `host`, where a proxy may have changed it, the path or the query.
 */
export type SignaturePart = 'clock' | 'key' | 'project' | 'host';

/** A signature is good for 15 minutes, says the vendor; the minute less leaves room for the way and for whole seconds. */
const good = 14 * 60_000;

/** By how many milliseconds the service's clock is ahead of the time that was signed; 0 if that is no reason to refuse it. */
export function clockError({ stringToSign }: Proof, headers: Headers): number {
  const [, sent = ''] = stringToSign.split('\n');
  const there = Date.parse(headers.get('Date') ?? '');
  const here = Date.parse(sent.replace(/(....)(..)(.....)(..)/, '$1-$2-$3:$4:'));
  return Math.abs(there - here) > good ? there - here : 0;
}

/** Which part of a refused signature to look at first: what its clocks tell, then what the reason says, then what is usual. */
export function lookFirstAt(reason: string, proof: Proof, headers: Headers): SignaturePart {
  if (clockError(proof, headers) || /expired|clock|过期/i.test(reason)) return 'clock';
  if (/project|项目/i.test(reason)) return 'project';
  const vendors = /\nhost:.*huaweicloud\.(com|cn)\n/.test(proof.canonicalRequest);
  // What stands before another host may have changed it, the path or the query.
  return vendors || /\b(access|secret) ?key\b|\bak\b/i.test(reason) ? 'key' : 'host';
}

/** The proof as an error shows it: the token of temporary keys is as good as a secret. */
export const shown = ({ canonicalRequest, stringToSign }: Proof): Proof => ({
  canonicalRequest: canonicalRequest.replace(/^(x-security-token:).*$/m, '$1***'),
  stringToSign,
});
