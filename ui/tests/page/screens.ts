// Every screen, in the states worth looking at.

import { expect } from 'vitest';
import type { Page } from 'playwright-core';

import { mouse } from './hand';
import { askForTwoMornings, letBack, setPassphrase } from './journeys';

export interface Screen {
  name: string;
  /** Behind the address of the page around the invented member. */
  path: string;
  /** Shows that it is there. */
  ready: string;
  /** What is done before it is looked at. */
  first?: (page: Page) => Promise<void>;
}

/** The invented member, for tests that need something to happen. */
export interface Invented {
  knock: (name: string, own?: boolean) => void;
  arrive: (post: object) => void;
  promised: (id: string, by: string, say: string) => void;
  answered: (id: string, verdict: string, doorstep?: string) => void;
  refuse: (call: string, code: string, values?: object) => void;
  newMachine: (id: string) => void;
  notice: (phrase: object) => void;
  reach: (answers: boolean) => void;
  heard: { name: string; args: unknown }[];
}
declare global {
  interface Window {
    closeknit: Invented;
  }
}

const PASSPHRASE = 'four candles and a ladder';

export const INVITATION =
  'closeknit1qqxsxkc5t4c9uq0r3q9m2pfh0dz8v6n7w4l2k5jqsyt3xz0rmg8aeu6hwq92tpv4c7dlnf5k3jy8sxqz0m6r2a4tge9u7hw5pvc3';

async function toJoining(page: Page): Promise<void> {
  const hand = mouse(page);
  await hand.write('welcome-name', 'Sam');
  await hand.press('welcome-join');
  await page.getByTestId('join').waitFor();
}

async function toCode(page: Page): Promise<void> {
  const hand = mouse(page);
  await toJoining(page);
  await hand.write('join-invitation', INVITATION);
  await hand.press('join-go');
  await page.getByTestId('join-code').waitFor();
}

export const SCREENS: Screen[] = [
  { name: 'welcome', path: '?scene=fresh', ready: 'welcome' },
  {
    name: 'welcome-without-a-name',
    path: '?scene=fresh',
    ready: 'welcome',
    first: async (page) => {
      await mouse(page).press('welcome-start');
      await page.getByTestId('welcome-name-wrong').waitFor();
    },
  },
  {
    name: 'start',
    path: '?scene=fresh',
    ready: 'welcome',
    first: async (page) => {
      const hand = mouse(page);
      await hand.write('welcome-name', 'Rosa');
      await hand.press('welcome-start');
      await hand.press('start-more');
    },
  },
  { name: 'join', path: '?scene=fresh', ready: 'welcome', first: toJoining },
  { name: 'join-code', path: '?scene=fresh', ready: 'welcome', first: toCode },
  {
    name: 'join-refused',
    path: '?scene=fresh',
    ready: 'welcome',
    first: async (page) => {
      await toCode(page);
      await mouse(page).press('join-no');
      await page.locator('[data-stage="refused"]').waitFor();
    },
  },
  {
    name: 'bring-back',
    path: '?scene=fresh#/bring-back',
    ready: 'bring-back',
    first: async (page) => {
      const hand = mouse(page);
      await hand.write('back-path', '/media/stick/rosa.closeknit.age');
      await hand.choose('back-lock-passphrase');
      await hand.write('back-passphrase', 'four plain words here');
      await hand.press('back-look');
      await page.getByTestId('back-preview').waitFor();
    },
  },
  {
    name: 'at-rest',
    path: '#/safe',
    ready: 'at-rest',
    first: async (page) => {
      await setPassphrase(mouse(page), PASSPHRASE);
      await page.getByTestId('lock').waitFor();
      await page.getByTestId('at-rest').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'locked',
    path: '#/safe',
    ready: 'at-rest',
    first: async (page) => {
      const hand = mouse(page);
      await setPassphrase(hand, PASSPHRASE);
      await hand.press('lock');
      await hand.write('unlock-passphrase', 'four candles');
      await hand.press('unlock');
      await page.getByTestId('refused').waitFor();
      await hand.press('locked-lost');
    },
  },
  {
    name: 'come-back',
    path: '?scene=fresh#/bring-back',
    ready: 'bring-back',
    first: async (page) => {
      const hand = mouse(page);
      await hand.choose('back-way-neighbour');
      await hand.press('back-come');
    },
  },
  {
    name: 'let-back',
    path: '#/circle',
    ready: 'people',
    first: async (page) => {
      await letBack(mouse(page));
    },
  },
  { name: 'stopped', path: '?scene=stopped', ready: 'stopped' },
  { name: 'today', path: '?scene=asking', ready: 'today-list-happened' },
  { name: 'today-practise', path: '?scene=practise#/today', ready: 'practise' },
  { name: 'today-thanked', path: '?scene=endings#/today', ready: 'today-thanks' },
  { name: 'today-nothing', path: '?scene=empty', ready: 'today-nothing' },
  {
    name: 'today-done',
    path: '?scene=asking',
    ready: 'today-list-happened',
    first: async (page) => {
      await mouse(page).press('today-happened');
      await mouse(page).press('today-not-needed');
      await page.getByTestId('today-undo').waitFor();
    },
  },
  { name: 'board-empty', path: '?scene=draft#/board', ready: 'board-empty' },
  { name: 'board-others', path: '?scene=others#/board', ready: 'board-locked' },
  { name: 'board', path: '#/board', ready: 'posts' },
  {
    name: 'board-none',
    path: '#/board',
    ready: 'posts',
    first: async (page) => {
      await mouse(page).write('board-search', 'unicorn');
      await page.getByTestId('board-none').waitFor();
    },
  },
  {
    name: 'board-week',
    path: '#/board',
    ready: 'posts',
    first: async (page) => {
      await mouse(page).choose('board-look-week');
      await page.getByTestId('week-time').first().waitFor();
    },
  },
  { name: 'new-need', path: '#/new/need', ready: 'new' },
  {
    name: 'new-need-warned',
    path: '#/new/need',
    ready: 'new',
    first: async (page) => {
      const hand = mouse(page);
      await hand.write('new-title', 'Shopping for 14 Tannery Row, 020 7946 0018');
      await hand.press('new-more');
      await hand.press('new-urgent');
      await hand.choose('new-danger-yes');
      await hand.write('new-person', 'Old Jack');
      await hand.select('new-day', 'other');
      await hand.press('new-post');
      await page.getByTestId('new-category-wrong').waitFor();
      await page.getByTestId('private-phone').waitFor();
    },
  },
  {
    name: 'new-need-times',
    path: '#/new/need',
    ready: 'new',
    first: async (page) => {
      const hand = mouse(page);
      await askForTwoMornings(hand, 'Carry a wardrobe down two floors');
      await hand.press('new-more');
      await hand.write('new-want', '3');
      await hand.press('new-add-role');
      await hand.write('new-role-0', 'with a van');
      await hand.press('new-urgent');
      await page.getByTestId('new-ends').waitFor();
    },
  },
  {
    name: 'new-need-repeats',
    path: '#/new/need',
    ready: 'new',
    first: async (page) => {
      const hand = mouse(page);
      await hand.choose('category-pet');
      await hand.select('new-day', '2026-11-26');
      await hand.write('new-from', '8');
      await hand.write('new-to', '9');
      await hand.select('new-repeat', 'fortnight');
      await hand.choose('new-repeat-ends-count');
      await page.getByTestId('new-ends').waitFor();
    },
  },
  {
    name: 'new-offer',
    path: '#/new/offer',
    ready: 'new',
    first: async (page) => {
      const hand = mouse(page);
      await hand.choose('category-lend');
      await hand.press('new-more');
      await hand.press('new-standing');
      await page.getByTestId('new-ends').waitFor();
    },
  },
  { name: 'post-of-mine', path: '#/post/n03', ready: 'post-standing' },
  { name: 'post-times', path: '?me=Kofi#/post/n01', ready: 'times' },
  { name: 'post-to-promise', path: '?me=Kofi#/post/n05', ready: 'promise-form' },
  {
    name: 'post-going',
    path: '?me=Sam#/post/n03',
    ready: 'post-standing',
    first: async (page) => {
      await page.evaluate(() => window.closeknit.answered('n03', 'accept', '14 Tannery Row, blue door.\nRing twice.'));
      await page.getByTestId('doorstep').waitFor();
    },
  },
  { name: 'post-going-with', path: '?me=Meera#/post/n05', ready: 'post-standing' },
  { name: 'post-over', path: '#/post/n14', ready: 'post-standing' },
  { name: 'post-asking', path: '?scene=endings#/post/e01', ready: 'outcome' },
  {
    name: 'post-told',
    path: '?scene=endings&me=Sam#/post/e01',
    ready: 'outcome',
    first: async (page) => {
      const hand = mouse(page);
      await hand.press('outcome-more');
      await hand.write('outcome-reason', 'The car broke down on the bridge.');
      await hand.press('outcome-did-not');
      await page.getByTestId('outcome-said').waitFor();
      await hand.press('outcome-open');
    },
  },
  { name: 'post-still-needed', path: '?scene=endings#/post/e02', ready: 'renewal' },
  {
    name: 'post-removed',
    path: '?scene=endings#/post/e02',
    ready: 'renewal',
    first: async (page) => {
      await mouse(page).press('renew-remove');
      await page.getByTestId('undo').waitFor();
    },
  },
  { name: 'post-changed', path: '?scene=endings#/post/e03', ready: 'yes-again' },
  {
    name: 'post-edit',
    path: '#/post/n03',
    ready: 'post-standing',
    first: async (page) => {
      await mouse(page).press('edit');
      await page.getByTestId('edit-form').waitFor();
    },
  },
  {
    name: 'post-edit-times',
    path: '?me=Aoife#/post/n01',
    ready: 'post-standing',
    first: async (page) => {
      await mouse(page).press('edit');
      await page.getByTestId('edit-form').waitFor();
    },
  },
  {
    name: 'post-edit-repeats',
    path: '?scene=endings#/post/e08',
    ready: 'post-standing',
    first: async (page) => {
      const hand = mouse(page);
      await hand.press('edit');
      await hand.write('edit-detail', 'Ring 0555 0123 45 when you are here.');
      await page.getByTestId('edit-private').waitFor();
    },
  },
  {
    name: 'post-withdraw-times',
    path: '?scene=endings&me=Meera#/post/e04',
    ready: 'post-mine-times',
    first: (page) => mouse(page).press('withdraw'),
  },
  { name: 'post-thank', path: '?scene=endings#/post/e05', ready: 'thanks', first: (page) => mouse(page).press('history') },
  { name: 'post-same', path: '?scene=endings&me=Kofi#/post/e06', ready: 'post-same' },
  { name: 'offer', path: '?me=Aoife#/post/o04', ready: 'promise-form' },
  {
    name: 'post-close',
    path: '#/post/n03',
    ready: 'post-standing',
    first: async (page) => {
      await mouse(page).press('close');
      await mouse(page).choose('close-how-duplicate');
      await page.getByTestId('close-no-other').or(page.getByTestId('close-which')).waitFor();
    },
  },
  {
    name: 'post-withdraw',
    path: '?me=Sam#/post/n03',
    ready: 'post-standing',
    first: (page) => mouse(page).press('withdraw'),
  },
  {
    name: 'post-refused',
    path: '?me=Kofi#/post/n05',
    ready: 'promise-form',
    first: async (page) => {
      await page.evaluate(() => window.closeknit.refuse('promise', 'disk-full'));
      await mouse(page).press('promise');
      await page.getByTestId('refused').waitFor();
    },
  },
  {
    name: 'me',
    path: '#/me',
    ready: 'capacity',
    first: async (page) => {
      await mouse(page).press('calendar');
      await mouse(page).press('capacity-kinds');
      await mouse(page).press('capacity-limits');
    },
  },
  {
    name: 'me-full',
    path: '?scene=full#/me',
    ready: 'over',
    first: async (page) => {
      const hand = mouse(page);
      await hand.press('weights');
      await hand.press('shows-begin');
      await hand.press('avoid');
      await hand.select('avoid-add', 'member-Pavel');
      await hand.press('avoid-add-pick');
      await page.getByTestId('avoided').waitFor();
    },
  },
  {
    name: 'circle-found',
    path: '#/circle',
    ready: 'map-says',
    first: async (page) => {
      await mouse(page).write('find-text', 'driv');
      await page.getByTestId('found').waitFor();
    },
  },
  { name: 'post-over-cap', path: '#/post/n04', ready: 'before-promise' },
  {
    name: 'post-rota',
    path: '?me=Aoife#/post/n01',
    ready: 'who-might',
    first: async (page) => {
      await mouse(page).press('rota-plan');
      await page.getByTestId('rota').waitFor();
    },
  },
  { name: 'circle', path: '#/circle', ready: 'people', first: (page) => mouse(page).press('invite-make') },
  { name: 'circle-case', path: '?scene=belonging#/circle', ready: 'case' },
  {
    name: 'circle-vouch',
    path: '?scene=belonging#/circle',
    ready: 'case',
    first: async (page) => {
      await mouse(page).press('vouch');
      await page.getByTestId('sure-yes').waitFor();
    },
  },
  {
    name: 'circle-remove',
    path: '?scene=belonging#/circle',
    ready: 'case',
    first: async (page) => {
      await mouse(page).press('remove-too');
      await page.getByTestId('sure-yes').waitFor();
    },
  },
  {
    name: 'circle-leave',
    path: '#/circle',
    ready: 'people',
    first: async (page) => {
      await mouse(page).press('leave');
      await page.getByTestId('sure-yes').waitFor();
    },
  },
  { name: 'circle-draft', path: '?scene=draft#/circle', ready: 'circle-draft' },
  { name: 'notes', path: '#/notes', ready: 'notes-list' },
  { name: 'notes-none', path: '?scene=empty#/notes', ready: 'notes-none' },
  { name: 'note', path: '#/note/m01', ready: 'note-says' },
  {
    name: 'note-form',
    path: '#/note/m01',
    ready: 'note-says',
    first: async (page) => {
      const hand = mouse(page);
      await hand.press('note-change');
      await hand.write('note-text', 'Ana: 0664 1234567');
      await hand.press('note-save');
      await hand.press('note-change');
      await page.getByTestId('note-tells').waitFor();
    },
  },
  {
    name: 'door',
    path: '#/circle',
    ready: 'people',
    first: async (page) => {
      await page.evaluate(() => window.closeknit.knock('Jonas'));
      await page.getByTestId('door-code').waitFor();
    },
  },
  { name: 'near', path: '#/near', ready: 'machines' },
  {
    name: 'near-stick',
    path: '#/near',
    ready: 'machines',
    first: async (page) => {
      await mouse(page).press('stick');
      await mouse(page).write('stick-read-path', '/media/stick/from-sam');
      await mouse(page).press('stick-read-go');
      await page.getByTestId('stick-read-report').waitFor();
    },
  },
  {
    name: 'doorstep-again',
    path: '#/post/n03',
    ready: 'post-standing',
    first: async (page) => {
      await mouse(page).press('answer-accept');
      // Of a helper who is not accepted yet a new machine is not asked about.
      const asked = async () => {
        await page.evaluate(() => window.closeknit.newMachine('n03'));
        return page.getByTestId('doorstep-again').count();
      };
      await expect.poll(asked, { timeout: 10_000 }).toBeGreaterThan(0);
      await page.getByTestId('doorstep-again').first().waitFor();
    },
  },
  { name: 'machines', path: '#/machines', ready: 'machines-says' },
  {
    name: 'machines-line',
    path: '#/machines',
    ready: 'machines-says',
    first: async (page) => {
      await mouse(page).press('pair-make');
      await page.getByTestId('pair-line').waitFor();
    },
  },
  {
    name: 'machines-lost',
    path: '#/machines',
    ready: 'machines-says',
    first: async (page) => {
      await mouse(page).press('drop');
      await page.getByTestId('drop-sure-dialog').waitFor();
    },
  },
  { name: 'machines-draft', path: '?scene=draft#/machines', ready: 'machines-says' },
  {
    name: 'machines-knock',
    path: '#/machines',
    ready: 'machines-says',
    first: async (page) => {
      await page.evaluate(() => window.closeknit.knock('laptop', true));
      await page.getByTestId('door-code').waitFor();
    },
  },
  {
    name: 'pair',
    path: '?scene=fresh',
    ready: 'welcome',
    first: async (page) => {
      await mouse(page).press('welcome-pair');
      await page.getByTestId('join').waitFor();
    },
  },
  {
    name: 'pair-code',
    path: '?scene=fresh',
    ready: 'welcome',
    first: async (page) => {
      const hand = mouse(page);
      await hand.press('welcome-pair');
      await hand.write('join-invitation', INVITATION);
      await hand.press('join-go');
      await page.getByTestId('join-code').waitFor();
    },
  },
  { name: 'near-nobody', path: '?scene=alone#/near', ready: 'near-says' },
  { name: 'safe', path: '#/safe', ready: 'doctor', first: (page) => mouse(page).press('words-show') },
  {
    name: 'safe-erase',
    path: '#/safe',
    ready: 'doctor',
    first: async (page) => {
      await mouse(page).press('erase');
      await mouse(page).press('erase-files');
      await mouse(page).write('erase-name', 'Mill');
      await mouse(page).press('erase-yes');
      await page.getByTestId('erase-dialog').getByTestId('refused').waitFor();
    },
  },
  {
    name: 'safe-asked',
    path: '#/safe',
    ready: 'doctor',
    first: async (page) => {
      const hand = mouse(page);
      await hand.press('words-show');
      await hand.press('words-written');
      await hand.press('words-go');
      await hand.write('backup-path', '/media/stick/rosa.closeknit.age');
      await hand.press('backup-write');
      await page.getByTestId('backup-report').waitFor();
    },
  },
  {
    name: 'notices',
    path: '#/board',
    ready: 'posts',
    first: async (page) => {
      await page.evaluate(() => {
        window.closeknit.notice({ id: 'notice-clock-behind-days', values: { count: { number: 3 } } });
        window.closeknit.reach(false);
      });
      await page.getByTestId('host-away').waitFor();
      await page.getByTestId('notice').waitFor();
    },
  },
];

/** Opens a screen, ready to be looked at. */
export async function show(page: Page, address: string, screen: Screen, more = ''): Promise<void> {
  const url = new URL(screen.path, address);
  for (const [name, value] of new URLSearchParams(more)) url.searchParams.set(name, value);
  // The same address with another fragment would only be a step within the page.
  await page.goto('about:blank');
  await page.goto(url.href);
  await page.waitForSelector('html[data-ready="1"]');
  await page.getByTestId(screen.ready).waitFor();
  await screen.first?.(page);
}
