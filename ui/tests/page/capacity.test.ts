// What one carries, shows and is told, with an invented member and by keyboard alone.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { keyboard } from './hand';
import { invented } from './invented';

const { open } = invented();

const heard = (page: Page, call: string) => page.evaluate((call) => window.closeknit.heard.findLast(({ name }) => name === call)?.args, call);

for (const locale of ['en-GB', 'es-ES']) {
  describe(`by keyboard alone in ${locale}`, () => {
    test('Rosa says what the circle sees of her week; nothing was seen before', async () => {
      const { page, complaints, close } = await open('#/me', { locale });
      const hand = keyboard(page);
      await page.getByTestId('shows-nothing').waitFor();
      await hand.press('shows-begin');
      await hand.press('shows-language-2');
      await hand.press('shows-save');
      await page.getByTestId('shows-saved').waitFor();
      const { kinds } = (await heard(page, 'show-capacity')) as { kinds: { category: string; days: string[] }[] };
      expect(kinds.map(({ category }) => category)).toEqual(['language', 'paperwork', 'check-in']);
      expect(kinds[0]?.days).toEqual(['plenty', 'none', 'some', 'none', 'none', 'plenty', 'none']);
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa says what a promise takes of her time, and whom she would rather not meet', async () => {
      const { page, complaints, close } = await open('?scene=full#/me', { locale });
      const hand = keyboard(page);
      await page.getByTestId('over').waitFor();
      await hand.press('weights');
      await hand.select('weigh', '30');
      await hand.press('weigh-save');
      await expect.poll(() => heard(page, 'weigh')).toEqual({ id: 'n09-Rosa', minutes: 30 });
      await hand.press('avoid');
      await hand.select('avoid-add', 'member-Sam');
      await hand.press('avoid-add-pick');
      await page.getByTestId('avoided').waitFor();
      expect(await heard(page, 'avoid')).toEqual({ person: 'member-Sam', no_more: false });
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa looks for somebody who drives', async () => {
      const { page, complaints, close } = await open('#/circle', { locale });
      const hand = keyboard(page);
      await page.getByTestId('map-says').waitFor();
      await hand.write('find-text', 'driv');
      await expect.poll(() => page.getByTestId('found').getByRole('listitem').count()).toBe(2);
      await hand.write('find-text', 'unicorn');
      await page.getByTestId('find-none').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  });
}

test('Aoife changes a proposed rota, and it is still as she left it when she comes back', async () => {
  const { page, complaints, close } = await open('?me=Aoife#/post/n01');
  const hand = keyboard(page);
  const rota = page.getByTestId('rota');
  await hand.press('rota-plan');
  await rota.waitFor();
  expect(await rota.getByRole('rowheader').count()).toBe(3);
  await rota.getByRole('button', { name: /^Not then: Kofi/ }).first().click();
  await rota.getByText('Hana').first().waitFor();
  await hand.select('rota-place-2026-11-30T17:30', 'member-Ines');
  await hand.press('rota-place-2026-11-30T17:30-pick');
  await rota.getByText('Ines: placed here by you.').waitFor();
  await hand.press('nav-circle');
  await rota.waitFor({ state: 'detached' });
  await page.goBack();
  await hand.press('rota-plan');
  await rota.getByText('Ines: placed here by you.').waitFor();
  await hand.press('rota-anew');
  await rota.getByText('Ines: placed here by you.').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => window.closeknit.heard.some(({ name }) => name === 'promise'))).toBe(false);
  expect(complaints).toEqual([]);
  await close();
});

test('who would pass their hours is told beside the button, and promises all the same', async () => {
  const { page, complaints, close } = await open('#/post/n04');
  const hand = keyboard(page);
  await page.getByTestId('before-promise').waitFor();
  await hand.press('promise');
  await page.getByTestId('post-mine').waitFor();
  expect(await page.getByTestId('before-promise').count()).toBe(0);
  expect(complaints).toEqual([]);
  await close();
});
