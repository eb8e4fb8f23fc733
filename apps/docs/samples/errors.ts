import {
  ApiError,
  createClient,
  ExportError,
  exportConnectionRecords,
  token,
} from '@connection-records/client';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('an outdated token'),
});

try {
  await exportConnectionRecords(client);
} catch (error) {
  if (error instanceof ApiError) {
    // An answer that refuses. Judge by the code first.
    if (error.code === 'APIGW.0307') console.log('Log in again, then repeat.');
    console.log(
      `${error.operationId}: ${error.status} ${error.code}, request ${error.requestId}`,
    );
  } else if (error instanceof ExportError) {
    // The task failed, its file is gone, or it took too long: error.outcome tells which.
    console.log(`${error.outcome}: ${error.fail_reason ?? error.message}`);
  } else {
    throw error; // a mistake in the call, or no answer at all
  }
}
