import type { HTMLElement } from 'node-html-parser';
import type { Page } from './index.ts';
import { linkFrom, oneLine } from './markdown.ts';

const words = {
  en: {
    notes:
      'Every page of this site is also Markdown: add `index.md` to its address. What the vendor documents and what this project inferred are told apart.',
    contract: 'The contract',
    yaml: 'OpenAPI 3.1: every operation, parameter, answer and example',
    json: 'the same as JSON',
    other: '[简体中文](zh-cn/llms.txt)',
  },
  'zh-CN': {
    notes:
      '本站每个页面都有 Markdown 版本：在页面地址后加 `index.md`。官方文档写明的内容与本项目推断的内容均有区分。',
    contract: '接口契约',
    yaml: 'OpenAPI 3.1：全部接口、参数、响应与示例',
    json: '内容相同，JSON 格式',
    other: '[English](../llms.txt)',
  },
};

/**
 * The `llms.txt` of a language, in the form of llmstxt.org: what the site is, then its pages by the groups of the sidebar, with what
 * each tells. Its links are relative, for the site has no fixed address.
 */
export function indexOf(home: string, pages: ReadonlyMap<string, Page>, base: string): string {
  const { document } = pages.get(home)!;
  const said = words[document.querySelector('html')!.getAttribute('lang') as keyof typeof words];
  const link = (href: string, label: string) => {
    const page = pages.get(new URL(href, `http://site.invalid${base}`).pathname.replace(base, '/'));
    if (!page) throw new Error(`The sidebar leads to ${href}, and there is no such page.`);
    return `- [${label}](${linkFrom(home, `${page.address}index.md`)}): ${describe(page.document)}`;
  };
  const groups = sidebarOf(pages, home).map(
    ({ label, links }) => `## ${label}\n\n${links.map(([href, text]) => link(href, text)).join('\n')}`,
  );
  const contract = (name: string) => `[${name}](${linkFrom(home, `/${name}`)})`;
  return `${[
    `# ${document.querySelector('.site-title')!.textContent.trim()}`,
    `> ${describe(document)}`,
    `${said.notes} ${said.other}`,
    ...groups,
    `## ${said.contract}`,
    `- ${contract('openapi.yaml')}: ${said.yaml}\n- ${contract('openapi.json')}: ${said.json}`,
  ].join('\n\n')}\n`;
}

const describe = (document: HTMLElement) =>
  oneLine(document.querySelector('meta[name=description]')?.getAttribute('content') ?? '');

/** The groups of the sidebar, which every page has but the landing page, each with the address and the name of its pages. */
function sidebarOf(pages: ReadonlyMap<string, Page>, home: string) {
  const page = [...pages.values()].find(
    ({ address, document }) =>
      address.startsWith(home) && isOf(home, address) && document.querySelector('#starlight__sidebar'),
  );
  const groups = page?.document.querySelectorAll('#starlight__sidebar ul.top-level > li') ?? [];
  return groups.map((group) => ({
    label: oneLine(group.querySelector('summary .group-label, summary')!.textContent),
    links: group
      .querySelectorAll('a')
      .map((a) => [a.getAttribute('href')!, oneLine((a.querySelector('span') ?? a).textContent)] as const),
  }));
}

const isOf = (home: string, address: string) => home !== '/' || !address.startsWith('/zh-cn/');
