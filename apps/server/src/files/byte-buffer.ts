import type { Sink } from './row-encoder.ts';

/** How many bytes are sent at once. */
const chunk = 256 * 1024;
/** Room for the row that passes the mark, so that the buffer hardly ever grows. */
const capacity = chunk + 64 * 1024;

/**
 * Text on its way to becoming bytes. There are two buffers for the life of a file: one is filled while the other is being compressed or
 * written, so memory stays the same however long the file is, and nobody gets ahead of the disk.
 */
export class ByteBuffer {
  #bytes = Buffer.allocUnsafe(capacity);
  #spare = Buffer.allocUnsafe(capacity);
  #length = 0;
  #sending: Promise<void> = Promise.resolve();
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Whether it is time to {@link send}. */
  get full(): boolean {
    return this.#length >= chunk;
  }

  /** Bytes that were prepared before. */
  raw(bytes: Uint8Array): void {
    const length = bytes.length;
    const to = this.#room(length);
    const buffer = this.#bytes;
    // For the few bytes of a tag, a loop is faster than a call of set().
    for (let i = 0; i < length; i++) buffer[to + i] = bytes[i]!;
    this.#length = to + length;
  }

  /** Text of ASCII characters only, such as digits. */
  ascii(text: string): void {
    const length = text.length;
    const to = this.#room(length);
    const buffer = this.#bytes;
    for (let i = 0; i < length; i++) buffer[to + i] = text.charCodeAt(i);
    this.#length = to + length;
  }

  /** Any text. Half a surrogate pair, which UTF-8 does not have, becomes U+FFFD. */
  text(text: string): void {
    const to = this.#room(3 * text.length);
    this.#length = to + this.#bytes.write(text, to);
  }

  /**
   * Prepared bytes and a text, if none of its characters is marked as special, a surrogate or U+FFFE and up. Otherwise it writes
   * nothing and says false. Nearly all cells go through here, so it checks and encodes in one pass.
   */
  plain(before: Uint8Array, text: string, special: Uint8Array): boolean {
    const start = this.#length;
    this.raw(before);
    const length = text.length;
    let to = this.#room(3 * length);
    this.#length = start;
    const bytes = this.#bytes;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x80) {
        if (special[code] === 1) return false;
        bytes[to++] = code;
      } else if (code < 0x800) {
        bytes[to++] = 0xc0 | (code >> 6);
        bytes[to++] = 0x80 | (code & 0x3f);
      } else {
        if ((code >= 0xd800 && code < 0xe000) || code >= 0xfffe) return false;
        bytes[to++] = 0xe0 | (code >> 12);
        bytes[to++] = 0x80 | ((code >> 6) & 0x3f);
        bytes[to++] = 0x80 | (code & 0x3f);
      }
    }
    this.#length = to;
    return true;
  }

  /** Sends what there is, as soon as what was sent before has arrived. */
  async send(): Promise<void> {
    await this.#sending;
    const bytes = this.#bytes;
    this.#sending = this.#sink(bytes.subarray(0, this.#length));
    // A failure is told by the next call; until then it is not an unhandled one.
    this.#sending.catch(() => {});
    this.#bytes = this.#spare;
    this.#spare = bytes;
    this.#length = 0;
  }

  /** Sends what there is, and waits for it to arrive. */
  async drain(): Promise<void> {
    await this.send();
    await this.#sending;
  }

  #room(more: number): number {
    const length = this.#length;
    if (length + more > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(2 * (length + more));
      this.#bytes.copy(larger, 0, 0, length);
      this.#bytes = larger;
    }
    return length;
  }
}

/** A table of ASCII characters for {@link ByteBuffer.plain}: those given, and the control characters. */
export function specialCharacters(characters: string): Uint8Array {
  const special = new Uint8Array(128).fill(1, 0, 0x20);
  for (const character of characters) special[character.charCodeAt(0)] = 1;
  return special;
}
