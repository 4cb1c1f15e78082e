// Two members on this machine, each behind a page of its own: nothing is pretended. They speak over the
// loopback; the pages are those that `closeknit serve` shows.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open, type Opened } from './browser';
import { mouse, type Hand } from './hand';
import {
  accept, askToBeOneMore, askToJoin, codeAtTheDoor, enterCircle, expectHeading, expectMine, invite, lineForAMachine, openPost, post, promise,
  startCircle, toMachines,
} from './journeys';

const PROGRAM = join(import.meta.dirname, '../../../target/debug/closeknit');

interface Member {
  address: string;
  process: ChildProcess;
}

/** Starts a member and waits for the address of its page. */
function serve(profile: string): Promise<Member> {
  const child = spawn(PROGRAM, ['--profile', profile, 'serve', '--listen', '127.0.0.1:0', '--no-discovery'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CLOSEKNIT_KEYCHAIN: 'none' },
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]+/.exec(said)?.[0];
      if (address) resolve({ address, process: child });
    });
    child.on('exit', (code) => reject(new Error(`closeknit ended with ${code}`)));
  });
}

let browser: Browser;
const home = mkdtempSync(join(tmpdir(), 'closeknit-page-'));
const members: Member[] = [];
const pages: Opened[] = [];

async function neighbour(name: string): Promise<Hand> {
  const member = await serve(join(home, name));
  members.push(member);
  const opened = await open(browser, member.address);
  pages.push(opened);
  return mouse(opened.page);
}

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  for (const { process } of members) process.kill();
  await browser.close();
  rmSync(home, { recursive: true, force: true });
});

test('two neighbours begin a circle, ask, promise and accept, each in a browser', async () => {
  const [rosa, sam] = [await neighbour('rosa'), await neighbour('sam')];
  expect(rosa.page.url(), 'the token does not stay in the address').not.toContain('token');

  await startCircle(rosa, { name: 'Rosa', circle: 'Millrace' });
  const code = await askToJoin(sam, { name: 'Sam', invitation: await invite(rosa) });
  expect(await codeAtTheDoor(rosa)).toBe(code);
  await rosa.press('door-yes');
  await enterCircle(sam);
  await rosa.press('door-done');

  await post(rosa, { kind: 'need', title: 'Lift to the eye clinic', category: 'ride' });
  await openPost(sam, 'Lift to the eye clinic');
  await promise(sam, 'I have a car.');
  await rosa.press('nav-today');
  await rosa.press('today-open');
  await expectHeading(rosa, 'Lift to the eye clinic');
  await accept(rosa, '12 Mill Lane');
  await expectMine(sam, 'going');
  expect(await sam.page.getByTestId('doorstep-text').textContent()).toBe('12 Mill Lane');
  expect(pages.flatMap(({ complaints }) => complaints)).toEqual([]);
});

test('Sam takes it back and thinks again, says that it happened, and Rosa thanks him alone', async () => {
  const [rosa, sam] = pages.map(({ page }) => mouse(page));
  if (!rosa || !sam) throw new Error('no pages');
  await sam.press('withdraw');
  await sam.press('withdraw-yes');
  await rosa.page.locator('[data-testid="promise-card"][data-state="withdrawn"]').waitFor();
  await sam.press('undo');
  await expectMine(sam, 'going');
  await rosa.page.locator('[data-testid="promise-card"][data-state="going"]').waitFor();

  await sam.press('outcome-open');
  await sam.press('outcome-happened');
  await rosa.page.locator('[data-testid="post-standing"][data-state="met"]').waitFor();
  await rosa.press('thank-open');
  await rosa.write('thank-text', 'Thank you for the whole morning.');
  await rosa.page.getByTestId('thank-who').getByRole('radio').last().check();
  await rosa.press('thank-go');
  await sam.page.getByTestId('thanks-said').waitFor();
  expect(await sam.page.getByTestId('thanks-said').innerText()).toContain('the whole morning');
  expect(pages.flatMap(({ complaints }) => complaints)).toEqual([]);
});

test('a second machine of Rosa’s comes in with a line and the same code, and is taken away when it is lost', async () => {
  const [rosa, sam] = pages.map(({ page }) => mouse(page));
  if (!rosa || !sam) throw new Error('no pages');
  const laptop = await neighbour('laptop');
  const code = await askToBeOneMore(laptop, await lineForAMachine(rosa));
  expect(await codeAtTheDoor(rosa)).toBe(code);
  await rosa.press('door-yes');
  await enterCircle(laptop);
  await rosa.press('door-done');
  await openPost(laptop, 'Lift to the eye clinic');
  await post(laptop, { kind: 'offer', title: 'Soup on Fridays', category: 'food-meal' });
  await openPost(sam, 'Soup on Fridays');

  await toMachines(rosa);
  await rosa.press('drop');
  await rosa.press('drop-sure-yes');
  await rosa.page.locator('[data-testid="own-machine"][data-gone="true"]').waitFor();
  await laptop.page.getByTestId('notice').waitFor();
  // What it wrote before is everybody’s.
  await openPost(sam, 'Soup on Fridays');
  expect(pages.flatMap(({ complaints }) => complaints)).toEqual([]);
});

test('the page answers nobody but itself', async () => {
  const [member] = members;
  if (!member) throw new Error('no member');
  const { origin } = new URL(member.address);
  const call = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"call":"status","args":{}}' };
  const status = async (init: RequestInit) => (await fetch(`${origin}/call`, init)).status;

  expect(await status(call), 'without an Origin').toBe(403);
  const from = (source: string) => ({ ...call, headers: { ...call.headers, origin: source } });
  expect(await status(from('http://evil.example')), 'from another site').toBe(403);
  expect(await status(from(origin)), 'from itself, without the cookie').toBe(401);
  const enter = await fetch(`${origin}/enter`, { ...from(origin), body: '{"token":"guessed"}' });
  expect(enter.status, 'with a guessed token').toBe(403);
  const named = await fetch(origin.replace('127.0.0.1', 'localhost')).catch(() => undefined);
  expect(named?.status ?? 403, 'under another name').toBe(403);
});
