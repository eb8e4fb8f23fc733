/** What the cases of a run share: made when the first of them asks for it. */
import { NoAnswer } from './request.ts';
import type { World } from './world.ts';

/**
 * Makes a value at the first call, and gives the same at each. Where it failed for want of an answer, the next call makes
 * it once more, or one lost connection would fail every case that needs it. What changes something is never repeated.
 */
export function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  let again = true;
  return () => {
    if (made) return made.value;
    const value = make();
    made = { value };
    if (value instanceof Promise) {
      value.catch((error: unknown) => {
        if (!again || !(error instanceof NoAnswer) || error.changes) return;
        again = false;
        made = undefined;
      });
    }
    return value;
  };
}

/** The same for each run: a value for each world. */
export function oncePerWorld<Value>(make: (world: World) => Value): (world: World) => Value {
  const made = new WeakMap<World, () => Value>();
  return (world) => {
    const value = made.get(world) ?? once(() => make(world));
    made.set(world, value);
    return value();
  };
}
