import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import type { Sink } from './row-encoder.ts';

const deflate = promisify(deflateRaw);

// Level 1: level 6 makes a sheet smaller by a sixth, and takes five times as long. Every piece ends on a byte and
// without a final block, so that the pieces make one stream.
const piece = { level: 1, chunkSize: 128 * 1024, finishFlush: constants.Z_SYNC_FLUSH };
/** An empty final block. */
const endOfStream = Buffer.from([0x03, 0x00]);

/** Sizes and offsets from here on do not fit into the 32 bits of the plain format. */
const tooLarge = 0xffff_ffff;
// The sizes follow the data, since nobody knows them before.
const flagDescriptor = 0x0008;
const methodDeflate = 8;
// 1 January 1980, the first day of the format: the same rows give the same bytes at any time.
const date = 0x0021;

interface Entry {
  name: Buffer;
  offset: number;
  crc: number;
  size: number;
  packed: number;
}

/**
 * Writes a ZIP archive from front to back, see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. An archive may pass 4 GiB
 * (ZIP64), a single entry may not: entries of ZIP64 whose size follows the data are what readers disagree about.
 */
export class ZipWriter {
  readonly #sink: Sink;
  readonly #zip64From: number;
  readonly #entries: Entry[] = [];
  #offset = 0;

  constructor(sink: Sink, zip64From = tooLarge) {
    this.#sink = sink;
    this.#zip64From = zip64From;
  }

  /** How many bytes the entry has that is being written, before compression. */
  get entrySize(): number {
    return this.#entries.at(-1)?.size ?? 0;
  }

  /** Adds a whole entry. */
  async add(name: string, text: string): Promise<void> {
    await this.begin(name);
    await this.write(Buffer.from(text));
    await this.finish();
  }

  /** Begins an entry. The name is one of ASCII characters. */
  async begin(name: string): Promise<void> {
    const entry = { name: Buffer.from(name), offset: this.#offset, crc: 0, size: 0, packed: 0 };
    this.#entries.push(entry);
    const header = new Fields(30).u32(0x04034b50).u16(20).u16(flagDescriptor).u16(methodDeflate);
    await this.#put(header.u16(0).u16(date).u32(0).u32(0).u32(0).u16(entry.name.length).u16(0).bytes);
    await this.#put(entry.name);
  }

  /** Adds bytes to the entry. They are compressed in another thread. */
  async write(bytes: Uint8Array): Promise<void> {
    const entry = this.#entries.at(-1)!;
    const packed = await deflate(bytes, piece);
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    entry.packed += packed.length;
    await this.#put(packed);
  }

  /** Ends the entry. */
  async finish(): Promise<void> {
    const entry = this.#entries.at(-1)!;
    await this.#put(endOfStream);
    entry.packed += endOfStream.length;
    if (Math.max(entry.size, entry.packed) >= tooLarge)
      throw new RangeError(`${entry.name} is 4 GiB or more`);
    await this.#put(new Fields(16).u32(0x08074b50).u32(entry.crc).u32(entry.packed).u32(entry.size).bytes);
  }

  /** Writes the directory, which ends the archive. */
  async end(): Promise<void> {
    const start = this.#offset;
    for (const entry of this.#entries) await this.#put(this.#directoryEntry(entry));
    const size = this.#offset - start;
    const zip64 = start >= this.#zip64From;
    if (zip64) await this.#put(this.#zip64End(start, size));
    const count = this.#entries.length;
    const end = new Fields(22).u32(0x06054b50).u16(0).u16(0).u16(count).u16(count);
    await this.#put(
      end
        .u32(size)
        .u32(zip64 ? tooLarge : start)
        .u16(0).bytes,
    );
  }

  #directoryEntry({ name, offset, crc, size, packed }: Entry): Uint8Array {
    const zip64 = offset >= this.#zip64From;
    const version = zip64 ? 45 : 20;
    const fields = new Fields(46 + name.length + (zip64 ? 12 : 0)).u32(0x02014b50).u16(version).u16(version);
    fields.u16(flagDescriptor).u16(methodDeflate).u16(0).u16(date).u32(crc).u32(packed).u32(size);
    fields
      .u16(name.length)
      .u16(zip64 ? 12 : 0)
      .u16(0)
      .u16(0)
      .u16(0)
      .u32(0);
    fields.u32(zip64 ? tooLarge : offset).raw(name);
    if (zip64) fields.u16(1).u16(8).u64(offset);
    return fields.bytes;
  }

  #zip64End(start: number, size: number): Uint8Array {
    const count = this.#entries.length;
    const fields = new Fields(56 + 20).u32(0x06064b50).u64(44).u16(45).u16(45).u32(0).u32(0);
    fields.u64(count).u64(count).u64(size).u64(start);
    return fields.u32(0x07064b50).u32(0).u64(this.#offset).u32(1).bytes;
  }

  async #put(bytes: Uint8Array): Promise<void> {
    this.#offset += bytes.length;
    await this.#sink(bytes);
  }
}

/** The fields of a header, one after the other, little endian. */
class Fields {
  readonly bytes: Buffer;
  #at = 0;

  constructor(size: number) {
    this.bytes = Buffer.alloc(size);
  }

  u16(value: number): this {
    this.#at = this.bytes.writeUInt16LE(value, this.#at);
    return this;
  }

  u32(value: number): this {
    this.#at = this.bytes.writeUInt32LE(value, this.#at);
    return this;
  }

  u64(value: number): this {
    this.#at = this.bytes.writeBigUInt64LE(BigInt(value), this.#at);
    return this;
  }

  raw(bytes: Buffer): this {
    this.#at += bytes.copy(this.bytes, this.#at);
    return this;
  }
}
