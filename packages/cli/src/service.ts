import {
  type ConnectionRecordsClient,
  createClient,
  type Hooks,
  type Target,
  token,
} from '@connection-records/client';
import { findIdentity, keepAlive, profileFile, sectionOf } from '@connection-records/client/node';
import type { Context } from './context.ts';
import { exitCodes, Failure, UsageError } from './failure.ts';
import { readProfile, sections } from './profile.ts';

/** Which service, and whose desktops. */
export interface ServiceOptions {
  region?: string;
  baseUrl?: string;
  projectId?: string;
}

/** What the command line, the environment and the profile file say together, each before the next. */
export interface Settings {
  target: Target;
  projectId: string;
  /** A token of IAM, which goes before any key. */
  token: string | undefined;
  file: string;
}

export async function settingsOf(options: ServiceOptions, { env }: Pick<Context, 'env'>): Promise<Settings> {
  const file = profileFile(env);
  const text = await readProfile(file);
  const service = sectionOf(text, sections.service);
  const target =
    targetOf(options.region, options.baseUrl, '--region and --base-url') ??
    targetOf(
      env.CONNECTION_RECORDS_REGION,
      env.CONNECTION_RECORDS_BASE_URL,
      'CONNECTION_RECORDS_REGION and CONNECTION_RECORDS_BASE_URL',
    ) ??
    targetOf(service.region, service.base_url, `region and base_url in ${file}`);
  if (!target)
    throw new UsageError(
      'It is not known where your desktops are.',
      'Give --region, such as --region cn-north-4, set CONNECTION_RECORDS_REGION, or run: connection-records configure',
    );
  const projectId =
    options.projectId || env.HUAWEICLOUD_SDK_PROJECT_ID || sectionOf(text, sections.keys).project_id;
  if (!projectId)
    throw new UsageError(
      'The project is not known.',
      'Give --project-id, set HUAWEICLOUD_SDK_PROJECT_ID, or run: connection-records configure. The console shows the id under My Credentials.',
    );
  return { target, projectId, token: env.CONNECTION_RECORDS_AUTH_TOKEN || undefined, file };
}

/** A client of the service. Nothing is sent yet. */
export async function connect(
  options: ServiceOptions,
  context: Context,
  hooks: Hooks = {},
): Promise<ConnectionRecordsClient> {
  const settings = await settingsOf(options, context);
  const { target, projectId } = settings;
  const credentials = credentialsOf(settings, context);
  try {
    return createClient({
      ...target,
      ...hooks,
      projectId,
      credentials,
      clock: context.clock,
      fetch: context.fetch ?? keepAlive,
    });
  } catch (error) {
    // It checks what it is given before it does anything.
    throw new UsageError((error as Error).message);
  }
}

export function credentialsOf(settings: Settings, { env }: Pick<Context, 'env'>) {
  const { projectId, file } = settings;
  try {
    return settings.token ? token(settings.token) : findIdentity({ projectId, file, env }).credentials;
  } catch (error) {
    throw new Failure(
      'NO_CREDENTIALS',
      (error as Error).message,
      'Or run: connection-records configure. A token of IAM goes into CONNECTION_RECORDS_AUTH_TOKEN.',
      exitCodes.authentication,
    );
  }
}

function targetOf(
  region: string | undefined,
  baseUrl: string | undefined,
  names: string,
): Target | undefined {
  if (region && baseUrl) throw new UsageError(`${names} are both given. Give one of the two.`);
  if (region) return { region };
  return baseUrl ? { baseUrl } : undefined;
}

/** The options that lead another call to the same service. */
export const sameService = ({ region, baseUrl, projectId }: ServiceOptions) =>
  [
    ['--region', region],
    ['--base-url', baseUrl],
    ['--project-id', projectId],
  ].flatMap(([name, value]) => (value ? [name!, value] : []));
