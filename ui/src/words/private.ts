// What should not stand where a whole circle reads it. A gentle warning, never a refusal.

import { plainDigits } from './typed';

export type Tell = 'phone' | 'email' | 'address' | 'number';

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
/** Digits with what people put between them. */
const DIGITS = /(?<![\p{L}\p{N}])\+?\(?\d(?:[ ().\/-]{0,2}\d){6,17}(?![\p{L}\p{N}])/gu;
const DATE = /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4})$/;
const TIMES = /^\d{1,2}[.:]?\d{2}\s?-\s?\d{1,2}[.:]?\d{2}$/;
/** Letters and digits in one word, as on cards and forms: AB123456C. */
const CARD = /(?<![\p{L}\p{N}])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{8,14}(?![\p{L}\p{N}])/gu;

/** `streets`: the language's words for streets, as whole words (`street`, `road`). */
export function tells(typed: string, streets: readonly string[]): Tell[] {
  const text = plainDigits(typed);
  const found: Tell[] = [];
  if (EMAIL.test(text)) found.push('email');
  const digits = [...text.replace(EMAIL, ' ').matchAll(DIGITS)].map(([match]) => match.trim());
  const numbers = digits.filter((match) => !DATE.test(match) && !TIMES.test(match));
  const countOf = (match: string) => match.replace(/\D/g, '').length;
  if (numbers.some((match) => countOf(match) <= 15 && (/^[+(0]/.test(match) || /\d[ ().\/-]+\d/.test(match)))) {
    found.push('phone');
  }
  if (looksLikeAddress(text, streets)) found.push('address');
  const cards = [...text.matchAll(CARD)].filter(([match]) => match.replace(/\D/g, '').length >= 4);
  if (cards.length > 0 || numbers.some((match) => /^[1-9]\d{6,}$/.test(match) || countOf(match) > 15)) {
    found.push('number');
  }
  return found;
}

/** A house number close to a word for a street, in either order: `12 Mill Lane`, `Calle Mayor 7`. */
function looksLikeAddress(text: string, streets: readonly string[]): boolean {
  const words = streets.map((word) => word.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).filter(Boolean);
  if (words.length === 0) return false;
  const street = `(?<![\\p{L}])(?:${words.join('|')})(?![\\p{L}])`;
  const number = '(?<![\\p{L}\\p{N}:.,-])\\d{1,4}\\s?[a-d]?(?![\\p{L}\\p{N}:]|\\s?[-–]\\s?\\d)';
  const between = "(?:[ ,]+[\\p{L}'’.-]+){0,3}[ ,]+";
  return [`${number}${between}${street}`, `${street}${between}${number}`].some((pattern) =>
    new RegExp(pattern, 'iu').test(text),
  );
}
