import preact from '@astrojs/preact';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { finish } from './src/finish/index.ts';
import { referenceItems } from './src/reference/sidebar.ts';

/** A group of the sidebar, by its name in each language and the pages in it. */
const group = (label, chinese, items) => ({ label, translations: { 'zh-CN': chinese }, items });

export default defineConfig({
  // Where the site will be below the root of its host, `/docs` for example.
  base: process.env.DOCS_BASE,
  trailingSlash: 'always',
  vite: {
    // The hooks have a copy of their own, whose contexts are not those of the page.
    resolve: { dedupe: ['@tanstack/react-query'] },
    // They import React, which only the bundler knows to be Preact.
    ssr: { noExternal: ['@tanstack/react-query', '@connection-records/react-query'] },
    build: {
      rolldownOptions: {
        // Astro reads its "use astro:…" marks before the bundler warns that it may not preserve them.
        onLog(level, log, handler) {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
        },
      },
    },
  },
  integrations: [
    // A sitemap names the address of its site, and this one has no fixed address. Starlight adds its own to no other.
    { name: '@astrojs/sitemap', hooks: {} },
    // The console's React code, in a quarter of React's size.
    preact({ compat: true }),
    starlight({
      title: { en: 'Connection Records', 'zh-CN': '连接记录' },
      description:
        'Export the connection records of Huawei Cloud Workspace: who used which cloud desktop, when.',
      defaultLocale: 'root',
      locales: { root: { label: 'English', lang: 'en' }, 'zh-cn': { label: '简体中文', lang: 'zh-CN' } },
      customCss: ['./src/site.css'],
      // src/pages/404.astro is the page.
      disable404Route: true,
      // Without JavaScript nothing can pick a tab, so show them all.
      head: [{ tag: 'noscript', content: '<style>[role=tabpanel]{display:block!important}</style>' }],
      components: { Footer: './src/components/Footer.astro' },
      sidebar: [
        group('Guides', '指南', ['quick-start', 'authentication', 'exporting', 'reading-the-file', 'errors']),
        group('Try it', '试一试', ['console', 'signature']),
        group('Tools', '工具', ['command-line', 'react', 'mock', 'server', 'test-your-server']),
        group('Good to know', '须知', ['regions', 'limits', 'from-the-vendor-sdk']),
        group('API reference', 'API 参考', referenceItems),
      ],
    }),
    finish(),
  ],
});
