// How members are named.

import type { Person } from '../host/contract';
import { t } from '../words/words';

/** `Rosa`, `You`, `a former member`. */
export function nameOf(person: Person): string {
  if (person.me) return t('person-you');
  return person.name ?? t('person-former');
}

/** The letter on somebody's patch. */
export function initial(person: Person): string {
  return [...(person.name ?? '·').trim()][0]?.toLocaleUpperCase() ?? '·';
}
