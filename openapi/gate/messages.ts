import type { Operation } from './operations.ts';
import type { Json, Place } from './place.ts';
import { compareSchemas, type Direction } from './schema.ts';

const object = (node: unknown) => (node ?? {}) as Json;
const entries = (node: unknown) => Object.entries(object(node));

/** Finds what breaks a caller in what it sends. */
export function compareRequests(place: Place, was: Operation, is: Operation): void {
  for (const [key, { title, node }] of was.parameters) {
    const there = is.parameters.get(key);
    if (there) compareParameters(place.inside(title, node, there.node));
    else place.report(title, 'there', 'gone', 'What a caller asks for with it is not heard');
  }
  for (const [key, { title, node }] of is.parameters)
    if (!was.parameters.has(key)) compareNeed(place.inside(title, undefined, node));
  const body = place.inside('request body', place.was?.requestBody, place.is?.requestBody);
  if (body.was && !body.is) {
    place.report('request body', 'there', 'gone', 'What a caller sends in it is not heard');
  } else {
    compareNeed(body);
    compareMediaTypes(body, 'request');
  }
}

function compareNeed(place: Place): void {
  if (!place.was?.required && place.is?.required)
    place.report('required', place.was ? false : 'absent', true, 'A request without it is refused');
}

function compareParameters(place: Place): void {
  const { was, is } = place;
  compareNeed(place);
  const before = writtenAs(was!);
  const after = writtenAs(is!);
  for (const what of ['style', 'explode'] as const) {
    if (before[what] !== after[what])
      place.report(what, before[what], after[what], 'A caller writes it in the old way');
  }
  for (const what of ['allowReserved', 'allowEmptyValue']) {
    if (was![what] && !is![what]) place.report(what, true, false, 'A request that was right is refused now');
  }
  compareSchemas(place.inside('schema', was!.schema, is!.schema), 'request');
  compareMediaTypes(place, 'request');
}

/** How a parameter is written, also where it does not say so. */
function writtenAs(parameter: Json) {
  const style = parameter.style ?? (/query|cookie/.test(String(parameter.in)) ? 'form' : 'simple');
  return { style, explode: parameter.explode ?? style === 'form' };
}

/** Finds what breaks a caller in what it is answered. */
export function compareAnswers(place: Place): void {
  const before = object(place.was?.responses);
  const after = object(place.is?.responses);
  for (const [status, answer] of Object.entries(before)) {
    const there = answerTo(status, after);
    if (there) compareAnswer(place.inside(`answer ${status}`, answer, there));
    else place.report(`answer ${status}`, 'there', 'gone', 'A caller that provides for it waits in vain');
  }
  for (const status of Object.keys(after).filter(comesUnasked)) {
    if (!answerTo(status, before))
      place.report(`answer ${status}`, 'absent', 'there', 'A caller does not know what it means');
  }
}

/** An answer is described under its status, its class or `default`. */
const answerTo = (status: string, answers: Json) =>
  answers[status] ?? answers[`${status[0]}XX`] ?? answers.default;

/**
 * 206 and 304 come only to those who ask for a part or set a condition, and any 4xx and 5xx is known by its class
 * (RFC 9110, 15), so these may be new.
 */
const comesUnasked = (status: string) => /^[123]/.test(status) && !/^(206|304)$/.test(status);

function compareAnswer(place: Place): void {
  const after = new Map(entries(place.is?.headers).map(([name, header]) => [name.toLowerCase(), header]));
  for (const [name, header] of entries(place.was?.headers)) {
    const there = after.get(name.toLowerCase());
    if (there) compareHeaders(place.inside(`header ${name}`, header, there));
    else place.report(`header ${name}`, 'there', 'gone', 'A caller that reads it finds nothing');
  }
  compareMediaTypes(place, 'answer');
}

function compareHeaders(place: Place): void {
  const { was, is } = place;
  if (was?.required && !is?.required)
    place.report('required', true, false, 'A caller that relies on it may not get it');
  compareSchemas(place.inside('schema', was?.schema, is?.schema), 'answer');
}

const unread: Record<Direction, string> = {
  request: 'A caller that writes it is refused',
  answer: 'A caller that reads it gets something else',
};

function compareMediaTypes(place: Place, direction: Direction): void {
  const after = object(place.is?.content);
  for (const [mediaType, content] of entries(place.was?.content)) {
    if (!(mediaType in after)) place.report(`media type ${mediaType}`, 'there', 'gone', unread[direction]);
    else {
      const [was, is] = [content, after[mediaType]].map((one) => object(one).schema ?? {});
      compareSchemas(place.inside(mediaType, was, is), direction);
    }
  }
}
