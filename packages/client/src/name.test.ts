import { describe, expect, test } from 'vitest';
import { downloadExport } from './download.ts';
import { clientOf, taskId } from './testing/service.ts';

const download = (answer: Response, fileName?: string) =>
  downloadExport(clientOf([answer]).client, taskId, { fileName });

describe('the name of a file', () => {
  const named = async (disposition: string, fileName?: string) =>
    (await download(new Response('a', { headers: { 'Content-Disposition': disposition } }), fileName))
      .fileName;

  test('is the one in UTF-8, else the plain one, else that of the task, else made of the id of the task', async () => {
    expect(await named(`attachment; filename="r.csv"; filename*=UTF-8''%E8%AE%B0%E5%BD%95.csv`)).toBe(
      '记录.csv',
    );
    expect(await named(`attachment; filename="r.csv"; filename*=UTF-8''%E8%AE%`)).toBe('r.csv');
    expect(await named('attachment; filename=r.csv')).toBe('r.csv');
    expect(await named('attachment', 'week.csv')).toBe('week.csv');
    expect(await named('attachment')).toBe(`${taskId}.csv`);
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system.ini', 'system.ini'],
    ['/absolute.csv', 'absolute.csv'],
    ['..', 'connection-records'],
    ['.bashrc', 'bashrc'],
    ['a:b?.csv', 'a_b_.csv'],
    ['trailing. ', 'trailing'],
    ['a\n/../../etc/passwd', 'passwd'],
    ['NUL', '_NUL'],
    ['con.csv', '_con.csv'],
    ['COM1 .tar.gz', '_COM1 .tar.gz'],
    ['lpt¹', '_lpt¹'],
    ['console.csv', 'console.csv'],
    ['week\u202evsc.exe', 'weekvsc.exe'],
    ['\u2066a\u061cb\u200f.csv', 'ab.csv'],
    [`${'a'.repeat(300)}.csv`, `${'a'.repeat(196)}.csv`],
    [`${'记'.repeat(100)}.xlsx`, `${'记'.repeat(65)}.xlsx`],
    [`con.${'a'.repeat(300)}`, `_con.${'a'.repeat(195)}`],
  ])('%s is made safe', async (given, safe) => {
    expect(await named(`attachment; filename*=UTF-8''${encodeURIComponent(given)}`)).toBe(safe);
  });

  test.each([
    ['attachment; filename="a;b.csv"', 'a;b.csv'],
    ['attachment; filename="a\\"b.csv"', 'a_b.csv'],
    ['attachment; xfilename=x.csv; filename=y.csv', 'y.csv'],
    ['attachment; note="; filename=x.csv"; filename=y.csv', 'y.csv'],
    ['attachment; FileName = week 1.csv ; size=3', 'week 1.csv'],
    [`attachment; filename*=utf-8'en'%41.csv`, 'A.csv'],
    [`attachment; xfilename*=UTF-8''x.csv`, `${taskId}.csv`],
    ['attachment; filename="', '_'],
    ['attachment; filename=""', `${taskId}.csv`],
  ])('is read from %s', async (disposition, name) => {
    expect(await named(disposition)).toBe(name);
  });

  test('that nobody knows ends as its kind does', async () => {
    const unnamed = async (...head: number[]) =>
      (await download(new Response(new Uint8Array(head)))).fileName;
    expect(await unnamed(0x50, 0x4b, 3, 4)).toBe(`${taskId}.xlsx`);
    expect(await unnamed(0xd0, 0xcf, 0x11, 0xe0)).toBe(`${taskId}.xls`);
    expect(await unnamed(65)).toBe(`${taskId}.csv`);
    expect(await unnamed(0)).toBe(taskId);
  });
});
