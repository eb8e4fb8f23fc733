import { createClient, type Target, token } from '@connection-records/client';
import { profileFile, sectionOf } from '@connection-records/client/node';
import { type CommonOptions, type Context, printOutcome } from './context.ts';
import { UsageError } from './failure.ts';
import { readProfile, sections, withFields, writeProfile } from './profile.ts';
import { promptsIn } from './prompts.ts';

/** Asks for the key, the project and the region, and writes them to the profile file. */
export async function configure(options: CommonOptions, context: Context): Promise<void> {
  const file = profileFile(context.env);
  if (!context.prompts && !context.stdin.isTTY)
    throw new UsageError(
      'configure asks questions, and there is no terminal to ask in.',
      `Set HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_PROJECT_ID and CONNECTION_RECORDS_REGION, or write ${file} yourself.`,
    );
  const { text: ask, secret } = context.prompts ?? (await promptsIn(context));
  const text = await readProfile(file);
  const keys = sectionOf(text, sections.keys);
  const service = sectionOf(text, sections.service);
  const needed = (value: string) => (value ? undefined : 'Something has to be here.');

  const ak = await ask('Access key (AK)', keys.ak ?? '', needed);
  const isSame = ak === keys.ak && keys.sk !== undefined;
  const keep = isSame ? ', or nothing to keep the one in the file' : '';
  const sk = await secret(`Its secret (SK)${keep}`, (value) => (isSame ? undefined : needed(value)));
  const project_id = await ask('Project id', keys.project_id ?? '', (value) => wrongProject(value));
  const place = await ask(
    'Region, such as cn-north-4, or the URL of a server',
    service.region ?? service.base_url ?? '',
    (value) => wrongPlace(value),
  );

  const isKept = isSame && (sk === '' || sk === keys.sk);
  const written = withFields(
    withFields(text, sections.keys, {
      ak,
      sk: sk || keys.sk,
      // The token of temporary keys is of no use with other keys.
      security_token: isKept ? keys.security_token : undefined,
      project_id,
    }),
    sections.service,
    isUrl(place) ? { base_url: place, region: undefined } : { base_url: undefined, region: place },
  );
  await writeProfile(file, written);
  printOutcome(context, options, { file }, `Wrote ${file}. Try it: connection-records doctor`);
}

const isUrl = (place: string) => place.includes('/');

const wrongProject = (projectId: string) => wrong({ region: 'cn-north-4' }, projectId);
const wrongPlace = (place: string) => {
  if (place === '') return 'Something has to be here.';
  return wrong(isUrl(place) ? { baseUrl: place } : { region: place }, 'any');
};

/** What a client says of its options. */
function wrong(target: Target, projectId: string): string | undefined {
  try {
    createClient({ ...target, projectId, credentials: token('none') });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
