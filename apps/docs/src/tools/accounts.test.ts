import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the server takes the accounts that the guide shows', async () => {
  const program = new URL('cli.js', import.meta.resolve('@connection-records/server'));
  const accounts = fileURLToPath(new URL('../../samples/accounts.json', import.meta.url));
  const argv = [fileURLToPath(program), '--port', '0', '--data', ':memory:', '--credentials', accounts];
  const server = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const first = await new Promise<string>((resolve) => {
      for (const stream of [server.stdout, server.stderr])
        stream.setEncoding('utf8').once('data', (text) => resolve(text));
    });
    expect(first).toContain('The server answers at');
  } finally {
    server.kill();
  }
});
