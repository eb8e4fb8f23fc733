/** What a start gives: an id of its own, and a task that is there. */
import type { Case } from '../cases/case.ts';
import { inTurn, together } from './herd.ts';
import { lifeCase } from './life-case.ts';
import { inferred, start } from './tasks.ts';

/** The cases of starts. */
export function startCases(): Case[] {
  return [ownIdCase(), safeIdCase(), atOnceCase()];
}

function ownIdCase(): Case {
  return lifeCase({
    operation: start,
    ofStarts: true,
    title: 'gives every export its own id, also of eight started at once',
    basis: inferred('An id that two tasks have leads to neither of them.'),
    run: async (trial) => {
      const starts = [
        ...(await together(trial.world)),
        ...(await inTurn(trial.world)).map(({ started }) => started),
      ];
      const ids = starts.map(({ id }) => id);
      const twice = starts.find(({ id }, index) => ids.indexOf(id) < index);
      if (!twice) return;
      trial.exchanges.push(...starts.filter(({ id }) => id === twice.id).map(({ exchange }) => exchange));
      trial.demand(false, {
        rule: 'Every export has an id of its own.',
        expected: `${ids.length} ids of ${ids.length} starts`,
        came: `${twice.id} more than once`,
      });
    },
  });
}

function safeIdCase(): Case {
  return lifeCase({
    operation: start,
    ofStarts: true,
    title: 'gives ids that a path can carry',
    basis: inferred('The id is a part of the path of the download.'),
    run: async (trial) => {
      for (const { id, exchange } of await together(trial.world)) {
        if (/^(?!\.{1,2}$)[\w.~:@-]+$/.test(id)) continue;
        trial.exchanges.push(exchange);
        trial.demand(false, {
          rule: 'The id of a task can be put into a path.',
          expected: 'letters, digits and - . _ ~ : @',
          came: JSON.stringify(id),
        });
      }
    },
  });
}

function atOnceCase(): Case {
  return lifeCase({
    operation: start,
    ofStarts: true,
    title: 'answers only once its task is in the list',
    basis: inferred(
      'The start answers with the id of a task, to be followed with listExportTasks; a task that is missing there cannot be told from one that is lost.',
    ),
    run: async (trial) => {
      for (const { started, first } of await inTurn(trial.world)) {
        if (first.ids.includes(started.id)) continue;
        trial.exchanges.push(started.exchange, first.exchange);
        trial.demand(false, {
          rule: 'A started task is in the list from the moment in which the start is answered.',
          expected: started.id,
          came: first.ids.join(', ') || 'no task',
        });
      }
    },
  });
}
