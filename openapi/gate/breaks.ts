// What breaks a caller follows from what the contract lets both sides write: a request that was right has to stay right, and an
// answer has to stay what a caller was told to expect. Descriptions, examples, tags and sources break nobody; that a limit was
// inferred makes no difference to who relies on it.
import { compareSchemes, compareSecurity, compareServers } from './access.ts';
import { compareAnswers, compareRequests } from './messages.ts';
import { type Operation, operationsOf } from './operations.ts';
import { type Break, Comparison, type Json, Place } from './place.ts';

/** The changes from the released contract to today's that would break a caller. */
export function findBreaks(released: Json, today: Json): Break[] {
  const comparison = new Comparison(released, today);
  const all = operationsOf(today);
  for (const was of operationsOf(released)) {
    const is = all.find(({ id }) => id === was.id) ?? all.find(({ address }) => address === was.address);
    const place = new Place(
      { comparison, operation: was.id, around: [] },
      '',
      was.definition,
      is?.definition,
    );
    if (is) compareOperations(place, was, is);
    else place.report('operation', was.address, 'gone', 'A caller has nothing to call');
  }
  const of = { comparison, operation: 'every operation', around: [] };
  const whole = new Place(of, '', released, today);
  compareServers(whole);
  compareSchemes(whole);
  compareNames(whole);
  return comparison.breaks;
}

function compareOperations(place: Place, was: Operation, is: Operation): void {
  if (is.id !== was.id)
    place.report('operationId', was.id, is.id, 'Code made from the contract calls it by this name');
  if (is.address !== was.address)
    place.report('address', was.address, is.address, 'A caller asks the old address');
  compareRequests(place, was, is);
  compareAnswers(place);
  compareSecurity(place, was.security, is.security);
}

/** The name of a schema is that of a type, in code made from the contract. */
function compareNames(place: Place): void {
  const [before, after] = [place.was, place.is].map((side) =>
    Object.keys((side?.components as Record<string, Json> | undefined)?.schemas ?? {}),
  ) as [string[], string[]];
  for (const name of before.filter((name) => !after.includes(name)))
    place.report(`schema ${name}`, 'there', 'gone', 'Code made from the contract calls a type by this name');
}

/** A break in one line: where, what was, what is, and why it breaks a caller. */
export function describeBreak({ operations, where, what, was, is, why }: Break): string {
  const place = [[...operations].join(', '), where].filter(Boolean).join(': ');
  return `${place}: ${what} was ${was}, is ${is}. ${why}.`;
}
