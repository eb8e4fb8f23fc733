import { createHash } from 'node:crypto';

/** An answer, before it goes on its way. */
export interface Answer {
  status: number;
  headers: Record<string, string | number>;
  body: Buffer;
}
export type FakeService = ReturnType<typeof createFakeService>;

/** As much of the service as one job needs, in memory: it signs nothing, but knows the time, its tasks and its file. */
export function createFakeService(now: () => number, file: Buffer) {
  const tasks: { task_id: string; create_time: string; polls: number }[] = [];
  const hash = createHash('sha256').update(file);
  const digest = hash.copy().digest('base64');
  const etag = `"${hash.digest('hex').slice(0, 16)}"`;
  const date = () => new Date(now()).toUTCString();
  const json = (status: number, body: object): Answer => ({
    status,
    headers: { Date: date(), 'Content-Type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  });
  const refusal = (status: number, error_code: string, error_msg: string) =>
    json(status, { error_code, error_msg });

  const download = (head: string): Answer => {
    const [, from] = /^range: bytes=(\d+)-/im.exec(head) ?? [];
    const isSame = /^if-range: (.*)\r/im.exec(head)?.[1] === etag;
    const headers = { Date: date(), ETag: etag, 'Repr-Digest': `sha-256=:${digest}:` };
    if (!from || !isSame) return { status: 200, headers, body: file };
    const range = `bytes ${from}-${file.length - 1}/${file.length}`;
    return {
      status: 206,
      headers: { ...headers, 'Content-Range': range },
      body: file.subarray(Number(from)),
    };
  };

  /** The answer to a request; a store of files asks for no credentials. */
  const answer = (head: string, isStore = false): Answer => {
    const [, target = '/'] = head.split(' ');
    if (/\/download$/.test(target) && isStore) return download(head);
    const [, signed] = /^x-sdk-date: (.*)\r/im.exec(head) ?? [];
    if (!signed || !/^authorization: SDK-HMAC/im.test(head)) return refusal(401, 'APIGW.0301', 'Not signed.');
    const sentAt = Date.parse(signed.replace(/(....)(..)(.....)(..)/, '$1-$2-$3:$4:'));
    if (Math.abs(sentAt - now()) > 15 * 60_000)
      return refusal(401, 'APIGW.0301', 'The signature has expired.');
    if (/\/export(\?|$)/.test(target)) {
      const task_id = `task-${tasks.length + 1}`;
      tasks.push({ task_id, create_time: new Date(now()).toISOString(), polls: 0 });
      return json(200, { task_id });
    }
    if (/\/download$/.test(target)) return download(head);
    const { searchParams } = new URL(target, 'http://localhost');
    const wanted = searchParams.get('task_id');
    const found = tasks.filter(({ task_id }) => !wanted || task_id === wanted);
    const export_tasks = found.map((task) => ({
      ...task,
      status: ++task.polls > 2 ? 'SUCCESS' : 'CREATING',
    }));
    return json(200, { export_tasks, count: found.length });
  };
  return { answer, tasks, date };
}
