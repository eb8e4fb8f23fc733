/** The suite that a run gives to Vitest: a test for each line of the plan. */
import { afterAll, describe, inject, test } from 'vitest';
import { createAsker } from '../asker.ts';
import { attempt } from '../attempt.ts';
import { type Planned, plan } from '../cases/plan.ts';
import { clock as ownClock } from '../clock.ts';
import type { Operation } from '../contract.ts';
import { credentialsFrom } from '../credentials.ts';
import { redactor } from '../redact.ts';
import type { Report } from '../report.ts';
import type { Settings } from '../settings.ts';
import { listenForStop, stoppable } from '../stop.ts';
import { noFindings } from '../trial.ts';
import { createWatch } from '../watch.ts';
import { createWorld } from '../world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    settings: Settings;
    /** The name of the channel on which the run may be stopped. */
    channel: string;
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
const stop = listenForStop(inject('channel'));
const clock = stoppable(ownClock, stop.signal);
const ask = createAsker(settings, credentials, clock, redact);
// Once it is stopped, only what the run has started is asked about, and that may wait.
const askLast = createAsker(settings, credentials, ownClock, redact);
const world = createWorld(settings, (request) => (stop.signal.aborted ? askLast : ask)(request), clock);
const findings = noFindings();
const watch = createWatch();
let ended: string | undefined;
const lines = plan(settings);

afterAll(async () => stop.tell(await world.tidy()));

for (const { operation, group } of inGroups(lines)) {
  describe(operation.id, () => {
    for (const line of group) {
      const { status, title, basis } = line;
      test(`${status} ${title}`, async (context) => {
        if (ended || stop.signal.aborted) context.skip();
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
