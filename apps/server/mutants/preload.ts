// Loaded before a server, and before each of its threads: changes the sources of one defect on their way to the runtime.
import { registerHooks } from 'node:module';
import { addressOf, type Change, changed } from './mutant.ts';

const changes: Change[] = JSON.parse(process.env.MUTANT_CHANGES ?? '[]');

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const own = changes.filter(({ file }) => url === addressOf(file));
    if (own.length === 0) return loaded;
    return { ...loaded, source: own.reduce(changed, String(loaded.source)) };
  },
});
