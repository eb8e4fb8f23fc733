/** A log of JSON, a line an entry, written together once a turn of the event loop: a line at a time would cost a tenth of the speed. */
export function createLog(write: (text: string) => void, now: () => Date = () => new Date()) {
  let waiting = '';
  const flush = () => {
    const text = waiting;
    waiting = '';
    if (text) write(text);
  };
  const add = (level: string) => (entry: object) => {
    if (!waiting) setImmediate(flush);
    waiting += `${JSON.stringify({ time: now().toISOString(), level, ...entry })}\n`;
  };
  return { info: add('info'), error: add('error'), flush };
}
