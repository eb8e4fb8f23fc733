import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * Unpacks the Chromium of `@sparticuz/chromium` with the libraries it needs, 200 MB, once for each version of it.
 *
 * The package's own `executablePath()` unpacks into the folder of temporary files under a fixed name, where a second process
 * takes what the first one has not finished; its `args` switch CORS off.
 */
export async function unpackChromium(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const home = new URL('..', import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(readFileSync(new URL('package.json', home), 'utf8'));
  const caches = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
  const folder = `${caches}chromium-${version}`;
  if (!existsSync(folder)) {
    await mkdir(caches, { recursive: true });
    const own = await mkdtemp(`${caches}unpacking-`);
    await inflate(home, own);
    // The package's own points at /tmp.
    await writeFile(`${own}/fonts.conf`, `<fontconfig><dir>${folder}/fonts</dir></fontconfig>`);
    // Whoever comes second keeps what the first has put there.
    await rename(own, folder).catch(() => rm(own, { recursive: true }));
  }
  const env = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    executablePath: `${folder}/chromium`,
    env: {
      ...Object.fromEntries(env),
      LD_LIBRARY_PATH: `${folder}/al2023/lib`,
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: `${folder}/fonts.conf` }),
    },
  };
}

async function inflate(home: URL, folder: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium');
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  // It reads where temporary files go when it is called, not later.
  const parts = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
  const unpacked = parts.map((part) => inflate(fileURLToPath(new URL(`bin/${part}`, home))));
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  await Promise.all(unpacked);
}
