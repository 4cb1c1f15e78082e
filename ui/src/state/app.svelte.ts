// What the whole page shares: the host, the place in it, what it says aloud.

import { tick } from 'svelte';

import type { Tag } from '../host/contract';
import { EVERYTHING, Refusal, type Args, type CallName, type FileChoice, type Host, type Reply } from '../host/host';
import { readRoute, link, type Route } from './route';
import { Shelf } from './shelf';

let host: Host;
let shelf = new Shelf();
let clock: () => Date = () => new Date();
const listeners = new Map<Tag, Set<() => void>>();

/** Connects the page to its host; from then on changes are heard. */
export async function connect(to: Host, time?: () => Date): Promise<void> {
  host = to;
  shelf = new Shelf(to.drafts);
  if (time) clock = time;
  to.onReach?.((answers) => (shared.reachable = answers));
  await to.onChange(changed);
}

export function call<K extends CallName>(name: K, args: Args<K>): Promise<Reply<K>> {
  // What a form holds is watched by Svelte; what leaves it is plain.
  return host.call(name, $state.snapshot(args) as Args<K>);
}

/** How the desktop is asked for a file, where it can be. */
export function chooseFile(): ((choice: FileChoice) => Promise<string | undefined>) | undefined {
  return host.chooseFile?.bind(host);
}

export function drafts(): Shelf {
  return shelf;
}

export function now(): Date {
  return clock();
}

/** Tells every part of the page that shows one of these. */
export function changed(tags: readonly Tag[]): void {
  const told = new Set<() => void>();
  for (const tag of tags) for (const listener of listeners.get(tag) ?? []) told.add(listener);
  for (const listener of told) listener();
}

/** Calls `listener` when one of these changed, until the returned function is called. */
export function whenChanged(tags: readonly Tag[], listener: () => void): () => void {
  for (const tag of tags) {
    const set = listeners.get(tag) ?? new Set();
    listeners.set(tag, set.add(listener));
  }
  return () => {
    for (const tag of tags) listeners.get(tag)?.delete(listener);
  };
}

/** Everything may have changed: after the circle was switched, or after a restore. */
export function allChanged(): void {
  changed(EVERYTHING);
}

class Shared {
  route = $state.raw<Route>(readRoute(location.hash));
  /** Read aloud by screen readers, seen by nobody. */
  voice = $state('');
  /** The member answers. */
  reachable = $state(true);
}
export const shared = new Shared();

window.addEventListener('hashchange', () => (shared.route = readRoute(location.hash)));

/** Goes to a screen; `replace` leaves no step back to this one. */
export function go(route: Route, replace = false): void {
  if (replace) history.replaceState(null, '', link(route));
  else history.pushState(null, '', link(route));
  shared.route = route;
}

/**
 * Moves the focus to what took the place of the thing that was pressed: without this, the keyboard
 * and a screen reader would be back at the beginning of the page.
 */
export async function focusOn(testid: string): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.focus();
}

/** A form is not sent as long as something in it is wrong: that is unfolded, and the first of it takes the focus. */
export async function focusOnWrong({ target }: Event): Promise<void> {
  await tick();
  const wrong = (target as Element).querySelectorAll<HTMLElement>('[aria-invalid="true"], [data-problem] input');
  for (const one of wrong) one.closest('details')?.setAttribute('open', '');
  wrong[0]?.focus();
}

/** Says something to those who cannot see that it changed. */
export function announce(sentence: string): void {
  // The same sentence twice is only read twice if it is gone in between.
  shared.voice = '';
  setTimeout(() => (shared.voice = sentence), 50);
}

/** A reply that is fetched again whenever one of `tags` changed. */
export class Live<K extends CallName> {
  reply = $state.raw<Reply<K> | undefined>();
  refusal = $state.raw<Refusal | undefined>();
  readonly #name: K;
  readonly #args: () => Args<K>;
  #asked = 0;
  #shown = 0;
  #asking = false;
  #again = false;

  constructor(name: K, args: () => Args<K>) {
    this.#name = name;
    this.#args = args;
  }

  /** One question at a time: what changes meanwhile is asked for once more afterwards. */
  async refresh(): Promise<void> {
    this.#again = this.#asking;
    if (this.#asking) return;
    this.#asking = true;
    do {
      this.#again = false;
      const turn = ++this.#asked;
      try {
        this.#show(turn, await call(this.#name, this.#args()), undefined);
      } catch (error) {
        this.#show(turn, this.reply, refusalOf(error));
      }
    } while (this.#again);
    this.#asking = false;
  }

  /** Shows what another call answered with. */
  take(reply: Reply<K>): void {
    this.#show(++this.#asked, reply, undefined);
  }

  /** A later answer is never replaced by an earlier one. */
  #show(turn: number, reply: Reply<K> | undefined, refusal: Refusal | undefined): void {
    if (turn < this.#shown) return;
    this.#shown = turn;
    this.reply = reply;
    this.refusal = refusal;
  }
}

/** A `Live` for the component that is being made; asked again when its arguments change. */
export function live<K extends CallName>(name: K, tags: readonly Tag[], args: () => Args<K>): Live<K> {
  const live = new Live(name, args);
  $effect(() => {
    args();
    void live.refresh();
  });
  $effect(() => whenChanged(tags, () => void live.refresh()));
  return live;
}

export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  console.error(error);
  return new Refusal('internal');
}

/** Something somebody does: one at a time, and why it did not work stays beside it. */
export class Act {
  busy = $state(false);
  refusal = $state.raw<Refusal | undefined>();

  /** Does it, unless it is being done. Nothing comes back if it was refused. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.refusal = undefined;
    try {
      return await work();
    } catch (error) {
      this.refusal = refusalOf(error);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
