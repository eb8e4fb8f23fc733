import type { ReactNode } from 'react';
import type { Entry } from './journal.ts';
import { failedAt, type Progress } from './run.ts';
import type { Operation } from './scenarios.ts';
import type { Lang, Words } from './words.ts';

type Step = Operation | 'read';
type State = 'waiting' | 'running' | 'done' | 'failed';

interface StepsProps {
  /** Left out before the first export. */
  progress?: Progress;
  words: Words;
  lang: Lang;
  children?: ReactNode;
}

/** The four steps of the job: how far each is, and its requests with their answers. */
export function Steps({ progress, words, lang, children }: StepsProps) {
  const steps = progress ? tell(progress, words, lang) : undefined;
  return (
    <section className="steps">
      <ol>
        {(['start', 'follow', 'download', 'read'] as const).map((name) => {
          const { state, text } = steps?.[name] ?? { state: 'waiting', text: words.waiting[name] };
          const entries = progress?.entries.filter(({ operation }) => operation === name) ?? [];
          return (
            <li key={name} className={state}>
              <h3>{words.steps[name]}</h3>
              <p>
                {text} {name === 'read' && state === 'done' && <a href="#console-result">{words.see}</a>}
              </p>
              {state === 'running' && name === 'download' && progress?.download && (
                <progress
                  value={progress.download.received}
                  max={progress.download.size ?? progress.download.received * 2}
                  aria-label={words.steps.download}
                />
              )}
              {entries.map((entry) => (
                <Exchange key={entry.id} entry={entry} words={words} />
              ))}
            </li>
          );
        })}
      </ol>
      <p className="sr-only" role="status">
        {steps && Object.values(steps).findLast(({ state }) => state !== 'waiting')?.text}
      </p>
      {children}
    </section>
  );
}

function Exchange({ entry, words }: { entry: Entry; words: Words }) {
  const { line, sent, status, statusText, ms, headers, body, lost, note } = entry;
  const isGood = status !== undefined && status < 400;
  return (
    <>
      <details className="exchange">
        <summary>
          <span className="line">{line.replace(/\?.*/, '').replace(/[0-9a-f]{32}/g, '…')}</span>
          <span className={`badge ${lost || !(isGood || status === undefined) ? 'bad' : ''}`}>
            {lost ? words.noAnswer : (status ?? '…')}
          </span>
          {ms !== undefined && <span className="ms">{ms} ms</span>}
        </summary>
        <h4>{words.sent}</h4>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <pre tabIndex={0}>{sent}</pre>
        {status !== undefined && (
          <>
            <h4>{words.answer}</h4>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above */}
            <pre tabIndex={0}>
              {[`${status} ${statusText}\n${headers}`, body ?? words.bytes].join('\n\n')}
            </pre>
          </>
        )}
      </details>
      {note && <p className="note">{note}</p>}
    </>
  );
}

/** How far each step is, in words. */
function tell(progress: Progress, words: Words, lang: Lang) {
  const { start, task, file, download, rows, isStopped } = progress;
  const failed = failedAt(progress);
  const number = (value: number) => value.toLocaleString(lang);
  const stopped = isStopped ? words.stopped : undefined;
  const at = task.data;
  const seconds = ((at?.elapsedMs ?? 0) / 1000).toFixed(1);
  const received = bytes(download?.received ?? 0, lang);
  const isWhole = download !== undefined && download.received === (download.size ?? file.data?.blob.size);
  const step = (name: Step, isDone: boolean, isReached: boolean, done: string, running: string) => {
    const state: State =
      failed === name ? 'failed' : isDone ? 'done' : isReached && !failed ? 'running' : 'waiting';
    const fallen = name === 'start' || name === 'download' ? words.failed[name] : running.replace(/…+$/, '');
    const text = { waiting: words.waiting[name], running, done, failed: stopped ?? fallen };
    return { state, text: text[state] };
  };
  const isFound = at?.task?.status === 'SUCCESS';
  return {
    start: step('start', start.isSuccess, true, words.started(start.data ?? ''), words.starting),
    follow: step(
      'follow',
      isFound,
      start.isSuccess,
      words.followed(at?.polls ?? 0, seconds),
      words.following(at?.polls ?? 0, at?.task?.status ?? words.unknown, seconds),
    ),
    download: step(
      'download',
      file.isSuccess || isWhole,
      isFound,
      words.downloaded(received, file.data?.name ?? at?.task?.file_name ?? ''),
      words.downloading(received, download?.size === undefined ? '?' : bytes(download.size, lang)),
    ),
    read: step(
      'read',
      file.isSuccess,
      isWhole,
      file.data?.summary ? words.read(number(file.data.summary.total)) : words.notRead,
      words.reading(number(rows)),
    ),
  };
}

/** A size for people. */
const bytes = (size: number, lang: Lang) =>
  size < 1000
    ? `${size} B`
    : size < 1_000_000
      ? `${(size / 1000).toLocaleString(lang, { maximumFractionDigits: 1 })} kB`
      : `${(size / 1_000_000).toLocaleString(lang, { maximumFractionDigits: 1 })} MB`;
