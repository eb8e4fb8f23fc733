import { useEffect, useState } from 'react';
import { Chart } from './Chart.tsx';
import { type ColumnNames, columns } from './model.ts';
import type { Loaded } from './run.ts';
import type { Summary } from './summary.ts';
import type { Lang, Words } from './words.ts';

interface ResultProps {
  loaded: Loaded;
  columnNames: ColumnNames;
  words: Words;
  lang: Lang;
}

/** The file: a button to save it, two charts, and its first rows. */
export function Result({ loaded, columnNames, words, lang }: ResultProps) {
  const { name, blob, summary, problem } = loaded;
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return (
    <section className="result" aria-labelledby="console-result">
      <div className="bar">
        <h2 id="console-result">{words.result}</h2>
        <a className="button" href={url} download={name}>
          {words.save(name)}
        </a>
      </div>
      {!summary && (
        <div className="failure" role="alert">
          <strong>{words.errors.unreadable.title}</strong>
          <p>{String(problem instanceof Error ? problem.message : problem)}</p>
          <p>{words.errors.unreadable.todo}</p>
        </div>
      )}
      {summary?.total === 0 && (
        <p>
          {words.empty} {words.emptyTodo}
        </p>
      )}
      {summary && summary.total > 0 && (
        <>
          <Charts summary={summary} words={words} lang={lang} />
          <Rows summary={summary} columnNames={columnNames} words={words} lang={lang} />
        </>
      )}
    </section>
  );
}

function Charts({ summary, words, lang }: { summary: Summary; words: Words; lang: Lang }) {
  const { hours, latencies, median, most, without } = summary;
  const number = (value = 0) => value.toLocaleString(lang);
  const busiest = hours.reduce((top, bar) => (bar.count > top.count ? bar : top));
  const next = String((Number(busiest.label) + 1) % 24).padStart(2, '0');
  const shared = { words, lang };
  return (
    <div className="charts">
      <Chart
        {...shared}
        id="hours"
        title={words.byHour}
        text={words.byHourText(`${busiest.label}:00–${next}:00`, number(busiest.count))}
        axis={words.byHourAxis}
        bars={hours}
        tickEvery={3}
      />
      {median === undefined ? (
        <p>{words.noLatency}</p>
      ) : (
        <Chart
          {...shared}
          id="latency"
          title={words.latency}
          text={words.latencyText(number(median), number(most), number(without))}
          axis={words.latencyAxis}
          bars={latencies}
          tickEvery={2}
        />
      )}
    </div>
  );
}

function Rows({
  summary: { first, total },
  columnNames,
  words,
  lang,
}: { summary: Summary } & Omit<ResultProps, 'loaded'>) {
  const number = (value: number) => value.toLocaleString(lang);
  const caption =
    first.length === total
      ? words.allRows(number(total))
      : words.firstRows(number(first.length), number(total));
  const shown = columns.filter((name) => first.some((record) => record[name] !== undefined));
  const cell = (value: string | number | boolean | undefined) => {
    if (typeof value === 'boolean') return value ? words.yes : words.no;
    return typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\d)T(.*)Z$/, '$1 $2') : value;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="rows" tabIndex={0} aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {shown.map((name) => (
              <th key={name} scope="col">
                {columnNames[name]}
                <code>{name}</code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first.map((record, index) => (
            <tr key={index}>
              {shown.map((name) => (
                <td key={name} className={typeof record[name] === 'number' ? 'number' : undefined}>
                  {cell(record[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
