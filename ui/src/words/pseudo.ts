// Two invented languages, for tests: one longer and full of accents, which shows what was not
// translated and what does not fit; one of them written from right to left.

import { offered } from './languages';
import { load, ready } from './load';
import type { Language, Words } from './words';

const ACCENTED: Record<string, string> = {
  a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'ë', f: 'ƒ', g: 'ğ', h: 'ħ', i: 'ï', j: 'ĵ', k: 'ķ', l: 'ļ', m: 'ɱ',
  n: 'ñ', o: 'ö', p: 'þ', q: 'ɋ', r: 'ř', s: 'š', t: 'ţ', u: 'ü', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ÿ', z: 'ž',
};

/** Accents on every letter, and vowels twice or three times by turns: nearly half as long again. */
export function accent(text: string): string {
  let vowels = 0;
  return text.replace(/[a-z]/gi, (letter) => {
    const plain = letter.toLowerCase();
    const accented = ACCENTED[plain] ?? letter;
    const shown = letter === plain ? accented : accented.toUpperCase();
    return 'aeiou'.includes(plain) ? shown + accented.repeat(1 + (vowels++ % 2)) : shown;
  });
}

/** `pseudo` or `pseudo-rtl` out of English; nothing for any other name. */
export async function invented(name: string): Promise<Words | undefined> {
  const more: Record<string, Partial<Language>> = {
    pseudo: { tag: 'en-x-pseudo' },
    'pseudo-rtl': { tag: 'ar-x-pseudo', direction: 'rtl' },
  };
  if (!more[name]) return undefined;
  return ready({ ...(await load(offered(['en']), ['en-GB'])), ...more[name], transform: accent });
}
