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
  /** A token that was right once, to see that it is refused. */
  expiredToken?: string;
}

export const TOKEN = 'CONNECTION_RECORDS_AUTH_TOKEN';
export const EXPIRED_TOKEN = 'CONNECTION_RECORDS_EXPIRED_TOKEN';
export const AK = 'HUAWEICLOUD_SDK_AK';
export const SK = 'HUAWEICLOUD_SDK_SK';
export const SECURITY_TOKEN = 'HUAWEICLOUD_SDK_SECURITY_TOKEN';

type Environment = Readonly<Record<string, string | undefined>>;

/** The credentials in an environment, or what is wrong with them. */
export function credentialsFrom(env: Environment): { credentials?: Credentials; problems: string[] } {
  const problems = [TOKEN, EXPIRED_TOKEN, AK, SK, SECURITY_TOKEN]
    .filter((name) => env[name] && !/^[\x21-\x7e]+$/.test(env[name]))
    .map(
      (name) =>
        `${name} has a space, a line break or another character that no header can carry. Set it again.`,
    );
  const token = env[TOKEN];
  const ak = env[AK];
  const sk = env[SK];
  const securityToken = env[SECURITY_TOKEN];
  const expiredToken = env[EXPIRED_TOKEN];
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
  return {
    credentials: {
      ...(token ? { token } : {}),
      ...(keys ? { keys } : {}),
      ...(expiredToken ? { expiredToken } : {}),
    },
    problems,
  };
}

/** The environment that gives these credentials and no others. */
export function environmentOf({ token, keys, expiredToken }: Credentials): Record<string, string> {
  return {
    [TOKEN]: token ?? '',
    [EXPIRED_TOKEN]: expiredToken ?? '',
    [AK]: keys?.ak ?? '',
    [SK]: keys?.sk ?? '',
    [SECURITY_TOKEN]: keys?.securityToken ?? '',
  };
}
