import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { FileStore, StoredFile } from './file-store.ts';
import { S3File } from './s3-file.ts';
import { readS3Url, type S3Place } from './s3-url.ts';

/** Milliseconds to connect, to be answered, and without a byte. */
const patience = { connectionTimeout: 5_000, requestTimeout: 30_000, socketTimeout: 30_000 };

/** How long a link to a file is good for, in seconds: until the download has begun. */
const linkFor = 300;

/** An object storage did not do what it was asked. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** Whether the same may go well later: it could not be reached, or is out of order. */
  readonly passing: boolean;

  constructor(error: unknown) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    const { name, message } = error as Error;
    super(`The object storage answered ${status ?? 'nothing'}: ${name}, ${message}`, { cause: error });
    // 507 says that it is full, which waiting does not change.
    this.passing = status === undefined || status === 429 || (status >= 500 && status !== 507);
  }
}

/**
 * Files in a bucket, by the S3 protocol, with the credentials that the SDK finds (`AWS_ACCESS_KEY_ID` and others). An object is there
 * only when it is complete; what was begun and never ended is invisible, and the bucket's to remove.
 *
 * @throws if the URL is none of a bucket. Everything else throws a {@link StorageError}.
 */
export function openBucket(url: string, times = patience): FileStore {
  const place = readS3Url(url);
  const client = clientOf(place, times);
  const object = (name: string) => ({ Bucket: place.bucket, Key: place.prefix + name });
  return {
    create: async (name) => new S3File(client, object(name)),
    open: (name) => open(client, object(name)),
    async remove(name) {
      await client.send(new DeleteObjectCommand(object(name)));
    },
    async list() {
      const names: string[] = [];
      const asked = { Bucket: place.bucket, Prefix: place.prefix };
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, asked))
        for (const { Key = '' } of Contents) names.push(Key.slice(place.prefix.length));
      return names;
    },
    // Always the same one: a bucket that keeps versions would keep each deletion.
    async check() {
      await client.send(new PutObjectCommand({ ...object('.trial'), Body: Buffer.alloc(1) }));
    },
  };
}

function clientOf({ endpoint, region, pathStyle }: S3Place, times: typeof patience): S3Client {
  const client = new S3Client({
    ...(endpoint && { endpoint }),
    ...(region && { region }),
    forcePathStyle: pathStyle,
    requestHandler: { ...times, throwOnRequestTimeout: true },
    // Other storages than Amazon's do not know its newer checksums; ours are MD5 and the SHA-256 of the signature.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        throw new StorageError(error);
      }
    },
    { step: 'initialize', priority: 'high' },
  );
  return client;
}

type Key = { Bucket: string; Key: string };

async function open(client: S3Client, object: Key): Promise<StoredFile | undefined> {
  const found = await client.send(new HeadObjectCommand(object)).catch(ifMissing);
  if (!found) return undefined;
  return {
    size: found.ContentLength ?? 0,
    read: ({ start, end }) =>
      Readable.from(read(client, object, found.ETag, start, end), { objectMode: false }),
    close: async () => undefined,
    async link({ disposition, mediaType }) {
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
      const command = new GetObjectCommand({
        ...object,
        ResponseContentDisposition: disposition,
        ResponseContentType: mediaType,
      });
      return getSignedUrl(client, command, { expiresIn: linkFor });
    },
  };
}

/** The bytes of the very object that was opened, or an error. */
async function* read(client: S3Client, object: Key, IfMatch: string | undefined, start: number, end: number) {
  if (end < start) return;
  const asked = { ...object, IfMatch, Range: `bytes=${start}-${end}` };
  const { Body } = await client.send(new GetObjectCommand(asked));
  yield* Body as Readable;
}

function ifMissing(error: unknown): undefined {
  const { cause } = error as { cause?: unknown };
  if (!(cause instanceof S3ServiceException) || cause.$metadata.httpStatusCode !== 404) throw error;
}
