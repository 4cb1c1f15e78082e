// Which language is spoken, how it is chosen, and that it is kept.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { messageOf } from '../../tools/words.js';
import { keyboard } from './hand';
import { focused, invented } from './invented';

const { open } = invented();

const spoken = (page: Page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
/** With an arrow key, from the language that is spoken to the one beside it. */
async function turnTo(page: Page, tag: string, key = 'ArrowDown'): Promise<void> {
  const [now] = await spoken(page);
  await page.getByTestId(`language-${now}`).focus();
  await page.keyboard.press(key);
  await page.waitForSelector(`html[lang="${tag}"]`);
  await expect.poll(() => focused(page)).toBe(`language-${tag}`);
}
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText();

describe('the language', () => {
  test.each([
    ['en-US', 'en'],
    ['es-MX', 'es'],
    ['ar-EG', 'ar'],
    ['fi-FI', 'en'],
  ])('of a machine that speaks %s is %s at first', async (locale, tag) => {
    const { page, complaints, close } = await open('?scene=fresh', { locale });
    expect(await spoken(page)).toEqual([tag, tag === 'ar' ? 'rtl' : 'ltr']);
    expect(await heading(page)).toBe(messageOf('welcome-title', tag));
    expect(complaints).toEqual([]);
    await close();
  });

  test('is chosen on the welcome, keeps what was typed and where one was, and is kept', async () => {
    const { page, complaints, close } = await open('?scene=fresh');
    const hand = keyboard(page);
    await hand.write('welcome-name', 'Rosa');
    await turnTo(page, 'es');
    expect(await page.getByTestId('welcome-name').inputValue()).toBe('Rosa');
    await expect.poll(() => page.getByTestId('voice').textContent()).toBe(messageOf('looks-language-now', 'es'));
    expect(await page.title()).toContain(messageOf('welcome-title', 'es'));
    await page.reload();
    await page.waitForSelector('html[data-ready="1"]');
    expect(await spoken(page)).toEqual(['es', 'ltr']);
    expect(complaints).toEqual([]);
    await close();
  });

  test('is chosen in safe keeping, in the middle of a long page', async () => {
    const { page, complaints, close } = await open('#/safe');
    await page.getByTestId('doctor').waitFor();
    await turnTo(page, 'es');
    expect(await heading(page)).toBe(messageOf('nav-safe', 'es'));
    await expect.poll(() => page.getByTestId('language-es').evaluate((box) => {
      const { top, bottom } = box.closest('label')!.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    })).toBe(true);
    await keyboard(page).press('nav-board');
    await page.getByTestId('posts').waitFor();
    expect(await heading(page)).toBe(messageOf('board-title', 'es'));
    expect(complaints).toEqual([]);
    await close();
  });

  test('may be one that is not whole yet, which says so; the rest is in English', async () => {
    const { page, complaints, close } = await open('#/safe');
    await page.getByTestId('doctor').waitFor();
    const arabic = page.locator('label').filter({ has: page.getByTestId('language-ar') });
    expect(await arabic.innerText()).toContain(messageOf('looks-language-partly', 'en'));
    await turnTo(page, 'ar', 'ArrowUp');
    expect(await spoken(page)).toEqual(['ar', 'rtl']);
    expect(await arabic.innerText()).toContain(messageOf('looks-language-partly', 'ar'));
    expect(await page.getByTestId('safe').innerText()).toContain(messageOf('backup-lead', 'en'));
    expect(await heading(page)).toBe(messageOf('nav-safe', 'ar'));
    expect(complaints).toEqual([]);
    await close();
  });

  test('that nobody chose is not fetched', async () => {
    const { page, close } = await open('?scene=fresh');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    await page.waitForSelector('html[data-ready="1"]');
    const words = () => asked.filter((url) => url.includes('.ftl')).length;
    const one = words();
    expect(one).toBeGreaterThan(3);
    await turnTo(page, 'es');
    expect(words()).toBe(2 * one);
    await close();
  });
});
