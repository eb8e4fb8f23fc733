// An object storage for tests, and a line to it that fails when a test says so.
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { startFauxqs } from 'fauxqs';

/** A request on its way to the storage. */
export interface Passing {
  method: string;
  /** The path and the query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** What a test has happen to a request: nothing, an answer instead, or the line cut, before or after the storage has done what is asked. */
export type Fault =
  | { status: number; code: string }
  | 'cut'
  | 'cut the answer'
  | 'cut the answer in two'
  | undefined;

/** An object storage that a test can disturb. */
export interface Storage {
  /** The URL of a bucket of its own, which is empty. */
  bucket(): string;
  /** All that has been asked of it since the last bucket, unless it forgets. */
  asked: Passing[];
  /** Decides what happens to each request; the last bucket takes it back. */
  disturb(fault: (request: Passing) => Fault | Promise<Fault>): void;
  close(): Promise<void>;
}

/** Starts an object storage on free ports. One that forgets what it was asked can be asked for gigabytes. */
export async function startStorage({ forgets = false } = {}): Promise<Storage> {
  const storage = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  let asked: Passing[] = [];
  let faultOf: (request: Passing) => Fault | Promise<Fault> = () => undefined;
  const line = createServer(async (came, answer) => {
    const { method = '', url = '', headers } = came;
    const passing = { method, url, headers, body: await buffer(came) };
    if (!forgets) asked.push(passing);
    const fault = await faultOf(passing);
    if (fault === 'cut') came.socket.destroy();
    else if (typeof fault === 'object') refuse(answer, fault);
    else pass(passing, storage.port, answer, fault);
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  const endpoint = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  let buckets = 0;
  return {
    bucket() {
      const { bucketName } = storage.createBucket(`bucket-${++buckets}`);
      asked = [];
      faultOf = () => undefined;
      return `s3://${bucketName}/a/prefix?endpoint=${endpoint}`;
    },
    get asked() {
      return asked;
    },
    disturb(fault) {
      faultOf = fault;
    },
    async close() {
      line.close();
      line.closeAllConnections();
      await storage.stop();
    },
  };
}

function refuse(answer: ServerResponse, { status, code }: { status: number; code: string }) {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>as the test wants it</Message></Error>`;
  answer.writeHead(status, { 'Content-Type': 'application/xml' }).end(body);
}

function pass({ method, url, headers, body }: Passing, port: number, answer: ServerResponse, fault: Fault) {
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, async (came) => {
    const content = await buffer(came);
    if (fault === 'cut the answer') return answer.destroy();
    answer.writeHead(came.statusCode!, came.headers);
    if (fault === undefined) return answer.end(content);
    return answer.write(content.subarray(0, content.length / 2), () => answer.destroy());
  });
  onward.end(body);
}
