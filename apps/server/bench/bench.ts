// All that is measured of the server. Some of it: node bench/bench.ts start requests latency exports files contract postgres rates
import { loadavg } from 'node:os';
import { benchContract } from './contract.ts';
import { withRecords } from './data.ts';
import { benchExports } from './exports.ts';
import { benchLatency } from './latency.ts';
import { benchPostgres } from './postgres.ts';
import { benchRequests } from './requests.ts';
import { benchStart } from './start.ts';

const asked = process.argv.slice(2);
const wanted = (name: string) => asked.length === 0 || asked.includes(name);
const load = () =>
  console.log(
    `\nload average ${loadavg()
      .map((value) => value.toFixed(2))
      .join(' ')}`,
  );

load();
if (['start', 'latency', 'exports'].some(wanted)) {
  await withRecords(1_000_000, async (data) => {
    if (wanted('start')) await benchStart(data);
    if (wanted('exports')) await benchExports(data);
    if (wanted('latency')) await benchLatency(data);
  });
}
if (wanted('requests')) await benchRequests();
if (wanted('files')) await import('./files.ts');
if (wanted('postgres')) await benchPostgres();
if (wanted('rates')) await import('./rates.ts');
if (wanted('contract')) await benchContract();
load();
