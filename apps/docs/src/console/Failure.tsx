import { explain } from './explain.ts';
import type { Words } from './words.ts';

/** What went wrong, what the service said, and what to do. */
export function Failure({
  error,
  address,
  isSent = false,
  isStopped = false,
  words,
}: {
  error: unknown;
  address: string;
  /** Whether any request had left the page. */
  isSent?: boolean;
  isStopped?: boolean;
  words: Words;
}) {
  const { title, todo, says, because } = explain(error, address, { isSent, isStopped }, words);
  return (
    <div className={isStopped ? 'failure stopped' : 'failure'} role="alert">
      <strong>{title}</strong>
      {says && (
        <p>
          {words.says} <code>{says}</code>
        </p>
      )}
      {because && (
        <p>
          <code>{because}</code>
        </p>
      )}
      <p>{todo}</p>
      {!isStopped && (
        <p>
          <a href="../errors/">{words.allErrors}</a>
        </p>
      )}
    </div>
  );
}
