/** Takes secrets out of what a server wrote, for it may be what the server was sent. */
import { AK, type Credentials, environmentOf } from './credentials.ts';

/** Use it before a text is cut, or half a secret may stay. */
export interface Redactor {
  (text: string): string;
  /** Hides what was sent in a header and is not to be shown, too. */
  hide(sent: string, placeholder: string): void;
}

/** So many characters of a long secret are hidden wherever they stand. */
const PART = 16;
const LONG = 24;
/** A shorter one, such as a mock takes, is looked for as a whole word only: it may be part of many. */
const SHORT = 8;

/** Gives a function that takes the secrets of these credentials out of a text, in any form and in any case. */
export function redactor(credentials: Credentials): Redactor {
  const secrets = new Map<string, { pattern: RegExp; placeholder: string }>();
  const parts = new Map<string, string>();
  const signatures = new Set<string>();
  const add = (value: string, placeholder: string) => {
    if (secrets.has(value)) return;
    for (const form of formsOf(value)) {
      if (secrets.has(form)) continue;
      secrets.set(form, { pattern: patternOf(form), placeholder });
      for (let at = 0; form.length >= LONG && at + PART <= form.length; at += 1) {
        parts.set(small(form.slice(at, at + PART)), placeholder);
      }
    }
  };
  for (const [name, value] of Object.entries(environmentOf(credentials))) if (value) add(value, `$${name}`);
  const redact = (text: string) => {
    const plain = text
      .replace(/Signature=[0-9a-f]+/gi, 'Signature=$SIGNATURE')
      .replace(/[0-9a-f]{64}/gi, (hex) => (signatures.has(small(hex)) ? '$SIGNATURE' : hex));
    // The longest first: one secret may be part of another.
    const clean = [...secrets]
      .sort(([a], [b]) => b.length - a.length)
      .reduce((rest, [, { pattern, placeholder }]) => rest.replace(pattern, () => placeholder), plain);
    return withoutParts(clean, parts);
  };
  const hide = (sent: string, placeholder: string) => {
    const signature = /Signature=([0-9a-f]{64})/i.exec(sent)?.[1];
    const key = /Access=([^,]+)/.exec(sent)?.[1];
    if (signature) signatures.add(small(signature));
    if (key) add(key, `$${AK}`);
    else if (!signature && sent.length >= SHORT) add(sent, placeholder);
  };
  return Object.assign(redact, { hide });
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    // Also but for its last character, which is how a token is sent that must be refused.
    ...(value.length < 12 ? [] : [value.slice(0, -1)]),
  ];
}

function patternOf(secret: string): RegExp {
  const literal = secret.replace(/[^A-Za-z0-9]/g, '\\$&');
  return secret.length < SHORT
    ? new RegExp(`(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`, 'g')
    : new RegExp(literal, 'gi');
}

function withoutParts(text: string, parts: ReadonlyMap<string, string>): string {
  if (parts.size === 0) return text;
  const lower = small(text);
  const clean: string[] = [];
  for (let at = 0; at < text.length; ) {
    const placeholder = parts.get(lower.slice(at, at + PART));
    clean.push(placeholder ?? text.charAt(at));
    at += placeholder === undefined ? 1 : PART;
    while (placeholder !== undefined && at < text.length && parts.has(lower.slice(at - PART + 1, at + 1)))
      at += 1;
  }
  return clean.join('');
}

/** In small letters, of the same length: those beyond ASCII may change theirs. */
function small(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
