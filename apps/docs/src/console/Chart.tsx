import type { Bar } from './summary.ts';
import type { Lang, Words } from './words.ts';

interface ChartProps {
  id: string;
  title: string;
  /** What the chart tells, in a sentence. */
  text: string;
  axis: string;
  bars: Bar[];
  /** Every how many bars one is named below. */
  tickEvery: number;
  words: Words;
  lang: Lang;
}

const width = 400;
const height = 180;
const left = 44;
const bottom = 40;
const top = 12;

/** A few bars, which are a table as well. */
export function Chart({ id, title, text, axis, bars, tickEvery, words, lang }: ChartProps) {
  const highest = roundUp(Math.max(1, ...bars.map(({ count }) => count)));
  const slot = (width - left) / bars.length;
  const y = (count: number) => top + (height - top - bottom) * (1 - count / highest);
  const number = (value: number) => value.toLocaleString(lang);
  return (
    <figure className="chart">
      <figcaption>
        <strong>{title}</strong> {text}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{text}</desc>
        {[0, highest / 2, highest].map((level) => (
          <g key={level}>
            <line className="grid" x1={left} x2={width} y1={y(level)} y2={y(level)} />
            <text x={left - 6} y={y(level) + 4} textAnchor="end">
              {number(level)}
            </text>
          </g>
        ))}
        {bars.map(({ label, count }, index) => (
          <g key={label}>
            <rect
              x={left + slot * index + slot * 0.1}
              width={slot * 0.8}
              y={y(count)}
              height={y(0) - y(count)}
              rx={Math.min(2, slot / 8)}
            >
              <title>{`${label}: ${number(count)}`}</title>
            </rect>
            {index % tickEvery === 0 && (
              <text x={left + slot * index + slot / 2} y={height - bottom + 16} textAnchor="middle">
                {label.replace(/–.*/, '')}
              </text>
            )}
          </g>
        ))}
        <text x={left + (width - left) / 2} y={height - 4} textAnchor="middle">
          {axis}
        </text>
      </svg>
      <details>
        <summary>{words.asTable}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{axis}</th>
              <th scope="col">{words.connections}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, count }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td className="number">{number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** The next number with one digit that says something, and even, so that its half is as plain. */
function roundUp(count: number): number {
  const unit = 10 ** Math.floor(Math.log10(count));
  const digit = [2, 4, 6, 8, 10].find((step) => step * unit >= count) ?? 10;
  return Math.max(2, digit * unit);
}
