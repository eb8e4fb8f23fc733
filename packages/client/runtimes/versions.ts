/** The runtimes to try, as packages of the npm registry that hold nothing but the program: none has a script to run. */
const { platform, arch } = process;
const isLinux = platform === 'linux';

/** Where they are installed, by `pnpm runtimes`. */
export const folder = new URL('../node_modules/.runtimes/', import.meta.url);

/** Package, version, and where its program is, by the name of the runtime; undefined where the registry has none for this platform. */
export const runtimes: Record<string, { source: string; program: string } | undefined> = {
  'Node 20': nodeOf('20.19.0'),
  'Node 22': nodeOf('22.23.3'),
  'Node 24': nodeOf('24.21.0'),
  Bun:
    platform === 'win32'
      ? undefined
      : { source: `@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}@1.4.5`, program: 'bin/bun' },
  Deno:
    platform === 'win32'
      ? undefined
      : { source: `@deno/${platform}-${arch}${isLinux ? '-glibc' : ''}@2.9.6`, program: 'deno' },
};

function nodeOf(version: string) {
  return platform === 'win32'
    ? undefined
    : { source: `node-${platform}-${arch}@${version}`, program: 'bin/node' };
}

/** The name under which a runtime is installed, since several are of one package. */
export const aliasOf = (name: string): string => name.toLowerCase().replace(' ', '');
