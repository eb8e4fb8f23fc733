import { inspect } from 'node:util';

/** What both `startMock` and the command hold their options against. The message begins with the name of the option. */
export function checkOptions({
  port,
  host,
  spec,
}: {
  port: unknown;
  host: string;
  spec: string | undefined;
}) {
  if (!Number.isInteger(port) || Number(port) < 0 || Number(port) > 65535)
    throw new RangeError(`port is ${inspect(port)}. Give a whole number from 0 to 65535.`);
  // Node would take it for every address of the machine.
  if (host === '')
    throw new RangeError('host is empty. Give an address of this machine, 127.0.0.1 for example.');
  if (spec === '') throw new RangeError('spec is empty. Give the path of an OpenAPI document.');
}
