// Puts each entry into one file, openapi-fetch included: what importing costs is the number of files. The types stay apart.
import { type BuildOptions, build } from 'esbuild';

const common: BuildOptions = {
  bundle: true,
  format: 'esm',
  target: 'es2023',
  outdir: 'dist',
  external: ['node:*'],
  banner: { js: '// With a function of openapi-fetch. Copyright (c) 2023 Drew Powers. MIT licence.' },
};
await build({
  ...common,
  entryPoints: ['src/index.ts', 'src/node/index.ts', 'src/read/index.ts'],
  splitting: true,
  chunkNames: 'shared',
});
// A page has WebCrypto and nothing else.
await build({
  ...common,
  entryPoints: { browser: 'src/index.ts' },
  plugins: [
    {
      name: 'hash by WebCrypto',
      setup: ({ onResolve, resolve }) =>
        onResolve({ filter: /\/hash-node\.ts$/ }, ({ kind, resolveDir }) =>
          resolve('./hash.ts', { kind, resolveDir }),
        ),
    },
  ],
});
