import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf, listOf } from '../testing/service.ts';
import { findIdentity, fromEnvironment, fromProfile, type Identity } from './index.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'identity-'));
  file = join(folder, 'credentials');
});
afterAll(() => rmSync(folder, { recursive: true }));

const variables = {
  HUAWEICLOUD_SDK_AK: 'env-ak',
  HUAWEICLOUD_SDK_SK: 'env-sk',
  HUAWEICLOUD_SDK_PROJECT_ID: 'env-project',
};
const env = {};

/** The headers of a request by an identity, and the project that it calls. */
async function requestOf({ credentials, projectId }: Identity) {
  const { client, requests } = clientOf([listOf()], { credentials, projectId });
  await client.operations.listExportTasks();
  const { headers, url } = requests[0]!;
  const key = /Access=([^,]+)/.exec(headers.get('Authorization') ?? '')?.[1];
  return [key, headers.get('X-Security-Token'), new URL(url).pathname.split('/')[2]];
}

describe('fromEnvironment', () => {
  test('takes the key and the project from the variables of the vendor', async () => {
    const identity = fromEnvironment({ env: { ...variables, HUAWEICLOUD_SDK_SECURITY_TOKEN: 'st' } });
    expect(await requestOf(identity)).toEqual(['env-ak', 'st', 'env-project']);
    expect(await requestOf(fromEnvironment({ env: variables, projectId: 'p' }))).toEqual([
      'env-ak',
      null,
      'p',
    ]);
  });

  test('says which variable is missing', () => {
    expect(() => fromEnvironment({ env })).toThrow(
      'Credentials are missing. Set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK.',
    );
    expect(() => fromEnvironment({ env: { ...variables, HUAWEICLOUD_SDK_PROJECT_ID: '' } })).toThrow(
      'The project is missing. Set HUAWEICLOUD_SDK_PROJECT_ID, or give projectId.',
    );
  });
});

describe('fromProfile', () => {
  test('takes them from [basic] of the file', async () => {
    writeFileSync(
      file,
      '# mine\r\n[global]\r\nak = no\r\n[ basic ]\r\nak=file-ak\r\n sk = a=b== \r\n;sk=no\r\nproject_id=file-project\r\n',
    );
    expect(await requestOf(fromProfile({ file, env }))).toEqual(['file-ak', null, 'file-project']);
    const named = { HUAWEICLOUD_SDK_CREDENTIALS_FILE: file };
    expect(await requestOf(fromProfile({ env: named, projectId: 'p' }))).toEqual(['file-ak', null, 'p']);
  });

  test('reads temporary keys again for every request', async () => {
    const write = (ak: string) =>
      writeFileSync(file, `[basic]\nak = ${ak}\nsk = s\nsecurity_token = st\nproject_id = p\n`);
    write('old');
    const identity = fromProfile({ file, env });
    write('new');
    expect(await requestOf(identity)).toEqual(['new', 'st', 'p']);
  });

  test('says what is missing from which file', () => {
    const nowhere = join(folder, 'nowhere');
    expect(() => fromProfile({ file: nowhere, env })).toThrow(
      `${nowhere} cannot be read (ENOENT). Write ak and sk into its section [basic].`,
    );
    writeFileSync(file, '[basic]\nak = a\n');
    expect(() => fromProfile({ file, env })).toThrow(`Write ak and sk into the section [basic] of ${file}.`);
    writeFileSync(file, '[basic]\nak = a\nsk = s\n');
    expect(() => fromProfile({ file, env })).toThrow(`Write project_id into [basic] of ${file}`);
  });
});

describe('findIdentity', () => {
  test('looks in the environment, then in the file', async () => {
    writeFileSync(file, '[basic]\nak = file-ak\nsk = s\nproject_id = p\n');
    expect(await requestOf(findIdentity({ file, env: variables }))).toEqual(['env-ak', null, 'env-project']);
    expect(await requestOf(findIdentity({ file, env }))).toEqual(['file-ak', null, 'p']);
  });

  test('does not take half an environment for none', () => {
    expect(() => findIdentity({ file, env: { HUAWEICLOUD_SDK_AK: 'a' } })).toThrow(
      'Set HUAWEICLOUD_SDK_AK and',
    );
  });

  test('says what is missing from both', () => {
    expect(() => findIdentity({ file: join(folder, 'nowhere'), env })).toThrow(
      /Set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or: .*nowhere cannot be read/,
    );
  });
});
