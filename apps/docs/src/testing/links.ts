import type { Site } from '../built.ts';

/** Every link of the site's pages and texts to itself that leads nowhere: to no file, or to no anchor on its page. */
export function brokenLinks({ files, pages }: Site): string[] {
  const broken: string[] = [];
  const check = (from: string, link: string, at: string) => {
    const here = new URL(at, 'http://docs.invalid');
    const target = new URL(link, here);
    if (target.origin !== here.origin) return;
    const twin = target.pathname.replace(/index\.md$/, '');
    const page = pages.get(twin);
    const anchor = decodeURIComponent(target.hash.slice(1));
    const isThere = pages.has(target.pathname) || files.has(target.pathname);
    if (!isThere || (anchor && !page?.querySelector(`[id="${anchor}"]`)))
      broken.push(`${from} links to ${link}`);
  };
  for (const [address, page] of pages) {
    for (const element of page.querySelectorAll('[href], [src]')) {
      const link = element.getAttribute('href') ?? element.getAttribute('src');
      check(address, link!, address);
    }
  }
  for (const [path, text] of files) {
    if (!/\.(md|txt)$/.test(path)) continue;
    for (const [, link] of withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)) check(path, link!, path);
  }
  return broken;
}

const withoutCode = (text: string) =>
  text.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
