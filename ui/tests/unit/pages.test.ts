import { describe, expect, test } from 'vitest';

import { Pages } from '../../src/state/pages';

const items = (from: number, count: number) => Array.from({ length: count }, (_, index) => `post ${from + index}`);

describe('a long list in pages', () => {
  test('fetches what is in sight, once', () => {
    const pages = new Pages<string>(100);
    expect(pages.wanted(0, 20)).toEqual([0]);
    pages.ask(0);
    expect(pages.wanted(0, 20)).toEqual([]);
    pages.put(0, { total: 950, items: items(0, 100) });
    expect(pages.at(7)).toBe('post 7');
    expect(pages.at(120)).toBeUndefined();
    expect(pages.wanted(90, 115)).toEqual([1]);
  });

  test('asks for no page beyond the end', () => {
    const pages = new Pages<string>(100);
    pages.put(0, { total: 100, items: items(0, 100) });
    expect(pages.wanted(80, 120)).toEqual([]);
  });

  test('shows what it has while it is fetched again', () => {
    const pages = new Pages<string>(100);
    pages.put(0, { total: 100, items: items(0, 100) });
    pages.age();
    expect(pages.at(0)).toBe('post 0');
    expect(pages.wanted(0, 20)).toEqual([0]);
  });

  test('asks again for what did not come', () => {
    const pages = new Pages<string>(100);
    pages.ask(0);
    pages.miss(0);
    expect(pages.wanted(0, 20)).toEqual([0]);
  });

  test('an empty board is asked for again too', () => {
    const pages = new Pages<string>(100);
    pages.put(0, { total: 0, items: [] });
    pages.age();
    expect(pages.wanted(0, 0)).toEqual([0]);
  });
});
