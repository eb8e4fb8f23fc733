/** A request as a line for a shell, which repeats it once the variables of the secrets are set. */
import { AK, EXPIRED_TOKEN, SECURITY_TOKEN, TOKEN } from './credentials.ts';

const MOST = 4000;
const SIGNATURE = '$SIGNATURE';
const VARIABLES = [TOKEN, EXPIRED_TOKEN, AK, SECURITY_TOKEN, 'SIGNATURE'];
const VARIABLE = new RegExp(`\\$(?:${VARIABLES.join('|')})\\b`);

/** The `curl` line of a request. What it cannot repeat, it says in a comment at its end. */
export function curlLine(
  method: string,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body?: string,
): string {
  const isSigned = Object.values(headers).some((value) => value.includes(SIGNATURE));
  const isCut = body !== undefined && body.length > MOST;
  const notes = [
    ...(isSigned ? ['sign it anew: a signature holds for 15 minutes'] : []),
    ...(isCut ? [`the body is cut, it has ${body.length} characters`] : []),
  ];
  return [
    'curl -i',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${header(name, value)}`),
    ...(body === undefined ? [] : [`--data-raw ${literal(isCut ? body.slice(0, MOST) : body)}`]),
    literal(url.href),
    ...(notes.length > 0 ? [`# ${notes.join('; ')}`] : []),
  ].join(' ');
}

function header(name: string, value: string): string {
  // Without a value, curl takes the header away, unless it is written so.
  if (value === '') return literal(`${name};`);
  const text = `${name}: ${value}`;
  if (!VARIABLE.test(text)) return literal(text);
  // Double quotes, so that a shell puts the variables in, and nothing else.
  return `"${text
    .split(new RegExp(`(${VARIABLE.source})`))
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\"`$]/g, '\\$&')))
    .join('')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
