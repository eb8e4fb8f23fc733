import type { Case } from '../cases/case.ts';
import { atOnceCases } from './at-once.ts';
import { downloadCases } from './downloads.ts';
import { fieldCases } from './fields.ts';
import { filterCases } from './filters.ts';
import { manyRemovalCases } from './many-removals.ts';
import { oddRemovalCases } from './odd-removals.ts';
import { orderCases } from './order.ts';
import { pagingCases } from './paging.ts';
import { removalCases } from './removals.ts';
import { sandboxCases } from './sandbox.ts';
import { startCases } from './starts.ts';
import { steadyCases } from './steady.ts';

/** The life of a task, from its start to its end: what the list says of it meanwhile, downloads, deletes, expiry. */
export function lifeCases(): Case[] {
  return [
    ...startCases(),
    ...fieldCases(),
    ...pagingCases(),
    ...orderCases(),
    ...filterCases(),
    ...downloadCases(),
    ...removalCases(),
    ...oddRemovalCases(),
    ...manyRemovalCases(),
    ...atOnceCases(),
    ...sandboxCases(),
    ...steadyCases(),
  ];
}
