/** The suite that a run gives to Vitest: a test for each line of the plan. */
import { describe, inject, test } from 'vitest';
import { attempt } from '../attempt.ts';
import { plan } from '../cases/plan.ts';
import { clock } from '../clock.ts';
import { operations } from '../contract.ts';
import { credentialsFrom, redactor } from '../credentials.ts';
import type { Report } from '../report.ts';
import { sender } from '../request.ts';
import type { Settings } from '../settings.ts';
import { patiently } from '../throttle.ts';
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
const ask = patiently(sender(settings, credentials), settings.patience, clock);
const world = createWorld(settings, ask, clock);
const watch = createWatch();
let ended: string | undefined;
const lines = plan(settings);

for (const operation of operations) {
  describe(operation.id, () => {
    for (const line of lines.filter((one) => one.operation === operation)) {
      const { status, title, basis } = line;
      test(`${status} ${title}`, async (context) => {
        if (ended) context.skip();
        const report: Report = { operationId: operation.id, status, title, basis };
        context.task.meta.report = report;
        const verdict = await attempt(line, world, redact);
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
