/** Reads a ZIP archive by its central directory, and notices where it contradicts itself. */
import { crc32, inflateRawSync } from 'node:zlib';

/** The entries by name, unpacked, and what is wrong with the archive. */
export interface Archive {
  entries: Map<string, Uint8Array>;
  problems: string[];
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** What stands for a number that is only told in the extension for large archives. */
const LARGE = 0xffff_ffff;

/** What the central directory says of an entry. */
interface Listed {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  at: number;
}

/** Reads the archive. */
export function readZip(bytes: Uint8Array): Archive {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, Uint8Array>();
  const problems: string[] = [];
  try {
    for (const listed of directory(buffer)) {
      if (entries.has(listed.name)) problems.push(`The archive has ${listed.name} twice.`);
      const unpacked = unpack(buffer, listed);
      if (unpacked.length !== listed.size) {
        problems.push(`${listed.name} has ${unpacked.length} bytes, and ${listed.size} in the directory.`);
      } else if (crc32(unpacked) !== listed.crc) {
        problems.push(`${listed.name} has another CRC-32 than the directory says.`);
      }
      entries.set(listed.name, unpacked);
    }
  } catch (error) {
    problems.push(`The archive cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
  return { entries, problems };
}

function directory(buffer: Buffer): Listed[] {
  const end = endOf(buffer);
  const count = buffer.readUInt16LE(end + 10);
  const listed: Listed[] = [];
  let at = buffer.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (buffer.readUInt32LE(at) !== ENTRY)
      throw new Error(`its directory lists ${count} entries and has ${index}`);
    const [name, extra, comment] = [28, 30, 32].map((offset) => buffer.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    listed.push({
      name: buffer.toString('utf8', at + 46, at + 46 + name),
      flags: buffer.readUInt16LE(at + 8),
      method: buffer.readUInt16LE(at + 10),
      crc: buffer.readUInt32LE(at + 16),
      packed: buffer.readUInt32LE(at + 20),
      size: buffer.readUInt32LE(at + 24),
      at: buffer.readUInt32LE(at + 42),
    });
    at += 46 + name + extra + comment;
  }
  return listed;
}

/** Where the record at the end begins: behind it there may be a comment of at most 65,535 bytes. */
function endOf(buffer: Buffer): number {
  for (let at = buffer.length - 22; at >= Math.max(0, buffer.length - 22 - 0xffff); at--) {
    if (buffer.readUInt32LE(at) === END) return at;
  }
  throw new Error('it has no directory, so it is cut off or no ZIP at all');
}

function unpack(buffer: Buffer, { name, flags, method, packed, size, at }: Listed): Uint8Array {
  if ([packed, size, at].includes(LARGE))
    throw new Error(`${name} is beyond the 4 GiB that this suite reads`);
  if (flags & 1) throw new Error(`${name} is encrypted`);
  if (buffer.readUInt32LE(at) !== LOCAL) throw new Error(`${name} is not where the directory says`);
  const [nameLength, extra] = [buffer.readUInt16LE(at + 26), buffer.readUInt16LE(at + 28)];
  if (buffer.toString('utf8', at + 30, at + 30 + nameLength) !== name) {
    throw new Error(`${name} has another name where it begins`);
  }
  const start = at + 30 + nameLength + extra;
  const data = buffer.subarray(start, start + packed);
  if (method === 0) return data;
  if (method !== 8) throw new Error(`${name} is packed by method ${method}, which spreadsheets do not read`);
  try {
    // No more than was announced is unpacked, whatever a hostile server sends.
    return inflateRawSync(data, { maxOutputLength: size + 1 });
  } catch (error) {
    throw new Error(`${name} cannot be unpacked, ${error instanceof Error ? error.message : error}`);
  }
}
