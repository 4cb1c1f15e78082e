// Which language, and its files: fetched beside the page, so that only the language that is spoken
// is ever loaded.

import { Words, type Language } from './words';

/** All but the terminal's own words. One folder a language; English is the source. */
const FILES = import.meta.glob<string>(['../locales/*/*.ftl', '!../locales/*/terminal.ftl'], {
  query: '?url',
  import: 'default',
  eager: true,
});

async function filesOf(tag: string): Promise<string[]> {
  const addresses = Object.entries(FILES).filter(([path]) => path.includes(`/locales/${tag}/`));
  return Promise.all(addresses.map(async ([, address]) => (await fetch(address)).text()));
}

/** English, with dates as the reader's own system writes them if it is English too. */
export async function english(system: string): Promise<Language> {
  const formats = /^en\b/i.test(system) ? system : 'en-GB';
  return { tag: 'en', formats, direction: 'ltr', files: await filesOf('en') };
}

export function load(language: Language): Words {
  return new Words(language, (what) => console.error(`no words for ${what}`));
}
