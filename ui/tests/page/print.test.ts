// The sheet of the recovery words, as a printer sees it.

import { expect, test } from 'vitest';

import { mouse } from './hand';
import { invented } from './invented';

const { open } = invented();

test('the words fill one page of paper, with nothing else on it and nothing cut off', async () => {
  const { page, complaints, close } = await open('#/safe');
  const hand = mouse(page);
  await hand.press('words-show');
  const words = await page.getByTestId('words-list').locator('.word').allInnerTexts();
  await page.emulateMedia({ media: 'print' });
  const shown = await page.evaluate(() => document.body.innerText);
  for (const word of words) expect(shown).toContain(word);
  expect(await page.getByTestId('words-list').isVisible()).toBe(false);
  for (const [width, format] of [[794, 'A4'], [816, 'Letter']] as const) {
    await page.setViewportSize({ width, height: 1000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const pdf = (await page.pdf({ format })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  }
  await page.emulateMedia({ media: 'screen' });
  await hand.press('words-hide');
  expect(await page.getByTestId('words-sheet').count()).toBe(0);
  expect(complaints).toEqual([]);
  await close();
});
