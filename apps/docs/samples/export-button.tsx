import { createClient, downloadExport, token } from '@connection-records/client';
import { useExportTask, useStartExport } from '@connection-records/react-query';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020', // the sandbox, whose token anybody may know
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'),
});

/** Starts an export, follows it, and gives the file to whoever pressed the button. */
function ExportButton() {
  const start = useStartExport(client);
  const { data, error, isSuccess } = useExportTask(client, start.data);
  const done = isSuccess && data.task?.status === 'SUCCESS';
  const problem = start.error ?? error;
  return (
    <p>
      <button
        type="button"
        disabled={start.isPending || (start.data !== undefined && !done && !problem)}
        onClick={() =>
          start.mutate({ language: 'zh_CN', user_name: 'zhang3@corp.example' })
        }
      >
        Export
      </button>
      <button
        type="button"
        disabled={!done}
        onClick={() => save(data!.taskId, data!.task?.file_name)}
      >
        Save
      </button>
      <output>{problem ? problem.message : (data?.task?.status ?? 'Nothing yet')}</output>
    </p>
  );
}

async function save(taskId: string, fileName?: string) {
  const file = await downloadExport(client, taskId, { fileName });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await new Response(file.stream).blob());
  link.download = file.fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

const queries = new QueryClient();
export const App = () => (
  <QueryClientProvider client={queries}>
    <ExportButton />
  </QueryClientProvider>
);
