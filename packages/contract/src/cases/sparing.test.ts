import { describe, expect, it } from 'vitest';
import { operationNamed } from '../contract.ts';
import { Breach, type Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import type { Case } from './case.ts';
import { sparing } from './sparing.ts';

const operation = operationNamed('listConnectionRecords');
const basis = { kind: 'documented', why: 'test' } as const;

function failing(title: string): Case {
  const run = async () => {
    throw new Breach([{ rule: title, expected: 'one', came: 'other', basis }]);
  };
  return { operation, status: 400, title, basis, run };
}

async function outcomes(titles: readonly string[]): Promise<string[]> {
  const trial = { world: {} } as Trial;
  const found: string[] = [];
  for (const one of sparing(titles.map(failing))) {
    await one.run(trial).catch((error) => found.push(error instanceof Skip ? error.message : 'failed'));
  }
  return found;
}

describe('cases of a kind', () => {
  it('fail twice, and leave it at that', async () => {
    const titles = ['limit', 'offset', 'min_network_rtt'].map(
      (name) => `refuses ${name}=5x, which is no integer`,
    );
    const [first, second, third] = await outcomes(titles);
    expect([first, second]).toEqual(['failed', 'failed']);
    expect(third).toBe(
      'it fails as others of its kind do; see “listConnectionRecords: refuses limit=5x, which is no integer” and “listConnectionRecords: refuses offset=5x, which is no integer”',
    );
  });

  it('are not those that say something else', async () => {
    const titles = ['refuses limit', 'refuses limit below', 'refuses limit above', 'accepts limit'];
    expect(await outcomes(titles)).toEqual(titles.map(() => 'failed'));
  });
});
