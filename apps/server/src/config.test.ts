import { describe, expect, test } from 'vitest';
import { readCredentials } from './config.ts';

const inFile = (value: unknown, env = {}) =>
  readCredentials({ path: 'who.json', text: JSON.stringify(value) }, env);

describe('the environment', () => {
  test('gives one account with every project and every action', () => {
    const env = {
      CONNECTION_RECORDS_TOKEN: 't',
      CONNECTION_RECORDS_AK: 'a',
      CONNECTION_RECORDS_SK: 's',
      PATH: '/',
    };
    expect(readCredentials(undefined, env)).toEqual({
      accounts: [{ name: 'environment', token: 't', ak: 'a', sk: 's', projects: ['*'], actions: ['*'] }],
      problems: [],
    });
  });

  test('is told all that is wrong with it, without the secrets', () => {
    const env = { CONNECTION_RECORDS_TOKEN: 'the secret', CONNECTION_RECORDS_AK: 'a/b' };
    expect(readCredentials(undefined, env)).toEqual({
      accounts: [],
      problems: [
        'CONNECTION_RECORDS_TOKEN has a character that the header cannot carry, such as a blank. Set it again.',
        'CONNECTION_RECORDS_AK has a character that the header cannot carry, such as a blank. Set it again.',
        'CONNECTION_RECORDS_AK is set and CONNECTION_RECORDS_SK is not. A key pair needs both: set CONNECTION_RECORDS_SK too.',
      ],
    });
  });

  test('that is empty, without a file, means that nobody may call', () => {
    expect(readCredentials(undefined, { CONNECTION_RECORDS_TOKEN: '' }).problems).toEqual([
      'Nobody may call. Set CONNECTION_RECORDS_TOKEN, or CONNECTION_RECORDS_AK and CONNECTION_RECORDS_SK, or give a credentials file with an account in it.',
    ]);
    expect(inFile([]).problems).toHaveLength(1);
  });
});

describe('a credentials file', () => {
  test('gives its accounts, with all actions unless it says otherwise, and that of the environment', () => {
    const file = [
      { name: 'anna', token: 't1', tokenExpires: '2027-01-31T00:00:00Z', projects: ['p1', 'p2'] },
      {
        name: 'bo',
        ak: 'a',
        sk: 's',
        securityToken: 'st',
        projects: ['*'],
        actions: ['workspace:tenants:exportData'],
      },
      { name: 'cai', token: 't2', projects: ['*'], actions: [] },
    ];
    const { accounts, problems } = inFile(file, { CONNECTION_RECORDS_TOKEN: 't' });
    expect(problems).toEqual([]);
    expect(accounts).toEqual([
      { ...file[0], tokenExpires: Date.parse('2027-01-31T00:00:00Z'), actions: ['*'] },
      file[1],
      file[2],
      { name: 'environment', token: 't', projects: ['*'], actions: ['*'] },
    ]);
  });

  test('is told every mistake at once: where it is, what was given, what is allowed', () => {
    const { accounts, problems } = inFile([
      { name: 7, token: 'se cret', projects: ['a b'], actions: ['workspace:all'], tokenExpires: 'tomorrow' },
      { name: 'bo', ak: 'a', projects: 'p1', tokn: 'x' },
      { token: 't', sk: 5, tokenExpires: '2027-02-31T00:00:00Z' },
      'anna',
      { name: 'di', projects: [], securityToken: 'x', tokenExpires: '2027-01-31T00:00:00Z' },
    ]);
    expect(accounts).toEqual([]);
    const ascii = 'must be text of printable ASCII without a blank. It is not shown, being secret';
    const ids = 'must be a list of at least one project id (letters, digits, _ and -), or ["*"] for all';
    const time = 'must be a time in UTC, such as "2027-01-31T00:00:00Z"';
    expect(problems).toEqual([
      'who.json, account 1: "name" must be text of 1 to 64 characters and is 7.',
      `who.json, account 1: "token" ${ascii}.`,
      `who.json, account 1: "projects" ${ids} and is ["a b"].`,
      'who.json, account 1: "actions" must be a list of workspace:tenants:listExportTasks, workspace:tenants:exportData, workspace:tenants:deleteExportTasks, workspace:connections:securityList, or ["*"] for all and is ["workspace:all"].',
      `who.json, account 1: "tokenExpires" ${time} and is "tomorrow".`,
      `who.json, account 2: "projects" ${ids} and is "p1".`,
      'who.json, account 2: "tokn" is not known. Known are name, token, tokenExpires, ak, sk, securityToken, projects, actions.',
      'who.json, account 2: has "ak" alone. A key pair needs "ak" and "sk".',
      `who.json, account 3: "sk" ${ascii}.`,
      `who.json, account 3: "tokenExpires" ${time} and is "2027-02-31T00:00:00Z".`,
      'who.json, account 3: "name" is missing; it must be text of 1 to 64 characters.',
      `who.json, account 3: "projects" is missing; it ${ids}.`,
      'who.json, account 3: has "sk" alone. A key pair needs "ak" and "sk".',
      'who.json, account 4: is not an object. Write { "name": …, "token": …, "projects": ["*"] }.',
      `who.json, account 5: "projects" ${ids} and is [].`,
      'who.json, account 5: has neither "token" nor "ak" and "sk". Give one of them, or both.',
      'who.json, account 5: has "tokenExpires", but no "token".',
      'who.json, account 5: has "securityToken", which belongs to a temporary key, but no "ak".',
    ]);
  });

  test('has no name, token or access key twice, the environment included', () => {
    const { problems } = inFile(
      [
        { name: 'anna', token: 'same', projects: ['*'] },
        { name: 'anna', ak: 'same', sk: 's', projects: ['*'] },
        { name: 'environment', token: 'same', projects: ['*'] },
      ],
      { CONNECTION_RECORDS_AK: 'same', CONNECTION_RECORDS_SK: 's' },
    );
    expect(problems).toEqual([
      'who.json, account 2: has the same "name" as who.json, account 1. Give each its own.',
      'The environment: has the same "name" as who.json, account 3. Give each its own.',
      'who.json, account 3: has the same "token" as who.json, account 1. Give each its own.',
      'The environment: has the same "ak" as who.json, account 2. Give each its own.',
    ]);
  });

  test.each(['[{"name": "anna", "token": hunter2}]', '[{"token": "hunter2"', 'hunter2', ''])(
    'that is not JSON is refused without quoting it: %s',
    (text) => {
      const { problems } = readCredentials({ path: 'who.json', text }, {});
      expect(problems).toEqual([
        expect.stringMatching(/^who\.json is not JSON( at line \d+ column \d+)?\. Mend it\.$/),
      ]);
    },
  );

  test('that is no list is refused', () => {
    expect(inFile({ anna: {} }).problems[0]).toMatch(/^who\.json is not a list\. Write \[/);
  });
});
