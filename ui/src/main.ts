// Finds the host, loads the words, shows the page.

import { mount } from 'svelte';

import App from './App.svelte';
import type { Host } from './host/host';
import './look/base.css';
import './look/tokens.css';
import { connect } from './state/app.svelte';
import { followLooks } from './state/looks.svelte';
import { english, load } from './words/load';
import { speak, type Language } from './words/words';

interface Around {
  host: Host;
  language?: Language;
  clock?: () => Date;
}

async function around(): Promise<Around> {
  if (import.meta.env.MODE === 'fake') return (await import('./host/fake')).around();
  if ('__TAURI_INTERNALS__' in window) return { host: (await import('./host/tauri')).tauriHost() };
  const { enter, webHost } = await import('./host/web');
  await enter();
  return { host: webHost() };
}

async function open(): Promise<void> {
  const { host, language, clock } = await around();
  const spoken = language ?? (await english(navigator.language));
  speak(load(spoken));
  document.documentElement.lang = spoken.tag;
  document.documentElement.dir = spoken.direction;
  await connect(host, clock);
  followLooks();
  mount(App, { target: document.body });
  document.documentElement.dataset['ready'] = '1';
}

void open();
