// What people do, one function a journey. Each takes a hand on an open page and knows nothing of
// what is behind it: an invented member here, two real ones in other tests.

import { expect } from 'vitest';

import type { Hand } from './hand';

/** How long to wait for something that another machine does. */
const PATIENCE = { timeout: 60_000 };

export async function isAt(hand: Hand, screen: string): Promise<void> {
  await hand.page.getByTestId(screen).waitFor(PATIENCE);
}

/** From the welcome to an empty board. */
export async function startCircle(hand: Hand, who: { name: string; circle: string }): Promise<void> {
  await isAt(hand, 'welcome');
  await hand.write('welcome-name', who.name);
  await hand.press('welcome-start');
  await hand.write('start-circle', who.circle);
  await hand.press('start-go');
  await isAt(hand, 'board');
}

/** From anywhere: an invitation, as its text. */
export async function invite(hand: Hand): Promise<string> {
  await hand.press('nav-circle');
  await isAt(hand, 'circle');
  await hand.press('invite-make');
  const text = hand.page.getByTestId('invitation');
  await text.waitFor(PATIENCE);
  return text.inputValue();
}

/** From the welcome to the code that is to be compared. */
export async function askToJoin(hand: Hand, who: { name: string; invitation: string }): Promise<string> {
  await isAt(hand, 'welcome');
  await hand.write('welcome-name', who.name);
  await hand.press('welcome-join');
  await hand.write('join-invitation', who.invitation);
  await hand.press('join-go');
  const code = hand.page.getByTestId('join-code');
  await code.waitFor(PATIENCE);
  return code.innerText();
}

/** From anywhere: the line with which another machine becomes one more of one’s own. */
export async function lineForAMachine(hand: Hand): Promise<string> {
  await toMachines(hand);
  await hand.press('pair-make');
  const text = hand.page.getByTestId('pair-line');
  await text.waitFor(PATIENCE);
  return text.inputValue();
}

export async function toMachines(hand: Hand): Promise<void> {
  await hand.press('nav-near');
  await hand.press('machines-link');
  await isAt(hand, 'own-machines');
}

/** From the welcome of a new machine to the code that is to be compared. */
export async function askToBeOneMore(hand: Hand, line: string): Promise<string> {
  await isAt(hand, 'welcome');
  await hand.press('welcome-pair');
  await hand.write('join-invitation', line);
  await hand.press('join-go');
  const code = hand.page.getByTestId('join-code');
  await code.waitFor(PATIENCE);
  return code.innerText();
}

/** The code of somebody at the door; its dialog opens by itself, or by the button that is always there. */
export async function codeAtTheDoor(hand: Hand): Promise<string> {
  const { page } = hand;
  await page.getByTestId('door').waitFor(PATIENCE);
  const code = page.getByTestId('door-code');
  if (!(await code.isVisible())) {
    await code.waitFor({ timeout: 1000 }).catch(() => hand.press('door-open'));
    await code.waitFor(PATIENCE);
  }
  return code.innerText();
}

/** Says yes at the door and waits until they are in. */
export async function letIn(hand: Hand): Promise<void> {
  await hand.press('door-yes');
  await hand.page.getByTestId('door-done').waitFor(PATIENCE);
  await hand.press('door-done');
}

/** Says yes to the code and enters the circle. */
export async function enterCircle(hand: Hand): Promise<void> {
  await hand.press('join-yes');
  await hand.page.getByTestId('join-enter').waitFor(PATIENCE);
  await hand.press('join-enter');
  await isAt(hand, 'board');
}

/** In the form of a new need: a thing of many hands, on either of two mornings. */
export async function askForTwoMornings(hand: Hand, title: string): Promise<void> {
  await hand.write('new-title', title);
  await hand.choose('category-repair');
  await hand.select('new-day', '2026-11-28');
  await hand.write('new-from', '10');
  await hand.write('new-to', '12');
  await hand.press('new-add-time');
  await hand.select('new-day-1', '2026-11-29');
}

export interface NewPost {
  kind: 'need' | 'offer';
  title: string;
  category: string;
  detail?: string;
  place?: string;
  day?: string;
  from?: string;
  to?: string;
  mode?: 'turn-up' | 'first' | 'choose';
}

/** From anywhere to the post that was written. */
export async function post(hand: Hand, post: NewPost): Promise<void> {
  await hand.press('nav-board');
  await isAt(hand, 'board');
  await hand.press(`new-${post.kind}`);
  await isAt(hand, 'new');
  await hand.write('new-title', post.title);
  await hand.choose(`category-${post.category}`);
  if (post.day) {
    await hand.select('new-day', post.day);
    await hand.write('new-from', post.from ?? '');
    await hand.write('new-to', post.to ?? '');
  }
  if (post.place) await hand.write('new-place', post.place);
  if (post.detail) await hand.write('new-detail', post.detail);
  if (post.mode) {
    await hand.press('new-more');
    await hand.choose(`new-mode-${post.mode}`);
  }
  await hand.press('new-post');
  await isAt(hand, 'post');
  await expectHeading(hand, post.title);
}

/** From anywhere to a post of which part of the title is known; waits until it has arrived. */
export async function openPost(hand: Hand, title: string): Promise<void> {
  const { page } = hand;
  await hand.press('nav-board');
  await isAt(hand, 'board');
  const row = page.getByTestId('post-row').filter({ hasText: title }).getByRole('link');
  await row.waitFor(PATIENCE);
  await row.focus();
  await page.keyboard.press('Enter');
  await expectHeading(hand, title);
}

export async function expectHeading(hand: Hand, text: string): Promise<void> {
  await hand.page.getByRole('heading', { level: 1 }).filter({ hasText: text }).waitFor(PATIENCE);
}

/** On a post: promises it. */
export async function promise(hand: Hand, say?: string): Promise<void> {
  if (say) await hand.write('promise-say', say);
  await hand.press('promise');
  await hand.page.getByTestId('post-mine').waitFor(PATIENCE);
}

/** On an own post: says yes to the first promise that waits, with what is needed at the door. */
export async function accept(hand: Hand, doorstep?: string): Promise<void> {
  await hand.page.getByTestId('answer-accept').first().waitFor(PATIENCE);
  if (doorstep) await hand.write('answer-doorstep', doorstep);
  await hand.press('answer-accept');
  await hand.page.locator('[data-testid="promise-card"][data-state="going"]').first().waitFor(PATIENCE);
}

/** On a post one promised: waits for a state of one’s own promise. */
export async function expectMine(hand: Hand, state: string): Promise<void> {
  await hand.page.locator(`[data-testid="post-mine"][data-state="${state}"]`).waitFor(PATIENCE);
}

/** On an own post: ends it. */
export async function close(hand: Hand, how: 'met' | 'not-needed'): Promise<void> {
  await hand.press('close');
  await hand.choose(`close-how-${how}`);
  await hand.press('close-yes');
  await hand.page.locator(`[data-testid="post-standing"][data-state="${how}"]`).waitFor(PATIENCE);
}

/** From anywhere: says how many hours a week one can give. */
export async function stateCapacity(hand: Hand, hours: number): Promise<void> {
  await hand.press('nav-me');
  await isAt(hand, 'me');
  await hand.write('capacity-hours', String(hours));
  await hand.press('capacity-save');
  await hand.page.getByTestId('capacity-saved').waitFor(PATIENCE);
}

/** From anywhere: shows the recovery words, and types the three back that are asked for. */
export async function keepWords(hand: Hand): Promise<string[]> {
  const { page } = hand;
  await hand.press('nav-safe');
  await isAt(hand, 'safe');
  await hand.press('words-show');
  await page.getByTestId('words-list').waitFor(PATIENCE);
  const words = await page.getByTestId('words-list').locator('.word').allInnerTexts();
  expect(words).toHaveLength(24);
  await hand.press('words-written');
  for (const index of [0, 1, 2]) {
    const field = page.getByTestId(`words-ask-${index}`);
    await field.waitFor();
    const label = await page.locator(`label[for="${await field.getAttribute('id')}"]`).innerText();
    const number = Number(/\d+/.exec(label)?.[0]);
    await hand.write(`words-ask-${index}`, words[number - 1] ?? '');
  }
  await hand.press('words-go');
  await page.getByTestId('words-kept').waitFor(PATIENCE);
  return words;
}

/** From the welcome, with a backup and what opens it: back in one’s circle. */
export async function bringBack(hand: Hand, file: { path: string; words: string; passphrase?: string }): Promise<void> {
  await isAt(hand, 'welcome');
  await hand.press('welcome-bring-back');
  await isAt(hand, 'bring-back');
  await hand.write('back-path', file.path);
  if (file.passphrase) {
    await hand.choose('back-lock-passphrase');
    await hand.write('back-passphrase', file.passphrase);
  } else {
    await hand.choose('back-lock-words');
  }
  await hand.write('back-words', file.words);
  await hand.press('back-look');
  await hand.page.getByTestId('back-preview').waitFor(PATIENCE);
  await hand.press('back-restore');
  await hand.page.getByTestId('back-report').waitFor(PATIENCE);
  await hand.press('back-enter');
  await isAt(hand, 'board');
}

/** From anywhere: the line for a neighbour who has only their words left. */
export async function letBack(hand: Hand): Promise<string> {
  await hand.press('nav-circle');
  await isAt(hand, 'circle');
  await hand.page.getByTestId('let-back').locator('summary').click();
  await hand.page.getByTestId('let-back-who').selectOption({ index: 1 });
  await hand.press('let-back-who-pick');
  await hand.page.getByTestId('let-back-line').waitFor(PATIENCE);
  return hand.page.getByTestId('let-back-line').inputValue();
}

/** From the welcome, with such a line and the words, as far as the code. */
export async function comeBack(hand: Hand, line: string, words: string): Promise<void> {
  await isAt(hand, 'welcome');
  await hand.press('welcome-bring-back');
  await isAt(hand, 'bring-back');
  await hand.choose('back-way-neighbour');
  await hand.write('back-line', line);
  await hand.write('back-words', words);
  await hand.press('back-come');
  await hand.page.getByTestId('join-code').waitFor(PATIENCE);
}

/** From anywhere: writes a backup to a file that is not there yet. */
export async function writeBackup(hand: Hand, path: string, passphrase?: string): Promise<void> {
  await hand.press('nav-safe');
  await isAt(hand, 'safe');
  await hand.write('backup-path', path);
  if (passphrase) {
    await hand.press('backup-lock');
    await hand.write('backup-passphrase', passphrase);
  }
  await hand.press('backup-write');
  await hand.page.getByTestId('backup-report').waitFor(PATIENCE);
}

/** On the screen of safe keeping: everything goes under a passphrase. */
export async function setPassphrase(hand: Hand, passphrase: string): Promise<void> {
  await hand.press('at-rest-set');
  await hand.write('at-rest-new', passphrase);
  await hand.write('at-rest-again', passphrase);
  await hand.press('at-rest-save');
  await isAt(hand, 'lock');
}
