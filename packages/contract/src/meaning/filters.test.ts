import { describe, expect, it } from 'vitest';
import { together } from './filter-pairs.ts';
import { atLeast, atMost, DOMAIN, EXACT, exactly, parts, terminalPart, wildcards } from './filters.ts';
import type { Row } from './rows.ts';

const rows: Row[] = [
  { user_name: 'ann', public_ip: '203.0.113.1', terminal_type: 'Windows 10', e2e_rtt: 10 },
  { user_name: 'ann@corp', public_ip: '203.0.113.17', terminal_type: 'Windows 11', e2e_rtt: 90 },
  { user_name: 'ann@corp', public_ip: '203.0.113.17', terminal_type: 'macOS 15' },
  { user_name: 'bob@corp', terminal_type: 'Windows 11', e2e_rtt: 90 },
];
const [user] = EXACT;
if (!user) throw new Error('no filter');
const found = (probe: { matches: (row: Row) => boolean | undefined } | undefined) =>
  rows.map((row) => probe?.matches(row));

describe('a value to filter by', () => {
  it('is one with which another begins, so that a match in part shows', () => {
    expect(exactly(user, rows)[0]?.query).toEqual({ user_name: 'ann' });
    expect(found(exactly(user, rows)[0])).toEqual([true, false, false, false]);
  });

  it('is not there where every record has the same', () => {
    expect(exactly(user, rows.slice(0, 1))).toEqual([]);
  });

  it('is in parts and with wildcards, which find what is exactly that', () => {
    expect(parts(user, rows).map(({ query }) => query.user_name)).toEqual(['an', 'nn', 'n']);
    expect(wildcards(user, rows).map(({ query }) => query.user_name)).toEqual(['an%', 'an_', 'an*', 'an?']);
    expect(found(parts(user, rows)[0])).toEqual([false, false, false, false]);
  });

  it('is the domain after the last @', () => {
    expect(found(exactly(DOMAIN, rows)[0])).toEqual([false, true, true, true]);
  });

  it('is a part of a terminal type that some lack, found in any case', () => {
    expect(terminalPart(rows, (part) => part.toUpperCase())[0]?.query).toEqual({ terminal_type: 'ACOS 1' });
  });

  it('is two at once, of every two filters, of which each alone finds more', () => {
    const address = EXACT.filter(({ name }) => name === 'public_ip');
    const latency = { min: 'min', max: 'max', field: 'e2e_rtt' };
    const probes = together([user, ...address], latency, rows).slice(0, 3);
    expect(probes.map(({ query }) => query)).toEqual([
      // No user has two addresses, so it is the address of another one.
      { user_name: 'ann', public_ip: '203.0.113.17' },
      { user_name: 'ann@corp', terminal_type: 'Windows 11' },
      { public_ip: '203.0.113.17', terminal_type: 'Windows 11' },
    ]);
    expect(probes.slice(0, 2).map(found)).toEqual([
      [false, false, false, false],
      [false, true, false, false],
    ]);
    expect(probes[1]?.rule).toMatch(/^user_name and terminal_type together/);
  });
});

describe('a latency to filter by', () => {
  const latency = { min: 'min_e2e_rtt', max: 'max_e2e_rtt', field: 'e2e_rtt' };

  it('is that of a record, and speaks of the bound, of the others, or of those without one', () => {
    expect(atLeast(latency, rows, 'bound')[0]?.query).toEqual({ min_e2e_rtt: '90' });
    expect(found(atLeast(latency, rows, 'bound')[0])).toEqual([undefined, true, undefined, true]);
    expect(found(atLeast(latency, rows, 'others')[0])).toEqual([false, undefined, undefined, undefined]);
    expect(found(atMost(latency, rows, 'unmeasured')[0])).toEqual([undefined, undefined, false, undefined]);
  });
});
