import { posix } from 'node:path';
import { type HTMLElement, parse } from 'node-html-parser';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import type { Page } from './index.ts';

const toMarkdown = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeRemark)
  .use(remarkGfm)
  .use(remarkStringify, { bullet: '-', rule: '-', emphasis: '_' })
  .freeze();

/** What a reader of Markdown has no use for: ways around the site, controls, and words that only a screen reader says. */
const noise = [
  'script, style, link, template, dialog, nav, footer, button, input, select, textarea, datalist, form',
  '.sr-only, .sl-anchor-link, [aria-hidden=true], [role=tablist], mobile-starlight-toc',
].join(', ');

/**
 * What the page says, as Markdown: its title as the first heading, then its content, with every tab and fold opened. Links to other
 * pages of the site lead to their Markdown.
 *
 * @param pages the addresses of the site's pages
 * @param base what the site's addresses begin with, `/` or `/docs/` for example
 */
export function markdownOf({ address, document }: Page, pages: ReadonlySet<string>, base: string): string {
  const main = parse(document.querySelector('main')!.outerHTML, { blockTextElements: { script: true } });
  // Tabs first: their names are in the list that goes with the noise.
  for (const panel of main.querySelectorAll('[role=tabpanel]')) {
    const tab = main.querySelector(`[id="${panel.getAttribute('aria-labelledby')}"]`);
    panel.removeAttribute('hidden');
    if (tab) panel.insertAdjacentHTML('afterbegin', title(tab));
  }
  for (const element of main.querySelectorAll(noise)) element.remove();
  for (const picture of main.querySelectorAll('svg')) picture.replaceWith(pictureInWords(picture));
  for (const block of main.querySelectorAll('pre')) block.replaceWith(fenced(block));
  for (const caption of main.querySelectorAll('figcaption, caption')) lift(caption);
  for (const summary of main.querySelectorAll('summary')) summary.replaceWith(title(summary));
  for (const aside of main.querySelectorAll('aside')) aside.replaceWith(quoted(aside));
  for (const badge of main.querySelectorAll('.sl-badge')) badge.replaceWith(` (${badge.innerHTML.trim()}) `);
  for (const text of main.querySelectorAll('.sl-link-card .description'))
    text.replaceWith(`: ${text.innerHTML}`);
  for (const cell of main.querySelectorAll('td, th')) flatten(cell);
  for (const link of main.querySelectorAll('[href]')) {
    link.setAttribute('href', toTwin(link.getAttribute('href')!, address, pages, base));
  }
  return String(toMarkdown.processSync(main.innerHTML.replace(abutting, '$& ')));
}

/** The end of a word that only its looks part from the next. */
const abutting = /<\/(a|code|span|strong)>(?=<(a|code|span|strong)\b)/g;

/** The relative link from one address of the site to another. */
export function linkFrom(address: string, target: string): string {
  return posix.relative(address, target) || posix.basename(target);
}

/** Text without breaks and runs of blanks. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const title = (element: HTMLElement) => `<p><strong>${element.innerHTML.trim()}</strong></p>`;

function pictureInWords(picture: HTMLElement): string {
  if (picture.getAttribute('role') !== 'img') return '';
  const words = picture.getAttribute('aria-label') ?? picture.querySelector('title')?.innerHTML ?? '';
  return words && `<p><em>${words}</em></p>`;
}

/** The highlighter wraps each line and each word; what remains is the code and its language. */
function fenced(block: HTMLElement): string {
  const lines = block.querySelectorAll('.ec-line');
  const text = (element: HTMLElement) => element.innerHTML.replace(/<[^>]*>/g, '').replace(/\n$/, '');
  const code = lines.length > 0 ? lines.map(text).join('\n') : text(block);
  const language = block.getAttribute('data-language') ?? '';
  return `<pre><code class="language-${language}">${code}</code></pre>`;
}

/** Puts a caption before what it names, or removes it where it is empty. */
function lift(caption: HTMLElement): void {
  const text = caption.innerHTML.replace(/<[^>]*>/g, '').trim();
  if (text) caption.parentNode?.insertAdjacentHTML('beforebegin', `<p><em>${text}</em></p>`);
  caption.remove();
}

function quoted(aside: HTMLElement): string {
  const name = aside.querySelector('.starlight-aside__title');
  name?.remove();
  return `<blockquote>${name ? title(name) : ''}${aside.innerHTML}</blockquote>`;
}

/** A cell of a Markdown table is one line. */
function flatten(cell: HTMLElement): void {
  for (const code of cell.querySelectorAll('pre')) code.replaceWith(code.innerHTML);
  // The innermost first, for replacing an element takes those inside it along.
  for (const block of cell
    .querySelectorAll('h3, p, div, details, ul, ol, li, dl, dt, dd, br, figure')
    .reverse()) {
    block.replaceWith(block.rawTagName === 'li' ? ` ${block.innerHTML};` : ` ${block.innerHTML} `);
  }
}

function toTwin(href: string, address: string, pages: ReadonlySet<string>, base: string): string {
  const site = 'http://site.invalid';
  const target = new URL(href, `${site}${base}${address.slice(1)}`);
  if (target.origin !== site || href.startsWith('#')) return href;
  const path = target.pathname.replace(base, '/');
  return linkFrom(address, pages.has(path) ? `${path}index.md` : path) + target.search + target.hash;
}
