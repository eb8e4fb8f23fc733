import type { Case } from '../cases/case.ts';
import type { Basis, Operation } from '../contract.ts';
import { oncePerWorld } from '../memo.ts';
import type { Capability } from '../options.ts';
import type { Trial } from '../trial.ts';
import { Skip, type World } from '../world.ts';
import { begin, look } from './tasks.ts';

/** A rule of the life of a task. */
export interface LifeCase {
  operation: Operation;
  /** 200 unless said otherwise. */
  status?: number;
  title: string;
  basis: Basis;
  needs?: readonly Capability[];
  /** It is about starts themselves, and so cannot take for granted that what was started is there. */
  ofStarts?: true;
  /** It comes after the cases of all operations. */
  late?: true;
  run: (trial: Trial) => Promise<void>;
}

/** Whether the list has what is started: where not, every life would only say so again. */
const listed = oncePerWorld(async (world: World) => {
  const { id } = await begin(world);
  const page = await look(world, { task_id: id });
  return page.ids.includes(id) || (await look(world, { limit: '100' })).ids.includes(id);
});

/** Makes a case of it: it takes a server that remembers, and that lets exports be started. */
export function lifeCase({ needs = [], status = 200, ofStarts, run, ...rest }: LifeCase): Case {
  return {
    ...rest,
    status,
    needs: ['stateful', 'start', ...needs],
    run: async (trial) => {
      if (!ofStarts && !(await listed(trial.world))) {
        throw new Skip(
          'a started task is not listed; see exportConnectionRecords 200 answers only once its task is in the list',
        );
      }
      await run(trial);
    },
  };
}
