/** What may be done in a life, as plain values that can be made up, shortened and read. */
import fc from 'fast-check';

/** An action. A task is meant by its place among those started, counted round. */
export type Action =
  | { kind: 'start'; fault?: 'fail' }
  | { kind: 'poll'; task: number }
  | { kind: 'page'; status?: string; isDownload?: boolean }
  | { kind: 'download'; task: number; range: boolean }
  | { kind: 'delete'; tasks: number[]; strange: boolean }
  | { kind: 'end' }
  | { kind: 'age' };

/** Actions at the same time: one, two or three. */
export type Step = Action[];

/** What a server lets be done. */
export interface Allowed {
  download: boolean;
  delete: boolean;
  sandbox: boolean;
}

/** Lives: steps from the first start on. */
export function lives(allowed: Allowed): fc.Arbitrary<Step[]> {
  const action = actions(allowed);
  const step = fc.oneof(
    { weight: 3, arbitrary: action.map((one) => [one]) },
    { weight: 1, arbitrary: fc.array(action, { minLength: 2, maxLength: 3 }) },
  );
  return fc
    .array(step, { minLength: 1, maxLength: 8, size: 'max' })
    .map((steps) => [[{ kind: 'start' }], ...steps] as Step[]);
}

function actions(allowed: Allowed): fc.Arbitrary<Action> {
  const task = fc.nat({ max: 3 });
  const start = allowed.sandbox
    ? fc.constantFrom<Action>({ kind: 'start' }, { kind: 'start', fault: 'fail' })
    : fc.constant<Action>({ kind: 'start' });
  const page = fc.oneof(
    fc.constant<Action>({ kind: 'page' }),
    fc.constantFrom('SUCCESS', 'CREATING', 'FAIL').map((status): Action => ({ kind: 'page', status })),
    fc.boolean().map((isDownload): Action => ({ kind: 'page', isDownload })),
  );
  const download = fc.record({ kind: fc.constant('download' as const), task, range: fc.boolean() });
  const remove = fc.record({
    kind: fc.constant('delete' as const),
    tasks: fc.uniqueArray(task, { minLength: 1, maxLength: 3 }),
    strange: fc.boolean(),
  });
  return fc.oneof(
    { weight: 3, arbitrary: start },
    { weight: 3, arbitrary: task.map((one): Action => ({ kind: 'poll', task: one })) },
    { weight: 2, arbitrary: page },
    { weight: 2, arbitrary: fc.constant<Action>({ kind: 'end' }) },
    ...(allowed.download ? [{ weight: 3, arbitrary: download }] : []),
    ...(allowed.delete ? [{ weight: 2, arbitrary: remove }] : []),
    ...(allowed.sandbox ? [{ weight: 1, arbitrary: fc.constant<Action>({ kind: 'age' }) }] : []),
  );
}
