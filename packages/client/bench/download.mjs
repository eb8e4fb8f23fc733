// One download to disk, in a process of its own that loads what a user's does, so that its memory is its own. Prints milliseconds and MB.
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const [, , subject, baseUrl, path] = process.argv;
const began = performance.now();
if (subject.startsWith('client')) {
  const { createClient, downloadExport, token } = await import('../dist/index.js');
  const { keepAlive, saveTo } = await import('../dist/node/index.js');
  const fetch = subject === 'client, keepAlive' ? keepAlive : undefined;
  const client = createClient({ baseUrl, projectId: 'p', credentials: token('t'), fetch });
  await saveTo(await downloadExport(client, 'a'), path);
} else {
  const { body } = await fetch(`${baseUrl}/download`);
  // With `flush`, the file is on the disk when it ends, as after saveTo; without, it may be in memory still.
  await pipeline(Readable.fromWeb(body), createWriteStream(path, { flush: subject === 'bare, flushed' }));
}
console.log(JSON.stringify([performance.now() - began, process.resourceUsage().maxRSS / 1024]));
await rm(path);
