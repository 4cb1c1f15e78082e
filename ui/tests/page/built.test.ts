// The page as it ships.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';

import { languages, messageOf } from '../../tools/words.js';
import { launch, open } from './browser';
import { serve, type Served } from './serve';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
/** What has to be there before the first screen, and all that ever comes. */
const MOST_AT_THE_START = 80 * 1024;
const MOST_SCRIPT = 92 * 1024;

const files = () =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(dist + path).isFile());
const scripts = () => files().filter((path) => path.endsWith('.js'));
const weight = (paths: string[]) => paths.reduce((sum, path) => sum + gzipSync(readFileSync(dist + path)).length, 0);

/** The scripts that the page names, and those they cannot begin without. */
function atTheStart(): string[] {
  const page = readFileSync(`${dist}index.html`, 'utf8');
  const found = new Set<string>();
  const need = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const text = readFileSync(dist + path, 'utf8');
    for (const [, name] of text.matchAll(/(?:import|from)\s*"\.\/([\w.-]+\.js)"/g)) need(`assets/${name}`);
  };
  for (const [, path] of page.matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.js)"/g)) need(path ?? '');
  return [...found];
}

describe('what ships', () => {
  test('its scripts stay small', () => {
    expect(weight(atTheStart())).toBeGreaterThan(10_000);
    expect(weight(atTheStart())).toBeLessThan(MOST_AT_THE_START);
    expect(weight(scripts())).toBeLessThan(MOST_SCRIPT);
  });

  test('a language costs nothing until it is spoken: each stands in files of its own', () => {
    const all = scripts().map((path) => readFileSync(dist + path, 'utf8')).join('\n');
    const words = files().filter((path) => path.endsWith('.ftl')).map((path) => readFileSync(dist + path, 'utf8'));
    for (const tag of languages()) {
      const sentence = messageOf('welcome-promise', tag);
      expect(all).not.toContain(sentence);
      expect(words.filter((file) => file.includes(sentence))).toHaveLength(1);
    }
  });

  test('knows nothing of the invented member', () => {
    const invented = /Old Jack|493 271|pseudo/;
    expect(scripts().filter((path) => invented.test(readFileSync(dist + path, 'utf8')))).toEqual([]);
  });

  test('has no script or style in its page, and nothing as a data: address', () => {
    const page = readFileSync(`${dist}index.html`, 'utf8');
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/);
    for (const path of files().filter((path) => /\.(html|css)$/.test(path))) expect(readFileSync(dist + path, 'utf8')).not.toContain('data:');
  });

  test('asks nobody but its own address', () => {
    for (const path of scripts()) {
      const addresses = readFileSync(dist + path, 'utf8').match(/https?:\/\/[\w.-]+/g) ?? [];
      // Names of vocabularies and of Svelte’s own messages, never fetched.
      expect(addresses.filter((address) => !/www\.w3\.org|svelte\.dev/.test(address))).toEqual([]);
    }
  });
});

describe('without a member behind it', () => {
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    [browser, served] = await Promise.all([launch(), serve('dist')]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  test('the page says so calmly, in words', async () => {
    const { page, close } = await open(browser, `${served.address}#token=abc`);
    await page.getByTestId('stopped').waitFor();
    expect(await page.getByTestId('stopped').getAttribute('data-code')).toBe('host-gone');
    expect(page.url()).not.toContain('token');
    await close();
  });
});
