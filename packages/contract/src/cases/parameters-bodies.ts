/** Bodies that are right: at each limit, in the form that the vendor's page sends, and with more in them than the contract has. */
import { resolve } from '../bundle.ts';
import {
  type Basis,
  basisOf,
  basisOfStatus,
  type Operation,
  operations,
  type Schema,
  weaker,
} from '../contract.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import type { Case } from './case.ts';
import { LENIENT } from './parameters.ts';

interface RightBody {
  title: string;
  value: object;
  basis: Basis;
  headers?: Record<string, string>;
}

/** Of every operation that takes a body. None of the ids is of a task. */
export function bodyCases(): Case[] {
  return operations.flatMap((operation) => {
    const { body } = operation;
    if (!body) return [];
    const lists = Object.entries(body.schema.properties ?? {}).filter(([, { type }]) => type === 'array');
    return [
      ...lists.flatMap(([name, schema]) =>
        rightBodies(operation, name, schema).map((right) => acceptCase(operation, name, right)),
      ),
      ...lists.map(([name]) => moreCase(operation, name)),
    ];
  });
}

function rightBodies(operation: Operation, name: string, schema: Schema): RightBody[] {
  const status = basisOfStatus(operation, 200);
  const documented: Basis = { kind: 'documented', why: operation.source };
  const limits = weaker(status, basisOf({ ...schema }, documented));
  const item = resolve(schema.items ?? {}, '').node as Schema;
  const bodies: RightBody[] = [
    {
      title: 'accepts Content-Type application/json;charset=UTF-8, as the vendor sends it',
      value: { [name]: ids(1) },
      basis: weaker(status, documented),
      headers: { 'Content-Type': 'application/json;charset=UTF-8' },
    },
  ];
  const { maxItems } = schema;
  if (maxItems !== undefined) {
    bodies.push({
      title: `accepts a body whose ${name} has ${maxItems} items, its maximum`,
      value: { [name]: ids(maxItems).map((id) => id.padEnd(item.maxLength ?? 0, 'x')) },
      basis: limits,
    });
  }
  if (item.maxLength !== undefined) {
    bodies.push({
      title: `accepts a body whose ${name} has an item of ${item.maxLength} characters, its maximum`,
      value: { [name]: ['x'.repeat(item.maxLength)] },
      basis: limits,
    });
  }
  return bodies;
}

/** What comes of ids that no task has is not documented. Where they are refused, nothing is learnt of the limits. */
function acceptCase(
  operation: Operation,
  name: string,
  { title, value, basis, headers = {} }: RightBody,
): Case {
  return {
    operation,
    status: 200,
    title,
    basis,
    run: async (trial) => {
      await plainly(operation, name, trial);
      await trial.ask({ operation, body: JSON.stringify(value), headers }, [200], basis);
    },
  };
}

function moreCase(operation: Operation, name: string): Case {
  return {
    operation,
    status: 200,
    title:
      'takes or refuses a body with a property that the contract does not have, and answers by the contract',
    basis: LENIENT,
    run: async (trial) => {
      await plainly(operation, name, trial);
      const body = JSON.stringify({ [name]: ids(1), no_such_property: { a: [null] } });
      await trial.ask({ operation, body }, [200, 400], LENIENT);
    },
  };
}

async function plainly(operation: Operation, name: string, trial: Trial): Promise<void> {
  const { status } = await trial.send({ operation, body: JSON.stringify({ [name]: ids(1) }) });
  if (status !== 200) throw new Skip(`ids that no task has are answered with ${status}, whatever the body`);
}

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `no-such-task-${index}`);
}
