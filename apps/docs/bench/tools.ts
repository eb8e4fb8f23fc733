// What the benches compare with or measure by: large, and wanted by nobody else, so installed when a bench asks for it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../node_modules/.bench/', import.meta.url);

/** The exact version of each. */
const versions = { lighthouse: '13.5.0' };

/**
 * Installs the package with npm, no script of it or of what it needs being run, unless its version is there already.
 *
 * @returns the folder it is in
 */
export function install(name: keyof typeof versions): URL {
  const home = new URL(`node_modules/${name}/`, folder);
  const manifest = new URL('package.json', home);
  const version = existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version;
  if (version !== versions[name]) {
    mkdirSync(folder, { recursive: true });
    const own = new URL('package.json', folder);
    if (!existsSync(own)) writeFileSync(own, '{ "private": true }\n');
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    execFileSync('npm', ['install', ...options, `${name}@${versions[name]}`], {
      cwd: folder,
      stdio: 'inherit',
    });
  }
  return home;
}
