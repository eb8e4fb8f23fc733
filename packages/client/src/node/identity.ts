import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type AkSk, akSk, type Credentials } from '../credentials.ts';

/** Who calls and for which project, to spread into the options of `createClient`. */
export interface Identity {
  credentials: Credentials;
  projectId: string;
}

/** Where to look for an identity. */
export interface IdentityOptions {
  /** The project, if it is to be another one than the one that is found. */
  projectId?: string | undefined;
  /** The variables to look in. Left out, those of the process. */
  env?: Record<string, string | undefined> | undefined;
  /** The profile file. Left out, `HUAWEICLOUD_SDK_CREDENTIALS_FILE`, or else `~/.huaweicloud/credentials`. */
  file?: string | undefined;
}

/**
 * Takes the key from the variables that the vendor's SDKs read: `HUAWEICLOUD_SDK_AK` and `HUAWEICLOUD_SDK_SK`, with temporary keys
 * `HUAWEICLOUD_SDK_SECURITY_TOKEN`, and `HUAWEICLOUD_SDK_PROJECT_ID`. Those of a federated login (`…_IDP_ID`) are not understood.
 *
 * @throws TypeError if a key or the project is missing. The message says which variable to set.
 * @example createClient({ region: 'cn-north-4', ...fromEnvironment() })
 */
export function fromEnvironment({ env = process.env, projectId }: IdentityOptions = {}): Identity {
  const [ak, sk, securityToken, project] = ['AK', 'SK', 'SECURITY_TOKEN', 'PROJECT_ID'].map(
    (name) => env[`HUAWEICLOUD_SDK_${name}`] || undefined,
  );
  if (!ak || !sk) throw missing('Set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK.');
  return {
    credentials: akSk({ ak, sk, securityToken }),
    projectId: projectId ?? project ?? fail('Set HUAWEICLOUD_SDK_PROJECT_ID, or give projectId.'),
  };
}

/**
 * Takes the key from the section `[basic]` of the profile file that the vendor's SDKs read: `ak`, `sk`, with temporary keys
 * `security_token`, and `project_id`. Temporary keys are read again for every request, since whoever wrote them renews them.
 *
 * @throws TypeError if the file cannot be read, or a key or the project is missing from it. The message says what to write where.
 */
export function fromProfile(options: IdentityOptions = {}): Identity {
  const { env, projectId } = options;
  const file = options.file ?? profileFile(env);
  const profile = readProfile(file);
  return {
    credentials: akSk(profile.securityToken ? () => readProfile(file) : profile),
    projectId:
      projectId ?? profile.projectId ?? fail(`Write project_id into [basic] of ${file}, or give projectId.`),
  };
}

/**
 * Looks for an identity in the order of the vendor's SDKs: the environment, then the profile file. (Instance metadata and pod identity,
 * which come next there, are not looked at; a function given to `akSk` can.)
 *
 * @throws TypeError if neither has one. The message says what is missing from each.
 */
export function findIdentity(options: IdentityOptions = {}): Identity {
  const { env = process.env } = options;
  // Half an environment is a mistake to hear of, not a reason to be someone else.
  if (env.HUAWEICLOUD_SDK_AK || env.HUAWEICLOUD_SDK_SK) return fromEnvironment(options);
  try {
    return fromProfile(options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw missing(`Set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or: ${error.message}`);
  }
}

/** Where the profile file is: `HUAWEICLOUD_SDK_CREDENTIALS_FILE` says so, or else `~/.huaweicloud/credentials` (the vendor's SDKs). */
export function profileFile(env: Record<string, string | undefined> = process.env): string {
  return env.HUAWEICLOUD_SDK_CREDENTIALS_FILE || join(homedir(), '.huaweicloud', 'credentials');
}

function readProfile(file: string): AkSk & { projectId: string | undefined } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new TypeError(`${file} cannot be read (${code}). Write ak and sk into its section [basic].`, {
      cause,
    });
  }
  const fields = sectionOf(text, 'basic');
  const { ak, sk, security_token, project_id } = fields;
  if (!ak || !sk) throw missing(`Write ak and sk into the section [basic] of ${file}.`);
  return { ak, sk, securityToken: security_token, projectId: project_id };
}

/** The fields of a section of a profile file, whose text is INI. Names are in small letters; a field without a value is none. */
export function sectionOf(text: string, wanted: string): Record<string, string | undefined> {
  const fields: Record<string, string> = {};
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    section = /^\s*\[\s*(.*?)\s*\]\s*$/.exec(line)?.[1] ?? section;
    const [, name, value] = /^\s*([^#;=[\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === wanted && name && value) fields[name.toLowerCase()] = value;
  }
  return fields;
}

const missing = (advice: string) => new TypeError(`Credentials are missing. ${advice}`);
function fail(advice: string): never {
  throw new TypeError(`The project is missing. ${advice}`);
}
