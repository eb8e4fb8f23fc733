import { basisOf, basisOfStatus, type Operation, operationNamed, operations, weaker } from '../contract.ts';
import type { Ask } from '../request.ts';
import { UNUSUAL } from '../right-values.ts';
import { NO_TASK, Skip } from '../world.ts';
import { wrongBodies, wrongTexts } from '../wrong-values.ts';
import { type Case, requestCase } from './case.ts';

/** Wrong requests for every operation, derived from the contract: each must be refused with the status that says why. */
export function refusalCases(): Case[] {
  return [
    ...operations.flatMap((operation) => [
      ...wrongParameterCases(operation),
      ...wrongBodyCases(operation),
      anonymousCase(operation),
      noSuchPathCase(operation),
      wrongMethodCase(operation),
      otherMethodsCase(operation),
      longProjectCase(operation),
    ]),
    noFileOutsideCase(),
    noSuchTaskCase(),
  ];
}

function wrongParameterCases(operation: Operation): Case[] {
  const documented = basisOfStatus(operation, 400);
  return operation.parameters
    .filter((parameter) => parameter.name !== 'project_id' && parameter.in !== 'header')
    .flatMap((parameter) =>
      wrongTexts(parameter, { kind: 'documented', why: parameter.source }).map(({ value, how, basis }) => {
        const values = { [parameter.name]: value };
        const inPath = parameter.in === 'path';
        return requestCase({
          operation,
          // A server may as well say of a path that nothing is there.
          statuses: inPath ? [400, 404] : [400],
          title: `refuses ${parameter.name}${how}`,
          basis: weaker(documented, basis),
          request: () => ({
            ...harmless(operation),
            ...(inPath ? { path: values } : { query: values }),
          }),
        });
      }),
    );
}

function wrongBodyCases(operation: Operation): Case[] {
  const { body } = operation;
  if (!body) return [];
  const documented = basisOfStatus(operation, 400);
  const refused = (title: string, text: string | undefined, basis = documented) =>
    requestCase({
      operation,
      statuses: [400],
      title,
      basis,
      request: () => ({ operation, ...(text === undefined ? {} : { body: text }) }),
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
  return requestCase({
    operation,
    statuses: [401],
    title: 'refuses a request without credentials',
    basis: basisOfStatus(operation, 401),
    needs: ['auth'],
    request: () => ({ ...harmless(operation), proof: 'none' }),
  });
}

function noSuchPathCase(operation: Operation): Case {
  return requestCase({
    operation,
    statuses: [404],
    title: 'has nothing under its own path',
    basis: basisOfStatus(operation, 404),
    request: () => ({ ...harmless(operation), suffix: '/no-such-api' }),
  });
}

function wrongMethodCase(operation: Operation): Case {
  return requestCase({
    operation,
    // The code of a gateway that finds no API also covers a method that no API has.
    statuses: [405, 404],
    title: 'refuses PATCH, a method that no path of the contract has',
    basis: basisOfStatus(operation, 405),
    request: () => ({ ...harmless(operation), method: 'PATCH' }),
  });
}

/** Methods that other APIs have: a gateway may say of them what it likes, but does nothing. */
function otherMethodsCase(operation: Operation): Case {
  const basis = basisOfStatus(operation, 405);
  const methods = ['GET', 'POST', 'PUT', 'DELETE'].filter((method) => method !== operation.method);
  return {
    operation,
    status: 405,
    title: `does nothing when asked with ${methods.join(', ')}`,
    basis,
    // Should the server obey after all.
    needs: ['delete'],
    run: async (trial) => {
      const { answer } = await trial.world.ask({ ...harmless(operation), method: 'PATCH' });
      if (![404, 405].includes(answer.status))
        throw new Skip('PATCH is not refused either; see the case of it');
      for (const method of methods) {
        const body = method === 'GET' ? {} : { body: '{}' };
        const { status } = await trial.send({ operation, method, ...body });
        trial.demand(status >= 400 && status < 500, {
          rule: `The path has the method ${operation.method} alone, so ${method} is refused.`,
          expected: '405 or another status from 400 to 499',
          came: String(status),
          basis,
        });
      }
    },
  };
}

function longProjectCase(operation: Operation): Case {
  const project = operation.parameters.find(({ name }) => name === 'project_id');
  const length = (project?.schema.maxLength ?? 255) + 1;
  return requestCase({
    operation,
    statuses: [400, 401, 403, 404],
    title: `refuses a project_id of ${length} characters, over its maximum of ${length - 1}`,
    basis: basisOf({ ...project?.schema }, basisOfStatus(operation, 400)),
    request: () => ({ ...harmless(operation), projectId: 'a'.repeat(length) }),
  });
}

/** Ids that a careless server would take for the name of a file, or for a part of a query. */
function noFileOutsideCase(): Case {
  const operation = operationNamed('downloadExportFile');
  const basis = basisOfStatus(operation, 404);
  return {
    operation,
    status: 404,
    title: 'has no file of a task_id with .., slashes, quotes, wildcards or Chinese letters',
    basis,
    needs: ['stateful'],
    run: async (trial) => {
      for (const task_id of ['../../../../etc/passwd', "' OR '1'='1", '%', '*', UNUSUAL, '..;', '\u0000']) {
        const rule = `There is no task with the id ${JSON.stringify(task_id)}, and so no file.`;
        await trial.ask({ operation, path: { task_id } }, [404, 400], basis, rule);
      }
    },
  };
}

function noSuchTaskCase(): Case {
  const operation = operationNamed('downloadExportFile');
  return requestCase({
    operation,
    statuses: [404],
    title: 'has no file of a task that does not exist',
    basis: basisOfStatus(operation, 404),
    needs: ['stateful'],
    request: () => ({ operation, path: { task_id: NO_TASK } }),
  });
}

/** The operation asked with nothing wrong that would do no harm, should a broken server not refuse what is added to it. */
export function harmless(operation: Operation): Ask {
  return { operation, ...(operation.body ? { body: JSON.stringify({ task_ids: [NO_TASK] }) } : {}) };
}
