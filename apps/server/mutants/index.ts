/** Every mutant, by what its defect is about. */
import { authDefects } from './defects/auth.ts';
import { deleteDefects } from './defects/deletes.ts';
import { downloadDefects } from './defects/download.ts';
import { errorDefects } from './defects/errors.ts';
import { fileDefects } from './defects/files.ts';
import { filterDefects } from './defects/filters.ts';
import { formDefects } from './defects/forms.ts';
import { listDefects } from './defects/lists.ts';
import { parameterDefects } from './defects/parameters.ts';
import { taskDefects } from './defects/tasks.ts';
import { tenantDefects } from './defects/tenants.ts';
import { windowDefects } from './defects/window.ts';
import type { Mutant } from './mutant.ts';

const themes: Readonly<Record<string, readonly Mutant[]>> = {
  window: windowDefects,
  filters: filterDefects,
  lists: listDefects,
  tasks: taskDefects,
  deletes: deleteDefects,
  files: fileDefects,
  forms: formDefects,
  download: downloadDefects,
  auth: authDefects,
  tenants: tenantDefects,
  errors: errorDefects,
  parameters: parameterDefects,
};

/** All of them, each with its theme. */
export const mutants: readonly (Mutant & { theme: string })[] = Object.entries(themes).flatMap(
  ([theme, defects]) => defects.map((defect) => ({ theme, ...defect })),
);
