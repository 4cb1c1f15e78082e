// A form about oneself: what was typed stays until it is saved, and that it was saved is said.

import { untrack } from 'svelte';

import type { MeView } from '../host/contract';
import { Act, announce, drafts } from './app.svelte';
import { keepTyped, same, within } from './kept.svelte';

/** For the component that is being made: `from` tells what was saved last, as the form writes it. */
export class OwnForm<Draft extends object> {
  draft = $state() as Draft;
  /** Nothing was changed since it was saved. */
  saved = $state(false);
  readonly act = new Act();
  readonly #key: string;
  readonly #onsaved: (me: MeView) => void;
  /** What was saved last, as far as it is shown. */
  #stands = $state.raw() as Draft;

  constructor(key: string, from: () => Draft, onsaved: (me: MeView) => void) {
    this.#key = `${untrack(() => within.circle)} ${key}`;
    this.#onsaved = onsaved;
    this.#stands = untrack(from);
    this.draft = drafts().take(this.#key, this.#stands);
    // What another machine of one's own saved is shown where nothing was typed.
    $effect(() => {
      const now = from();
      untrack(() => {
        const { draft } = this;
        for (const field of Object.keys(now) as (keyof Draft)[]) {
          const stood = this.#stands[field];
          if (!same(now[field], stood) && same(draft[field], stood)) draft[field] = now[field];
        }
        this.#stands = now;
      });
    });
    $effect(() => {
      if (keepTyped(this.#key, $state.snapshot(this.draft) as Draft, this.#stands, false)) this.saved = false;
    });
  }

  /** Saves it, and says so with `done`. */
  async save(work: () => Promise<MeView>, done: string): Promise<MeView | undefined> {
    const sent = $state.snapshot(this.draft) as Draft;
    const changed = await this.act.run(work);
    if (!changed) return undefined;
    drafts().drop(this.#key);
    // What was sent stands, as the member writes it.
    this.#stands = sent;
    this.#onsaved(changed);
    this.saved = true;
    announce(done);
    return changed;
  }
}
