// A month-end burst, simulated with rates that were measured: node bench/queue.ts [--scale 10] [--servers 3,10,30] [--help]
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { median, type Series } from '../../../scripts/measure.ts';
import { plot } from './queue/plot.ts';
import { type Outcome, simulate, type World } from './queue/simulate.ts';

const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    /** How many times the base: 1,000 projects of 100 desktops. */
    scale: { type: 'string', default: '100' },
    servers: { type: 'string', default: '3,10,30' },
    concurrency: { type: 'string', default: '2' },
    'per-project': { type: 'string', default: '2' },
    'rows-per-desktop': { type: 'string', default: '66' },
    'exports-per-project': { type: 'string', default: '5' },
    flood: { type: 'string', default: '0' },
    'burst-minutes': { type: 'string', default: '30' },
    rate: { type: 'string' },
    'database-rate': { type: 'string' },
    overhead: { type: 'string' },
    plot: { type: 'string' },
  },
});
if (values.help) {
  console.log('node bench/queue.ts [--NAME VALUE]…, with rates of bench/rates.ts unless given here\n');
  console.log(
    '  --scale --servers --concurrency --per-project --rows-per-desktop --exports-per-project --burst-minutes --flood',
  );
  console.log('  --rate ROWS/S --database-rate ROWS/S --overhead SECONDS --plot FILE.svg');
  process.exit();
}

/** The median of something that bench/rates.ts has measured. */
function measured(what: string): number {
  const file = new URL('../../../bench/results/rates.json', import.meta.url);
  const { series } = JSON.parse(readFileSync(file, 'utf8')) as { series: Series[] };
  return median(series.find((one) => one.what === what)!.values);
}

const exportRate = Number(values.rate ?? measured('rows, as xlsx'));
const scale = Number(values.scale);
const base: Omit<World, 'servers' | 'turns'> = {
  projects: 1000 * scale,
  desktopsPerProject: 100,
  rowsPerDesktop: Number(values['rows-per-desktop']),
  exportsPerProject: Number(values['exports-per-project']),
  flood: Number(values.flood),
  burst: Number(values['burst-minutes']) * 60,
  concurrency: Number(values.concurrency),
  perProject: Number(values['per-project']),
  exportRate,
  // An assumption unless it is given: a database that reads for ten exports at once at full speed.
  databaseRate: Number(values['database-rate'] ?? 10 * exportRate),
  overhead: Number(values.overhead ?? 1 / measured('exports without rows')),
};

const at = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
const minutes = (seconds: number) => Number((seconds / 60).toFixed(1));
const summary = ({ waits, waitsOfSmall, queue, empty }: Outcome) => {
  const [all, small] = [waits, waitsOfSmall].map((list) => list.toSorted((a, b) => a - b)) as [
    number[],
    number[],
  ];
  return {
    'most waiting': queue.reduce((most, { waiting }) => Math.max(most, waiting), 0),
    'median wait, min': minutes(at(all, 0.5)),
    'p99, min': minutes(at(all, 0.99)),
    'p99 of small projects, min': minutes(at(small, 0.99)),
    'none waits after, min': minutes(empty),
  };
};

const runs = values.servers.split(',').map(Number);
const outcomes = runs.map((servers) => ({
  name: `${servers} server${servers > 1 ? 's' : ''}`,
  ...simulate({ ...base, servers, turns: true }),
}));
const line = {
  name: `${runs[0]}, one line for all`,
  ...simulate({ ...base, servers: runs[0]!, turns: false }),
};
const { exports, rows } = outcomes[0]!;
const rounded = (value: number) => Math.round(value).toLocaleString('en-US');
console.log(
  `${base.projects.toLocaleString('en-US')} projects, ${rounded(base.projects * base.desktopsPerProject)} desktops; ${rounded(exports)} exports of ${rounded(rows)} rows`,
);
console.log(
  `${rounded(base.exportRate)} rows/s an export, ${rounded(base.databaseRate)} in all, ${base.overhead.toFixed(3)} s for each`,
);
console.table(
  Object.fromEntries([...outcomes, line].map(({ name, ...outcome }) => [name, summary(outcome)])),
);

/** No more points than can be seen. */
const thin = (queue: Outcome['queue']) =>
  queue
    .filter((_, index) => index % Math.ceil(queue.length / 300) === 0)
    .map(({ time, waiting }) => ({ x: time / 3600, y: waiting }));
if (values.plot)
  writeFileSync(
    values.plot,
    plot(
      `Exports waiting after a month’s end, ${rounded(base.projects * base.desktopsPerProject)} desktops`,
      'hours',
      'exports waiting',
      outcomes.map(({ name, queue }) => ({ name, points: thin(queue) })),
    ),
  );
