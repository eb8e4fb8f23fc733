// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of sources.
import type { Mutant } from '../mutant.ts';

const file = 'filters.ts';
const condition = 'store/condition.ts';
const start = "const from = start === undefined ? now - days30 : readTime('start_time', start, now);";
const end = "const to = end === undefined ? now : readTime('end_time', end, now);";
const ofExport = 'readWindow(query.start_time, query.end_time, now)';
const ofList = 'readWindow(start_time, end_time, now)';

/** Windows of time that hold more or fewer records than they should, or that should have been refused. */
export const windowDefects: readonly Mutant[] = [
  {
    defect: 'the start of a window is left out',
    file: condition,
    from: "'started >= ?'",
    to: "'started > ?'",
    caught: /start_time/,
  },
  {
    defect: 'the end of a window is taken in',
    file: condition,
    from: "'started < ?'",
    to: "'started <= ?'",
    caught: /end_time/,
  },
  {
    defect: 'an export ignores start_time',
    file,
    from: ofExport,
    to: 'readWindow(undefined, query.end_time, now)',
    caught: /^exportConn.*start_time/,
  },
  {
    defect: 'an export ignores end_time',
    file,
    from: ofExport,
    to: 'readWindow(query.start_time, undefined, now)',
    caught: /^exportConn.*end_time/,
  },
  {
    defect: 'the list of records ignores start_time',
    file,
    from: ofList,
    to: 'readWindow(undefined, end_time, now)',
    caught: /^listConn.*start_time/,
  },
  {
    defect: 'the list of records ignores end_time',
    file,
    from: ofList,
    to: 'readWindow(start_time, undefined, now)',
    caught: /^listConn.*end_time/,
  },
  {
    defect: 'without start_time, a window is of the last 7 days',
    file,
    from: start,
    to: start.replace('now - days30', 'now - 7 * 24 * 60 * minute'),
    caught: /start_time|30 days|no window|without/,
  },
  {
    defect: 'without end_time, a window ends a day ago',
    file,
    from: end,
    to: end.replace('? now :', '? now - 24 * 60 * minute :'),
    caught: /end_time|30 days|no window|without/,
  },
  {
    defect: 'a window may begin more than 30 days ago',
    file,
    from: 'time < now - days30 - minute',
    to: 'time < 0',
    caught: /30 days/,
  },
  {
    defect: 'a window may not begin 29 days ago',
    file,
    from: 'time < now - days30 - minute',
    to: 'time < now - days30 + 2 * 24 * 60 * minute',
    caught: /30 days|29 days/,
  },
  {
    defect: 'a window may end in the future',
    file,
    from: 'time > now + 15 * minute',
    to: 'time > Number.MAX_SAFE_INTEGER',
    caught: /tomorrow/,
  },
  {
    defect: 'a window may end before it begins',
    file,
    from: 'end !== undefined && from >= to',
    to: 'end !== undefined && false',
    caught: /start_time|reversed|before it/,
  },
  {
    defect: 'the list of records takes one bound of a window without the other',
    file,
    from: '(start_time === undefined) !== (end_time === undefined)',
    to: 'false as boolean',
    caught: /^listConn.*(without|alone)/,
  },
  {
    defect: 'an export wants both bounds of a window',
    file,
    from: `const window = ${ofExport};`,
    to: `if (query.start_time && !query.end_time) throw new Refusal('invalidParameter');\n  const window = ${ofExport};`,
    caught: /^exportConn.*(start_time|alone)/,
  },
  {
    defect: 'bounds of a window are read as the time of Beijing',
    file,
    from: 'const time = Date.parse(text);',
    to: 'const time = Date.parse(text) - 8 * 60 * minute;',
    and: { file, from: '|| !new Date(time).toISOString().startsWith(text.slice(0, 16))', to: '' },
    caught: /start_time|end_time|window/,
  },
  {
    defect: 'the seconds of the bounds of a window are dropped',
    file,
    from: '  return time;\n',
    to: '  return time - (time % minute);\n',
    caught: /^exportConn.*(second|start_time|end_time)/,
  },
  {
    defect: 'end_time of the list of records takes its whole minute in',
    file,
    from: ofList,
    to: '((window) => ({ ...window, to: window.to + (end_time ? minute : 0) }))(readWindow(start_time, end_time, now))',
    caught: /^listConn.*end_time/,
  },
  {
    defect: 'an export leaves out the connections that are not over',
    file: 'store/rows.ts',
    from: 'FROM records WHERE ${sql} ${ORDER}`);',
    to: 'FROM records WHERE ${sql} AND connection_end_time IS NOT NULL ${ORDER}`);',
    caught: /rows of the file/,
  },
];
