import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../files/s3.testing.ts';
import { type Random, randomFrom } from '../seed/random.ts';
import type { Cluster } from '../store/postgres/cluster.testing.ts';
import type { Member } from './fleet.testing.ts';

/** What happens next, and how many milliseconds after the last. */
type Step = { after: number } & (
  | { does: 'export'; server: number; project: number }
  | { does: 'delete'; server: number }
  | { does: 'kill'; server: number }
  | { does: 'stop' | 'cut' | 'freeze'; server: number; for: number }
  | { does: 'fail'; times: number }
  | { does: 'fill'; times: number }
  | { does: 'restart'; signal: 'SIGINT' | 'SIGQUIT' }
);

/** What may happen in a schedule, the same for the same seed: some exports, and what disturbs them. */
export function scheduleOf(seed: string, projects: number, lease: number): Step[] {
  const random = randomFrom(seed);
  const exports = Array.from({ length: 1 + random.below(3) }, () => exportStep(random, projects));
  const faults = Array.from({ length: 1 + random.below(2) }, () => fault(random, lease));
  const rest = Array.from({ length: random.below(2) }, () => exportStep(random, projects));
  const storage = random.below(5) === 0 ? [storageFault(random)] : [];
  return [...exports, ...storage, ...faults, ...rest];
}

const exportStep = (random: Random, projects: number): Step => ({
  after: random.below(30),
  does: 'export',
  server: random.below(3),
  project: random.below(projects),
});

/** Not for a time: on a slow machine, nothing might be written in it. The SDK repeats a request twice. */
const storageFault = (random: Random): Step =>
  random.below(2) === 0
    ? { after: 0, does: 'fail', times: 1 + random.below(8) }
    : { after: 0, does: 'fill', times: 1 };

function fault(random: Random, lease: number): Step {
  const [after, server] = [random.below(150), random.below(3)];
  // Some shorter than the lease, most longer.
  const duration = Math.round(lease * (0.5 + random.below(2000) / 1000));
  const kind = random.below(20);
  if (kind === 0) return { after, does: 'restart', signal: random.pick(['SIGINT', 'SIGQUIT'] as const) };
  if (kind < 4) return { after, does: 'kill', server };
  if (kind < 6) return { after, does: 'delete', server };
  return { after, does: random.pick(['stop', 'cut', 'freeze'] as const), server, for: duration };
}

/** What a schedule happens to. */
export interface Scene {
  cluster: Cluster;
  fleet: Member[];
  /** What happens to the next requests that write or remove a file. */
  faults: Fault[];
  start(server: number, project: number): Promise<void>;
  deleteLast(server: number): Promise<void>;
}

/** Plays a schedule. What lasts goes on beyond its end, and is given back. */
export async function play(steps: readonly Step[], scene: Scene): Promise<Promise<void>[]> {
  const lasting: Promise<void>[] = [];
  for (const step of steps) {
    await sleep(step.after);
    lasting.push(doStep(step, scene));
    // Nothing else happens to a database that is not there.
    if (step.does === 'restart') await lasting.at(-1);
  }
  return lasting;
}

/** What becomes of requests to a storage that fails, one after the other: they may have been done, or not. */
const failures = [{ status: 503, code: 'SlowDown' }, 'cut', 'cut the answer'] as const;
const full = { status: 507, code: 'InsufficientStorage' };

async function doStep(step: Step, scene: Scene): Promise<void> {
  const { cluster, fleet, start, deleteLast } = scene;
  if (step.does === 'fail' || step.does === 'fill') {
    for (let at = 0; at < step.times; at++)
      scene.faults.push(step.does === 'fill' ? full : failures[at % failures.length]);
    return;
  }
  if (step.does === 'restart') return cluster.restart(step.signal);
  if (step.does === 'export') return start(step.server, step.project);
  if (step.does === 'delete') return deleteLast(step.server);
  const member = fleet[step.server]!;
  if (step.does === 'kill') {
    member.signal('SIGKILL');
    return;
  }
  let end = () => member.proxy.heal();
  if (step.does === 'stop') end = member.signal('SIGSTOP');
  else member.proxy[step.does]();
  await sleep(step.for);
  end();
}
