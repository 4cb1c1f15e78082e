// Screens that are not needed at the first moment: each comes when somebody goes there, and all of them as
// soon as there is nothing else to do.

import type BringBack from '../screens/BringBack.svelte';
import type Circle from '../screens/Circle.svelte';
import type Join from '../screens/Join.svelte';
import type Me from '../screens/Me.svelte';
import type Near from '../screens/Near.svelte';
import type Safe from '../screens/Safe.svelte';
import type Start from '../screens/Start.svelte';
import type Welcome from '../screens/Welcome.svelte';
import type { Route } from './route';

interface Screens {
  'bring-back': typeof BringBack;
  circle: typeof Circle;
  join: typeof Join;
  me: typeof Me;
  near: typeof Near;
  safe: typeof Safe;
  start: typeof Start;
  welcome: typeof Welcome;
}
type Name = keyof Screens;

const LOAD: { [Screen in Name]: () => Promise<{ default: Screens[Screen] }> } = {
  'bring-back': () => import('../screens/BringBack.svelte'),
  circle: () => import('../screens/Circle.svelte'),
  join: () => import('../screens/Join.svelte'),
  me: () => import('../screens/Me.svelte'),
  near: () => import('../screens/Near.svelte'),
  safe: () => import('../screens/Safe.svelte'),
  start: () => import('../screens/Start.svelte'),
  welcome: () => import('../screens/Welcome.svelte'),
};

class Later {
  /** Those that are here. */
  screens = $state.raw<Partial<Screens>>({});

  /** Whether a screen can be shown; else it is on its way. */
  has(screen: Route['screen']): boolean {
    return !isLater(screen) || this.screens[screen] !== undefined;
  }

  /** Asks for a screen. */
  want(screen: Route['screen']): void {
    if (isLater(screen)) void this.#load(screen);
  }

  /** Asks for all the others, one after the other. */
  async rest(): Promise<void> {
    for (const name of Object.keys(LOAD) as Name[]) await this.#load(name);
  }

  async #load(name: Name): Promise<void> {
    if (this.screens[name]) return;
    const { default: screen } = await LOAD[name]();
    this.screens = { ...this.screens, [name]: screen };
  }
}

const isLater = (screen: Route['screen']): screen is Name => screen in LOAD;

export const later = new Later();
