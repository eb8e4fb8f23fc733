import { gzipSync } from 'node:zlib';
import { startMock } from '@connection-records/mock';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import type { HTMLElement } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { files, pages } from './built.ts';
import { plain, readPairs } from './reference/chinese.ts';
import yaml from './reference/contract.zh-CN.yaml?raw';
import { type Example, operations, type Part, schemaOf, splitPermission } from './reference/model.ts';
import { languages, requestOf } from './reference/sample.ts';
import { humanTexts } from './reference/texts.ts';
import { words } from './reference/words.ts';

type Mock = Awaited<ReturnType<typeof startMock>>;
let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const pairs = readPairs(yaml);
const withoutSpace = (text: string) => text.replace(/\s/g, '');
/** Letters alone, so that it does not matter what Markdown makes of the others. */
const letters = (text: string) => text.replace(/^\d+\. /gm, '').replace(/[^\p{L}\p{N}]/gu, '');

const inBoth = [
  { at: '/', w: words.en, t: (english: string) => english },
  { at: '/zh-cn/', w: words['zh-cn'], t: (english: string) => pairs.get(plain(english)) ?? 'not translated' },
];

function pageAt(address: string): HTMLElement {
  const page = pages.get(address);
  if (!page) throw new Error(`There is no page ${address}.`);
  return page;
}

/** What the page says of a part: the block around the heading with its anchor. */
function blockOf(page: HTMLElement, anchor: string): string {
  const block = page.querySelector(`[id="${anchor}"]`)?.closest('.part');
  if (!block) throw new Error(`Nothing has the anchor ${anchor}.`);
  expect(block.querySelector(`a[href="#${anchor}"]`), `a link to #${anchor}`).not.toBeNull();
  return block.textContent;
}

function expectPart(page: HTMLElement, part: Part, { w, t }: (typeof inBoth)[number]) {
  const shown = blockOf(page, part.anchor);
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern } = part.limits;
  const facts = [part.name, part.type, part.default, part.example, ...part.values];
  facts.push(minimum, maximum, minLength, maxLength, minItems, maxItems, pattern);
  if (part.required) facts.push(w.required);
  if (part.unit) facts.push(w.units[part.unit]);
  for (const fact of facts)
    if (fact !== undefined) expect(withoutSpace(shown), part.anchor).toContain(withoutSpace(String(fact)));
  for (const text of [part.description, ...part.reasons])
    expect(letters(shown), part.anchor).toContain(letters(t(text)));
  if (part.schema !== 'ConnectionRecord')
    for (const field of part.fields) expectPart(page, field, { at: '', w, t });
}

function expectExamples(
  block: HTMLElement | null | undefined,
  examples: Example[],
  t: (english: string) => string,
) {
  for (const { name, summary, value, reasons } of examples) {
    const shown = block?.querySelector(`[data-example="${name}"]`);
    expect(shown?.querySelector('summary')?.textContent, name).toContain(t(summary));
    const printed = typeof value === 'string' ? value : JSON.stringify(value);
    expect(withoutSpace(shown?.textContent ?? ''), name).toContain(withoutSpace(printed));
    for (const reason of reasons)
      expect(letters(shown?.textContent ?? ''), name).toContain(letters(t(reason)));
  }
}

/** The code of a block, without the blanks that the highlighter writes in its own way. */
const codeOf = (element: HTMLElement) =>
  withoutSpace(
    element
      .querySelectorAll('.ec-line')
      .map((line) => line.textContent)
      .join(''),
  );

describe.each(inBoth)('the reference at $at', (language) => {
  const { at, w, t } = language;

  describe.each(operations)('the page of $id', (operation) => {
    const page = () => pageAt(`${at}reference/${operation.id}/`);

    it('says what it does, which permission it needs, its path, and where the vendor describes it', () => {
      const { does, permission } = splitPermission(t(operation.description));
      const shown = letters(page().querySelector('main')?.textContent ?? '');
      for (const text of [
        t(operation.summary),
        operation.method + operation.path,
        does,
        w.permission + permission,
      ])
        expect(shown).toContain(letters(text));
      expect(page().querySelector(`main a[href="${operation.vendorPage.url}"]`)).not.toBeNull();
      for (const link of ['../../console/', '../../errors/'])
        expect(page().querySelector(`main a[href="${link}"]`)).not.toBeNull();
    });

    it('shows every parameter and every field of the body, each with its limits and an anchor', () => {
      for (const part of operation.parameters) expectPart(page(), part, language);
      for (const body of operation.request?.bodies ?? []) {
        for (const field of body.fields) expectPart(page(), field, language);
        expectExamples(page().querySelector('main'), body.examples, t);
      }
    });

    it('shows every answer with its headers, its fields and every one of its named examples', () => {
      for (const answer of operation.answers) {
        const section = page().querySelector(`[id="${answer.anchor}"]`)?.closest('.answer');
        expect(letters(section?.textContent ?? ''), answer.status).toContain(letters(t(answer.description)));
        for (const reason of answer.reasons)
          expect(letters(section?.textContent ?? ''), answer.status).toContain(letters(t(reason)));
        for (const header of answer.headers) expectPart(page(), header, language);
        for (const body of answer.bodies) {
          expect(section?.textContent).toContain(body.mediaType);
          expectExamples(section, body.examples, t);
          if (body.schema !== 'Error') for (const field of body.fields) expectPart(page(), field, language);
        }
      }
      for (const field of schemaOf('Error').fields)
        expectPart(page(), { ...field, anchor: `error-${field.name}` }, language);
    });

    it.each(['token', 'signature'] as const)(
      'shows its samples in every language, with a %s',
      (credentials) => {
        const shown = page().querySelectorAll('[role=tabpanel] .expressive-code').map(codeOf);
        for (const { write } of languages)
          expect(shown).toContain(withoutSpace(write(requestOf(operation, credentials)) ?? 'none'));
      },
    );

    it('leads from its table of contents to every parameter and answer', () => {
      const links = page()
        .querySelectorAll('starlight-toc a')
        .map((link) => link.getAttribute('href'));
      for (const { anchor } of [...operation.parameters, ...operation.answers])
        expect(links).toContain(`#${anchor}`);
    });

    it('is in the sidebar with its method', () => {
      const link = pageAt(`${at}quick-start/`).querySelector(
        `#starlight__sidebar a[href="${at}reference/${operation.id}/"]`,
      );
      expect(link?.textContent).toContain(t(operation.summary));
      expect(link?.textContent).toContain(operation.method);
    });
  });

  it('tells on the overview of both ways to authenticate, of the service, and of errors', () => {
    const page = pageAt(`${at}reference/`);
    for (const [name, scheme] of Object.entries(contract.components.securitySchemes)) {
      const shown = page.querySelector(`[id="${name}"]`)?.closest('.part')?.textContent ?? '';
      expect(shown).toContain(scheme.name);
      expect(letters(shown)).toContain(letters(t(scheme.description)));
    }
    const shown = letters(page.querySelector('main')?.textContent ?? '');
    for (const text of [
      contract.info.description,
      contract.servers[0]!.url,
      contract.servers[0]!.variables.region.description,
    ])
      expect(shown).toContain(letters(text.startsWith('https') ? text : t(text)));
    for (const field of schemaOf('Error').fields)
      expectPart(page, { ...field, anchor: `Error-${field.name}` }, language);
  });

  it('shows every field of a record, with the names of its column in both languages', () => {
    const page = pageAt(`${at}reference/ConnectionRecord/`);
    for (const field of schemaOf('ConnectionRecord').fields) expectPart(page, field, language);
    const columns = (name: 'fileInEnglish' | 'fileInChinese') =>
      contract.components.examples[name].value.split('\n', 1)[0]!.split(',');
    const rows = page
      .querySelectorAll('table tbody tr')
      .map((row) => row.querySelectorAll('td').map((cell) => cell.textContent.trim()));
    expect(rows.map(([english]) => english)).toEqual(columns('fileInEnglish'));
    expect(rows.map(([, chinese]) => chinese)).toEqual(columns('fileInChinese'));
    for (const [english = '', chinese = '', field = ''] of rows) {
      expect(blockOf(page, field)).toContain(english);
      expect(blockOf(page, field)).toContain(chinese);
    }
  });

  it('tells of everything inferred why it is', () => {
    const told = letters(
      [...pages]
        .filter(([address]) => address.startsWith(`${at}reference/`))
        .map(([, page]) => page.textContent)
        .join(),
    );
    const reasons = new Set<string>();
    (function collect(node: object) {
      for (const [key, child] of Object.entries(node)) {
        if (key === 'x-basis-reason') reasons.add(child);
        else if (typeof child === 'object' && child) collect(child);
      }
    })(contract);
    expect(reasons.size).toBeGreaterThan(20);
    expect([...reasons].filter((reason) => !told.includes(letters(t(reason))))).toEqual([]);
  });
});

describe('the samples that the pages show', () => {
  it.each(operations)('have a request of $id that the mock answers with 200', async (operation) => {
    const request = requestOf(operation, 'token');
    const [, url = ''] = /(https:\/\/[^\s']+)/.exec(languages[0].write(request)) ?? [];
    const answer = await fetch(url.replace(/^https:\/\/[^/]+/, mock.url), {
      method: operation.method,
      headers: { 'X-Auth-Token': 'any', 'Content-Type': 'application/json' },
      body: request.body ? JSON.stringify(request.body) : null,
    });
    expect(answer.status, await answer.text()).toBe(200);
  });

  it.each(operations)(
    'narrow $id down by nothing, neither by dates that pass nor by a filter',
    ({ parameters }) => {
      const request = requestOf(operations.find((one) => one.parameters === parameters)!, 'token');
      for (const { name, required, default: initial } of parameters)
        if (!required && request.parameters[name] !== undefined)
          expect(request.parameters[name]).toBe(initial);
    },
  );
});

describe('the translations', () => {
  const texts = humanTexts().map(plain);

  it('are there for every text of the contract', () => {
    expect(
      texts.filter((text) => !pairs.has(text)),
      'Write them into src/reference/contract.zh-CN.yaml.',
    ).toEqual([]);
  });

  it('are of texts that the contract still has, each one once', () => {
    expect(
      [...pairs.keys()].filter((text) => !texts.includes(text)),
      'Take these out of src/reference/contract.zh-CN.yaml.',
    ).toEqual([]);
    expect(yaml.match(/^- en:/gm)).toHaveLength(pairs.size);
  });

  it('have as many paragraphs, and name the same code', () => {
    const codes = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code).sort();
    for (const english of humanTexts()) {
      const chinese = pairs.get(plain(english)) ?? '';
      expect(chinese.split('\n\n').length, english).toBe(english.split('\n\n').length);
      expect(codes(chinese), english).toEqual(codes(english));
    }
  });
});

it('asks a page of the reference to load no more than 60 kB of script, compressed', () => {
  for (const [address, page] of pages) {
    if (!address.includes('/reference/')) continue;
    const seen = new Set<string>();
    const sizeOf = (path: string): number => {
      const code = files.get(path);
      if (code === undefined || seen.has(path)) return 0;
      seen.add(path);
      // With all that it imports, at once or later.
      const imports = [...code.matchAll(/["'`](?:\.\/|(?:\.\.\/)*_astro\/|\/_astro\/)([\w.-]+\.js)["'`]/g)];
      return imports.reduce((sum, [, name]) => sum + sizeOf(`/_astro/${name}`), gzipSync(code).length);
    };
    const scripts = page.querySelectorAll('script').map((script) => {
      const source = script.getAttribute('src');
      return source
        ? sizeOf(new URL(source, 'http://docs.invalid').pathname)
        : gzipSync(script.rawText).length;
    });
    expect(
      scripts.reduce((sum, size) => sum + size, 0),
      address,
    ).toBeLessThanOrEqual(60_000);
  }
});
