import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { launch } from './browser.ts';
import { setStage } from './stage.ts';

/** A component of `samples/` in a real browser, beside a sandbox of its own. */
export interface Shown {
  page: Page;
  close(): Promise<void>;
}

/** Shows the `App` of a sample, as an application built for a browser would. What React gives comes from Preact here, as on the site. */
export async function showComponent(sample: string): Promise<Shown> {
  const stage = await setStage();
  const { outputFiles } = await build({
    stdin: {
      contents: `import { App } from './${sample}'; import { render, h } from 'preact'; render(h(App), document.body);`,
      resolveDir: `${stage.folder}/apps/docs/samples`,
    },
    absWorkingDir: fileURLToPath(new URL('../../', import.meta.url)),
    alias: {
      react: 'preact/compat',
      'react-dom': 'preact/compat',
      'react/jsx-runtime': 'preact/jsx-runtime',
    },
    bundle: true,
    jsx: 'automatic',
    format: 'iife',
    write: false,
  });
  const browser = await launch();
  const page = await browser.newPage();
  await page.setContent('<!doctype html><title>A sample</title>');
  await page.addScriptTag({ content: outputFiles[0]!.text });
  return {
    page,
    close: async () => {
      await browser.close();
      await stage.close();
    },
  };
}
