import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Rhythm } from '../../src/host/contract';
import { files } from '../../tools/words.js';
import { dayWords, later, readTime, repeatWords, today, windowWords } from '../../src/words/when';
import { speak, Words } from '../../src/words/words';

const NOW = new Date('2026-11-24T10:00:00');
const read = (file: string) => readFileSync(new URL(`../../src/locales/en/${file}`, import.meta.url), 'utf8');

beforeAll(() => speak(new Words({ tag: 'en', formats: 'en-GB', direction: 'ltr', files: files().map(read) })));

describe('times as people type them', () => {
  test.each([
    ['9', '09:00'],
    ['9:20', '09:20'],
    ['9.20', '09:20'],
    [' 09:20 ', '09:20'],
    ['0920', '09:20'],
    ['9h20', '09:20'],
    ['9 h', '09:00'],
    ['9:20 p. m.', '21:20'],
    ['٩:٢٠', '09:20'],
    ['٩:٢٠ م', '21:20'],
    ['۱۲:۰۵ ص', '00:05'],
    ['9 pm', '21:00'],
    ['12:05 a.m.', '00:05'],
    ['12 pm', '12:00'],
    ['23:59', '23:59'],
  ])('%s is %s', (typed, time) => expect(readTime(typed)).toBe(time));

  test.each(['', 'noon', '24:00', '9:60', '13 pm', '0 am', '9:2', '09:20-12:30'])('%s is no time', (typed) =>
    expect(readTime(typed)).toBeUndefined(),
  );
});

describe('days', () => {
  test('today is the day of the zone that is asked for', () => {
    const late = new Date('2026-11-24T23:30:00Z');
    expect(today(late, 'Europe/London')).toBe('2026-11-24');
    expect(today(late, 'Europe/Madrid')).toBe('2026-11-25');
  });

  test('go on across the end of a year and a change of the clocks', () => {
    expect(later('2026-12-31', 1)).toBe('2027-01-01');
    expect(later('2026-10-24', 2)).toBe('2026-10-26');
    expect(later('2027-03-27', 2)).toBe('2027-03-29');
  });

  test('have the words of somebody who lives now', () => {
    expect(dayWords('2026-11-24', '2026-11-24')).toBe('Today');
    expect(dayWords('2026-11-25', '2026-11-24')).toBe('Tomorrow');
    expect(dayWords('2026-11-26', '2026-11-24')).toBe('Thu 26 Nov');
    expect(dayWords('2027-01-02', '2026-11-24')).toContain('2027');
  });
});

describe('windows', () => {
  const window = (start: string, end: string, zone: string | null = null) => ({ start, end, zone });

  test('on one day', () => {
    expect(windowWords(window('2026-11-26T09:20:00', '2026-11-26T12:30:00'), NOW)).toBe('Thu 26 Nov, 9:20–12:30');
  });

  test('over several days', () => {
    expect(windowWords(window('2026-11-28T09:00:00', '2026-11-30T18:00:00'), NOW)).toBe('Sat 28 Nov, 9:00 to Mon 30 Nov, 18:00');
  });

  test('name a zone that is not this machine’s', () => {
    expect(windowWords(window('2026-11-26T09:20:00', '2026-11-26T12:30:00', 'America/New_York'), NOW)).toContain('(New York time)');
  });
});

describe('what comes again', () => {
  const every = (rhythm: Rhythm, weekdays: string[] = []) => repeatWords({ rule: '', rhythm, weekdays, last: null });

  test('is said in words', () => {
    expect(every('week', ['MO', 'TH'])).toBe('Every week · Monday, Thursday');
    expect(every('month')).toBe('Every month, on the same date');
  });

  test('is not said where words are missing for it', () => {
    expect(every('other', ['MO'])).toBeUndefined();
    expect(repeatWords(null)).toBeUndefined();
  });
});
