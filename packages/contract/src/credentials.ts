/** Credentials, which come from the environment or a file, and the care that none of them is ever printed. */

/** A key pair to sign with. */
export interface Keys {
  ak: string;
  sk: string;
  securityToken?: string;
}

/** A token, a key pair or both. Requests carry the token if there is one; the keys then serve to try signatures. */
export interface Credentials {
  token?: string;
  keys?: Keys;
}

export const TOKEN = 'CONNECTION_RECORDS_AUTH_TOKEN';
export const AK = 'HUAWEICLOUD_SDK_AK';
export const SK = 'HUAWEICLOUD_SDK_SK';
export const SECURITY_TOKEN = 'HUAWEICLOUD_SDK_SECURITY_TOKEN';

type Environment = Readonly<Record<string, string | undefined>>;

/** The credentials in an environment, or what is wrong with them. */
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
  if (Boolean(ak) !== Boolean(sk)) {
    const [given, missing] = ak ? [AK, SK] : [SK, AK];
    return {
      problems: [`${given} is set and ${missing} is not. A key pair needs both: set ${missing} too.`],
    };
  }
  if (!token && !ak) {
    return {
      problems: [
        `No credentials are set. Set ${TOKEN}, or ${AK} and ${SK}, in the environment or in a file that --credentials names; never as arguments.`,
      ],
    };
  }
  const keys = ak && sk ? { ak, sk, ...(securityToken ? { securityToken } : {}) } : undefined;
  return { credentials: { ...(token ? { token } : {}), ...(keys ? { keys } : {}) }, problems };
}

/** The environment that gives these credentials and no others. */
export function environmentOf({ token, keys }: Credentials): Record<string, string> {
  return {
    [TOKEN]: token ?? '',
    [AK]: keys?.ak ?? '',
    [SK]: keys?.sk ?? '',
    [SECURITY_TOKEN]: keys?.securityToken ?? '',
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
      // A long one also but for its last character, which is how a token is sent that must be refused.
      [
        value,
        JSON.stringify(value).slice(1, -1),
        encodeURIComponent(value),
        value.length < 12 ? value : value.slice(0, -1),
      ].map((form) => [name, form] as const),
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
