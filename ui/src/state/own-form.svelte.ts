// A form about oneself: what was typed stays until it is saved, and that it was saved is said.

import { untrack } from 'svelte';

import type { MeView } from '../host/contract';
import { Act, announce, drafts } from './app.svelte';

/** For the component that is being made: `from` tells what was saved last, as the form writes it. */
export class OwnForm<Draft extends object> {
  draft = $state() as Draft;
  /** Nothing was changed since it was saved. */
  saved = $state(false);
  readonly act = new Act();
  readonly #key: string;
  readonly #onsaved: (me: MeView) => void;

  constructor(key: string, from: () => Draft, onsaved: (me: MeView) => void) {
    this.#key = key;
    this.#onsaved = onsaved;
    this.draft = untrack(() => drafts().take(key, from()));
    $effect(() => {
      const draft = $state.snapshot(this.draft) as Draft;
      drafts().put(key, draft, false);
      if (JSON.stringify(draft) !== untrack(() => JSON.stringify(from()))) this.saved = false;
    });
  }

  /** Saves it, and says so with `done`. */
  async save(work: () => Promise<MeView>, done: string): Promise<MeView | undefined> {
    const changed = await this.act.run(work);
    if (!changed) return undefined;
    drafts().drop(this.#key);
    this.#onsaved(changed);
    this.saved = true;
    announce(done);
    return changed;
  }
}
