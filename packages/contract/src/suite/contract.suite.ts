/** The suite that a run gives to Vitest: a test for each line of the plan. */
import { afterAll, describe, inject, test } from 'vitest';
import { createAsker } from '../asker.ts';
import { attempt } from '../attempt.ts';
import { type Planned, plan } from '../cases/plan.ts';
import { clock } from '../clock.ts';
import type { Operation } from '../contract.ts';
import { credentialsFrom, redactor } from '../credentials.ts';
import type { Report } from '../report.ts';
import type { Settings } from '../settings.ts';
import { noFindings } from '../trial.ts';
import { createWatch } from '../watch.ts';
import { createWorld } from '../world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    settings: Settings;
  }
  interface TaskMeta {
    report?: Report;
    /** Why the run ends with this test. */
    ended?: string;
  }
}

const settings = inject('settings');
const { credentials } = credentialsFrom(process.env);
if (!credentials) throw new Error('The suite was started without credentials.');
const redact = redactor(credentials);
const ask = createAsker(settings, credentials, clock);
const world = createWorld(settings, ask, clock);
const findings = noFindings();
const watch = createWatch();
let ended: string | undefined;
const lines = plan(settings);

afterAll(() => world.tidy());

for (const { operation, group } of inGroups(lines)) {
  describe(operation.id, () => {
    for (const line of group) {
      const { status, title, basis } = line;
      test(`${status} ${title}`, async (context) => {
        if (ended) context.skip();
        const report: Report = { operationId: operation.id, status, title, basis };
        context.task.meta.report = report;
        const verdict = await attempt(line, world, findings, redact);
        ended = watch(`${operation.id}: ${status} ${title}`, verdict);
        if (ended) context.task.meta.ended = ended;
        if (verdict.outcome === 'skipped') {
          report.reason = verdict.reason;
          context.skip(verdict.reason);
        } else if (verdict.outcome === 'failed') {
          report.failure = verdict.failure;
          // The stack would only show this suite, and the fault is the server's.
          throw Object.assign(new Error(verdict.failure), { stack: verdict.failure });
        }
      });
    }
  });
}

/** The plan in its order, cut wherever the operation changes: what comes late has a group of its own. */
function inGroups(plan: readonly Planned[]): { operation: Operation; group: Planned[] }[] {
  const groups: { operation: Operation; group: Planned[] }[] = [];
  for (const line of plan) {
    const last = groups.at(-1);
    if (last?.operation === line.operation) last.group.push(line);
    else groups.push({ operation: line.operation, group: [line] });
  }
  return groups;
}
