import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { files, pages, site } from './built.ts';
import { brokenLinks } from './testing/links.ts';

it('leads every internal link and anchor somewhere, in pages and in their Markdown', () => {
  expect(brokenLinks(site)).toEqual([]);
});

it.each([
  ['<a href="../b/#no">', '', '/a/ links to ../b/#no'],
  ['<img src="c.png">', '', '/a/ links to c.png'],
  ['', '[b](../c/index.md)', '/a/index.md links to ../c/index.md'],
])('would notice a page with %s and Markdown with %s', (html, markdown, broken) => {
  const pages = new Map([
    ['/a/', parse(html)],
    ['/b/', parse('<h1 id="yes">')],
  ]);
  expect(brokenLinks({ pages, files: new Map([['/a/index.md', markdown]]) })).toEqual([broken]);
});

it('has a Markdown twin of every page, which begins with its title and holds its words', () => {
  for (const [address, page] of pages) {
    if (!address.endsWith('/')) continue;
    const twin = files.get(`${address}index.md`) ?? '';
    const title = page.querySelector('h1')!.textContent;
    expect(twin.split('\n', 1), address).toEqual([`# ${title}`]);
    expect(page.querySelector('link[rel=alternate][type="text/markdown"]')?.getAttribute('href')).toBe(
      'index.md',
    );
    const markers = [...twin.matchAll(/^#{2,4} /gm)].length;
    expect(markers, `${address} has its headings in its twin`).toBeGreaterThanOrEqual(
      page.querySelectorAll('main .sl-heading-wrapper').length,
    );
  }
});

it.each([
  ['/llms.txt', '/', '/zh-cn/'],
  ['/zh-cn/llms.txt', '/zh-cn/', '/ '],
])('names every page of the sidebar in %s, with what it tells', (path, home, other) => {
  const text = files.get(path)!;
  const linked = new Set(
    [...text.matchAll(/\]\(([^)]+)\): \S/g)].map(
      ([, link]) => new URL(link!, `http://docs.invalid${path}`).pathname,
    ),
  );
  const named = pages
    .get(`${home}quick-start/`)!
    .querySelectorAll('#starlight__sidebar a')
    .map((link) => `${link.getAttribute('href')}index.md`);
  expect(named.length).toBeGreaterThan(20);
  expect([...linked]).toEqual([...named, '/openapi.yaml', '/openapi.json']);
  expect(text).toMatch(/^# \S.*\n\n> \S.*\n/);
  expect(named.filter((link) => link.startsWith(other))).toEqual([]);
});

const remote = /^\s*(?:https?:|wss?:)?\/\//;
const remoteInCode =
  /(?:\burl\(|@import|\bimport|\bfrom|\bfetch\(|\bimportScripts\(|Worker\(|EventSource\(|WebSocket\(|sendBeacon\(|\.src\s*=)\s*\(?\s*["'`]?(?:https?:|wss?:)?\/\/[\w-]+\.[^\s"'`)]*/g;

it('asks no other host for anything', () => {
  const requests: string[] = [];
  for (const [address, page] of pages) {
    for (const element of page.querySelectorAll('[src], [srcset], [data], [poster], [action], [href]')) {
      if (element.tagName === 'A') continue;
      for (const name of ['src', 'srcset', 'data', 'poster', 'action', 'href']) {
        const value = element.getAttribute(name);
        if (value && remote.test(value))
          requests.push(`${address}: <${element.rawTagName} ${name}="${value}">`);
      }
    }
  }
  for (const [path, text] of files) {
    if (!/\.(html|css|js|svg)$/.test(path)) continue;
    for (const [found] of text.matchAll(remoteInCode)) requests.push(`${path}: ${found}`);
  }
  expect(requests).toEqual([]);
});

it.each([
  'body { background: url(https://cdn.invalid/a.png) }',
  '@import "//cdn.invalid/a.css";',
  'import "https://cdn.invalid/a.js"',
  'import x from"https://cdn.invalid/a.js"',
  'await import(`https://cdn.invalid/a.js`)',
  'fetch("https://stats.invalid/hit")',
  'navigator.sendBeacon("https://stats.invalid/hit")',
  'image.src = "https://stats.invalid/hit.gif"',
])('would notice %s', (code) => {
  expect(code.match(remoteInCode)).toHaveLength(1);
});

const languages = { en: 'Connection Records', 'zh-CN': '连接记录' };

it('names every page in its title and in its one first heading, and describes it, in its language', () => {
  const titles: string[] = [];
  for (const [address, page] of pages) {
    const language = address.startsWith('/zh-cn/') ? 'zh-CN' : 'en';
    const title = page.querySelector('title')!.textContent;
    const headings = page.querySelectorAll('h1').map((heading) => heading.textContent.trim());
    expect(headings, address).toHaveLength(1);
    expect(title, address).toBe(`${headings[0]} | ${languages[language]}`);
    expect(page.querySelector('html')!.getAttribute('lang'), address).toBe(language);
    expect(page.querySelector('meta[name=description]')?.getAttribute('content'), address).toMatch(/\S{2}/);
    titles.push(title);
  }
  expect(titles.filter((title, place) => titles.indexOf(title) !== place)).toEqual([]);
});

it('has every page in both languages, written in each', () => {
  const addresses = [...pages.keys()].filter(
    (address) => address.endsWith('/') && !address.startsWith('/zh-cn/'),
  );
  expect(addresses.filter((address) => !pages.has(`/zh-cn${address}`))).toEqual([]);
  const chinese = /\p{Script=Han}{2}/u;
  const untranslated = addresses.filter(
    (address) =>
      !chinese.test(pages.get(`/zh-cn${address}`)!.querySelector('.sl-markdown-content')?.textContent ?? ''),
  );
  expect(untranslated).toEqual([]);
});
