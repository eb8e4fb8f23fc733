import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { unpackChromium } from './chromium.ts';

const usualPlaces: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    return folder
      ? [
          join(folder, 'Google/Chrome/Application/chrome.exe'),
          join(folder, 'Microsoft/Edge/Application/msedge.exe'),
        ]
      : [];
  }),
};

/** Where a Chromium is, and the environment it needs where that is not the one of this process. */
export interface Program {
  executablePath: string;
  env?: Record<string, string>;
}

/**
 * Finds a Chromium: the one that CHROMIUM_PATH names, else one that is installed, else the one inside `@sparticuz/chromium`, which
 * is for Linux on x64.
 *
 * @throws if there is none, or nothing is where CHROMIUM_PATH points; the error says what to do.
 */
export async function findChromium(
  named = process.env.CHROMIUM_PATH,
  places = usualPlaces[process.platform] ?? [],
  platform = `${process.platform} ${process.arch}`,
): Promise<Program> {
  if (named && !existsSync(named)) {
    throw new Error(
      `CHROMIUM_PATH is ${named}, and there is no such file. Let it name a Chromium, or unset it to have one looked for.`,
    );
  }
  const executablePath = named || places.find((path) => existsSync(path));
  if (executablePath) return { executablePath };
  if (platform === 'linux x64') return await unpackChromium();
  throw new Error(
    `There is no Chromium on this machine. Install Chromium, Chrome or Edge, or let CHROMIUM_PATH name one. Looked at: ${places.join(', ') || 'no place, for this platform has no usual one'}.`,
  );
}

/** Starts a Chromium without a window. The caller closes it. Throws as {@link findChromium} does. */
export async function launch(): Promise<Browser> {
  return await chromium.launch(await findChromium());
}
