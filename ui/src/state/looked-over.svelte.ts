// What the member says of something while it is typed.

import type { Args } from '../host/host';
import { Live } from './app.svelte';

/** Typing is over when nothing was typed for so long. */
const PAUSE = 300;

/** For the component that is being made: the text, and the post if it is one, looked over again and again. */
export function lookedOver(args: () => Args<'look-over'>): Live<'look-over'> {
  const live = new Live('look-over', args);
  const asked = $derived(JSON.stringify(args()));
  let pause = 0;
  $effect(() => {
    void asked;
    const timer = setTimeout(() => void live.refresh(), pause);
    pause = PAUSE;
    return () => clearTimeout(timer);
  });
  return live;
}

interface Texts {
  title: string;
  detail: string;
  place: string;
  person?: string;
  roles?: { name: string }[];
}

/** All that others would read of a post. */
export function textOf({ title, detail, place, person = '', roles = [] }: Texts): string {
  return [title, detail, place, person, ...roles.map(({ name }) => name)].join('\n');
}
