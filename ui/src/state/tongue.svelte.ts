// The language that is spoken: the one that was chosen, or else the machine's own.

import { Refusal } from '../host/host';
import { offered } from '../words/languages';
import { learn } from '../words/load';
import { speak, type Words } from '../words/words';
import { looks } from './looks.svelte';

class Tongue {
  /** Its tag. Sentences are not watched by Svelte: whatever shows one is made anew when this changes. */
  tag = $state.raw('');
}
export const tongue = new Tongue();

/** What the reader's system goes by, best first. */
const system = () => navigator.languages;

/** Speaks in these words from now on. */
export function speakIn(words: Words): void {
  speak(words);
  document.documentElement.lang = words.language.tag;
  document.documentElement.dir = words.language.direction;
  tongue.tag = words.language.tag;
}

/** Speaks the language that was chosen before, or the machine's own. */
export async function speakAsUsual(): Promise<void> {
  speakIn(await learn(offered([looks.language ?? '', ...system()]), system()));
}

let turn = 0;

/** Changes the language and keeps the choice. Of two choices in a row, the later one holds. */
export async function choose(tag: string): Promise<void> {
  const mine = ++turn;
  const words = await learn(offered([tag]), system()).catch(() => Promise.reject(new Refusal('host-gone')));
  if (mine !== turn) return;
  looks.language = tag;
  speakIn(words);
}
