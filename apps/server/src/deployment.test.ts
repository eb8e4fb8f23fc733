// What a machine without Docker can tell of the image, the composition and the notes on Kubernetes: that they fit the server.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { variables } from './config.ts';
import { readCommand } from './options.ts';
import { startServer } from './server.ts';
import { settings } from './settings.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const dockerfile = read('Dockerfile').replace(/\\\n\s*/g, ' ');
const compose = parse(read('compose.yaml'), { merge: true });
const kubernetes = /```yaml\n([\s\S]*?)```/.exec(read('docs/kubernetes.md'))![1]!;
const manifests = parseAllDocuments(kubernetes).map((document) => document.toJS());
const [{ spec: deployment }] = manifests;
const [container] = deployment.template.spec.containers;
const known = new Set<string>([
  ...Object.values(settings).map(({ variable }) => variable),
  ...Object.values(variables),
]);

const instruction = (name: string) =>
  dockerfile
    .split('\n')
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => line.slice(name.length + 1));
const imageEnv = Object.fromEntries(
  instruction('ENV')
    .flatMap((line) => line.trim().split(/\s+/))
    .map((pair) => pair.split('=') as [string, string]),
);

test('every variable that they set is one that the server has, with a value that it takes', () => {
  const ofPod = Object.fromEntries(
    container.env.map(({ name, value }: Record<string, string>) => [name, value]),
  );
  const given = [imageEnv, compose.services['server-1'].environment, ofPod];
  const ours = given
    .flatMap((env) => Object.keys(env))
    .filter((name) => name.startsWith('CONNECTION_RECORDS_'));
  expect(ours.length).toBeGreaterThan(8);
  expect(ours.filter((name) => !known.has(name))).toEqual([]);
  for (const env of given) {
    const command = readCommand([], { CONNECTION_RECORDS_TOKEN: 'a-token', ...imageEnv, ...env });
    expect(command).toMatchObject({ command: 'serve', options: { host: '0.0.0.0', data: '/data' } });
  }
});

test('the image runs the server as nobody special, and asks it whether it is alive', async () => {
  expect(instruction('USER')).toEqual(['node']);
  expect(JSON.parse(instruction('ENTRYPOINT')[0]!)).toEqual(['node', '/app/dist/cli.js']);
  const [program, ...args] = JSON.parse(/CMD (\[.*\])/.exec(instruction('HEALTHCHECK')[0]!)![1]!) as string[];
  expect(program).toBe('node');
  const server = await startServer({ accounts: [] });
  const check = (port: string) =>
    promisify(execFile)(process.execPath, args, {
      env: { ...process.env, CONNECTION_RECORDS_SERVER_PORT: port },
    });
  await check(new URL(server.url).port);
  await server.close();
  await expect(check(new URL(server.url).port)).rejects.toMatchObject({ code: 1 });
});

test('ports, names and volumes are the same everywhere', () => {
  const ports = instruction('EXPOSE')[0]!.split(' ').map(Number);
  expect(ports).toEqual([Number(settings.port.initial), Number(imageEnv.CONNECTION_RECORDS_METRICS_PORT)]);
  expect(container.ports.map(({ containerPort }: { containerPort: number }) => containerPort)).toEqual(ports);
  for (const server of ['server-1', 'server-2', 'server-3'])
    expect(compose.services[server].ports[0]).toMatch(new RegExp(`:${ports[0]}$`));
  const { labels } = deployment.template.metadata;
  for (const { kind, spec } of manifests)
    expect(kind === 'Service' ? spec.selector : spec.selector.matchLabels).toEqual(labels);
  expect(container.volumeMounts[0].mountPath).toBe(instruction('VOLUME')[0]);
});

test('a pod and a container have the time that a stop takes', () => {
  const lastRequests = 5;
  const pod = deployment.template.spec;
  const drain = Number(
    container.env.find(({ name }: { name: string }) => name.endsWith('DRAIN_SECONDS')).value,
  );
  const stop = container.lifecycle.preStop.sleep.seconds + drain + lastRequests;
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(stop);
  const composed = Number.parseInt(compose.services['server-1'].stop_grace_period, 10);
  expect(composed).toBeGreaterThanOrEqual(Number(settings['drain-seconds'].initial) + lastRequests);
  // A check of readiness may take two seconds.
  expect(container.readinessProbe.timeoutSeconds).toBeGreaterThan(2);
});
