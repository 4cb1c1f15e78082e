// Journeys with an invented member, by keyboard alone, in every language and in two invented ones.

import { describe, expect, test } from 'vitest';

import { keyboard, mouse } from './hand';
import { WORDS } from '../../src/host/fake-circle';
import { focused, invented, LANGUAGES, spoken } from './invented';
import * as journey from './journeys';
import { INVITATION } from './screens';

const { open } = invented();

for (const { name, locale, lang } of LANGUAGES) {
  const show = (path: string) => open(spoken(path, lang), { locale });

  describe(`by keyboard alone in ${name}`, () => {
    test('Rosa starts a circle and posts a need', async () => {
      const { page, complaints, close } = await show('?scene=fresh');
      const hand = keyboard(page);
      await journey.startCircle(hand, { name: 'Rosa', circle: 'Millrace' });
      await journey.post(hand, {
        kind: 'need',
        title: 'Lift to the eye clinic',
        category: 'ride',
        day: '2026-11-26',
        from: '9:20',
        to: '12:30',
        place: 'Station Side',
        mode: 'choose',
      });
      expect(await page.evaluate(() => window.closeknit.heard.find(({ name }) => name === 'post')?.args)).toEqual({
        kind: 'need',
        category: 'ride',
        title: 'Lift to the eye clinic',
        from: '2026-11-26T09:20',
        to: '2026-11-26T12:30',
        place: 'Station Side',
        mode: 'choose',
        urgent: false,
        standing: false,
      });
      await journey.openPost(hand, 'Lift to the eye clinic');
      await journey.close(hand, 'not-needed');
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa puts everything under a passphrase, locks, and comes back to where she was', async () => {
      const { page, complaints, close } = await show('#/safe');
      const hand = keyboard(page);
      await hand.press('at-rest-set');
      await hand.write('at-rest-new', 'four candles and a ladder');
      await hand.write('at-rest-again', 'four candles and a letter');
      await hand.press('at-rest-save');
      await page.getByTestId('at-rest-again-wrong').waitFor();
      await hand.write('at-rest-again', 'four candles and a ladder');
      await hand.press('at-rest-save');
      await hand.choose('lock-after-5');
      await hand.press('lock');
      await journey.isAt(hand, 'locked');
      expect(await page.locator('body').innerText()).not.toContain('Millrace');
      await hand.write('unlock-passphrase', 'four candles');
      await hand.press('unlock');
      await page.locator('[data-code="wrong-passphrase"]').waitFor();
      await hand.write('unlock-passphrase', 'four candles and a ladder');
      await hand.press('unlock');
      await journey.isAt(hand, 'safe');
      const said = await page.evaluate(() => window.closeknit.heard.some(({ name }) => name === 'still-here'));
      expect(said).toBe(true);
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa asks for a van on two mornings, for somebody else', async () => {
      const { page, complaints, close } = await show('#/new/need');
      const hand = keyboard(page);
      await journey.askForTwoMornings(hand, 'Carry a wardrobe');
      await hand.press('new-add-time');
      await hand.press('new-remove-time-2');
      await expect.poll(() => focused(page)).toBe('new-add-time');
      await hand.press('new-more');
      await hand.write('new-want', '3');
      await hand.press('new-add-role');
      await hand.write('new-role-0', 'with a van');
      await hand.press('new-urgent');
      await hand.write('new-person', 'Old Jack');
      await hand.write('new-consent', 'on the phone');
      await hand.press('new-post');
      // What is urgent asks first whether life is at risk.
      await page.getByTestId('new-danger-wrong').waitFor();
      await hand.choose('new-danger-yes');
      expect(await page.getByTestId('new-emergency').innerText()).toContain('112');
      await page.keyboard.press('ArrowDown');
      await page.getByTestId('new-emergency').waitFor({ state: 'detached' });
      await hand.press('new-post');
      await journey.isAt(hand, 'post');
      expect(await page.evaluate(() => window.closeknit.heard.find(({ name }) => name === 'post')?.args)).toEqual({
        kind: 'need',
        category: 'repair',
        title: 'Carry a wardrobe',
        times: ['2026-11-28T10:00/2026-11-28T12:00', '2026-11-29T10:00/2026-11-29T12:00'],
        want: 3,
        roles: [{ amount: 1, name: 'with a van' }],
        person: 'Old Jack',
        consent: 'on the phone',
        urgent: true,
        standing: false,
      });
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa asks two of her neighbours and nobody else', async () => {
      const { page, complaints, close } = await show('#/new/need');
      const hand = keyboard(page);
      await hand.write('new-title', 'Someone to listen');
      await hand.choose('category-check-in');
      await hand.press('new-more');
      await hand.choose('new-readers-chosen');
      await hand.press('new-post');
      // Nobody is chosen yet: nothing is sent, and the question gets the focus.
      await expect.poll(() => focused(page)).toBe('new-reader-Sam');
      await hand.press('new-reader-Sam');
      await hand.press('new-reader-Ines');
      await hand.press('new-reader-Bo');
      await hand.press('new-reader-Bo');
      await hand.press('new-post');
      await journey.isAt(hand, 'post');
      const sent = await page.evaluate(() => window.closeknit.heard.find(({ name }) => name === 'post')?.args);
      expect(sent).toMatchObject({ title: 'Someone to listen', audience: ['member-Sam', 'member-Ines'] });
      expect(await page.getByTestId('post-audience').innerText()).toContain('Ines');
      expect(complaints).toEqual([]);
      await close();
    });

    test('Meera offers two meals every Wednesday, and hears when she will be asked again', async () => {
      const { page, complaints, close } = await show('?me=Meera#/new/offer');
      const hand = keyboard(page);
      await hand.write('new-title', 'Two hot meals');
      await hand.choose('category-food-meal');
      await hand.select('new-day', '2026-11-25');
      await hand.write('new-from', '17:30');
      await hand.write('new-to', '18:30');
      await hand.select('new-repeat', 'week');
      expect(await page.getByTestId('new-weekday-WE').isChecked()).toBe(true);
      await hand.choose('new-repeat-ends-day');
      await hand.write('new-repeat-last', '2027-03-31');
      await hand.press('new-more');
      await hand.press('new-standing');
      await hand.write('new-want', '2');
      await hand.choose('new-unit-items');
      await expect.poll(() => page.getByTestId('new-ends').innerText()).toContain('22');
      await hand.press('new-post');
      await journey.isAt(hand, 'post');
      expect(await page.evaluate(() => window.closeknit.heard.find(({ name }) => name === 'post')?.args)).toMatchObject({
        kind: 'offer',
        from: '2026-11-25T17:30',
        repeat: 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20270331',
        want: 2,
        unit: 'items',
        standing: true,
      });
      expect(complaints).toEqual([]);
      await close();
    });

    test('Sam finds what is near and this week, and goes through the week by its days', async () => {
      const { page, complaints, close } = await show('?me=Sam#/board');
      const hand = keyboard(page);
      await page.getByTestId('post-row').first().waitFor();
      await hand.select('filter-when', 'today');
      await expect.poll(() => page.getByTestId('post-row').count()).toBe(1);
      await page.keyboard.press('ArrowUp');
      await hand.press('filter-near');
      await expect.poll(() => page.getByTestId('post-row').count()).toBe(4);
      await hand.press('filter-near');
      await hand.choose('board-look-week');
      await page.getByRole('table').waitFor();
      expect(await page.getByRole('columnheader').count()).toBe(7);
      await page.locator('td[data-day] a').first().focus();
      const days = [];
      for (let step = 0; step < 5; step++) {
        days.push(await page.evaluate(() => Number(document.activeElement?.closest('td')?.dataset['day'])));
        await page.keyboard.press('ArrowDown');
      }
      expect(days).toEqual([...days].sort());
      expect(new Set(days).size).toBeGreaterThan(1);
      const title = await page.getByTestId('week-title').innerText();
      await hand.press('week-after');
      await expect.poll(() => page.getByTestId('week-title').innerText()).not.toBe(title);
      await hand.press('week-now');
      await expect.poll(() => page.getByTestId('week-title').innerText()).toBe(title);
      // The same week is there after somebody looked at a post; in a narrow window it is a list.
      await page.getByTestId('week-time').first().focus();
      await page.keyboard.press('Enter');
      await journey.isAt(hand, 'post');
      await hand.press('back');
      await page.getByRole('table').waitFor();
      await page.setViewportSize({ width: 700, height: 700 });
      await page.getByRole('table').waitFor({ state: 'detached' });
      expect(await page.getByTestId('week-time').count()).toBeGreaterThan(3);
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa carries the circle on a stick, and reads what Sam brought', async () => {
      const { page, close } = await open('#/near');
      const hand = mouse(page);
      await hand.press('stick');
      await hand.press('stick-read-go');
      expect(await page.getByTestId('stick').innerText()).toContain('Please say which file.');
      const sam = await page.getByTestId('stick-for').locator('option', { hasText: 'Sam' }).getAttribute('value');
      await hand.select('stick-for', sam ?? '');
      await hand.write('stick-write-path', '/media/stick/for-sam');
      await hand.press('stick-write-go');
      expect(await page.getByTestId('stick-write-report').innerText()).toContain('Sam');
      expect(await page.getByTestId('stick-write-report').innerText()).toContain('only once you meet');
      await hand.write('stick-read-path', '/media/stick/from-sam');
      await hand.press('stick-read-go');
      expect(await page.getByTestId('stick-read-report').innerText()).toContain('Added 37 entries from 3 people, refused 2.');
      await close();
    });

    test('Rosa goes from one circle to another, and writes her promises for her calendar', async () => {
      const { page, complaints, close } = await show('?scene=two#/board');
      const hand = keyboard(page);
      await page.getByTestId('post-row').first().waitFor();
      await hand.write('board-search', 'eye');
      await hand.select('switch', 'orchard');
      await expect.poll(() => page.getByTestId('circle-name').innerText()).toBe('Orchard');
      await page.getByTestId('board-none').or(page.getByTestId('board-empty')).waitFor();
      await page.getByTestId('switch').focus();
      await page.keyboard.press('ArrowUp');
      await expect.poll(() => page.getByTestId('circle-name').innerText()).toBe('Millrace');
      await page.getByTestId('post-row').first().waitFor();
      await hand.press('nav-me');
      await hand.press('calendar');
      await hand.write('calendar-path', '/home/rosa/promises.ics');
      await hand.press('calendar-go');
      expect(await page.getByTestId('calendar-report').innerText()).toContain('/home/rosa/promises.ics');
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa vouches, says who should no longer belong, and leaves; each is asked first', async () => {
      const { page, complaints, close } = await show('?scene=belonging#/circle');
      const hand = keyboard(page);
      const heard = () => page.evaluate(() => window.closeknit.heard.filter(({ name }) => ['vouch', 'remove', 'leave'].includes(name)));
      await page.getByTestId('case').waitFor();
      const known = await page.getByTestId('vouch').count();
      await hand.press('vouch');
      await page.keyboard.press('Escape');
      await hand.press('vouch');
      await hand.press('sure-yes');
      await expect.poll(() => page.getByTestId('vouch').count()).toBe(known - 1);

      await hand.press('remove');
      await hand.select('remove-who', 'member-Kofi');
      await hand.press('remove-who-pick');
      await hand.press('sure-no');
      await hand.press('remove-too');
      await hand.press('sure-yes');
      await page.getByTestId('circle-note').waitFor();
      expect(await page.locator('[data-testid="member"][data-name="Pavel"]').count()).toBe(0);

      await hand.press('leave');
      expect(await heard()).toHaveLength(2);
      await hand.press('sure-yes');
      await page.getByTestId('welcome').waitFor();
      expect((await heard()).map(({ name }) => name)).toEqual(['vouch', 'remove', 'leave']);
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa erases it all, after she typed what her circle is called', async () => {
      const { page, complaints, close } = await show('#/safe');
      const hand = keyboard(page);
      await page.getByTestId('doctor').waitFor();
      await hand.press('erase');
      await hand.write('erase-name', 'Millrace');
      await hand.press('erase-yes');
      await page.getByTestId('erase-done').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa invites, and lets Sam in after they compared the code', async () => {
      const { page, complaints, close } = await show('?scene=draft');
      const hand = keyboard(page);
      expect(await journey.invite(hand)).toMatch(/^closeknit1/);
      await page.evaluate(() => window.closeknit.knock('Sam'));
      expect(await journey.codeAtTheDoor(hand)).toBe('493 271');
      await journey.letIn(hand);
      await page.locator('[data-testid="member"][data-name="Sam"]').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    test('Sam joins with an invitation', async () => {
      const { page, complaints, close } = await show('?scene=fresh');
      const hand = keyboard(page);
      expect(await journey.askToJoin(hand, { name: 'Sam', invitation: INVITATION })).toBe('493 271');
      await journey.enterCircle(hand);
      expect(complaints).toEqual([]);
      await close();
    });

    test('Kofi promises, Rosa’s yes arrives, and he takes it back', async () => {
      const { page, complaints, close } = await show('?me=Kofi');
      const hand = keyboard(page);
      await journey.openPost(hand, 'Prescription');
      await journey.promise(hand, 'On my bike, before five.');
      expect(await page.getByTestId('doorstep').count()).toBe(0);
      await page.evaluate(() => window.closeknit.answered('n02', 'accept', 'Third door on the left.'));
      await journey.expectMine(hand, 'going');
      expect(await page.getByTestId('doorstep-text').innerText()).toBe('Third door on the left.');
      await hand.press('withdraw');
      await hand.press('withdraw-yes');
      await page.getByTestId('post-mine').waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
      await close();
    });

    test('Kofi takes two evenings of several, once he has said which', async () => {
      const { page, complaints, close } = await show('?me=Kofi');
      const hand = keyboard(page);
      await journey.openPost(hand, 'Evening meals');
      expect(await page.getByTestId('times').getByRole('listitem').count()).toBe(3);
      await hand.press('promise');
      await page.getByTestId('promise-times-none').waitFor();
      await hand.press('promise-time-2026-11-27T17:30');
      await hand.press('promise-time-2026-11-30T17:30');
      await hand.press('promise');
      await page.getByTestId('post-mine').waitFor();
      const heard = await page.evaluate(() => window.closeknit.heard.findLast(({ name }) => name === 'promise')?.args);
      expect(heard).toEqual({ id: 'n01', slots: ['2026-11-27T17:30', '2026-11-30T17:30'] });
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa answers, with what is needed at the door', async () => {
      const { page, complaints, close } = await show('');
      const hand = keyboard(page);
      await journey.openPost(hand, 'Lift to the eye clinic');
      await journey.accept(hand, '14 Tannery Row, blue door');
      const heard = await page.evaluate(() => window.closeknit.heard.find(({ name }) => name === 'answer')?.args);
      expect(heard).toEqual({ id: 'n03-Sam', verdict: 'accept', doorstep: '14 Tannery Row, blue door' });
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa writes a backup, and brings one back on a new machine', async () => {
      const { page, complaints, close } = await show('');
      await journey.writeBackup(keyboard(page), '/media/stick/rosa.age', 'four plain words here');
      expect(complaints).toEqual([]);
      await close();
      const fresh = await show('?scene=fresh');
      const words = Array.from({ length: 24 }, (_, index) => `word${index}`).join(' ');
      await journey.bringBack(keyboard(fresh.page), { path: '/media/stick/rosa.age', words });
      await fresh.page.getByTestId('post-row').first().waitFor();
      expect(fresh.complaints).toEqual([]);
      await fresh.close();
    });

    test('Rosa comes back with her words and a neighbour’s line', async () => {
      const { page, complaints, close } = await show('');
      const line = await journey.letBack(keyboard(page));
      expect(line).toContain('closeknit1');
      expect(await page.evaluate(() => window.closeknit.heard.some(({ name }) => name === 'let-back'))).toBe(true);
      expect(complaints).toEqual([]);
      await close();
      const fresh = await show('?scene=fresh');
      const words = Array.from({ length: 24 }, (_, index) => `word${index}`).join(' ');
      await journey.comeBack(keyboard(fresh.page), line, words);
      expect(fresh.complaints).toEqual([]);
      await fresh.close();
    });

    test('Rosa looks whether her sheet of words is still there', async () => {
      const { page, complaints, close } = await show('?scene=practise#/today');
      const hand = keyboard(page);
      await hand.press('practise-go');
      for (const [index, number] of [5, 9, 17].entries()) await hand.write(`words-ask-${index}`, WORDS[number - 1] ?? '');
      await hand.press('words-go');
      await page.getByTestId('practise-done').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    test('Rosa says what she can carry, and keeps her words', async () => {
      const { page, complaints, close } = await show('');
      const hand = keyboard(page);
      await journey.stateCapacity(hand, 4);
      await journey.keepWords(hand);
      expect(complaints).toEqual([]);
      await close();
    });
  });
}

describe('nothing typed is lost', () => {
  test('a post in the making survives going away and coming back', async () => {
    const { page, close } = await open('#/board');
    const hand = mouse(page);
    await hand.press('new-need');
    await hand.write('new-title', 'Lift to the eye clinic');
    await hand.choose('category-ride');
    await hand.press('nav-near');
    await hand.press('nav-board');
    await hand.press('new-need');
    expect(await page.getByTestId('new-title').inputValue()).toBe('Lift to the eye clinic');
    expect(await page.getByTestId('category-ride').isChecked()).toBe(true);
    await hand.press('new-discard');
    expect(await page.getByTestId('new-title').inputValue()).toBe('');
    await close();
  });

  test('what looks private is said while it is typed, and keeps nothing from being posted', async () => {
    const { page, close } = await open('#/new/need');
    const hand = mouse(page);
    await hand.write('new-title', 'Call me: 020 7946 0018');
    expect(await page.getByTestId('private-phone').innerText()).toContain('020 7946 0018');
    await hand.write('new-title', 'Call me');
    await page.getByTestId('new-private').waitFor({ state: 'detached' });
    await hand.write('new-title', 'Meet at 14 Tannery Row');
    await page.getByTestId('private-address').waitFor();
    await hand.choose('category-ride');
    await hand.press('new-post');
    await journey.expectHeading(hand, 'Meet at 14 Tannery Row');
    await close();
  });

  test('what is wrong in a folded place is unfolded and gets the focus', async () => {
    const { page, close } = await open('#/new/need');
    const hand = mouse(page);
    await hand.write('new-title', 'Lift to the eye clinic');
    await hand.choose('category-ride');
    await hand.press('new-more');
    await hand.write('new-want', 'two');
    await hand.press('new-more');
    await hand.press('new-post');
    await expect.poll(() => focused(page)).toBe('new-want');
    expect(await page.getByTestId('new-want-wrong').isVisible()).toBe(true);
    await close();
  });

  test('a refusal stands beside the button, and the form stays as it is', async () => {
    const { page, close } = await open('#/new/need');
    const hand = mouse(page);
    await hand.write('new-title', 'Lift to the eye clinic');
    await hand.choose('category-ride');
    await page.evaluate(() => window.closeknit.refuse('post', 'disk-full'));
    await hand.press('new-post');
    const refused = page.getByTestId('refused');
    await refused.waitFor();
    expect(await refused.getAttribute('data-code')).toBe('disk-full');
    expect(await page.getByTestId('new-title').inputValue()).toBe('Lift to the eye clinic');
    await hand.press('new-post');
    await journey.expectHeading(hand, 'Lift to the eye clinic');
    await close();
  });

  test('a refusal of one field stands beside that field too', async () => {
    const { page, close } = await open('#/new/need');
    const hand = mouse(page);
    await hand.write('new-title', 'x'.repeat(120));
    await hand.choose('category-ride');
    await page.evaluate(() =>
      window.closeknit.refuse('post', 'bad-input', { field: { text: 'title' }, reason: { text: 'too-long' }, most: { text: '100' } }),
    );
    expect(await page.getByTestId('new-title-wrong').innerText()).toContain('20');
    await hand.press('new-post');
    await page.getByTestId('refused').waitFor();
    expect(await page.getByTestId('new-title').getAttribute('aria-invalid')).toBe('true');
    await close();
  });

  test('doorstep details typed but not sent leave no trace in the browser', async () => {
    const { page, close } = await open('#/post/n03');
    const hand = mouse(page);
    await hand.write('answer-doorstep', 'CANARY 14 Tannery Row');
    await hand.press('nav-board');
    await journey.openPost(hand, 'Lift to the eye clinic');
    expect(await page.getByTestId('answer-doorstep').first().inputValue()).toBe('CANARY 14 Tannery Row');
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(stored).not.toContain('CANARY');
    await close();
  });
});

describe('changes', () => {
  test('that arrive are shown and told, and move no focus', async () => {
    const { page, close } = await open('#/board');
    await page.getByTestId('posts').waitFor();
    await page.getByTestId('board-search').focus();
    await page.evaluate(() => window.closeknit.arrive({ id: 'n99', by: 'Meera', category: 'pet', title: 'Feed the hens' }));
    await page.getByTestId('post-row').filter({ hasText: 'Feed the hens' }).waitFor();
    await expect.poll(() => page.getByTestId('voice').textContent()).toBe('25 posts');
    expect(await focused(page)).toBe('board-search');
    await close();
  });

  test('somebody at the door opens a dialog, but not in the middle of typing', async () => {
    const { page, close } = await open('#/board');
    await page.getByTestId('board-search').fill('lift');
    await page.evaluate(() => window.closeknit.knock('Jonas'));
    await page.getByTestId('door-open').waitFor();
    expect(await page.getByTestId('door-code').count()).toBe(0);
    expect(await page.getByTestId('board-search').inputValue()).toBe('lift');
    await page.getByTestId('door-open').click();
    await page.getByTestId('door-code').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('door-code').waitFor({ state: 'detached' });
    await page.getByTestId('door-open').waitFor();
    await close();
  });

  test('the focus goes to the heading of a new screen, and back to the post one came from', async () => {
    const { page, close } = await open('?scene=crowd#/board');
    await page.getByTestId('posts').waitFor();
    await page.evaluate(() => window.scrollTo(0, 12_000));
    // The rows are there when the first page but one of them came.
    await page.locator('[data-index="100"] a').waitFor();
    const row = page.getByTestId('post-row').nth(8).getByRole('link');
    const id = await row.getAttribute('data-post');
    const top = await page.evaluate(() => window.scrollY);
    await row.click();
    await page.getByTestId('post-standing').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await page.goBack();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-post'))).toBe(id);
    expect(Math.abs((await page.evaluate(() => window.scrollY)) - top)).toBeLessThan(5);
    await close();
  });
});
