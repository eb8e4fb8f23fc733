import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type HTMLElement, parse } from 'node-html-parser';

/** A site as it was built. */
export interface Site {
  /** Every file by its path, `/index.html` for example. */
  files: ReadonlyMap<string, string>;
  /** Every page by its address, `/quick-start/` for example. */
  pages: ReadonlyMap<string, HTMLElement>;
}

/** Reads the site from the folder that is the root of its host. */
export function readSite(folder: string): Site {
  const paths = globSync('**/*.*', { cwd: folder, exclude: ['**/*.gz'] }).map(
    (path) => `/${path.replaceAll('\\', '/')}`,
  );
  const files = new Map(paths.map((path) => [path, readFileSync(folder + path, 'utf8')]));
  const pages = new Map(
    [...files]
      .filter(([path]) => path.endsWith('.html'))
      .map(([path, html]) => [
        path.replace(/index\.html$/, ''),
        parse(html, { blockTextElements: { script: true, style: true } }),
      ]),
  );
  return { files, pages };
}

/** The built site. */
export const site = readSite(fileURLToPath(new URL('../dist', import.meta.url)));
export const { files, pages } = site;
