// The bundle once more as JSON, which every language reads without a library.
import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';

const bundle = new URL('dist/openapi.yaml', import.meta.url);
await writeFile(
  new URL('openapi.json', bundle),
  JSON.stringify(parse(await readFile(bundle, 'utf8')), null, 2),
);
