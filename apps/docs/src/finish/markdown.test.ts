import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { linkFrom, markdownOf } from './markdown.ts';

const pages = new Set(['/', '/guide/', '/reference/op/', '/zh-cn/guide/']);

function markdown(main: string, { address = '/guide/', base = '/' } = {}): string {
  const html = `<!DOCTYPE html><html><body><nav>Menu</nav><main>${main}</main></body></html>`;
  const document = parse(html, { blockTextElements: { script: true, style: true } });
  return markdownOf({ address, html, document }, pages, base).trim();
}

it('begins with the title and leaves out ways around the site, controls and what nobody sees', () => {
  const written = markdown(`<h1 id="_top">Guide</h1><nav>On this page</nav>
    <div class="sl-heading-wrapper"><h2 id="a">First</h2><a class="sl-anchor-link" href="#a"><span class="sr-only">Section</span></a></div>
    <script>alert(1)</script><button>Copy</button><p>Text.</p><footer>Next page</footer>`);
  expect(written).toBe('# Guide\n\n## First\n\nText.');
});

it('keeps code as it is, with its language and the name of its file', () => {
  const written = markdown(
    `<div class="expressive-code"><figure class="frame"><figcaption><span class="title">a.ts</span></figcaption><pre data-language="ts"><code><div class="ec-line"><div class="code"><span>if</span> (a &lt; b &amp;&amp; c) {</div></div><div class="ec-line"><div class="code">
</div></div><div class="ec-line"><div class="code">  <span>f(\`x\`)</span>;</div></div></code></pre></figure></div>`,
  );
  expect(written).toBe('_a.ts_\n\n```ts\nif (a < b && c) {\n\n  f(`x`);\n```');
});

it('opens tabs and folds, each under its name', () => {
  const written = markdown(
    `<starlight-tabs><ul role="tablist"><li><a role="tab" href="#p1" id="t1">curl</a></li><li><a role="tab" href="#p2" id="t2">Go</a></li></ul>
     <div id="p1" role="tabpanel" aria-labelledby="t1"><p>One.</p></div><div id="p2" role="tabpanel" aria-labelledby="t2" hidden><p>Two.</p></div></starlight-tabs>
     <details><summary>Why</summary><p>Because.</p></details>`,
  );
  expect(written).toBe('**curl**\n\nOne.\n\n**Go**\n\nTwo.\n\n**Why**\n\nBecause.');
});

it('writes asides, badges, cards and pictures as words', () => {
  const written = markdown(
    `<aside class="starlight-aside"><p class="starlight-aside__title"><svg></svg>Tip</p><div><p>Do.</p></div></aside>
     <p>limit<span class="sl-badge">inferred</span></p>
     <div class="sl-link-card"><span><a href="../">Home</a><span class="description">The start</span></span></div>
     <svg role="img" aria-label="Starts, then asks"></svg><svg aria-hidden="true"><title>Ornament</title></svg>`,
  );
  expect(written).toBe(
    '> **Tip**\n>\n> Do.\n\nlimit (inferred)\n\n[Home](../index.md): The start\n\n_Starts, then asks_',
  );
});

it('puts each cell of a table on one line', () => {
  const written = markdown(
    `<table><thead><tr><th>Name</th><th>Meaning</th></tr></thead><tbody><tr><td><code>limit</code></td>
     <td><p>How many | at most.</p><ul><li>From 1</li><li>to 100</li></ul><details><summary>inferred</summary><p>No page says.</p></details></td></tr></tbody></table>`,
  );
  const [head, , row] = written.split('\n');
  expect(head).toMatch(/^\| Name +\| Meaning +\|$/);
  expect(row).toMatch(
    /^\| `limit` \| How many \\\| at most\. From 1; to 100; \*\*inferred\*\* No page says\. +\|$/,
  );
});

it.each([
  ['../reference/op/#query-limit', '/', '../reference/op/index.md#query-limit'],
  ['/docs/reference/op/', '/docs/', '../reference/op/index.md'],
  ['/docs/openapi.yaml', '/docs/', '../openapi.yaml'],
  ['#first', '/', '#first'],
  ['https://nodejs.org/', '/', 'https://nodejs.org/'],
])('leads %s on a site below %s to %s', (href, base, expected) => {
  expect(markdown(`<a href="${href}">x</a>`, { base })).toBe(`[x](${expected})`);
});

it('finds the way from page to page', () => {
  expect(linkFrom('/zh-cn/guide/', '/guide/index.md')).toBe('../../guide/index.md');
  expect(linkFrom('/', '/llms.txt')).toBe('llms.txt');
});
