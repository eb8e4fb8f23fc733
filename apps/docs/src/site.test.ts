import { expect, it } from 'vitest';
import { files, pages } from './built.ts';

it('leads every internal link and anchor somewhere', () => {
  const broken: string[] = [];
  for (const [address, page] of pages) {
    const here = new URL(address, 'http://docs.invalid');
    for (const element of page.querySelectorAll('[href], [src]')) {
      const link = (element.getAttribute('href') ?? element.getAttribute('src')) as string;
      const target = new URL(link, here);
      if (target.origin !== here.origin) continue;
      const aim = pages.get(target.pathname);
      const anchor = decodeURIComponent(target.hash.slice(1));
      const found = aim ? !anchor || aim.querySelector(`[id="${anchor}"]`) : files.has(target.pathname);
      if (!found) broken.push(`${address} links to ${link}`);
    }
  }
  expect(broken).toEqual([]);
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

it('names every page in its title and in its one first heading', () => {
  const titles = [...pages].map(([address, page]) => {
    const [name, site] = page.querySelector('title')?.textContent.split(' | ') ?? [];
    expect(site, address).toBe(address.startsWith('/zh-cn/') ? '连接记录' : 'Connection Records');
    expect(
      page.querySelectorAll('h1').map((heading) => heading.textContent),
      address,
    ).toEqual([name]);
    return `${site}: ${name}`;
  });
  expect(new Set(titles).size).toBe(pages.size);
});
