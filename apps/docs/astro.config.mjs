import { mkdir, writeFile } from 'node:fs/promises';
import starlight from '@astrojs/starlight';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { defineConfig } from 'astro/config';
import starlightOpenAPI, { openAPISidebarGroups } from 'starlight-openapi';
import { forReaders } from './src/reference.ts';

// starlight-openapi takes its document from a file only; Astro keeps what it generates in this ignored folder.
const reference = '.astro/reference.json';
await mkdir(new URL('.astro/', import.meta.url), { recursive: true });
await writeFile(new URL(reference, import.meta.url), JSON.stringify(forReaders(contract)));

export default defineConfig({
  integrations: [
    starlight({
      title: 'Connection Records',
      description:
        'Export the connection records of Huawei Cloud Workspace: who used which cloud desktop, when.',
      customCss: ['./src/site.css'],
      routeMiddleware: './src/titles.ts',
      // Without JavaScript nothing can pick an example or a media type, so show them all.
      head: [{ tag: 'noscript', content: '<style>[data-openapi-content-type]{display:block}</style>' }],
      plugins: [
        starlightOpenAPI([
          {
            base: 'reference',
            schema: reference,
            sidebar: { label: 'API reference', collapsed: false, operations: { badges: true } },
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
