import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A tab of a browser, which notes what no page of this site may do. */
export interface Tab extends AsyncDisposable {
  page: Page;
  /** What its pages asked other hosts for: method and address. */
  asked: string[];
  /** What its pages put on the console as an error or a warning, breaches of the content security policy among it. */
  complaints: string[];
}

/** Opens a tab whose addresses begin at `origin`, without the memory of others. Nothing moves in it, so that nobody waits for that. */
export async function openTab(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Tab> {
  const context = await browser.newContext({ baseURL: origin, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  const note = (text: string) => complaints.push(`${page.url().replace(origin, '')}: ${text}`);
  context.on('request', (request) => {
    const { protocol, origin: asking } = new URL(request.url());
    if (asking !== origin && !['data:', 'blob:'].includes(protocol))
      asked.push(`${request.method()} ${request.url()}`);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) note(message.text());
  });
  page.on('pageerror', (error) => note(String(error)));
  return { page, asked, complaints, [Symbol.asyncDispose]: async () => await context.close() };
}

/** Does the work on every item, on so many at a time as there are workers. */
export async function share<Item, Worker>(
  items: Iterable<Item>,
  workers: Worker[],
  work: (item: Item, worker: Worker) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  await Promise.all(
    workers.map(async (worker) => {
      for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value, worker);
    }),
  );
}
