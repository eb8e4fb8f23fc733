import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'node-html-parser';

const site = fileURLToPath(new URL('../dist/', import.meta.url));

/** Every file of the built site by its path in it, `/index.html` for example. */
export const files = new Map(
  globSync('**/*.*', { cwd: site }).map((file) => [`/${file}`, readFileSync(site + file, 'utf8')]),
);

/** Every page of the built site by its address, `/quick-start/` for example. */
export const pages = new Map(
  [...files]
    .filter(([path]) => path.endsWith('.html'))
    .map(([path, html]) => [
      path.replace(/index\.html$/, ''),
      parse(html, { blockTextElements: { script: true, style: true } }),
    ]),
);
