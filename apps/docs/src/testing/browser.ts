import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

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

/** Where a Chromium is, and what it has to be started with. */
export interface Program {
  executablePath: string;
  args: string[];
}

/**
 * Finds a Chromium: the one that CHROMIUM_PATH names, else one that is installed, else the one inside `@sparticuz/chromium`, which
 * is for Linux on x64 and unpacks itself into the folder of temporary files.
 *
 * @throws if there is none, or nothing is where CHROMIUM_PATH points, saying what to do.
 */
export async function findChromium(environment = process.env, places = usualPlaces): Promise<Program> {
  const { CHROMIUM_PATH: named } = environment;
  if (named && !existsSync(named)) {
    throw new Error(
      `CHROMIUM_PATH is ${named}, and there is no such file. Let it name a Chromium, or leave it out.`,
    );
  }
  const executablePath = named || places[process.platform]?.find((path) => existsSync(path));
  // Tests open nothing but this repository's own pages, and a container or a root user has no sandbox to offer.
  if (executablePath) return { executablePath, args: ['--no-sandbox'] };
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: bundled } = await import('@sparticuz/chromium');
    return { executablePath: await bundled.executablePath(), args: bundled.args };
  }
  throw new Error(
    `There is no Chromium on this machine. Install Chromium, Chrome or Edge, or let CHROMIUM_PATH name one (looked for ${places[process.platform]?.join(', ') || 'none on this platform'}).`,
  );
}

/** Starts a Chromium without a window. The caller closes it. Throws as {@link findChromium} does. */
export async function launch(): Promise<Browser> {
  return await chromium.launch(await findChromium());
}
