import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { readConnectionRecords } from '@connection-records/client/read';

// What Excel in China saves as CSV: the same text, in another encoding.
const saved = 'c1acbdd3d3c3bba72cc6bdbef9cab1d1d3286d73290a7a68616e67332c33380a';
await writeFile('saved.csv', saved, 'hex');

const file = await openAsBlob('saved.csv');
for await (const record of readConnectionRecords(file, { encoding: 'gb18030' }))
  console.log(record);
