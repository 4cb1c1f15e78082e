// The page with the invented member (src/host/fake.ts), served for the tests of one file.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

import { launch, open, type Opened } from './browser';
import { serve, type Served } from './serve';

type Options = Parameters<typeof open>[2];

export interface Invented {
  /** The address of a screen or a scene. */
  at: (path: string) => string;
  /** A page that shows it. */
  open: (path: string, options?: Options) => Promise<Opened>;
}

/** For a whole file: to be called once, beside its tests. */
export function invented(): Invented {
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    [browser, served] = await Promise.all([launch(), serve('dist-fake')]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });
  const at = (path: string) => new URL(path, served.address).href;
  return { at, open: (path, options) => open(browser, at(path), options) };
}

/** What the element is called that has the focus. */
export const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

/** Two languages, and two invented ones: every journey goes through all. */
export const LANGUAGES = [
  { name: 'English', locale: 'en-GB', lang: '' },
  { name: 'Spanish', locale: 'es-ES', lang: '' },
  { name: 'pseudo', locale: 'en-GB', lang: 'pseudo' },
  { name: 'pseudo from right to left', locale: 'en-GB', lang: 'pseudo-rtl' },
];

/** The same screen or scene in an invented language, if one is named. */
export function spoken(path: string, lang: string): string {
  const url = new URL(path, 'http://page/');
  if (lang) url.searchParams.set('lang', lang);
  return `${url.search}${url.hash}`;
}
