// Notes by keyboard alone, in every language: written, found, read, changed, taken away, forgotten.

import { describe, expect, test } from 'vitest';

import { keyboard, type Hand } from './hand';
import { focused, invented, LANGUAGES, spoken } from './invented';
import * as journey from './journeys';

const { open } = invented();

const args = (hand: Hand, call: string) =>
  hand.page.evaluate((call) => window.closeknit.heard.findLast(({ name }) => name === call)?.args, call);
const rows = (hand: Hand) => hand.page.getByTestId('note-row').count();

for (const { name, locale, lang } of LANGUAGES) {
  const show = (path: string) => open(spoken(path, lang), { locale });

  describe(`by keyboard alone in ${name}`, () => {
    test('Rosa writes a note, which is a draft until she saves it, and heeds what looks private', async () => {
      const { page, complaints, close } = await show('#/circle');
      const hand = keyboard(page);
      await hand.press('notes-link');
      await journey.isAt(hand, 'notes');
      await expect.poll(() => rows(hand)).toBe(2);
      await hand.press('note-new');
      await expect.poll(() => focused(page)).toBe('note-form-title');
      await hand.press('note-save');
      await page.getByTestId('note-title-wrong').waitFor();
      await hand.write('note-title', 'Whom to call');
      await hand.write('note-text', 'Ana: 0664 1234567');
      await page.getByTestId('note-tells').waitFor();
      // Elsewhere and back: nothing is lost.
      await hand.press('nav-board');
      await journey.isAt(hand, 'board');
      await page.goBack();
      await journey.isAt(hand, 'notes');
      await hand.press('note-new');
      expect(await page.getByTestId('note-text').inputValue()).toBe('Ana: 0664 1234567');
      await hand.write('note-text', 'Ana keeps the list.');
      await hand.press('note-save');
      await journey.isAt(hand, 'note');
      expect(await args(hand, 'write-note')).toEqual({ title: 'Whom to call', text: 'Ana keeps the list.' });
      expect(await page.getByTestId('note-says').innerText()).toBe('Ana keeps the list.');
      await hand.press('back');
      await journey.isAt(hand, 'notes');
      await hand.press('note-new');
      expect(await page.getByTestId('note-title').inputValue()).toBe('');
      await hand.press('note-cancel');
      await expect.poll(() => focused(page)).toBe('note-new');
      expect(complaints).toEqual([]);
      await close();
    });

    test('she changes her note: what the form was opened with goes along', async () => {
      const { page, complaints, close } = await show('#/note/m01');
      const hand = keyboard(page);
      await page.getByTestId('note-says').waitFor();
      const [title, text] = [await page.getByTestId('page-title').innerText(), await page.getByTestId('note-says').innerText()];
      await hand.press('note-change');
      await hand.write('note-text', 'Ten of us came.');
      // Another machine of hers says something else meanwhile: the form stays as it is.
      await page.evaluate(() => window.closeknit.arrive({ id: 'n99', by: 'Kofi', category: 'pet', title: 'Feed the hens', promises: [] }));
      await hand.press('note-save');
      await page.getByTestId('note-who').waitFor();
      expect(await args(hand, 'change-note')).toEqual({ id: 'm01', title, text: 'Ten of us came.', was: { title, text } });
      await expect.poll(() => focused(page)).toBe('note-change');
      expect(await page.getByTestId('note-says').innerText()).toBe('Ten of us came.');
      expect(complaints).toEqual([]);
      await close();
    });

    test('she finds notes, reads one of Kofi’s, takes one of hers away, and forgets another', async () => {
      const { page, complaints, close } = await show('#/notes');
      const hand = keyboard(page);
      await hand.write('notes-search', 'bakery');
      await expect.poll(() => rows(hand)).toBe(1);
      await hand.press('note-m02');
      await journey.isAt(hand, 'note');
      await page.getByTestId('note-says').waitFor();
      expect(await page.getByTestId('note-change').count()).toBe(0);
      await hand.press('back');
      await hand.write('notes-search', 'nothing like it');
      await page.getByTestId('notes-none').waitFor();
      await hand.write('notes-search', 'library');
      await hand.press('note-m01');
      await hand.press('note-remove');
      await hand.press('note-remove-no');
      await hand.press('forget');
      await hand.press('forget-yes');
      await journey.isAt(hand, 'notes');
      expect(await args(hand, 'forget')).toEqual({ ids: ['m01'] });
      await expect.poll(() => rows(hand)).toBe(1);
      expect(complaints).toEqual([]);
      await close();
    });
  });
}

test('a text that is too long, or refused, stays', async () => {
  const { page, close } = await open('#/note/m01');
  const hand = keyboard(page);
  await hand.press('note-change');
  await page.getByTestId('note-text').fill('x'.repeat(4001));
  await page.getByTestId('note-text-wrong').waitFor();
  await page.getByTestId('note-text').fill('Short');
  await page.evaluate(() => window.closeknit.refuse('change-note', 'disk-full'));
  await hand.press('note-save');
  await page.getByTestId('refused').waitFor();
  expect(await page.getByTestId('note-text').inputValue()).toBe('Short');
  await close();
});
