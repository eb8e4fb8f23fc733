// Both languages say the same: whatever can be compared without reading is.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('content/docs/', import.meta.url));
const namesIn = (language: string) => globSync('*.{md,mdx}', { cwd: folder + language }).sort();
const english = namesIn('');
const chinese = namesIn('zh-cn/');

/** What of a page is the same in every language, in the order in which it comes. */
function skeleton(path: string) {
  const text = readFileSync(folder + path, 'utf8');
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found);
  // Anchors are made of headings, except those of the reference and of error codes.
  const page = (link = '') => link.replace(/#(?!APIGW|WKS)(?=\P{ASCII}|[a-z-]+$).*$/u, '#');
  return {
    headings: all(/^(#{2,4}) /gm),
    tableRows: all(/^\|(.)/gm).length,
    listItems: all(/^ *(-|\d+\.) /gm),
    components: all(/<([A-Z]\w*(?: (?:file|family|language)="[^"]*")?)/g),
    links: all(/(?:\]\(|href="|link: )(\.[^)"\n]*)/g)
      .map(page)
      .sort(),
  };
}

it('has every page in both languages', () => {
  expect(english.length).toBeGreaterThan(0);
  expect(chinese).toEqual(english);
});

describe.each(english.filter((name) => chinese.includes(name)))('%s', (name) => {
  it('has the same headings, tables, lists, samples and links in both languages', () => {
    expect(skeleton(`zh-cn/${name}`)).toEqual(skeleton(name));
  });

  it('is Chinese where it says so', () => {
    const prose = readFileSync(`${folder}zh-cn/${name}`, 'utf8').replace(/^(import|export) .*$/gm, '');
    const lines = prose.split('\n\n').filter((block) => /^[A-Za-z][a-z]+ [a-z]+ [a-z]+ /.test(block));
    expect(lines, 'These paragraphs seem to be English.').toEqual([]);
  });
});
