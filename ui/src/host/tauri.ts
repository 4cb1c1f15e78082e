// The window: two commands, one event.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Tag } from './contract';
import { opened, Refusal, type Answered, type Args, type CallName, type FileChoice, type Host, type Reply } from './host';

/** The event that `src-tauri` sends. */
const CHANGED = 'changed';

/**
 * Runs `work` in a turn of its own. The window enters JavaScript by evaluating a script, and
 * WebKit then runs microtasks in the middle of Svelte's work, which throws: nothing that the
 * window hands over may touch the page in the same turn.
 */
function inOwnTurn(work: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(null);
}

export function tauriHost(): Host {
  return {
    drafts: localStorage,

    async call<K extends CallName>(name: K, args: Args<K>): Promise<Reply<K>> {
      let answered: Answered;
      try {
        answered = await invoke<Answered>('call', { request: { call: name, args } });
      } catch {
        throw new Refusal('host-gone');
      }
      await new Promise<void>(inOwnTurn);
      return opened<K>(answered);
    },

    async chooseFile(choice: FileChoice): Promise<string | undefined> {
      const path = await invoke<string | null>('choose_file', { choice });
      await new Promise<void>(inOwnTurn);
      return path ?? undefined;
    },

    async onChange(listener: (tags: Tag[]) => void): Promise<void> {
      await listen<Tag[]>(CHANGED, ({ payload }) => inOwnTurn(() => listener(payload)));
    },
  };
}
