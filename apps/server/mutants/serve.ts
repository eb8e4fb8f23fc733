// A server for one trial, in a process of its own that ends with the one that started it.
import { once } from 'node:events';
import { startServer } from '../src/server.ts';
import { recordsOf } from './records.ts';
import { caller, expired, forbiddenProjectId, neighbour, projectId } from './target.ts';

const server = await startServer({
  accounts: [caller, neighbour, expired],
  sandbox: true,
  ...JSON.parse(process.env.MUTANT_OPTIONS ?? '{}'),
});
const now = Date.now();
await server.store.addRecords(projectId, recordsOf(projectId, 600, now));
await server.store.addRecords(forbiddenProjectId, recordsOf(forbiddenProjectId, 200, now));
// Tasks of the neighbour, which nobody else may see.
for (const language of ['en_US', 'zh_CN']) {
  const address = `${server.url}/v3/${forbiddenProjectId}/desktops/connections/export?language=${language}`;
  await fetch(address, { headers: { 'X-Auth-Token': neighbour.token } }).then((answer) => answer.text());
}
process.send!(server.url);
await once(process, 'disconnect');
await server.close();
process.exit();
