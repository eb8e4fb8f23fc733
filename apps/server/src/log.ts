/** How long an entry may wait for others, in milliseconds. */
const PATIENCE = 50;

/** A log of JSON, a line an entry. Entries are written together, because a write for each would cost a tenth of the speed; faults at once. */
export function createLog(write: (text: string) => void, now: () => Date = () => new Date()) {
  let waiting = '';
  const flush = () => {
    const text = waiting;
    waiting = '';
    if (text) write(text);
  };
  const add = (level: string, entry: object) => {
    waiting += `${JSON.stringify({ time: now().toISOString(), level, ...entry })}\n`;
  };
  return {
    info(entry: object) {
      if (!waiting) setTimeout(flush, PATIENCE);
      add('info', entry);
    },
    error(entry: object) {
      add('error', entry);
      flush();
    },
    flush,
  };
}
