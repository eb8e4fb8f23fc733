import type { Operation } from './router.ts';

type Scheme = NonNullable<Operation['security']>[number][number];

const form = 'SDK-HMAC-SHA256 Access=<AK>, SignedHeaders=<a;b;c>, Signature=<hex>';
const signature =
  /^(SDK-HMAC-SHA256 Access|V11-HMAC-SHA256 Credential)=[^\s,]+, *SignedHeaders=[^\s,]+, *Signature=[0-9a-f]+$/i;

// The name that the contract gives to its scheme: another document may put something else in Authorization.
const isSignature = ({ key }: Scheme) => key === 'AkSkSignature';

/** Whether the operation wants a signature and `Authorization` has something else. */
export const isNoSignature = (authorization: string | undefined, { security = [] }: Operation): boolean =>
  authorization !== undefined && security.flat().some(isSignature) && !signature.test(authorization);

/** What to say to a request without credentials that its operation takes. */
export function missingCredentials(authorization: string | undefined, operation: Operation): string {
  if (isNoSignature(authorization, operation))
    return `Authorization has no signature of the form ${form}, and there is no other credential.`;
  const ways = (operation.security ?? [])
    .flat()
    .map((scheme) => (isSignature(scheme) ? 'sign the request' : `send ${nameOf(scheme)}`));
  return `No credentials: ${ways.join(', or ')}.`;
}

const nameOf = (scheme: Scheme) => ('name' in scheme ? scheme.name : scheme.key);
