import { akSk, createClient } from '@connection-records/client';

const projectId = '0123456789abcdef0123456789abcdef';
const credentials = akSk({ ak: 'AccessKey', sk: 'SecretKey' });

// By its id, which need not be in the table above:
const saoPaulo = createClient({ region: 'sa-brazil-1', projectId, credentials });

// By its address, for a server of your own, or a proxy in front of the service:
const ours = createClient({
  baseUrl: 'https://records.corp.example/workspace',
  projectId,
  credentials,
});

console.log(saoPaulo.baseUrl);
console.log(ours.baseUrl);
