import { createClient, unwrap } from '@connection-records/client';
import { findIdentity } from '@connection-records/client/node';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020', // the sandbox; for the real service: region: 'cn-north-4'
  ...findIdentity(), // who calls, and for which project
});

const { count } = await unwrap(client.operations.listExportTasks());
console.log(`${count} export tasks of project ${client.projectId}`);
