import type { Page } from 'playwright-core';

/** Presses Tab until what the selector names has the focus. Throws if a hundred presses do not lead there. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
  }
  throw new Error(`A hundred presses of Tab do not lead to ${selector}.`);
}

/** What can have the focus, is seen, and looks with the focus, it and what is around it, just as without. */
export async function unseenStops(page: Page): Promise<string[]> {
  // So that the browser takes us for someone with a keyboard, to whom it shows the focus.
  await page.keyboard.press('Tab');
  return await page.evaluate(() => {
    const stops = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]',
      ),
    ].filter((stop) => !stop.matches(':disabled') && stop.checkVisibility({ visibilityProperty: true }));
    const looks = (stop: HTMLElement) =>
      [stop, stop.parentElement, stop.parentElement?.parentElement, stop.nextElementSibling].map(
        (element) => {
          if (!element) return '';
          const { outline, boxShadow, border, backgroundColor } = getComputedStyle(element);
          return [outline, boxShadow, border, backgroundColor].join();
        },
      );
    return stops.flatMap((stop) => {
      (document.activeElement as HTMLElement | null)?.blur();
      const before = looks(stop);
      stop.focus();
      const seen =
        document.activeElement === stop && looks(stop).some((look, place) => look !== before[place]);
      return seen ? [] : [stop.outerHTML.slice(0, 120)];
    });
  });
}
