import type { getHttpOperationsFromSpec } from '@stoplight/prism-http';

type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

/** What a `Prefer` header asks for, in Prism's words. */
export type Preference = { code?: number; exampleKey?: string };

/** The named examples of a document's responses, each a fixture that a request can ask for. */
export class Fixtures {
  readonly #statusOf = new Map<string, number>();
  readonly #bodyOf = new Map<number, object>();

  constructor(operations: Operation[]) {
    for (const response of operations.flatMap(({ responses }) => responses)) {
      // Of a media type without examples, a workbook for instance, Prism would answer with the word "string".
      const shown = response.contents?.filter(({ examples }) => examples && examples.length > 0) ?? [];
      if (shown.length > 0) response.contents = shown;
      const status = Number(response.code);
      for (const example of shown.flatMap(({ examples = [] }) => examples)) {
        this.#statusOf.set(example.key, status);
        const body = 'value' in example ? example.value : undefined;
        if (typeof body === 'object' && body && !this.#bodyOf.has(status)) this.#bodyOf.set(status, body);
      }
    }
  }

  /** What a `Prefer` header asks for. The name of an example is enough: its status follows from it. */
  preference(header = ''): Preference {
    const exampleKey = wish(header, 'example');
    const code = wish(header, 'code') ?? (exampleKey && this.#statusOf.get(exampleKey));
    return { ...(code && { code: Number(code) }), ...(exampleKey && { exampleKey }) };
  }

  /** A refusal in the contract's own shape: its first example for the status, with the actual reasons and request id. */
  refusal(status: number, reasons: string[], requestId: string): object {
    const body = this.#bodyOf.get(status) ?? this.#bodyOf.get(400);
    return {
      ...body,
      error_msg: reasons.join('; '),
      ...(body && 'request_id' in body && { request_id: requestId }),
    };
  }
}

/** The value of one preference (RFC 7240) in a `Prefer` header. */
function wish(header: string, name: string): string | undefined {
  const wishes = header.split(/[,;]/).map((part) => part.split('=', 2).map((side) => side.trim()));
  return wishes.find(([key]) => key === name)?.[1]?.replaceAll('"', '');
}
