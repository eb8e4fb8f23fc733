/** All pairs: every two parameters of an operation together, in few requests. */
import { basisOfStatus, type Operation, operations, type Parameter } from '../contract.ts';
import { pairwise } from '../pairwise.ts';
import type { Exchange } from '../request.ts';
import { hourOf, isFree, plainText, rightTexts, TOGETHER, timeFormat, UNUSUAL } from '../right-values.ts';
import type { Trial } from '../trial.ts';
import { Skip, type World } from '../world.ts';
import type { Case } from './case.ts';

/** What is given or left out as one: a parameter, or several that need each other. */
type Choice = Readonly<Record<string, string>>;

/** A case for each operation with two parameters or more. */
export function pairCases(): Case[] {
  return operations
    .filter(({ parameters }) => parameters.filter((one) => one.in === 'query').length > 1)
    .map((operation) => ({
      operation,
      status: 200,
      title: 'takes every two of its parameters together',
      basis: basisOfStatus(operation, 200),
      run: (trial) => tryPairs(operation, trial),
    }));
}

async function tryPairs(operation: Operation, trial: Trial): Promise<void> {
  const { world, exchanges } = trial;
  await trial.ask({ operation, query: hourOf(operation, world) });
  const factors = factorsOf(operation, world);
  for (const row of pairwise(factors.map((choices) => choices.length))) {
    const chosen = row.map((choice, factor) => factors[factor]?.[choice] ?? {});
    const exchange = await world.ask({ operation, query: queryOf(chosen) });
    if (exchange.answer.status !== 200) await blame(operation, chosen, exchange, trial);
    // The requests before it went well: whoever reads of a failure needs this one alone.
    exchanges.splice(0);
    trial.judge(operation, exchange, [200]);
  }
}

/** Leaves out whatever the failure does without, and fails with the rest. */
async function blame(operation: Operation, chosen: Choice[], first: Exchange, trial: Trial): Promise<never> {
  let [left, failing] = [chosen.filter((choice) => Object.keys(choice).length > 0), first];
  for (const choice of left) {
    const fewer = left.filter((one) => one !== choice);
    const exchange = await trial.world.ask({ operation, query: queryOf(fewer) });
    if (exchange.answer.status !== 200) [left, failing] = [fewer, exchange];
  }
  const names = Object.keys(queryOf(left));
  if (left.length < 2)
    throw new Skip(`${names.join(' and ') || 'nothing'} is not taken alone either; see the case of it`);
  const basis = basisOfStatus(operation, 200);
  trial.judge(
    operation,
    failing,
    [200],
    basis,
    `Parameters that are right alone are right together: ${names.join(', ')}.`,
  );
  throw new Skip('it was refused, and then it was not');
}

function queryOf(chosen: readonly Choice[]): Choice {
  return Object.assign({}, ...chosen);
}

/** The values of each factor, the first of which is to leave it out. */
export function factorsOf(operation: Operation, world: World): Choice[][] {
  const query = operation.parameters.filter((one) => one.in === 'query');
  const groups = new Map<string, Parameter[]>();
  for (const parameter of query) {
    const together = TOGETHER.find((names) => names.includes(parameter.name));
    const group = together?.join() ?? parameter.name;
    groups.set(group, [...(groups.get(group) ?? []), parameter]);
  }
  return [...groups.values()].map((group) => [{}, ...choicesOf(group, world)]);
}

function choicesOf(group: readonly Parameter[], world: World): Choice[] {
  const values = group.map((parameter) => valuesOf(parameter, world));
  const most = Math.max(...values.map(({ length }) => length));
  return Array.from({ length: most }, (_, index) =>
    Object.fromEntries(
      group.map(({ name }, one) => [name, values[one]?.[index] ?? values[one]?.at(-1) ?? '']),
    ),
  );
}

function valuesOf(parameter: Parameter, world: World): string[] {
  if (timeFormat(parameter)) return [plainText(parameter, world)];
  const { minimum, maximum } = parameter.schema;
  // Every lowest value stays below every highest one of the same thing.
  const limit = parameter.name.startsWith('max_') || minimum === undefined ? maximum : minimum;
  const values = [
    ...rightTexts(parameter),
    ...(limit === undefined ? [] : [String(limit)]),
    ...(isFree(parameter) ? [UNUSUAL] : []),
  ];
  return [...new Set(values)];
}
