/** Why there was no answer, in words: what `fetch` throws has a code for some library, or no reason at all. */

const REASONS: readonly [RegExp, string][] = [
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'the connection was closed before the answer was complete'],
  [/^ENOTFOUND$/, 'no host of this name is known'],
  [/^EAI_AGAIN$/, 'the name of the host cannot be looked up now'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'no way leads to this host'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'the host does not take the connection'],
  [/^UND_ERR_(HEADERS|BODY)_TIMEOUT$/, 'the answer did not come to an end'],
  [/^(ERR_SSL_|EPROTO$)/, 'it does not speak TLS as https:// needs it; perhaps it is an http:// server'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'its certificate is for another host'],
  [/^CERT_HAS_EXPIRED$/, 'its certificate has expired'],
  [
    /CERT|UNABLE_TO_VERIFY/,
    'its certificate is from nobody trusted here; see NODE_EXTRA_CA_CERTS of Node.js',
  ],
  [/^(HPE_|UND_ERR_)/, 'what came is not HTTP as it should be'],
  [/^bad port$/, 'no request may be sent to this port, which the Fetch standard blocks'],
];

/** Whether the other side closed the connection before it answered: an idle one may be, by anybody. */
export function wasClosed(error: unknown): boolean {
  return /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(codeOf(error) ?? '');
}

/** The code of what `fetch` threw, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return ((error.cause ?? error) as { code?: string }).code;
}

/** Says in words why `fetch` gave no answer. */
export function inWords(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeout} s (--timeout)`;
  const { code, message } = (error.cause ?? error) as { code?: string; message?: string };
  const told = code ?? message ?? '';
  return REASONS.find(([pattern]) => pattern.test(told))?.[1] ?? `the connection failed (${told})`;
}
