// What the benches compare with or measure by: large, and wanted by nobody else, so installed when a bench asks for it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../node_modules/.bench/', import.meta.url);

/** The exact version of each. */
const versions = { lighthouse: '13.5.0' };

/** The exact version of each page that shows a contract in the browser. */
const viewers = { redoc: '2.5.4', 'swagger-ui-dist': '5.35.0', '@scalar/api-reference': '1.72.1' };

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

/**
 * Unpacks what another project publishes to put into a page, without anything that it depends on (swagger-ui-dist asks for telemetry),
 * unless its version is there already.
 *
 * @returns the folder it is in
 */
export function unpack(name: keyof typeof viewers): URL {
  const home = new URL(`viewers/${name}-${viewers[name]}/`, folder);
  if (existsSync(new URL('package/package.json', home))) return new URL('package/', home);
  mkdirSync(home, { recursive: true });
  const options = ['--ignore-scripts', '--loglevel=error', '--json'];
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', ...options, `${name}@${viewers[name]}`], { cwd: home, encoding: 'utf8' }),
  );
  execFileSync('tar', ['-xzf', filename], { cwd: home });
  return new URL('package/', home);
}
