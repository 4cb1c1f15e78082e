// Finds the host, loads the words, shows the page.

import { mount } from 'svelte';

import App from './App.svelte';
import type { Host } from './host/host';
import { tauriHost } from './host/tauri';
import { enter, webHost } from './host/web';
import './look/base.css';
import './look/tokens.css';
import { connect } from './state/app.svelte';
import { followLooks } from './state/looks.svelte';
import { speakAsUsual, speakIn } from './state/tongue.svelte';
import type { Words } from './words/words';

interface Around {
  host: Host;
  /** Another language than the reader's, for tests. */
  words?: Words | undefined;
  clock?: () => Date;
}

async function around(): Promise<Around> {
  if (import.meta.env.MODE === 'fake') return (await import('./host/fake')).around();
  if ('__TAURI_INTERNALS__' in window) return { host: tauriHost() };
  await enter();
  return { host: webHost() };
}

async function open(): Promise<void> {
  const { host, words, clock } = await around();
  if (words) speakIn(words);
  else await speakAsUsual();
  await connect(host, clock);
  followLooks();
  mount(App, { target: document.body });
  document.documentElement.dataset['ready'] = '1';
}

void open();
