import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { readConnectionRecords } from '@connection-records/client/read';

// What Excel in China makes of a file when it saves it as CSV: the same text, in another encoding.
await writeFile(
  'saved.csv',
  Buffer.from('c1acbdd3d3c3bba72cc6bdbef9cab1d1d3286d73290a7a68616e67332c33380a', 'hex'),
);

for await (const record of readConnectionRecords(await openAsBlob('saved.csv'), { encoding: 'gb18030' }))
  console.log(record);
