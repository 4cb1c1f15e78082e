// Two invented languages, for tests: one longer and full of accents, which shows what was not
// translated and what does not fit; one of them written from right to left.

import type { Language } from './words';

const ACCENTED: Record<string, string> = {
  a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'ë', f: 'ƒ', g: 'ğ', h: 'ħ', i: 'ï', j: 'ĵ', k: 'ķ', l: 'ļ', m: 'ɱ',
  n: 'ñ', o: 'ö', p: 'þ', q: 'ɋ', r: 'ř', s: 'š', t: 'ţ', u: 'ü', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ÿ', z: 'ž',
};

/** Accents on every letter, and every other vowel doubled: about a third longer. */
export function accent(text: string): string {
  let vowels = 0;
  return text.replace(/[a-z]/gi, (letter) => {
    const plain = letter.toLowerCase();
    const accented = ACCENTED[plain] ?? letter;
    const shown = letter === plain ? accented : accented.toUpperCase();
    return 'aeiou'.includes(plain) && vowels++ % 2 === 0 ? shown + accented : shown;
  });
}

/** `pseudo` or `pseudo-rtl` out of English; English for any other name. */
export function pseudo(name: string, english: Language): Language {
  if (name === 'pseudo') return { ...english, tag: 'en-x-pseudo', transform: accent };
  if (name === 'pseudo-rtl') return { ...english, tag: 'ar-x-pseudo', direction: 'rtl', transform: accent };
  return english;
}
