import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Bytes of a program that calls this function of the client, bundled for a browser, minified and gzipped. */
export async function bundled(name: string): Promise<number> {
  const client = `createClient({ region: 'cn-north-4', projectId: 'p', credentials: akSk({ ak: 'a', sk: 's' }) })`;
  const { outputFiles } = await build({
    stdin: {
      contents: `import { akSk, createClient, ${name} } from '@connection-records/client'; export const run = () => ${name}(${client});`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}
