// Rules of the source that no compiler knows.

import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const root = new URL('../../src/', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(svelte|ts|css)$/.test(path))
  .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }));
const styles = files
  .map(({ path, text }) => ({ path, text: path.endsWith('.css') ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '') }))
  .filter(({ text }) => text !== '');

/** Where a pattern occurs, as `file: match`. */
const found = (list: { path: string; text: string }[], pattern: RegExp) =>
  list.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([match]) => `${path}: ${match.trim()}`));

describe('the source', () => {
  test('there is some', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(styles.length).toBeGreaterThan(20);
  });

  test('member text is never markup', () => {
    expect(found(files, /\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write/g)).toEqual([]);
  });

  test('no style is written in place: the content policy allows none', () => {
    expect(found(files, /\sstyle="|\b(?:transition|in|out|animate):[a-z]+[\s=}>]/g)).toEqual([]);
  });

  test('no style knows left from right, or top from bottom', () => {
    const plain = styles.map(({ path, text }) => ({ path, text: text.replace(/\/\*[\s\S]*?\*\//g, '') }));
    const physical =
      /.*\b(?:left|right)\b.*|(?:margin|padding|border|inset)-(?:top|bottom)\b|(?:^|[\s;{])(?:top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:|translateX/gm;
    expect(found(plain, physical)).toEqual([]);
  });

  test('no key or place on the screen is called left or right', () => {
    expect(found(files, /Arrow(?:Left|Right)|(?:scroll|offset|client)(?:Left|X)\b/g)).toEqual([]);
  });

  test('colours stand in one file', () => {
    const colour = /#[0-9a-f]{3,8}\b(?=[^;{]*;)|\b(?:rgb|hsl|oklch)a?\(/gi;
    expect(found(styles.filter(({ path }) => path !== 'look/tokens.css'), colour)).toEqual([]);
  });

  test('nothing is fetched from elsewhere', () => {
    expect(found(files, /https?:\/\/(?!here|127\.0\.0\.1)[^\s'"]+|url\((?!'\/)/g)).toEqual([]);
  });
});
