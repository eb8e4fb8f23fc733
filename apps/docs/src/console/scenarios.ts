import type { Place } from './inputs.ts';

/** A request of the job: the start, a question for the task, or the download. */
export type Operation = 'start' | 'follow' | 'download';

/** Which operation a request is, by the end of its path. */
export const operationOf = (url: string): Operation => {
  const { pathname } = new URL(url);
  if (pathname.endsWith('/connections/export')) return 'start';
  return pathname.endsWith('/download') ? 'download' : 'follow';
};

/** The header that makes trouble, for the n-th request of an operation, counted from 1. */
export type Trouble = (operation: Operation, nth: number) => [name: string, value: string] | undefined;

interface Scenario {
  /** What the server's sandbox is told; left out, it cannot play this. */
  server?: Trouble;
  /** What the mock is told; left out, it cannot play this. */
  mock?: Trouble;
  /** Whether it moves the clock of its project, which had better be no other's. */
  movesClock?: true;
}

const fault =
  (operation: Operation, value: string, times = Infinity): Trouble =>
  (at, nth) =>
    at === operation && nth <= times ? ['X-Sandbox-Fault', value] : undefined;
const prefer =
  (operation: Operation, value: string, times = Infinity): Trouble =>
  (at, nth) =>
    at === operation && nth <= times ? ['Prefer', value] : undefined;

/** What can be made to happen, in the order in which it is offered. */
export const scenarios: Record<string, Scenario> = {
  none: { server: () => undefined, mock: () => undefined },
  slow: { server: fault('start', 'slow=6'), mock: prefer('follow', 'example=exportCreating', 2) },
  busy: { server: fault('follow', '429', 1), mock: prefer('follow', 'example=throttled', 1) },
  cut: { server: fault('download', 'cut=3000', 1) },
  fail: { server: fault('start', 'fail'), mock: prefer('follow', 'example=exportFailed') },
  expired: {
    // With every question, lest the first one comes before the file.
    server: (operation) => (operation === 'start' ? undefined : ['X-Sandbox-Advance', '8d']),
    mock: prefer('follow', 'example=exportExpired'),
    movesClock: true,
  },
  token: { mock: prefer('start', 'example=tokenExpired') },
  down: { server: fault('start', '503'), mock: prefer('start', 'example=serviceUnavailable') },
};

/** The scenarios that a place can play: none of them at an address given by hand. */
export const scenariosOf = (place: Place) =>
  place === 'other' ? [] : Object.keys(scenarios).filter((name) => scenarios[name]?.[place]);

/** The trouble that was chosen, if the place can play it. */
export const troubleOf = (name: string, place: Place): Trouble =>
  (place !== 'other' && scenarios[name]?.[place]) || (() => undefined);
