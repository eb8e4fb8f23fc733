import { type Operation, operationOf, type Trouble } from './scenarios.ts';

/** A request that was sent, and what came back. Nothing in it is secret. */
export interface Entry {
  id: number;
  operation: Operation;
  /** The request line and its headers, as text. */
  sent: string;
  /** The method and the path, for one line. */
  line: string;
  /** Of the answer; undefined until it comes. */
  status?: number;
  statusText?: string;
  /** Milliseconds until the answer began. */
  ms?: number;
  /** The headers of the answer that say something. */
  headers?: string;
  /** Its body, if it is text. */
  body?: string;
  /** Whether no answer came. */
  lost?: boolean;
  /** What the client does about it. */
  note?: string;
}

/** Notes every request, for people to look at while it is under way. */
export interface Journal {
  entries(): readonly Entry[];
  subscribe(onChange: () => void): () => void;
  /** Says beside the last request of an operation what is done about it. */
  note(operation: Operation, text: string): void;
  /** Sends a request, with more headers than it was signed with. */
  fetch(request: Request): Promise<Response>;
}

const told = [
  'Content-Type',
  'Content-Length',
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'Retry-After',
  'X-Request-Id',
];

/** A journal of one job, whose requests end with the signal. */
export function createJournal(signal: AbortSignal, trouble: Trouble): Journal {
  let entries: readonly Entry[] = [];
  const listeners = new Set<() => void>();
  const change = (id: number, news: Partial<Entry>) => {
    entries = entries.map((entry) => (entry.id === id ? { ...entry, ...news } : entry));
    for (const listener of listeners) listener();
  };
  const begin = (entry: Omit<Entry, 'id'>) => {
    const id = entries.length;
    entries = [...entries, { ...entry, id }];
    change(id, {});
    return id;
  };

  return {
    entries: () => entries,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    note(operation, note) {
      const last = entries.findLast((entry) => entry.operation === operation);
      if (last) change(last.id, { note });
    },
    async fetch(request) {
      const operation = operationOf(request.url);
      const nth = entries.filter((entry) => entry.operation === operation).length + 1;
      const more = trouble(operation, nth);
      if (more) request.headers.set(...more);
      const { pathname, search } = new URL(request.url);
      const line = `${request.method} ${pathname}${search}`;
      const id = begin({ operation, line, sent: `${line}\n${headersOf(request.headers)}` });
      const began = performance.now();
      try {
        const response = await fetch(request, { signal: AbortSignal.any([request.signal, signal]) });
        const ms = Math.round(performance.now() - began);
        const { status, statusText } = response;
        change(id, { status, statusText, ms, headers: headersOf(response.headers, told) });
        if (/json/.test(response.headers.get('Content-Type') ?? '')) {
          const text = await response.clone().text();
          change(id, { body: pretty(text) });
        }
        return response;
      } catch (error) {
        change(id, { lost: true });
        throw error;
      }
    },
  };
}

/** Headers as lines. A token is not shown, and of a signature the beginning. */
function headersOf(headers: Headers, only?: string[]): string {
  const names = only ?? [...headers.keys()];
  return names
    .filter((name) => headers.has(name))
    .map((name) => `${titled(name)}: ${shown(name, headers.get(name)!)}`)
    .join('\n');
}

const shown = (name: string, value: string) => {
  if (/token/i.test(name)) return '•••';
  return name.toLowerCase() === 'authorization' ? value.replace(/(Signature=.{8}).*/, '$1…') : value;
};

/** As names of headers are written; the browser gives them in small letters. */
const titled = (name: string) =>
  name.toLowerCase() === 'etag' ? 'ETag' : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
