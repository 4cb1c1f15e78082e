// Where the focus goes when a form is not sent, and when what was pressed is gone.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { mouse, type Hand } from './hand';
import { focused, invented } from './invented';
import { setPassphrase } from './journeys';

const { open } = invented();

const PASSPHRASE = 'four candles and a ladder';

async function on(path: string, story: (hand: Hand, page: Page) => Promise<void>): Promise<void> {
  const { page, complaints, close } = await open(path);
  await story(mouse(page), page);
  expect(complaints).toEqual([]);
  await close();
}
const isAt = (page: Page, testid: string) => expect.poll(() => focused(page)).toBe(testid);

describe('what is wrong is unfolded and gets the focus', () => {
  test('how far somebody goes, and their name', () =>
    on('#/me', async (hand, page) => {
      await hand.press('capacity-limits');
      await hand.write('capacity-radius', '20 min');
      await hand.press('capacity-limits');
      await page.getByTestId('capacity-radius').waitFor({ state: 'hidden' });
      await hand.press('capacity-save');
      await isAt(page, 'capacity-radius');
      expect(await page.getByTestId('capacity-radius-wrong').isVisible()).toBe(true);
      await hand.write('profile-name', '');
      await hand.press('profile-save');
      await isAt(page, 'profile-name');
    }));

  test('how long a way is', () =>
    on('?scene=full#/me', async (hand, page) => {
      await hand.press('ways');
      const way = (await page.locator('input[data-testid^="way-"]').first().getAttribute('data-testid')) ?? '';
      await hand.write(way, 'ten');
      await hand.press('ways-save');
      await isAt(page, way);
    }));

  test('how many an invitation is for', () =>
    on('#/circle', async (hand, page) => {
      await hand.press('invite-more');
      await hand.write('invite-uses', '0');
      await hand.press('invite-more');
      await hand.press('invite-make');
      await isAt(page, 'invite-uses');
      expect(await page.getByTestId('invite-uses-wrong').isVisible()).toBe(true);
    }));

  test('the address of a machine, and the file on a stick', () =>
    on('#/near', async (hand, page) => {
      await hand.press('near-add');
      await isAt(page, 'near-address');
      await hand.press('stick');
      await hand.press('stick-read-go');
      await isAt(page, 'stick-read-path');
    }));

  test('for which of its times a promise is', () =>
    on('#/post/n01', async (hand, page) => {
      await hand.press('promise');
      await page.getByTestId('promise-times-none').waitFor();
      expect(await focused(page)).toMatch(/^promise-(every|time-)/);
    }));

  test('what somebody is thanked with', () =>
    on('?scene=endings#/post/e01', async (hand, page) => {
      await hand.press('outcome-happened');
      await hand.press('thank-open');
      await hand.press('thank-go');
      await isAt(page, 'thank-text');
    }));

  test('which post says the same', () =>
    on('?me=Hana#/post/n04', async (hand, page) => {
      await hand.press('close');
      await hand.choose('close-how-duplicate');
      await hand.press('close-yes');
      await isAt(page, 'close-which');
    }));

  test('the words of the sheet, and the passphrase', () =>
    on('#/safe', async (hand, page) => {
      await hand.press('words-show');
      await hand.press('words-written');
      await hand.write('words-ask-0', 'ladder');
      await hand.press('words-go');
      await isAt(page, 'words-ask-1');
      await setPassphrase(hand, PASSPHRASE);
      await hand.press('lock');
      await hand.press('unlock');
      await isAt(page, 'unlock-passphrase');
    }));
});

describe('the focus goes to what took the place of what was pressed', () => {
  test('doorstep details are sent to one more machine', () =>
    on('#/post/n03', async (hand, page) => {
      await hand.press('answer-accept');
      await page.getByTestId('answer-change').first().waitFor();
      await page.evaluate(() => window.closeknit.newMachine('n03'));
      await hand.press('doorstep-send');
      await page.getByTestId('doorstep-again').waitFor({ state: 'detached' });
      await isAt(page, 'promise-card');
    }));

  test('what became of a promise, and thanks', () =>
    on('?scene=endings#/post/e01', async (hand, page) => {
      await hand.press('outcome-happened');
      await isAt(page, 'outcome');
      await hand.press('outcome-open');
      await hand.press('outcome-partly');
      await page.locator('[data-how="partly"]').waitFor();
      await isAt(page, 'outcome');
      await hand.press('thank-open');
      await hand.write('thank-text', 'Thank you, Sam.');
      await hand.press('thank-go');
      await page.getByTestId('thanks-said').waitFor();
      await isAt(page, 'thanks-title');
    }));

  test('one of several times of an own promise', () =>
    on('?scene=endings&me=Meera#/post/e04', async (hand, page) => {
      await hand.press('outcome-happened');
      await page.locator('[data-how="happened"]').waitFor();
      await isAt(page, 'outcome');
    }));

  test('yes again', () =>
    on('?scene=endings#/post/e03', async (hand, page) => {
      await hand.press('yes-again');
      await page.getByTestId('yes-again').waitFor({ state: 'detached' });
      await isAt(page, 'post-mine-title');
    }));

  test('somebody is avoided no more', () =>
    on('#/me', async (hand, page) => {
      await hand.press('avoid');
      await hand.select('avoid-add', 'member-Sam');
      await hand.press('avoid-add-pick');
      await page.getByTestId('avoided').getByRole('button').click();
      await page.getByTestId('avoided').waitFor({ state: 'detached' });
      await isAt(page, 'avoid-add');
    }));

  test('a time of a rota', () =>
    on('?me=Aoife#/post/n01', async (hand, page) => {
      await hand.press('rota-plan');
      const rota = page.getByTestId('rota');
      await rota.getByRole('button', { name: /^Not then: Kofi/ }).first().click();
      await rota.getByText('Hana').first().waitFor();
      expect(await focused(page)).toMatch(/^rota-2026/);
      await rota.getByRole('button', { name: /^Keep/ }).first().click();
      await rota.locator('.pinned').waitFor();
      expect(await focused(page)).toMatch(/^rota-2026/);
      await hand.press('rota-anew');
      await page.getByTestId('rota-anew').waitFor({ state: 'detached' });
      await isAt(page, 'rota');
    }));
});

describe('where every open post is for other people', () => {
  test('the board says so, and not that nothing is posted', () =>
    on('?scene=others#/board', async (_, page) => {
      expect(await page.getByTestId('board-locked').innerText()).toContain('only for other people');
      expect(await page.getByTestId('board-empty').count()).toBe(0);
    }));

  test('whose circle has no post at all sees the picture', () =>
    on('?scene=empty#/board', async (_, page) => {
      await page.getByTestId('board-empty').waitFor();
      expect(await page.getByTestId('board-locked').count()).toBe(0);
    }));
});
