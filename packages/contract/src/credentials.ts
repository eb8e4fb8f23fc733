/** Credentials, which come from the environment alone, and the care that none of them is ever printed. */

export type Credentials =
  | { kind: 'token'; token: string }
  | { kind: 'keys'; ak: string; sk: string; securityToken?: string };

export const TOKEN = 'CONNECTION_RECORDS_AUTH_TOKEN';
export const AK = 'HUAWEICLOUD_SDK_AK';
export const SK = 'HUAWEICLOUD_SDK_SK';
export const SECURITY_TOKEN = 'HUAWEICLOUD_SDK_SECURITY_TOKEN';

type Environment = Readonly<Record<string, string | undefined>>;

/** The credentials in an environment, or what is wrong with them. A token is preferred to a key pair. */
export function credentialsFrom(env: Environment): { credentials?: Credentials; problems: string[] } {
  const problems = [TOKEN, AK, SK, SECURITY_TOKEN]
    .filter((name) => env[name] && !/^[\x21-\x7e]+$/.test(env[name]))
    .map(
      (name) =>
        `${name} has a space, a line break or another character that no header can carry. Set it again.`,
    );
  const token = env[TOKEN];
  const ak = env[AK];
  const sk = env[SK];
  const securityToken = env[SECURITY_TOKEN];
  if (problems.length > 0) return { problems };
  if (token) return { credentials: { kind: 'token', token }, problems };
  if (ak && sk)
    return { credentials: { kind: 'keys', ak, sk, ...(securityToken ? { securityToken } : {}) }, problems };
  if (ak || sk) {
    const [given, missing] = ak ? [AK, SK] : [SK, AK];
    return {
      problems: [`${given} is set and ${missing} is not. A key pair needs both: set ${missing} too.`],
    };
  }
  return {
    problems: [
      `No credentials are set. Set ${TOKEN}, or ${AK} and ${SK}, in the environment; never as arguments.`,
    ],
  };
}

/** The environment that gives these credentials and no others. */
export function environmentOf(credentials: Credentials): Record<string, string> {
  const none = { [TOKEN]: '', [AK]: '', [SK]: '', [SECURITY_TOKEN]: '' };
  if (credentials.kind === 'token') return { ...none, [TOKEN]: credentials.token };
  return {
    ...none,
    [AK]: credentials.ak,
    [SK]: credentials.sk,
    [SECURITY_TOKEN]: credentials.securityToken ?? '',
  };
}

/**
 * Gives a function that takes secrets out of a text which a server wrote, for a server may echo what it was sent. Use it
 * before the text is cut, or half a secret may stay.
 */
export function redactor(credentials: Credentials): (text: string) => string {
  const secrets = Object.entries(environmentOf(credentials))
    .filter(([, value]) => value !== '')
    .flatMap(([name, value]) =>
      [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)].map(
        (form) => [name, form] as const,
      ),
    )
    // The longest first: one secret may be part of another.
    .sort(([, a], [, b]) => b.length - a.length);
  return (text) => {
    const plain = text.replace(/Signature=[0-9a-f]+/gi, 'Signature=$SIGNATURE');
    return secrets.reduce((clean, [name, value]) => clean.replace(found(value), () => `$${name}`), plain);
  };
}

/** A short secret, such as a mock takes, is looked for as a whole word only: it may be part of many. */
function found(secret: string): RegExp {
  const literal = secret.replace(/[^A-Za-z0-9]/g, '\\$&');
  return new RegExp(secret.length < 8 ? `(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])` : literal, 'g');
}
