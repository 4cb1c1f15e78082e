import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { languages } from '../../tools/words.js';
import { formatsOf, LANGUAGES, offered, ownName } from '../../src/words/languages';

const one = (tag: string) => offered([tag]);

describe('the languages', () => {
  test('are those that have a folder', () => {
    expect(LANGUAGES.map(({ tag }) => tag).sort()).toEqual(languages());
    expect(readdirSync(new URL('../../src/locales/', import.meta.url)).sort()).toEqual(languages());
  });

  test('have the names that their speakers use', () => {
    expect(ownName(one('en'))).toBe('English');
    expect(ownName(one('es'))).toBe('Español');
    expect(ownName(one('ar'))).toBe('العربية');
  });
});

describe('which one is spoken', () => {
  test.each([
    [['es-MX', 'en'], 'es'],
    [['ES'], 'es'],
    [['fr-FR', 'es', 'en'], 'es'],
    [['fr-FR'], 'en'],
    [['ar-MA', 'fr'], 'ar'],
    [['', 'es'], 'es'],
    [[], 'en'],
  ])('%j: %s', (wanted, tag) => expect(offered(wanted).tag).toBe(tag));

  test('dates and numbers are those of the reader’s country, if it speaks the language', () => {
    expect(formatsOf(one('es'), ['es-MX', 'en-US'])).toBe('es-MX');
    expect(formatsOf(one('en'), ['es-MX', 'en-US'])).toBe('en-US');
    expect(formatsOf(one('en'), ['en'])).toBe('en-GB');
    expect(formatsOf(one('es'), ['fr-FR'])).toBe('es-ES');
  });
});
