import { describe, expect, test } from 'vitest';

import { RowHeights, slice } from '../../src/parts/rows';

function list(count: number, guess = 100): RowHeights {
  const heights = new RowHeights(guess);
  heights.resize(count);
  return heights;
}

/** The same sums, the slow way. */
const startOf = (heights: RowHeights, index: number) =>
  Array.from({ length: index }, (_, row) => heights.height(row)).reduce((sum, height) => sum + height, 0);

describe('heights', () => {
  test('are the guess until a row was seen', () => {
    const heights = list(10);
    expect(heights.total).toBe(1000);
    expect(heights.measure(3, 140)).toBe(40);
    expect(heights.total).toBe(1040);
    expect(heights.start(3)).toBe(300);
    expect(heights.start(4)).toBe(440);
  });

  test('add up as the slow way does, whatever was measured in whatever order', () => {
    const heights = list(500);
    let seed = 7;
    const random = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most;
    for (let round = 0; round < 2000; round++) heights.measure(random(500), 40 + random(200));
    for (const index of [0, 1, 2, 63, 64, 65, 255, 256, 499, 500]) expect(heights.start(index)).toBe(startOf(heights, index));
    for (let round = 0; round < 200; round++) {
      const distance = random(heights.total);
      const row = heights.at(distance);
      expect(heights.start(row)).toBeLessThanOrEqual(distance);
      expect(heights.start(row + 1)).toBeGreaterThan(distance);
    }
  });

  test('of rows that stay are kept when the list grows or shrinks', () => {
    const heights = list(10);
    heights.measure(2, 150);
    heights.measure(8, 180);
    heights.resize(5);
    expect(heights.total).toBe(550);
    heights.resize(10);
    expect(heights.height(2)).toBe(150);
    expect(heights.height(8)).toBe(100);
  });

  test('of another width are forgotten, but make the better guess', () => {
    const heights = list(10);
    heights.measure(0, 200);
    heights.measure(1, 300);
    heights.forget();
    expect(heights.height(0)).toBe(250);
    expect(heights.total).toBe(2500);
  });

  test('of rows that are not there change nothing', () => {
    const heights = list(3);
    expect(heights.measure(3, 500)).toBe(0);
    expect(heights.measure(-1, 500)).toBe(0);
    expect(heights.total).toBe(300);
  });
});

describe('the slice in sight', () => {
  test('is what is in sight and a few more', () => {
    expect(slice(list(10_000), 50_000, 50_800, 6)).toEqual({ first: 494, end: 515, before: 49_400, after: 948_500 });
  });

  test('ends where the list ends', () => {
    expect(slice(list(10), 0, 800, 6)).toEqual({ first: 0, end: 10, before: 0, after: 0 });
    expect(slice(list(0), 0, 800, 6)).toEqual({ first: 0, end: 0, before: 0, after: 0 });
    expect(slice(list(10), 1e9, 1e9 + 800, 2)).toEqual({ first: 7, end: 10, before: 700, after: 0 });
  });

  test('of ten thousand rows is found at once', () => {
    const heights = list(10_000);
    for (let row = 0; row < 10_000; row++) heights.measure(row, 90 + (row % 40));
    const started = performance.now();
    for (let round = 0; round < 1000; round++) slice(heights, round * 1000, round * 1000 + 800, 6);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
