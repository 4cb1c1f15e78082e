// What was typed is kept, in the circle where it was typed; and what neighbours wrote twice is shown twice.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { mouse, type Hand } from './hand';
import { focused, invented } from './invented';
import * as journey from './journeys';

const { open } = invented();

type Called = { call: (name: string, args: object) => Promise<Record<string, unknown>> };

async function on(path: string, story: (hand: Hand, page: Page) => Promise<void>): Promise<void> {
  const { page, complaints, close } = await open(path);
  await story(mouse(page), page);
  expect(complaints).toEqual([]);
  await close();
}
const calls = (page: Page, call: string) =>
  page.evaluate((call) => window.closeknit.heard.filter(({ name }) => name === call).map(({ args }) => args), call);
const value = (page: Page, testid: string) => page.getByTestId(testid).inputValue();
const isThere = (page: Page, testid: string, text: string) => expect.poll(() => value(page, testid)).toBe(text);
/** Another machine of one’s own, or a neighbour, asks for this. */
const elsewhere = (page: Page, name: string, args: object) =>
  page.evaluate(([name, args]) => (window.closeknit as unknown as Called).call(name, args), [name, args] as const);
/** The fields of a reply are others from now on. */
const answers = (page: Page, call: string, fields: object) =>
  page.evaluate(
    ([asked, fields]) => {
      const member = window.closeknit as unknown as Called;
      const was = member.call.bind(member);
      member.call = async (name, args) => ({ ...(await was(name, args)), ...(name === asked ? fields : {}) });
    },
    [call, fields] as const,
  );
const something = (page: Page) => page.evaluate(() => window.closeknit.arrive({ id: 'n99', by: 'Kofi', category: 'pet', title: 'Feed the hens' }));

describe('what is there twice is shown twice', () => {
  test('somebody lists a ladder twice', () =>
    on('#/circle', async (hand, page) => {
      const person = { id: 'member-Sam', name: 'Sam', me: false, former: false };
      const ladder = { person, what: 'ladder', lends: true };
      await answers(page, 'find', { found: [ladder, ladder] });
      await hand.write('find-text', 'ladder');
      await expect.poll(() => page.getByTestId('found').locator('li').count()).toBe(2);
    }));

  test('two windows of a post began before the day', () =>
    on('#/board', async (hand, page) => {
      await page.getByTestId('posts').waitFor();
      const { days, ...week } = (await elsewhere(page, 'week', {})) as { days: { times: object[] }[] };
      const time = { ...days.flatMap(({ times }) => times)[0], part: 'morning', from: null, to: '09:00' };
      await answers(page, 'week', { ...week, days: days.map((day) => ({ ...day, times: [time, time] })) });
      await hand.choose('board-look-week');
      await expect.poll(() => page.getByTestId('week-time').count()).toBe(14);
    }));

  test('somebody said twice what became of a promise', () =>
    on('?scene=endings#/post/e01', async (_, page) => {
      const { promises } = (await elsewhere(page, 'show', { id: 'e01' })) as { promises: object[] };
      const by = { id: 'member-Sam', name: 'Sam', me: false, former: false };
      const said = { by, slot: null, how: 'happened', reason: null };
      await answers(page, 'show', { promises: promises.map((promise) => ({ ...promise, outcomes: [said, { ...said, how: 'partly' }] })) });
      await something(page);
      await expect.poll(() => page.getByTestId('outcome-said').count()).toBe(2);
    }));
});

describe('another circle', () => {
  test('has a form of its own about oneself: nothing of the first is shown or saved there', () =>
    on('?scene=two#/me', async (hand, page) => {
      await isThere(page, 'profile-area', 'Tannery Row');
      await hand.write('capacity-hours', '7');
      await answers(page, 'me', { area: 'Orchard Lane', skills: [], hours: 1 });
      await page.getByTestId('switch').focus();
      await hand.select('switch', 'orchard');
      await isThere(page, 'profile-area', 'Orchard Lane');
      expect(await focused(page)).toBe('switch');
      expect(await value(page, 'profile-skills')).toBe('');
      await isThere(page, 'capacity-hours', '1');
      await hand.press('profile-save');
      await expect.poll(async () => (await calls(page, 'profile'))[0]).toMatchObject({ area: 'Orchard Lane', skills: [] });
      // And what was typed in the first is there again.
      await hand.select('switch', 'millrace');
      await isThere(page, 'capacity-hours', '7');
    }));

  test('keeps nothing of what was made on a screen of the first', () =>
    on('?scene=two#/circle', async (hand, page) => {
      await hand.press('invite-make');
      await page.getByTestId('invitation').waitFor();
      await hand.select('switch', 'orchard');
      await page.getByTestId('invitation').waitFor({ state: 'detached' });
      await page.getByTestId('invite-make').waitFor();
    }));

  test('does not get the post that was written for the first', () =>
    on('?scene=two#/new/need', async (hand, page) => {
      await hand.write('new-title', 'Lift to the eye clinic');
      await hand.select('switch', 'orchard');
      await isThere(page, 'new-title', '');
      await hand.write('new-title', 'Prune the trees');
      await hand.choose('category-repair');
      await hand.press('new-post');
      await journey.isAt(hand, 'post');
      expect(await calls(page, 'post')).toMatchObject([{ title: 'Prune the trees' }]);
      await hand.select('switch', 'millrace');
      await page.evaluate(() => (location.hash = '#/new/need'));
      await isThere(page, 'new-title', 'Lift to the eye clinic');
    }));

  test('has its heading found by whoever left the first', () =>
    on('?scene=two#/circle', async (hand, page) => {
      await hand.press('leave');
      await hand.press('sure-yes');
      await page.getByTestId('circle-name').filter({ hasText: 'Orchard' }).waitFor();
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    }));

  test('is not what a draft becomes when somebody comes in: the invitation stays', () =>
    on('?scene=draft#/circle', async (hand, page) => {
      await hand.press('invite-make');
      await page.getByTestId('invitation').waitFor();
      const circles = [{ id: 'founded', name: 'Millbrook', draft: false, members: 2 }];
      await answers(page, 'status', { circles, current: 'founded' });
      await page.evaluate(() => window.closeknit.notice({ id: 'notice-clock-behind-days', values: { count: { number: 3 } } }));
      await page.getByTestId('circle-name').filter({ hasText: 'Millbrook' }).waitFor();
      expect(await page.getByTestId('invitation').count()).toBe(1);
    }));
});

describe('a form about oneself', () => {
  test('shows what another own machine saved, and keeps what was typed here', () =>
    on('#/me', async (hand, page) => {
      await hand.write('capacity-when', 'Sundays');
      await hand.press('nav-board');
      await journey.isAt(hand, 'board');
      await elsewhere(page, 'profile', { area: 'Bridge End', skills: ['knots'] });
      await elsewhere(page, 'capacity', { hours: 5 });
      await hand.press('nav-me');
      await isThere(page, 'profile-area', 'Bridge End');
      expect(await value(page, 'capacity-when')).toBe('Sundays');
      expect(await value(page, 'capacity-hours')).toBe('5');
      // While it is open, too.
      await hand.write('profile-area', 'Allotment Hill');
      await elsewhere(page, 'profile', { area: 'Station Side', skills: ['knots', 'soup'] });
      await isThere(page, 'profile-skills', 'knots, soup');
      expect(await value(page, 'profile-area')).toBe('Allotment Hill');
      await hand.write('profile-skills', 'knots,soup');
      await hand.press('profile-save');
      await expect.poll(async () => (await calls(page, 'profile')).at(-1)).toMatchObject({ area: 'Allotment Hill', skills: ['knots', 'soup'] });
      // As the member writes it, and saved.
      await isThere(page, 'profile-skills', 'knots, soup');
      await page.getByTestId('profile-saved').waitFor();
    }));
});

describe('a change of a post', () => {
  test('that is not saved is there again; one that was left or saved is not', () =>
    on('?scene=endings#/post/e02', async (hand, page) => {
      await hand.press('edit');
      await hand.write('edit-detail', 'Only in the morning.');
      await hand.press('nav-board');
      await journey.isAt(hand, 'board');
      // Meanwhile another own machine changes something else.
      await elsewhere(page, 'edit', { id: 'e02', place: 'Bridge End' });
      await page.goBack();
      await hand.press('edit');
      expect(await value(page, 'edit-detail')).toBe('Only in the morning.');
      expect(await value(page, 'edit-place')).toBe('Bridge End');
      await hand.press('edit-save');
      await page.getByTestId('edit-form').waitFor({ state: 'detached' });
      expect((await calls(page, 'edit')).at(-1)).toEqual({ id: 'e02', detail: 'Only in the morning.' });
      await hand.press('edit');
      await hand.write('edit-detail', 'Never.');
      await hand.press('edit-cancel');
      await hand.press('edit');
      expect(await value(page, 'edit-detail')).toBe('Only in the morning.');
    }));

  test('stays open when the post cannot be read for once', () =>
    on('?scene=endings#/post/e02', async (hand, page) => {
      await hand.press('edit');
      await hand.write('edit-detail', 'Only in the morning.');
      await page.evaluate(() => window.closeknit.refuse('show', 'disk-full'));
      await something(page);
      await expect.poll(async () => (await calls(page, 'show')).length).toBeGreaterThan(1);
      await page.waitForTimeout(200);
      expect(await value(page, 'edit-detail')).toBe('Only in the morning.');
    }));

  test('of a post that goes on over night leaves its end on the next day', () =>
    on('?scene=endings#/post/e02', async (hand, page) => {
      await elsewhere(page, 'edit', { id: 'e02', from: '2026-11-27T22:00', to: '2026-11-28T02:00' });
      await page.getByTestId('post-when').filter({ hasText: '28' }).waitFor();
      await hand.press('edit');
      await hand.write('edit-title', 'Watch the fire');
      await hand.press('edit-save');
      await page.getByTestId('edit-form').waitFor({ state: 'detached' });
      expect((await calls(page, 'edit')).at(-1)).toEqual({ id: 'e02', title: 'Watch the fire' });
      await hand.press('edit');
      await hand.write('edit-from', '23:00');
      await hand.press('edit-save');
      await page.getByTestId('edit-form').waitFor({ state: 'detached' });
      expect((await calls(page, 'edit')).at(-1)).toEqual({ id: 'e02', from: '2026-11-27T23:00', to: '2026-11-28T02:00' });
    }));
});

test('hours that are typed are kept when the quiet hours are read again, and follow when they are not', () =>
  on('#/safe', async (hand, page) => {
    await isThere(page, 'quiet-from', '21:00');
    await hand.write('quiet-from', '22');
    await elsewhere(page, 'quiet', { to: '07:30' });
    await elsewhere(page, 'capacity', {});
    await isThere(page, 'quiet-to', '07:30');
    expect(await value(page, 'quiet-from')).toBe('22');
    await hand.press('quiet-save');
    await isThere(page, 'quiet-from', '22:00');
    expect((await calls(page, 'quiet')).at(-1)).toEqual({ from: '22:00', to: '07:30' });
  }));
