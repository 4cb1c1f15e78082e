// Tells the member that somebody is here, so that it does not lock meanwhile.

import { call } from './app.svelte';

/** Not more often than this. */
const EVERY = 30_000;

let told = 0;

function here(): void {
  const now = performance.now();
  if (told > 0 && now - told < EVERY) return;
  told = now;
  // Where it cannot be told, it locks: that is safe.
  call('still-here', {}).catch(() => undefined);
}

/** From now on, whoever touches, moves or types is here, as long as somebody asks. */
export function heedPresence(asks: () => boolean): void {
  const heed = () => asks() && here();
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel']) addEventListener(kind, heed, { passive: true });
}
