import { createHash } from 'node:crypto';
import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { headOf } from './head.ts';

function page(address: string, body = '') {
  const html = `<!DOCTYPE html><html><head><meta charset="utf-8"/><title>A</title></head><body>${body}</body></html>`;
  return { address, html, document: parse(html, { blockTextElements: { script: true, style: true } }) };
}
const policy = (html: string) => /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
const directive = (html: string, name: string) =>
  policy(html)
    .split('; ')
    .find((part) => part.startsWith(`${name} `));

it('lets an inline script run by its hash, to the letter, and no other', () => {
  const script = '\n\tif (a &amp;&amp; "$&" < b) f();\n';
  const html = headOf(page('/a/', `<script>${script}</script><script src="/b.js"></script>`));
  const hash = createHash('sha256').update(script).digest('base64');
  expect(directive(html, 'script-src')).toBe(`script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'`);
  expect(html).toContain(`<script>${script}</script>`);
});

it('puts the policy before everything that it holds for', () => {
  expect(headOf(page('/a/'))).toMatch(
    /<head><meta charset="utf-8"\/><meta http-equiv="Content-Security-Policy" /,
  );
});

it('lets the console alone call other servers', () => {
  const others = "connect-src 'self' http://127.0.0.1:* http://localhost:* https:";
  expect(directive(headOf(page('/console/')), 'connect-src')).toBe(others);
  expect(directive(headOf(page('/zh-cn/console/')), 'connect-src')).toBe(others);
  expect(directive(headOf(page('/signature/')), 'connect-src')).toBe("connect-src 'self'");
});

it('links a page, but not an error page, to its Markdown', () => {
  expect(headOf(page('/a/'))).toContain('<link rel="alternate" type="text/markdown" href="index.md">');
  expect(headOf(page('/404.html'))).not.toContain('text/markdown');
});

it('stops where a page begins otherwise than it has to', () => {
  const other = { ...page('/a/'), html: '<html></html>' };
  expect(() => headOf(other)).toThrow('/a/ does not begin its head with <meta charset="utf-8"/>.');
});
