import { ReadError } from './error.ts';

/** What a file can be read from: bytes, a Blob, a stream of bytes, or what holds such a stream, as an `ExportFile` does. */
export type FileSource =
  | Uint8Array
  | ArrayBuffer
  | Blob
  | AsyncIterable<Uint8Array>
  | ReadableStream<Uint8Array>
  | { stream: ReadableStream<Uint8Array> };

/** A file, and how to read it once more, which a stream cannot be. */
export interface Opened {
  read(): AsyncIterable<Uint8Array>;
  again: (() => AsyncIterable<Uint8Array>) | undefined;
}

export function opened(file: FileSource): Opened {
  const bytes = file instanceof ArrayBuffer ? new Uint8Array(file) : file;
  const stream = 'stream' in bytes ? bytes.stream : bytes;
  let read: () => AsyncIterable<Uint8Array>;
  if (stream instanceof Uint8Array) read = () => once(stream);
  else if (typeof stream === 'function') read = () => piecesOf((bytes as Blob).stream());
  else if ('getReader' in stream) return { read: () => piecesOf(stream), again: undefined };
  else if (Symbol.asyncIterator in stream) return { read: () => stream, again: undefined };
  else throw new ReadError('Give the bytes of a file, a Blob, or a stream of bytes.');
  return { read, again: read };
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

/** Not the stream's own iterator, which Safari lacks. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
    ended = true;
  } finally {
    if (!ended) reader.cancel().catch(() => {});
  }
}

/** Bytes that are looked at before they are taken. */
export class ByteSource {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** What is there, at least so many bytes, unless the file ends before. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.#bytes.length < length) {
      const { done, value } = await this.#pieces.next();
      if (done) break;
      const bytes = new Uint8Array(this.#bytes.length + value.length);
      bytes.set(this.#bytes);
      bytes.set(value, this.#bytes.length);
      this.#bytes = this.#bytes.length ? bytes : value;
    }
    return this.#bytes;
  }

  /** Takes so many of the bytes that were looked at. */
  take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }

  /** All that is left, piece by piece. */
  async *rest(): AsyncGenerator<Uint8Array> {
    while ((await this.peek(1)).length > 0) yield this.take(Number.POSITIVE_INFINITY);
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
