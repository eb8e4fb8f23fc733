// The rules of the house that no other tool keeps. Each failure says what to do.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');
const exclude = (name: string) => /(^|\/)(node_modules|dist|\.turbo|\.astro)($|\/)/.test(name);
const find = (pattern: string) =>
  globSync(pattern, { cwd: root, exclude }).map((path) => path.replaceAll('\\', '/'));

interface Manifest {
  name: string;
  private?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
const workspace = parse(read('pnpm-workspace.yaml'));
const folders = [
  '',
  ...find('{openapi,packages/*,apps/*}/package.json').map((path) => path.replace('package.json', '')),
];
const packages = folders.map((folder) => ({
  folder,
  ...(JSON.parse(read(`${folder}package.json`)) as Manifest),
}));
const short = (name: string) => name.replace('@connection-records/', '');

/** Who may import whom: at run time, and in tests besides. */
const mayImport: Record<string, { always: string[]; inTests: string[] }> = {
  'connection-records': { always: [], inTests: ['docs', 'mock', 'server'] },
  openapi: { always: [], inTests: [] },
  types: { always: [], inTests: ['openapi'] },
  client: { always: ['types'], inTests: ['mock'] },
  'react-query': { always: ['client'], inTests: [] },
  cli: { always: ['client'], inTests: ['server'] },
  mock: { always: ['openapi'], inTests: ['contract'] },
  contract: { always: ['openapi'], inTests: ['types'] },
  server: { always: ['openapi', 'types'], inTests: ['client', 'contract'] },
  docs: { always: ['openapi', 'client', 'react-query'], inTests: ['mock', 'server', 'cli', 'contract'] },
};

test.each(packages)(
  '$name depends on none but those it may import',
  ({ name, dependencies = {}, devDependencies = {} }) => {
    const allowed = mayImport[short(name)];
    expect(allowed, `Say in scripts/house.test.ts whom ${name} may import.`).toBeDefined();
    const ours = (of: object) =>
      Object.keys(of)
        .filter((dependency) => dependency.startsWith('@connection-records/'))
        .map(short);
    expect(allowed!.always, `${name} may not depend on these; see mayImport.`).toEqual(
      expect.arrayContaining(ours(dependencies)),
    );
    expect([...allowed!.always, ...allowed!.inTests]).toEqual(expect.arrayContaining(ours(devDependencies)));
  },
);

test.each(packages)('$name takes every version from the catalog', ({ dependencies, devDependencies }) => {
  const versions = Object.entries({ ...dependencies, ...devDependencies });
  const strays = versions.filter(([, version]) => !/^(catalog:|workspace:)/.test(version));
  expect(strays, 'Move the version to the catalog in pnpm-workspace.yaml and write "catalog:" here.').toEqual(
    [],
  );
});

test('every version in the catalog is exact', () => {
  const catalogs = [workspace.catalog, ...Object.values(workspace.catalogs as object)];
  const loose = catalogs
    .flatMap((catalog) => Object.entries(catalog))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)));
  expect(loose, 'Pin each to one version.').toEqual([]);
});

test('the two libraries that are in maintenance mode are imported in one file each', () => {
  const importers = (library: string) =>
    find('{openapi,packages,apps,scripts}/**/*.{ts,mjs,astro}').filter((path) =>
      new RegExp(`(from|import)\\s*\\(?['"]${library}`).test(read(path)),
    );
  const advice = 'Go through the package that wraps it, so that it can be replaced in one place.';
  expect(importers('openapi-fetch'), advice).toEqual(['packages/client/src/client.ts']);
  expect(importers('openapi-typescript'), advice).toEqual(['packages/types/scripts/generate-types.ts']);
});

test('nothing published shows the types of the library it wraps', () => {
  const shown = find('packages/{client,types}/src/**/*.ts').filter(
    (path) => !path.endsWith('.test.ts') && /export .*openapi-/.test(read(path)),
  );
  expect(shown, 'Name the type yourself; only the shape of paths and operations is public.').toEqual([]);
});

test('generated files are in a folder called generated, and say so in their first line', () => {
  const generated = find('{openapi,packages,apps}/**/generated/*');
  expect(generated).not.toEqual([]);
  const unmarked = generated.filter(
    (path) => !/^\/\/ Generated .* Do not edit\.$/.test(read(path).split('\n', 1)[0]!),
  );
  expect(unmarked, 'Let the generator write the banner.').toEqual([]);
});

test('the lockfile names no host of a registry', () => {
  expect(
    read('pnpm-lock.yaml').match(/https?:\/\/\S+/g) ?? [],
    'Install without a registry setting of your own.',
  ).toEqual([]);
});

test('nothing that is installed reports home', () => {
  expect(read('pnpm-lock.yaml'), 'Find out who brings it (`pnpm why`), and pin what does not.').not.toContain(
    '@scarf/',
  );
});
