/** What an `Authorization` header says. */
export interface Proof {
  algorithm: 'SDK-HMAC-SHA256' | 'V11-HMAC-SHA256';
  accessKey: string;
  /** With V11, what its key is derived for: `YYYYMMDD/region/service`. */
  scope?: string;
  /** Lower case, in the order in which they were signed, each one once. */
  signedHeaders: string[];
  /** 64 lower-case hexadecimal digits. */
  signature: string;
}

/** Both forms, to the letter: the vendor's SDKs in every language write exactly these. */
const forms = {
  'SDK-HMAC-SHA256': {
    shape: 'SDK-HMAC-SHA256 Access=<AK>, SignedHeaders=<a;b;c>, Signature=<64 hexadecimal digits>',
    pattern: formed('Access=(?<ak>AK)'),
  },
  'V11-HMAC-SHA256': {
    shape:
      'V11-HMAC-SHA256 Credential=<AK>/<YYYYMMDD>/<region>/<service>, SignedHeaders=<a;b;c>, Signature=<64 hexadecimal digits>',
    pattern: formed('Credential=(?<ak>AK)/(?<scope>[0-9]{8}/AK/AK)'),
  },
};

function formed(access: string): RegExp {
  // Printable ASCII without a blank and the separators `,` and `/`.
  const whole = `${access}, SignedHeaders=(?<names>[a-z0-9;!#$%&'*+.^_\`|~-]+), Signature=(?<signature>[0-9a-f]{64})`;
  return new RegExp(`^[A-Z0-9-]+ ${whole.replaceAll('AK', '[!-+\\-.0-~]+')}$`);
}

/** Whether a header is one of the vendor's signatures, of an algorithm known here or not. `Bearer` and `Basic` are none. */
export const isSignature = (header: string): boolean => /^(SDK|V11)-/.test(header);

/**
 * Reads an `Authorization` header, or says what is wrong with it, without repeating any of it.
 *
 * @see https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-005.html
 */
export function readAuthorization(header: string): Proof | { problem: string } {
  const algorithm = header.split(' ', 1)[0] as Proof['algorithm'];
  if (!Object.hasOwn(forms, algorithm))
    return {
      problem: `This server verifies ${Object.keys(forms).join(' and ')} only. Sign with one of them.`,
    };
  const { pattern, shape } = forms[algorithm];
  const groups = pattern.exec(header)?.groups;
  if (!groups) return { problem: `The header Authorization is malformed. Send it as: ${shape}` };
  const signedHeaders = groups.names!.split(';');
  if (signedHeaders.includes('') || new Set(signedHeaders).size < signedHeaders.length)
    return {
      problem: 'SignedHeaders names a header twice, or none between two semicolons. Name each one once.',
    };
  const { ak, scope, signature } = groups;
  return { algorithm, accessKey: ak!, ...(scope ? { scope } : {}), signedHeaders, signature: signature! };
}
