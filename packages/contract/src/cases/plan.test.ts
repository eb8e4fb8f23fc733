import { describe, expect, it } from 'vitest';
import { operations } from '../contract.ts';
import { mismatches } from '../schema.ts';
import { wrongTexts } from '../wrong-values.ts';
import { pairs, superfluous, uncovered, WAIVERS } from './coverage.ts';
import { exampleCases } from './examples.ts';
import { plan, serverCases } from './plan.ts';

const name = ({ operation, status }: { operation: { id: string }; status: number }) =>
  `${operation.id} ${status}`;
const SETTINGS = {
  baseUrl: 'http://any',
  projectId: 'p',
  examples: false,
  absent: {},
  timeout: 1,
  patience: 1,
  basis: 'all',
  polite: false,
  sandbox: false,
  runs: 1,
  seed: 1,
} as const;

describe('every operation with every documented status', () => {
  it('has a case that any server can be asked, or a waiver', () => {
    expect(uncovered(serverCases(), WAIVERS).map(name)).toEqual([]);
  });

  it('is missed when its case is taken away', () => {
    const rest = serverCases().filter(({ status }) => status !== 405);
    expect(uncovered(rest, WAIVERS).map(name)).toEqual(operations.map(({ id }) => `${id} 405`));
  });

  it('has no waiver that it does not need', () => {
    expect(superfluous(serverCases(), WAIVERS)).toEqual([]);
    const [needless, unknown] = [401, 418].map((status) => ({ status, reason: 'none' }));
    expect(
      superfluous(
        serverCases(),
        [needless, unknown].filter((one) => one !== undefined),
      ),
    ).toHaveLength(2);
  });

  it('has a case without any waiver on a mock that gives the examples', () => {
    expect(uncovered([...serverCases(), ...exampleCases()], []).map(name)).toEqual([]);
  });

  it('is in the plan of a run, if only as skipped', () => {
    const planned = new Set(plan(SETTINGS).map(name));
    expect([...planned].sort()).toEqual(pairs().map(name).sort());
    expect(plan(SETTINGS).filter(({ run, skip }) => Boolean(run) === Boolean(skip))).toEqual([]);
  });
});

describe('the flood', () => {
  it('is the last that is tried, so that it is in nobody’s way', () => {
    const tried = plan(SETTINGS).filter(({ run }) => run);
    expect(tried.at(-1)).toMatchObject({ status: 429, run: { needs: ['rate-limit'] } });
  });
});

describe('every media type that the contract declares', () => {
  it('has an example, or says why it has none', () => {
    const media = operations.flatMap(({ responses }) =>
      [...responses.values()].flatMap((response) => response.media),
    );
    expect(media.filter(({ examples, binary }) => examples.size === 0 && !binary)).toEqual([]);
  });
});

describe('the basis of a case', () => {
  it('is that of its status in the contract', () => {
    const basis = (id: string, status: number) =>
      serverCases().find((one) => one.operation.id === id && one.status === status)?.basis.kind;
    expect(basis('exportConnectionRecords', 401)).toBe('inferred');
    expect(basis('listConnectionRecords', 401)).toBe('documented');
  });

  it('is inferred where the limit is, though the status is documented', () => {
    const found = serverCases().find(
      ({ operation, title }) =>
        operation.id === 'listConnectionRecords' && title.startsWith('refuses user_name of 256'),
    );
    expect(found?.basis).toMatchObject({ kind: 'inferred', why: expect.stringContaining('0 to 255') });
  });
});

describe('a wrong value', () => {
  const parameters = operations.flatMap((operation) => operation.parameters);
  const documented = { kind: 'documented', why: 'test' } as const;

  it.each(parameters)('of $name is wrong by the contract, and its example is right', (parameter) => {
    const typed = (text: string) =>
      parameter.schema.type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
    for (const { value } of wrongTexts(parameter, documented)) {
      expect(mismatches(parameter.pointer, typed(value), documented)).not.toEqual([]);
    }
    expect(mismatches(parameter.pointer, parameter.example, documented)).toEqual([]);
  });

  it('is tried for every parameter that has a limit', () => {
    const limited = operations.flatMap((operation) =>
      operation.parameters
        .filter((parameter) => parameter.in === 'query' && wrongTexts(parameter, documented).length > 0)
        .map((parameter) => `${operation.id} ${parameter.name}`),
    );
    const tried = serverCases().map(
      ({ operation, title }) => `${operation.id} ${/refuses (\w+)/.exec(title)?.[1]}`,
    );
    expect(limited.filter((one) => !tried.includes(one))).toEqual([]);
    expect(limited.length).toBeGreaterThan(20);
  });
});
