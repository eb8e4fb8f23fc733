import { ReadError } from './error.ts';
import { type ByteSource, piecesOf } from './source.ts';

/** A file in an archive. Its bytes can be read until the next one is asked for. */
export interface Entry {
  name: string;
  data(): AsyncIterable<Uint8Array>;
}

const u16 = (bytes: Uint8Array, at: number) => bytes[at]! | (bytes[at + 1]! << 8);
const u32 = (bytes: Uint8Array, at: number) => (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
const [localHeader, descriptor] = [0x04034b50, 0x08074b50];
const broken = () => new ReadError('The workbook breaks off, or is damaged. Download it again.');

/**
 * The files of a ZIP archive, in the order in which they come, see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. It is
 * read from front to back, so that a stream will do.
 */
export async function* entriesOf(source: ByteSource): AsyncGenerator<Entry> {
  for (;;) {
    const header = await source.peek(30);
    if (header.length < 4) throw broken();
    // What follows the files is a directory of them.
    if (u32(header, 0) !== localHeader) return;
    if (header.length < 30) throw broken();
    const [flags, method] = [u16(header, 6), u16(header, 8)];
    const [nameLength, extraLength] = [u16(header, 26), u16(header, 28)];
    const length = 30 + nameLength + extraLength;
    const bytes = await source.peek(length);
    if (bytes.length < length) throw broken();
    const name = new TextDecoder().decode(bytes.subarray(30, 30 + nameLength));
    const size = sizeIn(u32(bytes, 18), bytes.subarray(30 + nameLength, length));
    source.take(length);
    if (flags & 1) throw new ReadError('The workbook is encrypted. Save it without a password.');
    if (method !== 0 && method !== 8) throw new ReadError(`The workbook is packed by method ${method}.`);
    const packed = flags & 8 ? untilDescriptor(source) : exactly(source, size);
    yield { name, data: () => (method === 8 ? inflated(packed) : packed) };
    // What was not read of it is skipped.
    for await (const _ of packed);
  }
}

/** The packed size, which may be in the extra field (ZIP64), after the size before packing. */
function sizeIn(size: number, extra: Uint8Array): number {
  for (let at = 0; size === 0xffffffff && at + 20 <= extra.length; at += 4 + u16(extra, at + 2))
    if (u16(extra, at) === 1) return u32(extra, at + 12) + u32(extra, at + 16) * 2 ** 32;
  return size;
}

async function* exactly(source: ByteSource, size: number): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; ) {
    const bytes = await source.peek(1);
    if (bytes.length === 0) throw broken();
    const piece = source.take(left);
    left -= piece.length;
    yield piece;
  }
}

/**
 * The bytes up to the descriptor that says how many they were: it is where its signature is followed by their number. That packed bytes
 * look so by chance happens once in 10^19 places.
 */
async function* untilDescriptor(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let size = 0; ; ) {
    // A descriptor, in its longer form, and the signature after it.
    const bytes = await source.peek(28);
    const end = endIn(bytes, size);
    if (end === undefined && bytes.length < 28) throw broken();
    const piece = source.take(end ?? bytes.length - 27);
    size += piece.length;
    if (piece.length > 0) yield piece;
    if (end === undefined) continue;
    const rest = await source.peek(28);
    const isLong = u16(rest, 16) !== 0x4b50 && rest.length >= 26 && u16(rest, 24) === 0x4b50;
    source.take(isLong ? 24 : 16);
    return;
  }
}

/** Where the descriptor begins, if it does, after so many bytes before these. */
function endIn(bytes: Uint8Array, size: number): number | undefined {
  for (let at = bytes.indexOf(0x50); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf(0x50, at + 1))
    if (u32(bytes, at) === descriptor && u32(bytes, at + 8) === (size + at) % 2 ** 32) return at;
  return undefined;
}

async function* inflated(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = packed[Symbol.asyncIterator]();
  const stream = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
  });
  try {
    yield* piecesOf(stream.pipeThrough(new DecompressionStream('deflate-raw')));
  } catch (error) {
    throw error instanceof ReadError ? error : Object.assign(broken(), { cause: error });
  }
}
