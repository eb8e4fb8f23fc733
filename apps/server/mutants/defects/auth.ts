// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of sources.
import type { Mutant } from '../mutant.ts';

const guard = 'auth/guard.ts';
const conditions = 'auth/conditions.ts';
const signature = 'auth/signature.ts';
const tokens = 'auth/tokens.ts';
const refused = 'throw refused(refusal);';
const caller = 'const { caller, refusal } =';
const anyone = "const { caller = { projects: ['*'], actions: ['*'], credentialId: '' }, refusal } =";
const fits = "fits: timingSafeEqual(expected, Buffer.from(signature, 'hex'))";
const mustBeSigned =
  "const mustBeSigned = ['x-sdk-date', 'x-security-token', 'x-project-id', 'x-sdk-content-sha256'];";

/** Lets whom it does not know do one thing. */
const open = (operation: string): Mutant => ({
  defect: `${operation} asks for no credentials`,
  file: guard,
  from: refused,
  to: `if (operationId !== '${operation}') ${refused}`,
  and: { file: guard, from: caller, to: anyone },
  caught: new RegExp(`^${operation} 401`),
});

/** Takes a wrong signature for right under a condition, which may look at `canonical`, the request in its canonical form. */
const unsigned = (defect: string, condition: string, caught: RegExp): Mutant => ({
  defect,
  file: signature,
  from: fits,
  to: `fits: (${condition}) || timingSafeEqual(expected, Buffer.from(signature, 'hex'))`,
  caught,
});

/** Credentials that are taken though they prove nothing, or refused though they do. */
export const authDefects: readonly Mutant[] = [
  ...[
    'exportConnectionRecords',
    'listExportTasks',
    'downloadExportFile',
    'deleteExportTasks',
    'listConnectionRecords',
  ].map(open),
  {
    defect: 'any token is taken',
    file: tokens,
    from: "if (!found) return { ok: false, reason: 'tokenExpired' };",
    to: 'if (!found) return { ok: true, holder: known[0].holder };',
    caught: /token/,
  },
  {
    defect: 'the beginning of a token is enough',
    file: tokens,
    from: 'timingSafeEqual(token.digest, digest)',
    to: 'tokens[known.indexOf(token)].token.startsWith(given)',
    caught: /token/,
  },
  {
    defect: 'a token may go on after its end',
    file: tokens,
    from: 'timingSafeEqual(token.digest, digest)',
    to: 'given.startsWith(tokens[known.indexOf(token)].token)',
    caught: /token/,
  },
  {
    defect: 'the case of a token does not matter',
    file: tokens,
    from: 'timingSafeEqual(token.digest, digest)',
    to: 'given.toLowerCase() === tokens[known.indexOf(token)].token.toLowerCase()',
    caught: /token/,
  },
  {
    defect: 'a token that is not known is refused with 403',
    file: 'errors.ts',
    from: 'tokenExpired: 401',
    to: 'tokenExpired: 403',
    caught: /token/,
  },
  {
    defect: 'a request without credentials is refused with 403',
    file: 'errors.ts',
    from: 'credentialsMissing: 401',
    to: 'credentialsMissing: 403',
    caught: / 401 .*without credentials/,
  },
  {
    defect: 'an access key that is not known is refused with 404',
    file: 'errors.ts',
    from: 'accessKeyUnknown: 401',
    to: 'accessKeyUnknown: 404',
    caught: /access key|key/,
  },
  {
    defect: 'an access key that is not known is an error of the server',
    file: signature,
    from: "if (!secret) return refuse('accessKeyUnknown', 'The access key does not exist here. Check it.');",
    to: '',
    caught: /access key|key/,
  },
  {
    defect: 'a wrong signature is refused with 400',
    file: 'errors.ts',
    from: 'signatureMismatch: 401',
    to: 'signatureMismatch: 400',
    caught: /sign/,
  },
  unsigned('no signature is checked', 'true', /sign/),
  unsigned(
    'a signature is checked in its first half',
    "expected.toString('hex').slice(0, 32) === signature.slice(0, 32)",
    /sign/,
  ),
  unsigned(
    'a signature is not checked where there is a query',
    "canonical.split('\\n')[2] !== ''",
    /sign|query/,
  ),
  unsigned('a signature is not checked where there is none', "canonical.split('\\n')[2] === ''", /sign|path/),
  unsigned('a signature of a POST is not checked', "canonical.startsWith('POST')", /sign|body/),
  unsigned('a signature of a download is not checked', "canonical.includes('/download/')", /sign/),
  {
    defect: 'the hash that stands for a body is not compared with the body',
    file: conditions,
    from: 'if (declared.toLowerCase() === actual) return [declared];',
    to: 'if (declared) return [declared];',
    caught: /Content-Sha256/,
  },
  {
    defect: 'a signature never grows old',
    file: conditions,
    from: '<= MINUTES * 60_000',
    to: '<= Number.MAX_VALUE',
    caught: /clock|old|expired|date|minutes/i,
  },
  {
    defect: 'a signature may be an hour old',
    file: conditions,
    from: 'const MINUTES = 15;',
    to: 'const MINUTES = 62;',
    caught: /clock|old|expired|date|minutes/i,
  },
  {
    defect: 'a signature may be of the future',
    file: conditions,
    from: 'Math.abs(readDate(date)! - now)',
    to: '(now - readDate(date)!)',
    caught: /clock|future|ahead|date|minutes/i,
  },
  {
    defect: 'a signature may be of the past',
    file: conditions,
    from: 'Math.abs(readDate(date)! - now)',
    to: '(readDate(date)! - now)',
    caught: /clock|old|past|expired|date|minutes/i,
  },
  {
    defect: 'a clock may be a minute off and no more',
    file: conditions,
    from: 'const MINUTES = 15;',
    to: 'const MINUTES = 1;',
    caught: /clock|minutes/i,
  },
  {
    defect: 'the date of a signature need not be signed',
    file: conditions,
    from: mustBeSigned,
    to: mustBeSigned.replace("'x-sdk-date', ", ''),
    caught: /date/i,
  },
  {
    defect: 'an access key is locked at its first wrong signature',
    file: 'auth/lock.ts',
    from: 'if (count < failures) return;',
    to: '',
    caught: /lock|sign/,
  },
  {
    defect: 'an Authorization that is malformed is an error of the server',
    file: 'auth/authorization.ts',
    from: 'if (!groups) return { problem: `The header Authorization is malformed. Send it as: ${shape}` };',
    to: "if (!groups) throw new Error('malformed');",
    caught: /malformed|Authorization|sign/,
  },
  {
    defect: 'an algorithm that is not known is taken without a check',
    file: 'auth/authenticate.ts',
    from: "if (isSignature(headers.get('authorization')?.[0] ?? '')) {",
    to: "if (/^SDK-HMAC-(?!SHA256 )/.test(headers.get('authorization')?.[0] ?? '')) return { caller: callerOf(accounts[0], 'access key') };\n    if (isSignature(headers.get('authorization')?.[0] ?? '')) {",
    caught: /algorithm|malformed|Authorization/,
  },
  {
    defect: 'a token that has expired is taken',
    file: 'auth/tokens.ts',
    from: 'if (expires === undefined || now() < expires)',
    to: 'if (expires === undefined || now() > 0)',
    caught: /has expired/,
  },
  {
    defect: 'the error of a wrong signature tells the secret key',
    file: 'auth/signature.ts',
    from: "refuse('signatureMismatch', mismatch(proof, hash))",
    to: "refuse('signatureMismatch', `${mismatch(proof, hash)} Its key is ${secret.sk}.`)",
    caught: /secret key/,
  },
];
