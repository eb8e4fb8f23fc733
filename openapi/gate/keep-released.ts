// A step of a release: from now on callers rely on today's contract.
import { copyFile } from 'node:fs/promises';

await copyFile(
  new URL('../dist/openapi.json', import.meta.url),
  new URL('../released.json', import.meta.url),
);
