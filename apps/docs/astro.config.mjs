import starlight from '@astrojs/starlight';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { defineConfig } from 'astro/config';
import starlightOpenAPI, { openAPISidebarGroups } from 'starlight-openapi';
import { lend } from './src/lend.ts';
import { forReaders } from './src/reference.ts';

export default defineConfig({
  vite: {
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
    starlight({
      title: 'Connection Records',
      description:
        'Export the connection records of Huawei Cloud Workspace: who used which cloud desktop, when.',
      customCss: ['./src/site.css'],
      routeMiddleware: './src/titles.ts',
      // src/content/docs/404.md is the page.
      disable404Route: true,
      // Without JavaScript nothing can pick an example or a media type, so show them all.
      head: [{ tag: 'noscript', content: '<style>[data-openapi-content-type]{display:block}</style>' }],
      plugins: [
        starlightOpenAPI([
          {
            base: 'reference',
            schema: await lend(forReaders(contract)),
            sidebar: { label: 'API reference', collapsed: false, operations: { badges: true } },
            // forReaders() makes one that works. Those made here read JSON from every answer, and give every filter at once.
            snippets: { operation: false },
          },
        ]),
      ],
      sidebar: [
        {
          label: 'Guides',
          items: ['quick-start', 'authentication', 'errors', 'test-your-server'],
        },
        ...openAPISidebarGroups,
      ],
    }),
  ],
});
