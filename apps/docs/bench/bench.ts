// All that is measured of the documentation. Some of it: node bench/bench.ts lighthouse reading build script
import { benchLighthouse } from './lighthouse.ts';
import { benchReading } from './reading.ts';
import { benchBuild, benchScript } from './site.ts';

const parts: Record<string, () => Promise<void>> = {
  script: benchScript,
  lighthouse: benchLighthouse,
  reading: benchReading,
  build: benchBuild,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0)
  throw new Error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`);
for (const [name, bench] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) await bench();
}
