// The page as it ships, in front of what `closeknit serve` and the window answer.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { launch, open } from './browser';
import { serve } from './serve';

const TOKEN = 'f00d';
const COOKIE = 'closeknit-test=cafe';

let browser: Browser;
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());

const status = (name: string | null) => ({
  version: '0.1.0',
  circles: name ? [{ id: 'c1', name, draft: true, members: 1 }] : [],
  current: name ? 'c1' : null,
  name: name ? 'Rosa' : null,
  notices: [],
  words_kept: false,
  locked: false,
  locks: false,
});

/** What `crates/web` does, with a member that can be told what to answer. */
class Member {
  name: string | null = null;
  refuses: object | undefined;
  readonly heard: { path: string; headers: IncomingMessage['headers']; body: { call?: string; args?: object; after?: number } }[] = [];
  #next = 0;
  #waiting: ((next: number) => void)[] = [];

  changed(): void {
    this.#next++;
    for (const wake of this.#waiting.splice(0)) wake(this.#next);
  }

  answer = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'POST') return false;
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as { token?: string; call?: string; args?: object; after?: number };
      const path = request.url ?? '';
      this.heard.push({ path, headers: request.headers, body });
      const json = (code: number, value: unknown, headers = {}) =>
        response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
      if (path === '/enter') {
        if (body.token !== TOKEN) return json(403, {});
        return response.writeHead(204, { 'set-cookie': `${COOKIE}; Path=/; HttpOnly; SameSite=Strict` }).end();
      }
      if (!request.headers.cookie?.includes(COOKIE)) return json(401, {});
      if (path === '/changes') {
        const reply = (next: number) => json(200, { next, tags: ['status'] });
        if ((body.after ?? 0) < this.#next) return reply(this.#next);
        return void this.#waiting.push(reply);
      }
      if (this.refuses) return json(200, { error: this.refuses });
      const replies: Record<string, unknown> = {
        status: status(this.name),
        joining: { own: null, doors: [] },
        board: { total: 0, posts: [], area: null, locked: 0, skipped: 0 },
      };
      return json(200, { ok: replies[body.call ?? ''] ?? {} });
    });
    return true;
  };
}

describe('a browser on this machine', () => {
  test('swaps the token for a cookie and takes it out of the address', async () => {
    const member = new Member();
    const served = await serve('dist', member.answer);
    const { page, complaints, close } = await open(browser, `${served.address}#token=${TOKEN}`);
    await page.getByTestId('welcome').waitFor();
    expect(page.url()).not.toContain(TOKEN);
    const [entered, ...calls] = member.heard;
    expect(entered?.path).toBe('/enter');
    const asked = calls.find(({ body }) => body.call === 'status');
    expect(asked?.body).toEqual({ call: 'status', args: {} });
    expect(asked?.headers['x-closeknit']).toBe('1');
    expect(asked?.headers.origin).toBe(served.address.slice(0, -1));
    // Again without the token: the cookie is enough.
    await page.reload();
    await page.getByTestId('welcome').waitFor();
    expect(complaints).toEqual([]);
    await close();
    await served.close();
  });

  test('without the token sees nothing, and is told what to do', async () => {
    const served = await serve('dist', new Member().answer);
    const { page, close } = await open(browser, served.address);
    await page.locator('[data-testid="stopped"][data-code="host-not-entered"]').waitFor();
    await close();
    await served.close();
  });

  test('says why the member could not be opened', async () => {
    const member = new Member();
    member.refuses = { code: 'newer-database', values: { found: { text: '9' }, known: { text: '1' } } };
    const served = await serve('dist', member.answer);
    const { page, close } = await open(browser, `${served.address}#token=${TOKEN}`);
    await page.locator('[data-testid="stopped"][data-code="newer-database"]').waitFor();
    member.refuses = undefined;
    await page.getByTestId('again').click();
    await page.getByTestId('welcome').waitFor();
    await close();
    await served.close();
  });

  test('hears of changes, and finds a member again that went away', async () => {
    const member = new Member();
    const served = await serve('dist', member.answer);
    const { page, close } = await open(browser, `${served.address}#token=${TOKEN}`);
    await page.getByTestId('welcome').waitFor();
    member.name = 'Millrace';
    member.changed();
    await page.getByTestId('board-empty').waitFor();

    const port = Number(new URL(served.address).port);
    await served.close();
    await page.getByTestId('host-away').waitFor();
    member.name = 'Tannery Row';
    const again = await serve('dist', member.answer, port);
    await page.getByTestId('host-away').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByTestId('circle-name').innerText()).toBe('Tannery Row');
    await close();
    await again.close();
  });
});

describe('the window', () => {
  interface Heard {
    command: string;
    args: { request?: object; event?: string };
  }

  test('hands on calls and listens to one event', async () => {
    const served = await serve('dist');
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    await page.addInitScript((fresh) => {
      const heard: Heard[] = [];
      const callbacks: ((event: object) => void)[] = [];
      Object.assign(window, {
        heard,
        push: (payload: string[]) => callbacks.forEach((callback) => callback({ event: 'changed', id: 0, payload })),
        circles: 0,
        __TAURI_INTERNALS__: {
          transformCallback: (callback: (event: object) => void) => callbacks.push(callback),
          invoke: async (command: string, args: { request?: { call: string } }) => {
            heard.push({ command, args });
            if (command !== 'call') return 0;
            const replies: Record<string, object> = {
              status: (window as unknown as { circles: number }).circles
                ? { ...fresh, circles: [{ id: 'c1', name: 'Millrace', draft: true, members: 1 }], current: 'c1', name: 'Rosa' }
                : fresh,
              joining: { own: null, doors: [] },
              board: { total: 0, posts: [], area: null, locked: 0, skipped: 0 },
            };
            return { ok: replies[args.request?.call ?? ''] ?? {} };
          },
        },
      });
    }, status(null));
    await page.goto(served.address);
    await page.getByTestId('welcome').waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['ready'])).toBe('1');
    const heard = await page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);
    expect(heard.filter(({ command }) => command === 'plugin:event|listen').map(({ args }) => args.event)).toEqual(['changed']);
    expect(heard.find(({ command }) => command === 'call')?.args).toEqual({ request: { call: 'status', args: {} } });
    // As the window does it: in the middle of whatever is going on.
    await page.evaluate(() => {
      (window as unknown as { circles: number }).circles = 1;
      (window as unknown as { push: (tags: string[]) => void }).push(['status']);
    });
    await page.getByTestId('board-empty').waitFor();
    await context.close();
    await served.close();
  });

  test('asks the desktop for a file; whoever changes their mind keeps what was typed', async () => {
    const served = await serve('dist');
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    await page.addInitScript((fresh) => {
      const asked: unknown[] = [];
      Object.assign(window, {
        asked,
        chosen: '/media/stick/rosa.closeknit.age',
        __TAURI_INTERNALS__: {
          transformCallback: () => 0,
          invoke: async (command: string, args: { request?: { call: string } }) => {
            if (command === 'choose_file') {
              asked.push(args);
              return (window as unknown as { chosen: string | null }).chosen;
            }
            return command === 'call' && args.request ? { ok: args.request.call === 'status' ? fresh : { own: null, doors: [] } } : 0;
          },
        },
      });
    }, status(null));
    await page.goto(`${served.address}#/bring-back`);
    await page.getByTestId('back-path-choose').click();
    await expect.poll(() => page.getByTestId('back-path').inputValue()).toBe('/media/stick/rosa.closeknit.age');
    await page.evaluate(() => ((window as unknown as { chosen: string | null }).chosen = null));
    await page.getByTestId('back-path-choose').click();
    await expect.poll(() => page.evaluate(() => (window as unknown as { asked: unknown[] }).asked.length)).toBe(2);
    expect(await page.getByTestId('back-path').inputValue()).toBe('/media/stick/rosa.closeknit.age');
    expect(await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked)).toEqual([{ choice: 'open' }, { choice: 'open' }]);
    await context.close();
    await served.close();
  });
});
