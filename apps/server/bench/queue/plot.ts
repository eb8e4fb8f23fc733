/** One line of a plot. */
export interface Curve {
  name: string;
  points: readonly { x: number; y: number }[];
}

const [width, height, left, bottom, top, right] = [760, 380, 80, 50, 40, 20];
/** Told apart by anybody, and by their dashes where there are no colours. */
const styles = [
  ['#0072b2', ''],
  ['#d55e00', '8 4'],
  ['#009e73', '2 4'],
  ['#cc79a7', '10 3 2 3'],
] as const;

/** A plot of some curves as SVG, from zero to the most there is. */
export function plot(title: string, x: string, y: string, curves: readonly Curve[]): string {
  const all = curves.flatMap(({ points }) => points);
  const [mostX, mostY] = [
    nice(Math.max(...all.map((point) => point.x))),
    nice(Math.max(...all.map((p) => p.y))),
  ];
  const atX = (value: number) => left + (value / mostX) * (width - left - right);
  const atY = (value: number) => height - bottom - (value / mostY) * (height - bottom - top);
  const fifths = [0, 1, 2, 3, 4, 5].map((n) => n / 5);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="22" font-size="15">${title}</text>`,
    ...fifths.flatMap((part) => [
      `<path d="M${left} ${round(atY(part * mostY))}H${width - right}" stroke="#ddd"/>`,
      `<text x="${left - 8}" y="${round(atY(part * mostY) + 4)}" text-anchor="end">${label(part * mostY)}</text>`,
      `<text x="${round(atX(part * mostX))}" y="${height - bottom + 18}" text-anchor="middle">${label(part * mostX)}</text>`,
    ]),
    `<text x="${(left + width - right) / 2}" y="${height - 10}" text-anchor="middle">${x}</text>`,
    `<text transform="translate(16 ${(height - bottom + top) / 2}) rotate(-90)" text-anchor="middle">${y}</text>`,
    ...curves.flatMap(({ name, points }, index) => {
      const [colour, dashes] = styles[index % styles.length]!;
      const line = points.map((point) => `${round(atX(point.x))} ${round(atY(point.y))}`).join('L');
      const legend = top + 14 + index * 20;
      return [
        `<path d="M${line}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/>`,
        `<path d="M${width - 230} ${legend}h36" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/>`,
        `<text x="${width - 186}" y="${legend + 4}">${name}</text>`,
      ];
    }),
    '</svg>\n',
  ].join('\n');
}

const round = (value: number) => Math.round(value * 10) / 10;
const label = (value: number) => round(value).toLocaleString('en-US');

/** The next number that a fifth of is easy to read. */
function nice(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value)!;
}
