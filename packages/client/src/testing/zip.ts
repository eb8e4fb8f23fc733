import { crc32, deflateRawSync } from 'node:zlib';

/** An archive of the given files; with descriptors, their sizes come after them, as those that are written as a stream have it. */
export function zipOf(files: Record<string, string>, { descriptors = false, packed = true } = {}): Buffer {
  const parts: Buffer[] = [];
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const data = packed ? deflateRawSync(content) : content;
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(content), 0);
    sizes.writeUInt32LE(data.length, 4);
    sizes.writeUInt32LE(content.length, 8);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(descriptors ? 8 : 0, 6);
    header.writeUInt16LE(packed ? 8 : 0, 8);
    if (!descriptors) sizes.copy(header, 14);
    header.writeUInt16LE(Buffer.byteLength(name), 26);
    parts.push(header, Buffer.from(name), data);
    if (descriptors) parts.push(Buffer.from('PK\x07\x08'), sizes);
  }
  return Buffer.concat([...parts, Buffer.from('PK\x01\x02'), Buffer.alloc(60)]);
}
