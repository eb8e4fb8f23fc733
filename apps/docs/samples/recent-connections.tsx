import { createClient, token } from '@connection-records/client';
import { useConnectionRecords } from '@connection-records/react-query';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'),
});

/** Connection records as they are on the server, a page more with every press of the button. */
function RecentConnections() {
  const { data, error, hasNextPage, fetchNextPage } = useConnectionRecords(client, {
    limit: 5,
  });
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <p>Loading…</p>;
  const records = data.pages.flatMap((page) => page.records);
  return (
    <>
      <ul>
        {records.map((record) => (
          <li key={record.transaction_id}>
            {record.user_name} on {record.computer_name}
          </li>
        ))}
      </ul>
      <button type="button" disabled={!hasNextPage} onClick={() => fetchNextPage()}>
        More: {records.length} of {data.pages[0]?.total_count}
      </button>
    </>
  );
}

const queries = new QueryClient();
export const App = () => (
  <QueryClientProvider client={queries}>
    <RecentConnections />
  </QueryClientProvider>
);
