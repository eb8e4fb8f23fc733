// A server in a process of its own, as its first argument says. It tells where it answers.
import { startServer } from '../server.ts';

const server = await startServer(JSON.parse(process.argv[2]!));
console.log(server.url);
process.once('SIGTERM', async () => {
  await server.close();
  process.exit();
});
