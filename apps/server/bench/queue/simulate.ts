// A queue of exports under a month-end burst, reckoned instead of run: nothing here takes longer than a few seconds.
import { randomFrom } from '../../src/seed/random.ts';

/** What is assumed of a service and of those who use it. */
export interface World {
  projects: number;
  /** On average; a few projects have most of them (log-normal, σ = 1.2). */
  desktopsPerProject: number;
  /** Rows that a desktop adds in the 30 days that an export covers. */
  rowsPerDesktop: number;
  exportsPerProject: number;
  /** Exports that one more project, of average size, asks for at the very beginning. */
  flood: number;
  /** Within how many seconds two thirds of the exports are asked for; then ever fewer. */
  burst: number;
  servers: number;
  /** Exports at once on a server, and of a project on all of them. */
  concurrency: number;
  perProject: number;
  /** Rows a second of one export, and of all together: the database has an end. */
  exportRate: number;
  databaseRate: number;
  /** Seconds that an export takes without any row. */
  overhead: number;
  /** Projects take turns, as they do here; or all exports wait in one line, for comparison. */
  turns: boolean;
}

/** How long exports waited, from the request to the first row, in seconds; and how many did at which time. */
export interface Outcome {
  exports: number;
  rows: number;
  waits: number[];
  /** Waits of the smaller half of the projects. */
  waitsOfSmall: number[];
  /** Seconds and exports waiting, for a plot. */
  queue: { time: number; waiting: number }[];
  /** When the last one that had to wait was begun, in seconds. */
  empty: number;
}

interface Export {
  project: number;
  asked: number;
  rows: number;
  /** In rows, the overhead among them. */
  work: number;
}

/** Sizes of projects in desktops: their mean is the one that is asked for. */
function sizes({ projects, desktopsPerProject }: World): number[] {
  const random = randomFrom('sizes of projects');
  const uniform = () => (random.below(1_000_000) + 0.5) / 1_000_000;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const raw = Array.from({ length: projects }, () => Math.exp(1.2 * normal()));
  const mean = raw.reduce((sum, value) => sum + value, 0) / projects;
  return raw.map((value) => Math.max(1, Math.round((value / mean) * desktopsPerProject)));
}

function arrivals(world: World, desktops: readonly number[]): Export[] {
  const random = randomFrom('requests');
  const uniform = () => (random.below(1_000_000) + 0.5) / 1_000_000;
  const one = (project: number, count: number, asked: number): Export => {
    const rows = count * world.rowsPerDesktop;
    return { project, asked, rows, work: rows + world.overhead * world.exportRate };
  };
  const all = desktops.flatMap((count, project) =>
    Array.from({ length: world.exportsPerProject }, () =>
      one(project, count, -Math.log(uniform()) * world.burst),
    ),
  );
  const flood = Array.from({ length: world.flood }, () => one(world.projects, world.desktopsPerProject, 0));
  return [...flood, ...all].toSorted((one, other) => one.asked - other.asked);
}

/** Those that wait, and whose turn it is. */
class Line {
  readonly #world: World;
  readonly #waiting = new Map<number, Export[]>();
  readonly #running = new Map<number, number>();
  /** Projects that have one waiting and may run one more, in the order of their turns. */
  readonly #turns: number[] = [];
  #turn = 0;
  readonly #ready = new Set<number>();
  readonly #all: Export[] = [];
  #next = 0;
  count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  add(one: Export): void {
    this.count++;
    if (!this.#world.turns) {
      this.#all.push(one);
      return;
    }
    const waiting = this.#waiting.get(one.project) ?? [];
    waiting.push(one);
    this.#waiting.set(one.project, waiting);
    this.#look(one.project);
  }

  take(): Export | undefined {
    const one = this.#world.turns ? this.#takeTurn() : this.#all[this.#next];
    if (!one) return undefined;
    this.#next++;
    this.count--;
    return one;
  }

  end({ project }: Export): void {
    this.#running.set(project, (this.#running.get(project) ?? 1) - 1);
    this.#look(project);
  }

  #takeTurn(): Export | undefined {
    const project = this.#turns[this.#turn];
    if (project === undefined) return undefined;
    this.#turn++;
    this.#ready.delete(project);
    const one = this.#waiting.get(project)!.shift()!;
    this.#running.set(project, (this.#running.get(project) ?? 0) + 1);
    this.#look(project);
    return one;
  }

  #look(project: number) {
    const waits = (this.#waiting.get(project)?.length ?? 0) > 0;
    if (!waits || (this.#running.get(project) ?? 0) >= this.#world.perProject || this.#ready.has(project))
      return;
    this.#ready.add(project);
    this.#turns.push(project);
  }
}

/** Runs the world until nothing is left to do. All that run share the database evenly. */
export function simulate(world: World): Outcome {
  const desktops = sizes(world);
  const median = desktops.toSorted((a, b) => a - b)[Math.floor(desktops.length / 2)]!;
  const asked = arrivals(world, desktops);
  const line = new Line(world);
  const slots = world.servers * world.concurrency;
  // What each running export has got since the beginning; one is done when this reaches what it needs.
  let [time, got, next] = [0, 0, 0];
  const running: { until: number; one: Export }[] = [];
  const outcome: Outcome = {
    exports: asked.length,
    rows: asked.reduce((sum, { rows }) => sum + rows, 0),
    waits: [],
    waitsOfSmall: [],
    queue: [],
    empty: 0,
  };
  while (next < asked.length || running.length > 0) {
    const rate = running.length > 0 ? Math.min(world.exportRate, world.databaseRate / running.length) : 0;
    const first = running[0];
    const done = first ? time + (first.until - got) / rate : Number.POSITIVE_INFINITY;
    const comes = asked[next]?.asked ?? Number.POSITIVE_INFINITY;
    const now = Math.min(done, comes);
    got += (now - time) * rate;
    time = now;
    if (comes <= done) line.add(asked[next++]!);
    else {
      line.end(first!.one);
      removeFirst(running);
    }
    while (running.length < slots) {
      const one = line.take();
      if (!one) break;
      insert(running, { until: got + one.work, one });
      outcome.waits.push(time - one.asked);
      if (time > one.asked) outcome.empty = time;
      if (desktops[one.project]! <= median) outcome.waitsOfSmall.push(time - one.asked);
    }
    outcome.queue.push({ time, waiting: line.count });
  }
  return outcome;
}

/** A heap: what is done first is the first. */
function insert(heap: { until: number; one: Export }[], entry: { until: number; one: Export }) {
  let at = heap.push(entry) - 1;
  while (at > 0 && heap[(at - 1) >> 1]!.until > entry.until) {
    heap[at] = heap[(at - 1) >> 1]!;
    at = (at - 1) >> 1;
  }
  heap[at] = entry;
}

function removeFirst(heap: { until: number; one: Export }[]) {
  const last = heap.pop()!;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child + 1 < heap.length && heap[child + 1]!.until < heap[child]!.until) child++;
    if (child >= heap.length || heap[child]!.until >= last.until) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
}
