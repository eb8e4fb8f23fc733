import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sectionOf } from '@connection-records/client/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withFields, writeProfile } from './profile.ts';

describe('the profile', () => {
  const text =
    '# mine\n[global]\nak = other\n\n[basic]\n; old\nak = a\nSK = s=1\niam_endpoint = e\n\n[x]\ny = z\n';

  test('has fields by section, whatever their case and with any value', () => {
    expect(sectionOf(text, 'basic')).toEqual({ ak: 'a', sk: 's=1', iam_endpoint: 'e' });
    expect(sectionOf(text, 'none')).toEqual({});
  });

  test('keeps everything but the fields that are set anew or taken out', () => {
    expect(withFields(text, 'basic', { ak: 'b', sk: undefined, project_id: 'p' })).toBe(
      '# mine\n[global]\nak = other\n\n[basic]\nak = b\nproject_id = p\n; old\niam_endpoint = e\n\n[x]\ny = z\n',
    );
  });

  test('gets a section that it lacks', () => {
    expect(withFields('', 'basic', { ak: 'a' })).toBe('[basic]\nak = a\n');
    expect(withFields('[x]\ny = z', 'basic', { ak: 'a' })).toBe('[x]\ny = z\n\n[basic]\nak = a\n');
  });
});

describe('writing it', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'profile-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test.skipIf(process.platform === 'win32')('makes a file that nobody else may read', async () => {
    const file = join(folder, 'new', 'credentials');
    await writeProfile(file, 'text');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'new'))).mode & 0o777).toBe(0o700);
  });

  test.skipIf(process.platform === 'win32')('closes one that others could read', async () => {
    const file = join(folder, 'credentials');
    await writeFile(file, 'old', { mode: 0o644 });
    await writeProfile(file, 'new');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['credentials']);
  });
});
