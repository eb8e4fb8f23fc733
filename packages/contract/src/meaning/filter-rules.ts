/** What is demanded of each filter, of the list and of the export alike. */
import type { Basis, Operation } from '../contract.ts';
import { type Pair, together } from './filter-pairs.ts';
import {
  atLeast,
  atMost,
  atMostZero,
  between,
  beyondAscii,
  DOMAIN,
  defaultProject,
  EXACT,
  type ExactFilter,
  exactly,
  type Latency,
  otherCase,
  type Probe,
  parts,
  swapCase,
  terminalPart,
  wildcards,
  withWildcard,
} from './filters.ts';
import type { Row } from './rows.ts';

/** One rule of one filter. */
export interface FilterRule {
  title: string;
  /** A sentence for the text of a failure. */
  rule: string;
  basis: Basis;
  probes: (rows: readonly Row[], latency: Latency) => Probe[];
  /** It is the plainest one of its filter. */
  plain?: true;
  /** Rules without which this one says nothing new: where they let other records through, the filter is not obeyed at all. */
  after?: readonly FilterRule[];
}

/** The rules of the filters that the operation has. */
export function filterRules(operation: Operation, latency: Omit<Latency, 'field'>): FilterRule[] {
  const has = (name: string) => operation.parameters.some((parameter) => parameter.name === name);
  const exact = [...EXACT, DOMAIN]
    .filter(({ name }) => has(name))
    .map((filter) => ({ filter, rules: exactRules(operation, filter) }));
  const plainly = (name: string) => exact.find(({ filter }) => filter.name === name)?.rules.slice(0, 1) ?? [];
  const terminal = terminalRules(operation);
  const latencies = latencyRules(operation, latency);
  const filters = exact.map(({ filter }) => filter);
  return [
    ...exact.flatMap(({ rules }) => rules),
    {
      title: 'user_name may have characters beyond ASCII',
      rule: 'user_name finds the records of that user, also one with characters beyond ASCII, percent-encoded in UTF-8.',
      basis: documented(operation, 'user_name'),
      probes: (rows) => EXACT.slice(0, 1).flatMap((filter) => beyondAscii(filter, rows)),
      after: plainly('user_name'),
    },
    {
      title: 'enterprise_project_id 0 is the default enterprise project',
      rule: 'enterprise_project_id=0 finds the records of the default enterprise project, and of no other one.',
      basis: inferred(operation, 'enterprise_project_id'),
      probes: defaultProject,
      after: plainly('enterprise_project_id'),
    },
    ...terminal,
    ...latencies,
    {
      title: 'two filters together find what both find',
      rule: 'Of two filters, every record satisfies both.',
      basis: {
        kind: 'inferred',
        why: 'The page calls each a filter, and not how they go together: as all filters do.',
      },
      probes: (rows, bounds) => together(filters, bounds, rows, pairsOf(operation)),
      after: [
        ...exact.flatMap(({ rules }) => rules.slice(0, 1)),
        ...terminal.slice(0, 1),
        ...latencies.filter(({ plain }) => plain),
      ],
    },
  ];
}

/** Every export is a file to wait for: of these, each has every filter in it once, and the most used twice. */
const EXPORTED: readonly Pair[] = [
  ['user_name', 'terminal_type'],
  ['computer_name', 'public_ip'],
  ['enterprise_project_id', 'domain'],
  ['user_name', 'min_e2e_rtt'],
  ['domain', 'max_e2e_rtt'],
  ['computer_name', 'terminal_type'],
];

/** Which pairs of filters are tried: all of them where a pair is one request. */
function pairsOf({ changes }: Operation): (pair: Pair) => boolean {
  return (pair) => !changes || EXPORTED.some((one) => one.every((name) => pair.includes(name)));
}

function exactRules(operation: Operation, filter: ExactFilter): FilterRule[] {
  const { name, noun } = filter;
  const basis = inferred(operation, name);
  const plain: FilterRule = {
    title: `${name} finds the records of that ${noun}, and no others`,
    rule: `Every record that ${name} finds is of that ${noun}, and every record of it is found.`,
    basis: name === 'domain' ? basis : documented(operation, name),
    probes: (rows) => exactly(filter, rows),
  };
  const after = [plain];
  const rules: FilterRule[] = [
    plain,
    {
      title: `${name} is exact: a part of a value finds nothing`,
      rule: `${name} is matched exactly: a part of a value is another value.`,
      basis,
      probes: (rows) => parts(filter, rows),
      after,
    },
    {
      title: `${name} is exact: %, _, * and ? are ordinary characters`,
      rule: `${name} is matched exactly: %, _, * and ? stand for themselves.`,
      basis,
      probes: (rows) => wildcards(filter, rows),
      after,
    },
  ];
  // Domains and addresses are the same in either case.
  if (!['user_name', 'computer_name', 'enterprise_project_id'].includes(name)) return rules;
  return [
    ...rules,
    {
      title: `${name} is exact: upper and lower case differ`,
      rule: `${name} is matched exactly: upper and lower case are different characters.`,
      basis,
      probes: (rows) => otherCase(filter, rows),
      after,
    },
  ];
}

function terminalRules(operation: Operation): FilterRule[] {
  const name = 'terminal_type';
  // The page of the list calls one value the only one, so that the reading is the export's.
  const part =
    operation.id === 'exportConnectionRecords' ? documented(operation, name) : inferred(operation, name);
  const plain: FilterRule = {
    title: 'terminal_type finds a part anywhere in the name',
    rule: 'terminal_type finds the records whose terminal type contains the value, wherever it stands, and no others.',
    basis: part,
    probes: (rows) => terminalPart(rows),
  };
  return [
    plain,
    {
      title: 'terminal_type ignores upper and lower case',
      rule: 'terminal_type finds the value in upper and in lower case.',
      basis: inferred(operation, name),
      probes: (rows) => terminalPart(rows, swapCase),
      after: [plain],
    },
    {
      title: 'terminal_type takes %, _, * and ? as ordinary characters',
      rule: 'In terminal_type, %, _, * and ? stand for themselves.',
      basis: inferred(operation, name),
      probes: (rows) => ['%', '_', '*', '?'].flatMap((one) => terminalPart(rows, withWildcard(one))),
      after: [plain],
    },
  ];
}

function latencyRules(operation: Operation, { min, max }: Omit<Latency, 'field'>): FilterRule[] {
  const ungiven: Basis = {
    kind: 'inferred',
    why: 'The page gives a range of latencies, and does not say what becomes of records that have none.',
  };
  const lower: FilterRule = {
    title: `${min} leaves out records of a lower latency, and no others`,
    rule: `${min} finds the records with at least this latency.`,
    basis: documented(operation, min),
    probes: (rows, latency) => atLeast(latency, rows, 'others'),
    plain: true,
  };
  const upper: FilterRule = {
    title: `${max} leaves out records of a higher latency, and no others`,
    rule: `${max} finds the records with at most this latency.`,
    basis: documented(operation, max),
    probes: (rows, latency) => atMost(latency, rows, 'others'),
    plain: true,
  };
  return [
    lower,
    {
      title: `${min} is inclusive: a latency of exactly that many milliseconds is found`,
      rule: `${min} is inclusive: it means at least this many milliseconds.`,
      basis: documented(operation, min),
      probes: (rows, latency) => atLeast(latency, rows, 'bound'),
    },
    upper,
    {
      title: `${max} is inclusive: a latency of exactly that many milliseconds is found`,
      rule: `${max} is inclusive: it means at most this many milliseconds.`,
      basis: documented(operation, max),
      probes: (rows, latency) => atMost(latency, rows, 'bound'),
    },
    {
      title: `${max}=0 is a limit, not none`,
      rule: `${max}=0 finds no record with a latency above 0.`,
      basis: documented(operation, max),
      probes: (rows, latency) => atMostZero(latency, rows),
      after: [upper],
    },
    {
      title: `${min} and ${max} leave out records without a measured latency`,
      rule: 'A filter of latency leaves out records without a measured latency: none is not 0.',
      basis: ungiven,
      probes: (rows, latency) => [
        ...atLeast(latency, rows, 'unmeasured'),
        ...atMost(latency, rows, 'unmeasured'),
      ],
      after: [lower, upper],
    },
    {
      title: `${min} and ${max} together are a range`,
      rule: `${min} and ${max} together find the records with a latency between them.`,
      basis: documented(operation, min),
      probes: (rows, latency) => between(latency, rows),
      after: [lower, upper],
    },
  ];
}

function documented({ parameters, source }: Operation, name: string): Basis {
  return { kind: 'documented', why: parameters.find((one) => one.name === name)?.source ?? source };
}

/** What the contract says for want of a source. */
export function inferred({ parameters }: Operation, name: string): Basis {
  const reason = parameters.find((one) => one.name === name)?.schema['x-basis-reason'];
  return { kind: 'inferred', why: reason?.trim().replace(/\s+/g, ' ') ?? 'The page does not say so.' };
}
