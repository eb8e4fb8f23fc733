/** The files of the results. Both are made before the run, so that a path that cannot be written costs nobody a run. */
import { writeFile } from 'node:fs/promises';
import { HarnessError } from './harness-error.ts';
import { type CaseResult, toJson, toJUnit } from './report.ts';
import type { Settings } from './settings.ts';

const OPTIONS = ['junit', 'json'] as const;

/** Makes the files that the settings name, empty. Throws `HarnessError` if one cannot be written. */
export async function makeFiles(settings: Settings): Promise<void> {
  const [problem] = await writeAll(settings, { junit: '', json: '' });
  if (problem) throw new HarnessError(`${problem} Give a file in a folder that exists.`);
}

/** Writes the results to the files that the settings name. Gives what is wrong where that fails. */
export function writeFiles(settings: Settings, results: readonly CaseResult[]): Promise<string[]> {
  return writeAll(settings, { junit: toJUnit(results), json: toJson(settings, results) });
}

async function writeAll(
  settings: Settings,
  texts: Record<(typeof OPTIONS)[number], string>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const option of OPTIONS) {
    const file = settings[option];
    if (!file) continue;
    await writeFile(file, texts[option]).catch((error: Error) =>
      problems.push(`--${option} cannot be written: ${error.message}.`),
    );
  }
  return problems;
}
