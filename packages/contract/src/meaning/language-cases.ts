/** Cases of the language of the file: it changes headers and words, and nothing else. */
import type { Case } from '../cases/case.ts';
import type { Basis } from '../contract.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import { baseOf } from './export-cases.ts';
import { START } from './exports.ts';
import { COLUMNS, headerOf, type Language, WORDS } from './file/columns.ts';
import { FILE_BASIS, needRows, tableAsked } from './file-cases.ts';
import { beyond, tally } from './rows.ts';
import { placed, shownBy } from './rows-of-file.ts';
import { settle } from './snapshot.ts';

const LANGUAGE_BASIS: Basis = { kind: 'documented', why: START.source };

/** The cases of languages. */
export function languageCases(): Case[] {
  return [
    language('language zh_CN gives Chinese headers and words', (trial) => speaks(trial, 'zh_CN', 'zh_CN')),
    language('language en_US gives English headers and words', (trial) => speaks(trial, 'en_US', 'en_US')),
    language('language is en_US where it is left out', (trial) => speaks(trial, undefined, 'en_US')),
    language('language changes words, never rows', sameInBoth),
  ];
}

function language(title: string, run: Case['run']): Case {
  return { operation: START, status: 200, title, basis: LANGUAGE_BASIS, needs: ['rows', 'download'], run };
}

async function speaks(trial: Trial, asked: Language | undefined, expected: Language): Promise<void> {
  const table = await tableAsked(trial, asked);
  const odd = table.header.find((cell) => {
    const found = headerOf(cell);
    return found && found.language !== expected;
  });
  const how = asked ? `language=${asked}` : 'no language';
  trial.demand(odd === undefined, {
    rule: `language is that of the column names: ${expected === 'zh_CN' ? 'Chinese' : 'English'} for ${how}.`,
    expected: COLUMNS.slice(0, 3)
      .map((column) => column[expected][0])
      .join(', '),
    came: String(odd),
  });
  for (const { column, index } of placed(table).filter(({ column }) => column.kind === 'answer')) {
    const word = table.rows
      .map((cells) => String(cells[index] ?? ''))
      .find((text) => text !== '' && !WORDS[expected].includes(text));
    trial.demand(word === undefined, {
      rule: `language is that of the words for yes and no: ${column.field}, for ${how}.`,
      expected: WORDS[expected].join(' or '),
      came: String(word),
      basis: FILE_BASIS,
    });
  }
}

async function sameInBoth(trial: Trial): Promise<void> {
  await needRows(trial);
  const base = await baseOf(trial);
  if (base.lost.length + base.repeated.length > 0) {
    throw new Skip('the file loses or repeats records in one language alone; see downloadExportFile 200');
  }
  const [english, chinese] = [await tableAsked(trial, 'en_US'), await tableAsked(trial, 'zh_CN')];
  const here = placed(english);
  const there = here.flatMap(({ column }) => placed(chinese).find((one) => one.column === column) ?? []);
  if (there.length < here.length)
    throw new Skip('the columns of one are not known in the other; see the cases of language');
  const [first, second] = [
    english.rows.map((cells) => shownBy(here, cells)),
    chinese.rows.map((cells) => shownBy(there, cells)),
  ];
  const same = (text: string) => text;
  const [less, more] = [beyond(first, tally(second), same), beyond(second, tally(first), same)];
  if (less.length + more.length > 0) await settle(trial.world);
  trial.demand(less.length + more.length === 0, {
    rule: 'language changes headers and words, never rows: the file has the same ones in each.',
    expected: `${first.length} rows, as in en_US: ${less[0] ?? 'none more'}`,
    came: `${second.length} rows in zh_CN, ${less.length} of them missing, ${more.length} others: ${more[0] ?? 'none'}`,
  });
}
