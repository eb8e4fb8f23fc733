/** Meaning, without knowing the data: what a filter finds, what a file holds, and that both are the same records. */
import type { Case } from '../cases/case.ts';

export { downloadCases } from './download-cases.ts';

import { exportCases } from './export-cases.ts';
import { fileCases } from './file-cases.ts';
import { languageCases } from './language-cases.ts';
import { listCases } from './list-cases.ts';
import { pagingCases } from './paging-cases.ts';
import { recordCases } from './record-cases.ts';

/** The cases of what answers and files mean. */
export function meaningCases(): Case[] {
  return [
    ...pagingCases(),
    ...recordCases(),
    ...listCases(),
    ...exportCases(),
    ...fileCases(),
    ...languageCases(),
  ];
}
