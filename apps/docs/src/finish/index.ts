import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { type HTMLElement, parse } from 'node-html-parser';
import { headOf } from './head.ts';
import { indexOf } from './llms.ts';
import { markdownOf } from './markdown.ts';

/** A page of the built site: its address below the base of the site, `/quick-start/` for example, and what it holds. */
export interface Page {
  address: string;
  html: string;
  document: HTMLElement;
}

const languages = ['/', '/zh-cn/'];

/**
 * The last step of a build: gives each page its content security policy and its Markdown twin, writes the `llms.txt`, and puts a
 * gzipped copy beside every text, which a server may send as it is.
 */
export function finish(): AstroIntegration {
  let base = '/';
  return {
    name: 'connection-records-finish',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/');
      },
      'astro:build:done': ({ dir, logger }) => {
        const pages = finishSite(fileURLToPath(dir), base);
        logger.info(`${pages} pages have a policy and a Markdown twin.`);
      },
    },
  };
}

/** Finishes the built site in the folder, which ends in a slash, as `base` does. Tells how many pages it has. */
function finishSite(folder: string, base: string): number {
  const pages = globSync('**/*.html', { cwd: folder })
    .sort()
    .map((file): Page => {
      const html = readFileSync(folder + file, 'utf8');
      const address = `/${file.replaceAll('\\', '/')}`.replace(/index\.html$/, '');
      return { address, html, document: parse(html, { blockTextElements: { script: true, style: true } }) };
    });
  const twins = new Map(
    pages.filter(({ address }) => address.endsWith('/')).map((page) => [page.address, page]),
  );
  for (const page of pages) {
    const file = page.address.endsWith('/') ? `${page.address}index.html` : page.address;
    writeFileSync(folder + file.slice(1), headOf(page));
  }
  for (const page of twins.values()) {
    writeFileSync(`${folder}${page.address.slice(1)}index.md`, markdownOf(page, new Set(twins.keys()), base));
  }
  for (const home of languages) {
    if (twins.has(home)) writeFileSync(`${folder}${home.slice(1)}llms.txt`, indexOf(home, twins, base));
  }
  for (const file of globSync('**/*.{html,css,js,md,txt,yaml,json,svg}', { cwd: folder })) {
    writeFileSync(`${folder}${file}.gz`, gzipSync(readFileSync(folder + file)));
  }
  return pages.length;
}
