import { type Operation, operationNamed, operations } from '../contract.ts';
import { wrongBodies, wrongTexts } from '../wrong-values.ts';
import { basisOfStatus, type Case, weaker } from './case.ts';

/** An id that no server has given to a task. */
const NO_TASK = 'no-such-task-0';

/** Wrong requests for every operation, derived from the contract: each must be refused with the status that says why. */
export function refusalCases(): Case[] {
  return [
    ...operations.flatMap((operation) => [
      ...wrongParameterCases(operation),
      ...wrongBodyCases(operation),
      anonymousCase(operation),
      noSuchPathCase(operation),
      wrongMethodCase(operation),
    ]),
    noSuchTaskCase(),
  ];
}

function wrongParameterCases(operation: Operation): Case[] {
  const documented = basisOfStatus(operation, 400);
  return operation.parameters
    .filter((parameter) => parameter.name !== 'project_id' && parameter.in !== 'header')
    .flatMap((parameter) =>
      wrongTexts(parameter, { kind: 'documented', why: parameter.source }).map(
        ({ value, how, basis }): Case => {
          const values = { [parameter.name]: value };
          const inPath = parameter.in === 'path';
          return {
            operation,
            // A server may as well say of a path that nothing is there.
            statuses: inPath ? [400, 404] : [400],
            title: `refuses ${parameter.name}${how}`,
            basis: weaker(documented, basis),
            send: ({ ask }) =>
              ask({ operation, ...bodyOf(operation), ...(inPath ? { path: values } : { query: values }) }),
          };
        },
      ),
    );
}

function wrongBodyCases(operation: Operation): Case[] {
  const { body } = operation;
  if (!body) return [];
  const documented = basisOfStatus(operation, 400);
  const refused = (title: string, text: string | undefined, basis = documented): Case => ({
    operation,
    statuses: [400],
    title,
    basis,
    send: ({ ask }) => ask({ operation, ...(text === undefined ? {} : { body: text }) }),
  });
  return [
    ...wrongBodies(body, { kind: 'documented', why: operation.source }).map(({ value, how, basis }) =>
      refused(`refuses a body ${how}`, JSON.stringify(value), weaker(documented, basis)),
    ),
    refused('refuses a body that is not JSON', '{'),
    ...(body.required ? [refused('refuses a request without its body', undefined)] : []),
  ];
}

function anonymousCase(operation: Operation): Case {
  return {
    operation,
    statuses: [401],
    title: 'refuses a request without credentials',
    basis: basisOfStatus(operation, 401),
    needs: ['auth'],
    send: ({ ask }) => ask({ operation, anonymous: true, ...bodyOf(operation) }),
  };
}

function noSuchPathCase(operation: Operation): Case {
  return {
    operation,
    statuses: [404],
    title: 'has nothing under its own path',
    basis: basisOfStatus(operation, 404),
    send: ({ ask }) => ask({ operation, suffix: '/no-such-api', ...bodyOf(operation) }),
  };
}

function wrongMethodCase(operation: Operation): Case {
  return {
    operation,
    // The code of a gateway that finds no API also covers a method that no API has.
    statuses: [405, 404],
    title: 'refuses PATCH, a method that no path of the contract has',
    basis: basisOfStatus(operation, 405),
    send: ({ ask }) => ask({ operation, method: 'PATCH', ...bodyOf(operation) }),
  };
}

function noSuchTaskCase(): Case {
  const operation = operationNamed('downloadExportFile');
  return {
    operation,
    statuses: [404],
    title: 'has no file of a task that does not exist',
    basis: basisOfStatus(operation, 404),
    needs: ['stateful'],
    send: ({ ask }) => ask({ operation, path: { task_id: NO_TASK } }),
  };
}

/** A body with nothing wrong in it that would do no harm, should a broken server not refuse the request. */
function bodyOf(operation: Operation): { body?: string } {
  return operation.body ? { body: JSON.stringify({ task_ids: [NO_TASK] }) } : {};
}
