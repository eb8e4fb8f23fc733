// Installs the runtimes that `pnpm runtimes` tries. They are 400 MB, so nobody gets them who does not ask.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { aliasOf, folder, runtimes } from './versions.ts';

mkdirSync(folder, { recursive: true });
writeFileSync(new URL('package.json', folder), '{ "private": true }\n');
const packages = Object.entries(runtimes).flatMap(([name, runtime]) =>
  runtime ? [`${aliasOf(name)}@npm:${runtime.source}`] : [],
);
const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
execFileSync('npm', ['install', ...options, ...packages], { cwd: folder, stdio: 'inherit' });
