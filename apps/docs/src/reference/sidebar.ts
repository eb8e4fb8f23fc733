import { readFileSync } from 'node:fs';
import { translator } from './chinese.ts';
import { operations } from './model.ts';
import { words } from './words.ts';

// Astro reads its configuration without Vite, which would know `?raw`.
const t = translator(readFileSync(new URL('./contract.zh-CN.yaml', import.meta.url), 'utf8'));

/** The entries of the reference in the sidebar, in both languages. */
export const referenceItems = [
  { label: 'Overview', translations: { 'zh-CN': '概览' }, link: '/reference/' },
  ...operations.map(({ id, method, summary }) => ({
    label: summary,
    translations: { 'zh-CN': t(summary) },
    link: `/reference/${id}/`,
    badge: { text: method, variant: method === 'GET' ? 'note' : 'success' },
  })),
  {
    label: words.en.recordTitle,
    translations: { 'zh-CN': words['zh-cn'].recordTitle },
    link: '/reference/ConnectionRecord/',
  },
];
