// The later life of a post, by keyboard alone, in every language: how it went, whether it still stands, what
// changed, what is undone, and thanks.

import { describe, expect, test } from 'vitest';

import { keyboard, type Hand } from './hand';
import { focused, invented, LANGUAGES, spoken } from './invented';
import * as journey from './journeys';

const { open } = invented();

const args = (hand: Hand, call: string) =>
  hand.page.evaluate((call) => window.closeknit.heard.findLast(({ name }) => name === call)?.args, call);
/** What was last asked of the member, once it is. */
const heard = (hand: Hand, call: string, what: object) => expect.poll(() => args(hand, call)).toEqual(what);

for (const { name, locale, lang } of LANGUAGES) {
  /** A post of the scene of endings, as somebody sees it. */
  const on = async (post: string, me: string, story: (hand: Hand) => Promise<void>): Promise<void> => {
    const { page, complaints, close } = await open(spoken(`?scene=endings&me=${me}#/post/${post}`, lang), { locale });
    const hand = keyboard(page);
    await journey.isAt(hand, 'post-standing');
    await story(hand);
    expect(complaints).toEqual([]);
    await close();
  };

  describe(`by keyboard alone in ${name}`, () => {
    test('Rosa says that it happened, comes round to another word with a reason, and thanks Sam', () =>
      on('e01', 'Rosa', async (hand) => {
        const { page } = hand;
        await hand.press('outcome-happened');
        await heard(hand, 'outcome', { id: 'e01-Sam', how: 'happened' });
        await page.locator('[data-testid="outcome-said"][data-how="happened"]').waitFor();
        await hand.press('outcome-open');
        await hand.press('outcome-more');
        await hand.write('outcome-reason', 'We came too late, and they had closed.');
        await hand.press('outcome-partly');
        await page.locator('[data-testid="outcome-said"][data-how="partly"]').waitFor();
        expect(await page.getByTestId('outcome-said').count()).toBe(1);
        expect(await page.getByTestId('outcome-reason-said').innerText()).toContain('they had closed');
        await hand.press('thank-open');
        await hand.press('thank-go');
        await page.getByTestId('thank-text-wrong').waitFor();
        await hand.write('thank-text', 'Thank you for the whole morning, Sam.');
        await hand.choose('thank-who-member-Sam');
        await hand.press('thank-go');
        await page.getByTestId('thanks-said').waitFor();
        await heard(hand, 'thank', { id: 'e01', to: 'member-Sam', text: 'Thank you for the whole morning, Sam.' });
      }));

    test('Sam says that it did not happen, and only the two read why', async () => {
      await on('e01', 'Sam', async (hand) => {
        await hand.press('outcome-more');
        await hand.write('outcome-reason', 'The car broke down.');
        await hand.press('outcome-did-not');
        await heard(hand, 'outcome', { id: 'e01-Sam', how: 'did-not', reason: 'The car broke down.' });
        await hand.page.locator('[data-testid="outcome-said"][data-how="did-not"]').waitFor();
      });
      await on('e01', 'Kofi', async (hand) => expect(await hand.page.getByTestId('outcome').count()).toBe(0));
    });

    test('Rosa forgets one that is over, and then all the rest in Safe keeping', async () => {
      await on('e07', 'Rosa', async (hand) => {
        await hand.press('forget');
        await hand.press('forget-no');
        await hand.press('forget');
        await hand.press('forget-yes');
        await heard(hand, 'forget', { ids: ['e07'] });
        await journey.isAt(hand, 'board');
        await hand.page.goto(hand.page.url().replace(/#.*/, '#/safe'));
        await journey.isAt(hand, 'forgetting');
        await hand.press('forget-by-itself');
        await heard(hand, 'forgetting', { by_itself: false });
        await hand.press('forget-all');
        await hand.press('forget-at-once');
        await hand.press('forget-yes');
        await heard(hand, 'forget', { at_once: true });
        await hand.page.getByTestId('forget-report').waitFor();
        await hand.page.getByTestId('forget-all').waitFor({ state: 'detached' });
      });
      await on('e07', 'Kofi', async (hand) => expect(await hand.page.getByTestId('forget').count()).toBe(0));
    });

    test('Meera is asked about the evening that is over, and takes one of the others back', () =>
      on('e04', 'Meera', async (hand) => {
        const { page } = hand;
        expect(await page.locator('[data-testid="outcome"]').count()).toBe(1);
        await hand.press('outcome-happened');
        await heard(hand, 'outcome', { id: 'e04-Meera', how: 'happened', slot: '2026-11-23T17:30' });
        expect(await page.getByTestId('post-mine-times').getByRole('listitem').count()).toBe(3);
        await hand.press('withdraw');
        await hand.press('withdraw-time-2026-11-27T17:30');
        await hand.press('withdraw-yes');
        await heard(hand, 'withdraw', { id: 'e04-Meera', slots: ['2026-11-25T17:30'] });
      }));

    test('Rosa still needs it, for two more weeks', () =>
      on('e02', 'Rosa', async (hand) => {
        await hand.press('renew');
        await hand.page.getByTestId('renewal').waitFor({ state: 'detached' });
        await heard(hand, 'renew', { id: 'e02' });
        expect(await focused(hand.page)).toBe('page-title');
      }));

    test('Rosa does not need it any more, thinks again, and undoes that', () =>
      on('e02', 'Rosa', async (hand) => {
        const { page } = hand;
        await hand.press('renew-remove');
        await page.locator('[data-testid="post-standing"][data-state="not-needed"]').waitFor();
        expect(await page.getByTestId('edit').count()).toBe(0);
        await hand.press('undo');
        await page.locator('[data-testid="post-standing"][data-state="open"]').waitFor();
        await heard(hand, 'undo', { id: 'close-e02' });
      }));

    test('Rosa asks again for what nobody came to', () =>
      on('e07', 'Rosa', async (hand) => {
        await hand.press('renew');
        await hand.page.locator('[data-testid="post-standing"][data-state="open"]').waitFor();
      }));

    test('Rosa changes the hour, and Sam is said to be asked again', () =>
      on('e01', 'Rosa', async (hand) => {
        await hand.press('edit');
        expect(await focused(hand.page)).toBe('edit-form-title');
        await hand.page.getByTestId('edit-promised').waitFor();
        await hand.write('edit-title', '');
        await hand.press('edit-save');
        await hand.page.getByTestId('edit-title-wrong').waitFor();
        await hand.write('edit-title', 'Lift to the eye clinic');
        await hand.write('edit-date', '2026-11-27');
        await hand.press('edit-save');
        await journey.expectHeading(hand, 'Lift to the eye clinic');
        await heard(hand, 'edit', { id: 'e01', title: 'Lift to the eye clinic', from: '2026-11-27T09:20', to: '2026-11-27T12:30' });
      }));

    test('what came on Mondays comes on Tuesdays until a day, and then only once', () =>
      on('e08', 'Rosa', async (hand) => {
        const { page } = hand;
        const ticked = () => page.locator('input[type="checkbox"]:checked').evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
        await hand.press('edit');
        await page.getByTestId('edit-promised').waitFor();
        expect(await page.getByTestId('edit-repeat').inputValue()).toBe('week');
        expect(await ticked()).toEqual(['MO']);
        await hand.press('edit-weekday-MO');
        await hand.press('edit-weekday-TU');
        await hand.choose('edit-repeat-ends-day');
        await hand.write('edit-repeat-last', '2026-12-22');
        await hand.press('edit-save');
        await heard(hand, 'edit', { id: 'e08', repeat: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222' });
        await page.getByTestId('post-repeats').waitFor();

        // Another first day takes the only weekday with it.
        await hand.press('edit');
        expect(await ticked()).toEqual(['TU']);
        await hand.select('edit-day', '2026-12-02');
        expect(await ticked()).toEqual(['WE']);
        await hand.press('edit-save');
        await heard(hand, 'edit', { id: 'e08', from: '2026-12-02T13:00', to: '2026-12-02T15:00', repeat: 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20261222' });

        await hand.press('edit');
        await hand.select('edit-repeat', 'week');
        await page.keyboard.press('ArrowUp');
        await page.keyboard.press('ArrowUp');
        await hand.press('edit-save');
        await heard(hand, 'edit', { id: 'e08', repeat: '' });

        await hand.press('edit');
        await hand.select('edit-repeat', 'fortnight');
        await hand.press('edit-save');
        await heard(hand, 'edit', { id: 'e08', repeat: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE' });
      }));

    test('what looks private in a change is said, and keeps nobody from saving it', () =>
      on('e02', 'Rosa', async (hand) => {
        const { page } = hand;
        await hand.press('edit');
        await hand.write('edit-detail', 'Any evening: 0555 0123 45.');
        await page.getByTestId('edit-private').getByTestId('private-phone').waitFor();
        await hand.write('edit-detail', 'Any evening.');
        await page.getByTestId('edit-private').waitFor({ state: 'detached' });
        await hand.write('edit-place', '14 Tannery Row');
        await page.getByTestId('private-address').waitFor();
        await hand.press('edit-save');
        await heard(hand, 'edit', { id: 'e02', place: '14 Tannery Row' });
      }));

    test('Kofi promises two of five things, and reads with how many he goes', async () => {
      const { page, complaints, close } = await open(spoken('?me=Kofi#/post/n05', lang), { locale });
      const hand = keyboard(page);
      await hand.write('promise-amount', '2');
      await hand.press('promise');
      await heard(hand, 'promise', { id: 'n05', amount: 2 });
      await expect.poll(() => page.getByTestId('post-says').innerText()).toMatch(/\b2\b/);
      expect(await page.getByTestId('post-standing').getAttribute('data-state')).toBe('covered');
      expect(complaints).toEqual([]);
      await close();
    });

    test('nothing is sent of a change that is left', () =>
      on('e02', 'Rosa', async (hand) => {
        await hand.press('edit');
        await hand.write('edit-detail', 'Only in the morning.');
        await hand.press('edit-cancel');
        await hand.page.getByTestId('edit-form').waitFor({ state: 'detached' });
        expect(await focused(hand.page)).toBe('edit');
        expect(await args(hand, 'edit')).toBeUndefined();
      }));

    test('Rosa says yes again to a new time', () =>
      on('e03', 'Rosa', async (hand) => {
        await journey.expectMine(hand, 'check-again');
        await hand.press('yes-again');
        await journey.expectMine(hand, 'going');
        await heard(hand, 'yes-again', { id: 'e03-Rosa' });
      }));

    test('Rosa cannot come at the new time, and then she can: her promise stands again', () =>
      on('e03', 'Rosa', async (hand) => {
        await hand.press('withdraw');
        await hand.press('withdraw-yes');
        await hand.page.getByTestId('post-mine').waitFor({ state: 'detached' });
        await hand.press('undo');
        await journey.expectMine(hand, 'check-again');
      }));
  });
}

test('a card that stands for two posts shows the words of both, and thanks', async () => {
  const { page, close } = await open('?scene=endings&me=Kofi#/post/e06');
  await page.getByTestId('post-standing').waitFor();
  expect(await page.getByTestId('post-same').innerText()).toContain('mornings are best');
  expect(await page.getByTestId('thanks-said').innerText()).toContain('like a stone');
  expect(await page.getByTestId('thank-open').count()).toBe(0);
  await close();
});
