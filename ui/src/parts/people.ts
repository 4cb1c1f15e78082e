// How members are named.

import type { Person, PostCard } from '../host/contract';
import { t } from '../words/words';

/** `Rosa`, `You`, `a former member`. */
export function nameOf(person: Person): string {
  if (person.me) return t('person-you');
  return person.name ?? t('person-former');
}

/** Who asks or offers, and for whom if it is not for themselves. */
export function whoseIs({ author, person }: PostCard): string {
  return person ? t('post-for', { author: nameOf(author), person }) : nameOf(author);
}

/** The letter on somebody's patch. */
export function initial(person: Person): string {
  return [...(person.name ?? '·').trim()][0]?.toLocaleUpperCase() ?? '·';
}
