/** Every parameter of every operation with values that are right, or that a server may take or refuse as it likes. */
import { type Basis, basisOfStatus, type Operation, operations, type Parameter } from '../contract.ts';
import type { Ask } from '../request.ts';
import {
  basisOfLimit,
  companions,
  hourOf,
  isFree,
  limitsOf,
  rightTexts,
  timeFormat,
  UNUSUAL,
} from '../right-values.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import type { Case } from './case.ts';
import { harmless } from './refusals.ts';

/** What HTTP and the contract leave to a server, as long as it answers by the contract. */
export const LENIENT: Basis = {
  kind: 'inferred',
  why: 'The vendor does not say what comes of such a request. Whether it is taken or refused, the answer is one of the contract.',
};

const TOO_LONG = 2000;

/** Right values of each parameter, its limits, and what is neither right nor wrong. */
export function parameterCases(): Case[] {
  return operations.flatMap((operation) => [
    ...operation.parameters
      .filter((parameter) => parameter.in === 'query' && !timeFormat(parameter))
      .flatMap((parameter) => queryCases(operation, parameter)),
    ...operation.parameters
      .filter((parameter) => parameter.in === 'header')
      .map((parameter) => headerCase(operation, parameter)),
    oddNamesCase(operation),
  ]);
}

function queryCases(operation: Operation, parameter: Parameter): Case[] {
  const { name } = parameter;
  const right = rightTexts(parameter);
  const limits = limitsOf(parameter);
  const status = basisOfStatus(operation, 200);
  return [
    {
      operation,
      status: 200,
      title: `accepts ${right.map((value) => `${name}=${value}`).join(', ')}`,
      basis: status,
      run: async (trial) => {
        for (const value of right)
          await accepted(trial, operation, parameter, value, `${name}=${value} is right.`, status);
      },
    },
    ...(limits.length === 0
      ? []
      : [
          {
            operation,
            status: 200,
            title: `accepts ${name} at ${[...new Set(limits.map(({ how }) => how))].join(' and ')}`,
            basis: basisOfLimit(parameter, status),
            run: async (trial: Trial) => {
              const basis = basisOfLimit(parameter, status);
              for (const { value, how } of limits) {
                await accepted(trial, operation, parameter, value, `${name} may be at ${how}.`, basis);
              }
            },
          },
        ]),
    ...(isFree(parameter) ? [unusualCase(operation, parameter)] : []),
    oddCase(operation, parameter),
  ];
}

async function accepted(
  trial: Trial,
  operation: Operation,
  { name }: Parameter,
  value: string,
  rule: string,
  basis: Basis,
) {
  const query = { ...companions(operation, name, trial.world), [name]: value };
  return trial.ask({ operation, query }, [200], basis, rule);
}

function unusualCase(operation: Operation, parameter: Parameter): Case {
  const { name } = parameter;
  const basis = basisOfLimit(parameter, basisOfStatus(operation, 200));
  const rule = `${name} may have any characters, percent-encoded in UTF-8, those with a meaning in a URL among them.`;
  return {
    operation,
    status: 200,
    title: `accepts ${name}=${UNUSUAL}, percent-encoded`,
    basis,
    run: async (trial) => {
      await accepted(trial, operation, parameter, UNUSUAL, rule, basis);
    },
  };
}

/** Repeated, empty, and over-long where no length is too long: 200 or 400, and nothing else. */
function oddCase(operation: Operation, parameter: Parameter): Case {
  const { name, schema } = parameter;
  const value = rightTexts(parameter).at(-1) ?? '';
  const odd: [string, string | string[]][] = [
    [`${name} is given twice`, [value, value]],
    [`${name} is given twice, differently`, [value, `${value}0`]],
    [`${name} is empty`, ''],
    ...(isFree(parameter) && schema.maxLength === undefined
      ? [[`${name} has ${TOO_LONG} characters`, 'x'.repeat(TOO_LONG)] as [string, string]]
      : []),
  ];
  return {
    operation,
    status: 200,
    title: `takes or refuses ${name} repeated, empty${odd.length > 3 ? ' and over-long' : ''}, and answers by the contract`,
    basis: LENIENT,
    run: async (trial) => {
      for (const [how, given] of odd) {
        const query = { ...companions(operation, name, trial.world), [name]: given };
        await trial.ask(
          { operation, query },
          [200, 400],
          LENIENT,
          `A request in which ${how} is taken or refused.`,
        );
      }
    },
  };
}

/** A header that the contract calls an extra: right, and written wrongly, which a server may overlook or refuse. */
function headerCase(operation: Operation, { name, example }: Parameter): Case {
  // From where no character is cut in two: behind a mark of UTF-8, or behind a Chinese letter. And no long wait.
  const right = String(example).replace(/\d+(?=-?$)/, '3');
  const statuses = [200, 206, 400, 416].filter((status) => operation.responses.has(status));
  return {
    operation,
    status: 200,
    title: `takes the header ${name} right, wrong and without meaning, and answers by the contract`,
    basis: LENIENT,
    run: async (trial) => {
      const ask = await plainAsk(operation, trial);
      for (const value of [right, `${name}=`, 'no such thing', ',;=', 'x'.repeat(TOO_LONG)]) {
        const headers = { ...(name === 'If-Range' ? { Range: 'bytes=0-2' } : {}), [name]: value };
        const rule = `A request with the header ${name}: ${value.slice(0, 40)} is obeyed, taken without it, or refused.`;
        await trial.ask({ ...ask, headers }, statuses, LENIENT, rule);
      }
    },
  };
}

/** Names that the contract does not have, or has in lower case. */
function oddNamesCase(operation: Operation): Case {
  const names = operation.parameters.filter((one) => one.in === 'query' && !timeFormat(one));
  const mixed = names.map((one) => [one.name.toUpperCase(), rightTexts(one)[0] ?? ''] as const);
  // What starts something is asked once with all of them.
  const groups = operation.changes ? [mixed] : mixed.map((one) => [one]);
  const statuses = operation.body ? [200, 400, 404] : [200, 400];
  return {
    operation,
    status: 200,
    title: 'takes or refuses parameters that it does not have, and is not changed by them',
    basis: LENIENT,
    run: async (trial) => {
      const ask = await plainAsk(operation, trial);
      for (const group of groups.filter(({ length }) => length > 0)) {
        const query = { ...ask.query, ...Object.fromEntries(group) };
        const given = group.map(([name]) => name).join(', ');
        const rule = `A parameter of the name ${given}, in capitals, is taken or refused.`;
        await trial.ask({ ...ask, query }, statuses, LENIENT, rule);
      }
      const unknown = { ...ask, query: { ...ask.query, no_such_parameter: UNUSUAL } };
      const before = operation.changes ? undefined : await trial.ask(ask, statuses, LENIENT);
      const answer = await trial.ask(
        unknown,
        statuses,
        LENIENT,
        'A parameter with an unknown name is taken or refused.',
      );
      if (answer.status !== 200 || before?.status !== 200 || same(before.bytes, answer.bytes)) return;
      const after = await trial.send(ask);
      if (!same(before.bytes, after.bytes)) throw new Skip('what is asked for changed meanwhile');
      trial.demand(false, {
        rule: 'A parameter with an unknown name changes nothing, if it is not refused.',
        expected: `the same ${before.bytes.length} bytes as without it`,
        came: `${answer.bytes.length} other bytes`,
      });
    },
  };
}

/** The operation asked in a way that is right and does no harm; of what is asked, nothing changes by itself. */
async function plainAsk(operation: Operation, { world }: Trial): Promise<Ask> {
  if (operation.body) return harmless(operation);
  const task_id = async () => await world.finishedTaskId();
  if (operation.id === 'downloadExportFile') return { operation, path: { task_id: await task_id() } };
  if (operation.id === 'listExportTasks') return { operation, query: { task_id: await task_id() } };
  return { operation, query: hourOf(operation, world) };
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
