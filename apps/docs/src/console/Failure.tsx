import { explain } from './explain.ts';
import type { Lang, Words } from './words.ts';

/** What went wrong, what the service said, and what to do. */
export function Failure({
  error,
  address,
  isStopped = false,
  words,
}: {
  error: unknown;
  address: string;
  isStopped?: boolean;
  words: Words;
  lang: Lang;
}) {
  const { title, todo, says } = explain(error, address, isStopped, words);
  return (
    <div className={isStopped ? 'failure stopped' : 'failure'} role="alert">
      <strong>{title}</strong>
      {says && (
        <p>
          {words.says} <code>{says}</code>
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
