// The files of a language: fetched beside the page, so that only what is spoken is ever loaded.

import { formatsOf, offered, type Offered } from './languages';
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

/** A language with its files; `system` are the tags that the reader's own system goes by. */
export async function load(language: Offered, system: readonly string[]): Promise<Language> {
  const { tag, direction } = language;
  return { tag, direction, formats: formatsOf(language, system), files: await filesOf(tag) };
}

/** The same, ready to speak; what a language has no words for yet is said in English. */
export async function learn(language: Offered, system: readonly string[]): Promise<Words> {
  const [own, english] = await Promise.all([
    load(language, system),
    language.partly ? load(offered(['en']), system) : undefined,
  ]);
  return ready(own, english);
}

export function ready(language: Language, fallback?: Language): Words {
  return new Words(language, (what) => console.error(`no words for ${what}`), fallback);
}
