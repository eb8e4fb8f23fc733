/** Values of parameters, made up from their schemas: right ones, and wrong ones. */

import fc from 'fast-check';
import { MINUTE } from '../clock.ts';
import type { Basis, Parameter } from '../contract.ts';
import { mismatches } from '../schema.ts';
import { toMinute, toSecond } from '../world.ts';

const ANY: Basis = { kind: 'inferred', why: 'made up' };
/** A day short of the 30 that are kept, so that no clock and no slow run leaves them. */
const OLDEST = 29 * 24 * 60;
/** The most characters of a text that has no limit. */
const LONG = 64;
/** How much more often a text comes once. */
const ONCE = Array.from({ length: 7 }, () => false);
const INT32 = 2_147_483_647;

/** Characters that some part of a server may take for its own: of patterns, SQL, paths, queries; and of many alphabets. */
const CHARACTERS = [...'abzAZ059 %_*?\\\'"`;:=+-@&#/.,()[]{}<>|~^$!éßñÅ张三桌面ありカ한글שלוםمرحبااЖя😀🦄𝔘̈'];
const character = fc.constantFrom(...CHARACTERS);
const word = fc.string({ unit: fc.constantFrom(...'bcdghjkmpqvwz'), minLength: 1, maxLength: 8 });

/** Texts that the parameter allows, some of them from those that are there. */
export function rightTexts(
  parameter: Parameter,
  now: number,
  there: readonly string[] = [],
): fc.Arbitrary<string> {
  const { schema } = parameter;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'boolean') return fc.constantFrom('true', 'false');
  if (schema.type === 'integer') return integers(schema.minimum ?? 0, schema.maximum ?? INT32).map(String);
  if (schema.pattern) return times(parameter, now);
  const most = schema.maxLength ?? LONG;
  const few = fc.string({ unit: character, minLength: 1, maxLength: Math.min(12, most) });
  // Now and then over and over again, until it is as long as may be: so a long text shrinks to a short one.
  const texts = fc
    .tuple(few, fc.constantFrom(...ONCE, true))
    .map(([text, full]) => (full ? filled(text, most) : text));
  const known = there.filter((text) => text !== '' && mismatches(parameter.pointer, text, ANY).length === 0);
  if (known.length === 0) return texts;
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: texts },
    { weight: 2, arbitrary: fc.constantFrom(...known) },
  );
}

/** The text again and again, up to so many characters. */
function filled(text: string, length: number): string {
  const characters = [...text];
  return Array.from({ length }, (_, index) => characters[index % characters.length]).join('');
}

/** Texts that the parameter does not allow, however kindly it is read; none if it allows any. */
export function wrongTexts(parameter: Parameter, now: number): fc.Arbitrary<string> | undefined {
  const { schema } = parameter;
  if (schema.enum)
    return fc.oneof(
      word,
      fc.constantFrom(...schema.enum).chain((value) => word.map((end) => value + end)),
    );
  if (schema.type === 'boolean') return word;
  if (schema.type === 'integer') return wrongIntegers(schema.minimum ?? 0, schema.maximum ?? INT32);
  if (schema.pattern) return wrongTimes(parameter, now);
  if (schema.maxLength === undefined) return undefined;
  const [minLength, maxLength] = [schema.maxLength + 1, schema.maxLength + 20];
  return fc.string({ unit: character, minLength, maxLength, size: 'max' });
}

/** Small ones more often: a page of a long list, or one far beyond its end, shows little. */
function integers(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min, max: Math.min(max, min + 30) }) },
    fc.integer({ min, max }),
  );
}

function wrongIntegers(min: number, max: number): fc.Arbitrary<string> {
  return fc.oneof(
    fc.integer({ min: max + 1, max: max + 1_000_000 }).map(String),
    fc.integer({ min: min - 1_000_000, max: min - 1 }).map(String),
    fc
      .tuple(fc.integer({ min, max }), fc.integer({ min: 1, max: 9 }))
      .map(([whole, part]) => `${whole}.${part}`),
    word,
    fc.tuple(fc.integer({ min, max }), word).map(([number, end]) => `${number}${end}`),
  );
}

function times(parameter: Parameter, now: number): fc.Arbitrary<string> {
  return fc.integer({ min: 1, max: OLDEST }).map((age) => writerOf(parameter)(now - age * MINUTE));
}

/** To the second or to the minute, whichever the pattern takes. */
function writerOf({ pointer }: Parameter): (time: number) => string {
  const write = [toSecond, toMinute].find((one) => mismatches(pointer, one(0), ANY).length === 0);
  if (!write) throw new Error(`No time is known that fits ${pointer}.`);
  return write;
}

/** A right time with a digit that is none, missing or twice. */
function wrongTimes(parameter: Parameter, now: number): fc.Arbitrary<string> {
  const digits = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15];
  const change = fc.tuple(fc.constantFrom(...digits), fc.constantFrom('x', '', 'twice'));
  return fc.tuple(times(parameter, now), change).map(([text, [at, how]]) => {
    const instead = how === 'twice' ? (text[at] as string).repeat(2) : how;
    return text.slice(0, at) + instead + text.slice(at + 1);
  });
}
