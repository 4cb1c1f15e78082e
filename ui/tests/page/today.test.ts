// What wants somebody now: the first screen of whoever has a circle.

import { describe, expect, test } from 'vitest';

import { keyboard, mouse } from './hand';
import { invented, LANGUAGES, spoken } from './invented';
import * as journey from './journeys';

const { open } = invented();


describe('today', () => {
  test('by keyboard alone: Rosa says how it went, ends what is done, and thinks again', async () => {
    const { page, complaints, close } = await open('?scene=asking');
    const hand = keyboard(page);
    await journey.isAt(hand, 'today');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

    expect(await page.getByTestId('today-list-asked').getByTestId('today-item').count()).toBe(2);
    await hand.press('today-happened');
    await page.getByTestId('today-change').waitFor();
    await expect.poll(focused).toBe('today-done');
    await page.getByTestId('today-list-happened').waitFor({ state: 'detached' });

    await hand.press('today-met');
    await page.getByTestId('today-undo').waitFor();
    await page.getByTestId('today-list-review').waitFor({ state: 'detached' });
    await hand.press('today-undo');
    await page.getByTestId('today-list-review').waitFor();
    await hand.press('today-renew');
    await page.getByTestId('today-list-review').waitFor({ state: 'detached' });
    expect(await page.getByTestId('today-done').first().innerText()).toContain('until Tuesday 8 December');

    const heard = await page.evaluate(() => window.closeknit.heard.filter(({ name }) => ['outcome', 'close', 'undo', 'renew'].includes(name)));
    expect(heard).toEqual([
      { name: 'outcome', args: { id: 'n28-Kofi', how: 'happened' } },
      { name: 'close', args: { id: 'n35', how: 'met' } },
      { name: 'undo', args: { id: 'n35' } },
      { name: 'renew', args: { id: 'n35' } },
    ]);
    expect(complaints).toEqual([]);
    await close();
  });

  test('what takes more than one step is done on the post', async () => {
    const { page, complaints, close } = await open('');
    const hand = keyboard(page);
    await hand.press('today-open');
    await journey.expectHeading(hand, 'Lift to the eye clinic');
    await hand.press('nav-today');
    await journey.isAt(hand, 'today');
    await hand.press('nav-board');
    await journey.isAt(hand, 'board');
    expect(complaints).toEqual([]);
    await close();
  });

  test('is calm when there is nothing, and fills when something arrives', async () => {
    const { page, complaints, close } = await open('?scene=empty');
    const hand = mouse(page);
    await page.getByTestId('today-nothing').waitFor();
    await hand.press('today-board');
    await journey.isAt(hand, 'board');
    await hand.press('nav-today');
    await page.evaluate(() => {
      window.closeknit.arrive({ id: 'n99', by: 'Rosa', category: 'pet', title: 'Feed the hens', promises: [{ by: 'Meera' }] });
    });
    await page.getByTestId('today-list-asked').waitFor();
    expect(await page.getByTestId('today-nothing').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  test('a refusal stands there, and what was asked stays', async () => {
    const { page, close } = await open('?scene=asking');
    const hand = mouse(page);
    await page.getByTestId('today-list-happened').waitFor();
    await page.evaluate(() => window.closeknit.refuse('renew', 'disk-full'));
    await hand.press('today-renew');
    await page.getByTestId('refused').waitFor();
    await page.getByTestId('today-list-review').waitFor();
    await close();
  });

  test.each(LANGUAGES)('by keyboard alone in $name: thanks stand there until Rosa has looked', async ({ locale, lang }) => {
    const { page, complaints, close } = await open(spoken('?scene=endings#/today', lang), { locale });
    const hand = keyboard(page);
    expect(await page.getByTestId('today-thanks').innerText()).toContain('better each day');
    await hand.press('today-thanks-open');
    await page.getByTestId('thanks-said').waitFor();
    await hand.press('nav-today');
    await journey.isAt(hand, 'today');
    await page.getByTestId('today-thanks').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await close();
  });
});
