// Kinds of help by the names that the reader's language has for them.

import { CATEGORY_NAMES } from '../parts/icons';
import { named } from './words';

/** Letters alone: without accents, and all of them small. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Fewer letters begin the name of almost everything. */
const LEAST = 3;

/** The categories that are called like what was typed, by the beginnings of their words. */
export function calledLike(typed: string): string[] {
  const asked = wordsOf(typed);
  if (asked.join('').length < LEAST) return [];
  return CATEGORY_NAMES.filter((slug) => {
    const name = wordsOf(named('category-', slug));
    return asked.every((word) => name.some((part) => part.startsWith(word)));
  });
}
