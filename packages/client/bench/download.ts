// One download to disk, in a process of its own, so that its memory is its own. Prints milliseconds and MB.
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

const [, , subject, baseUrl = '', path = ''] = process.argv;
const began = performance.now();
if (subject === 'client') {
  const { createClient, downloadExport, token } = await import('../src/index.ts');
  const { saveTo } = await import('../src/node/index.ts');
  const client = createClient({ baseUrl, projectId: 'p', credentials: token('t') });
  await saveTo(await downloadExport(client, 'a'), path);
} else {
  const { body } = await fetch(`${baseUrl}/download`);
  await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(path));
}
console.log(JSON.stringify([performance.now() - began, process.resourceUsage().maxRSS / 1024]));
await rm(path);
