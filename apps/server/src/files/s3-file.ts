import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { FinishedFile, NewFile } from './file-store.ts';

/** A storage takes parts of 5 MiB and more, and 10,000 of them: files of up to 78 GiB. */
export const partSize = 8 * 1024 * 1024;

/** How many parts are kept in memory: one that is filled while the others are on their way. */
const buffers = 3;

/** The storage refuses what does not arrive as it was sent; the signature covers the SHA-256 of each body as well. */
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('base64');

interface Part {
  ETag: string | undefined;
  PartNumber: number;
}

/** An object that is uploaded in parts, and is there when the last of them is. A small one is put at once. */
export class S3File implements NewFile {
  readonly #client: S3Client;
  readonly #object: { Bucket: string; Key: string };
  readonly #hash = createHash('sha256');
  /** Each in turn is filled, sent, and filled again once its part has arrived. */
  readonly #buffers: Buffer[] = [];
  #part: Buffer | undefined;
  #filled = 0;
  #size = 0;
  #uploadId: string | undefined;
  readonly #sent: Promise<Part>[] = [];

  constructor(client: S3Client, object: { Bucket: string; Key: string }) {
    this.#client = client;
    this.#object = object;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.#size += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      this.#part ??= await this.#nextBuffer();
      const copied = Math.min(bytes.length - at, partSize - this.#filled);
      this.#part.set(bytes.subarray(at, at + copied), this.#filled);
      this.#filled += copied;
      at += copied;
      if (this.#filled === partSize) await this.#send();
    }
  }

  async publish(): Promise<FinishedFile> {
    const { size, sha256 } = { size: this.#size, sha256: this.#hash.digest('hex') };
    if (this.#uploadId === undefined) await this.#put();
    else {
      if (this.#filled > 0) await this.#send();
      await this.#complete(await Promise.all(this.#sent));
    }
    return { size, sha256 };
  }

  /** What cannot be aborted now is invisible, and goes by the rule of the bucket. */
  async discard(): Promise<void> {
    await Promise.allSettled(this.#sent);
    if (this.#uploadId === undefined) return;
    const abort = new AbortMultipartUploadCommand({ ...this.#object, UploadId: this.#uploadId });
    await this.#client.send(abort).catch(() => undefined);
  }

  async #put() {
    const body = this.#part?.subarray(0, this.#filled) ?? Buffer.alloc(0);
    await this.#client.send(new PutObjectCommand({ ...this.#object, Body: body, ContentMD5: md5(body) }));
  }

  /** Begins to send the part that is filled. Whether it arrives is seen when its buffer is needed again, or at the end. */
  async #send() {
    const body = this.#part!.subarray(0, this.#filled);
    this.#part = undefined;
    this.#filled = 0;
    this.#uploadId ??= await this.#begin();
    const PartNumber = this.#sent.length + 1;
    const part = { ...this.#object, UploadId: this.#uploadId, PartNumber, Body: body, ContentMD5: md5(body) };
    const sent = this.#client.send(new UploadPartCommand(part)).then(({ ETag }) => ({ ETag, PartNumber }));
    sent.catch(() => undefined);
    this.#sent.push(sent);
  }

  async #begin(): Promise<string> {
    const { UploadId } = await this.#client.send(new CreateMultipartUploadCommand(this.#object));
    if (!UploadId) throw new Error('The storage has begun an upload without an id.');
    return UploadId;
  }

  async #nextBuffer(): Promise<Buffer> {
    const part = this.#sent.length;
    await this.#sent[part - buffers];
    this.#buffers[part % buffers] ??= Buffer.allocUnsafeSlow(partSize);
    return this.#buffers[part % buffers]!;
  }

  async #complete(Parts: Part[]) {
    const upload = { ...this.#object, UploadId: this.#uploadId, MultipartUpload: { Parts } };
    try {
      await this.#client.send(new CompleteMultipartUploadCommand(upload));
    } catch (error) {
      // The answer may be what got lost: the upload is over then, and the object is there.
      const found = await this.#client.send(new HeadObjectCommand(this.#object)).catch(() => undefined);
      if (found?.ContentLength !== this.#size) throw error;
    }
  }
}
