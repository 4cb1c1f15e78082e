// What is typed over something that stands, and in which circle.

import { drafts } from './app.svelte';

/** Of which circle the screens are: what stands there, and what is typed. */
export const within = $state({ circle: '' });

/** One field of two forms is the same. */
export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Keeps of a draft what differs from what stands: the rest is taken from there again. */
export function keepTyped(key: string, draft: object, stands: object, lasting: boolean): boolean {
  const typed = Object.entries(draft).filter(([field, value]) => !same(value, stands[field as keyof object]));
  if (typed.length > 0) drafts().put(key, Object.fromEntries(typed), lasting);
  else drafts().drop(key);
  return typed.length > 0;
}
