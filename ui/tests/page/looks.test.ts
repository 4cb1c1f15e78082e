// Every screen as people see it: nothing for axe to find in light and dark, nothing cut off with
// text twice as large in a small window, pictures to look at in `ui/pictures`.

import axe from 'axe-core';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { launch, open, type Opened } from './browser';
import { SCREENS, show } from './screens';
import { serve, type Served } from './serve';
import { untranslated } from './untranslated';

const PICTURES = fileURLToPath(new URL('../../pictures/', import.meta.url));
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
let served: Served;

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  [browser, served] = await Promise.all([launch(), serve('dist-fake')]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(
    (rules) => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: rules }),
    RULES,
  );
  // A page on which nothing was looked at would pass as well.
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

/** With `npm run pictures`, for people to look at. */
async function picture(page: Page, name: string): Promise<void> {
  if (import.meta.env.MODE === 'pictures') await page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true });
}

async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const sticksOut = (element: Element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > root.clientWidth + 1 || left < -1;
    };
    return [...document.querySelectorAll('body *')].filter(sticksOut).map((element) => element.outerHTML.slice(0, 120));
  });
}

/** Words that do not fit into what holds them: cut off, or sticking out. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a, label, legend, h1, h2, h3, p, li, dd, dt, summary')]
      .filter((element) => !element.closest('.unseen') && !element.classList.contains('room'))
      // What stands within a line has no width of its own.
      .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 120)),
  );
}

/** Things to press that are smaller than a fingertip; links within a sentence may be. */
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, select, summary, textarea, input:not(.unseen), nav a, a.button, a.row, a.back')]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => {
        const pressed = element.matches('input') ? (element.closest('label') ?? element) : element;
        const { width, height } = pressed.getBoundingClientRect();
        return width < 43.5 || height < 43.5;
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
}

/** In a small window, with text twice as large there, and in half of such a window. */
async function fits(page: Page, name: string): Promise<void> {
  await page.setViewportSize(SMALL);
  expect(await tooWide(page), 'small window').toEqual([]);
  await picture(page, `${name}-small`);
  // As somebody does who sets larger text in their system.
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  expect(await tooWide(page), 'text twice as large').toEqual([]);
  expect(await cutOff(page), 'text twice as large').toEqual([]);
  await picture(page, `${name}-small-200`);
  // As somebody does who makes the whole page larger.
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await page.setViewportSize(HALF);
  expect(await tooWide(page), 'page twice as large').toEqual([]);
  expect(await cutOff(page), 'page twice as large').toEqual([]);
}

const WINDOW = { width: 1100, height: 760 };
const SMALL = { width: 800, height: 600 };
const HALF = { width: 400, height: 300 };

describe('every screen', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(browser, served.address, { reducedMotion: 'reduce' });
  });
  afterAll(() => opened.close());

  test.each(SCREENS)('$name', async (screen) => {
    const { page, complaints } = opened;
    await page.setViewportSize(WINDOW);
    await page.emulateMedia({ colorScheme: 'light' });
    await show(page, served.address, screen);
    expect(await findings(page), 'axe, light').toEqual([]);
    expect(await tooSmall(page), 'too small to press').toEqual([]);
    await picture(page, `${screen.name}-light`);

    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findings(page), 'axe, dark').toEqual([]);
    await picture(page, `${screen.name}-dark`);

    await page.emulateMedia({ colorScheme: 'light' });
    await fits(page, screen.name);
    expect(complaints).toEqual([]);
  });
});

describe('in other words', () => {
  const LANGUAGES = [
    { lang: 'es', locale: 'es-ES', search: '' },
    { lang: 'pseudo', locale: 'en-GB', search: 'lang=pseudo' },
  ];

  describe.each(LANGUAGES)('$lang', ({ lang, locale, search }) => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await open(browser, served.address, { locale, reducedMotion: 'reduce' });
    });
    afterAll(() => opened.close());

    test.each(SCREENS)('$name: all of it fits', async (screen) => {
      const { page, complaints } = opened;
      await page.setViewportSize(SMALL);
      await show(page, served.address, screen, search);
      if (lang === 'pseudo') expect(await untranslated(page), 'not translated').toEqual([]);
      else expect(await findings(page), 'axe').toEqual([]);
      expect(await tooSmall(page), 'too small to press').toEqual([]);
      await fits(page, `${screen.name}-${lang}`);
      expect(complaints).toEqual([]);
    });
  });
});

describe('in Arabic', () => {
  const TRANSLATED = /^(?:welcome|board|post|offer)/;
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(browser, served.address, { locale: 'ar', reducedMotion: 'reduce' });
  });
  afterAll(() => opened.close());

  test.each(SCREENS.filter(({ name }) => TRANSLATED.test(name)))('$name: from right to left, and none of it in English', async (screen) => {
    const { page, complaints } = opened;
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(WINDOW);
    await show(page, served.address, screen);
    expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe('rtl');
    // Sentences of another language are kept together by this sign.
    expect(await page.locator('body').innerText()).not.toContain('\u2066');
    expect(await untranslated(page, ['Closeknit'])).toEqual([]);
    expect(await findings(page), 'axe, light').toEqual([]);
    expect(await tooSmall(page), 'too small to press').toEqual([]);
    await picture(page, `${screen.name}-ar-light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findings(page), 'axe, dark').toEqual([]);
    await picture(page, `${screen.name}-ar-dark`);
    await fits(page, `${screen.name}-ar`);
    expect(complaints).toEqual([]);
  });
});

describe('in other clothes', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(browser, served.address, { forcedColors: 'active', reducedMotion: 'reduce' });
  });
  afterAll(() => opened.close());

  test.each(SCREENS)('$name: forced colours, and from right to left', async (screen) => {
    const { page, complaints } = opened;
    await show(page, served.address, screen, 'lang=pseudo-rtl');
    expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe('rtl');
    expect(await tooWide(page)).toEqual([]);
    expect(await findings(page)).toEqual([]);
    await picture(page, `${screen.name}-forced-rtl`);
    expect(complaints).toEqual([]);
  });
});
