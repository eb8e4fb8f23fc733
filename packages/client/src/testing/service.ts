import { type ClientOptions, createClient } from '../client.ts';
import { token } from '../credentials.ts';

export const taskId = '2b31ed520f00f22aebedb6e57c0ffee0';
export const projectId = '0123456789abcdef0123456789abcdef';

/** A client whose service answers with the given responses, in turn, the last one for ever; and what it saw. */
export function clientOf(answers: (Response | Error)[], options: Partial<ClientOptions> = {}) {
  const requests: Request[] = [];
  const sleeps: number[] = [];
  let now = Date.parse('2026-02-10T02:11:22Z');
  const client = createClient({
    region: 'cn-north-4',
    projectId,
    credentials: token('a-token'),
    fetch: async (request) => {
      requests.push(request);
      const answer = answers[Math.min(requests.length, answers.length) - 1]!;
      if (answer instanceof Error) throw answer;
      return answer.clone();
    },
    clock: {
      now: () => now,
      async sleep(ms, signal) {
        signal?.throwIfAborted();
        sleeps.push(ms / 1000);
        now += ms;
      },
    },
    ...options,
  } as ClientOptions);
  return { client, requests, sleeps };
}

export const json = (body: unknown, status = 200, headers = {}) => Response.json(body, { status, headers });
export const listOf = (...tasks: object[]) => json({ export_tasks: tasks, count: tasks.length });
export const task = (status: string, more = {}) => ({ task_id: taskId, status, ...more });
