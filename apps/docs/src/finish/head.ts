import { createHash } from 'node:crypto';
import type { Page } from './index.ts';

const charset = '<meta charset="utf-8"/>';

/** The page with its content security policy, and with a link to its Markdown twin if it has one. */
export function headOf(page: Page): string {
  if (!page.html.includes(charset))
    throw new Error(`${page.address} does not begin its head with ${charset}.`);
  const twin = page.address.endsWith('/')
    ? '<link rel="alternate" type="text/markdown" href="index.md">'
    : '';
  // First in the head, for a policy holds from where it stands; but the charset has to be in the first 1,024 bytes.
  const head = `${charset}<meta http-equiv="Content-Security-Policy" content="${policyOf(page)}">${twin}`;
  return page.html.replace(charset, () => head);
}

/**
 * The page's content security policy: nothing from other hosts, and of inline scripts those alone that the build wrote.
 *
 * Inline styles are let in, for the highlighter puts its colours into style attributes, which no hash covers.
 */
function policyOf({ address, document }: Page): string {
  const hashes = document
    .querySelectorAll('script:not([src])')
    .map((script) => `'sha256-${createHash('sha256').update(script.rawText).digest('base64')}'`);
  const policy = {
    'default-src': ["'none'"],
    // The search is WebAssembly.
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...new Set(hashes)],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': [
      "'self'",
      ...(isConsole(address) ? ['http://127.0.0.1:*', 'http://localhost:*', 'https:'] : []),
    ],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'object-src': ["'none'"],
  };
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}

/** The console calls whichever server its reader names. */
const isConsole = (address: string) => /^\/([\w-]+\/)?console\/$/.test(address);
