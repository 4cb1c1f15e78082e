// The languages that are offered, and which of them a reader is likely to want.

export interface Offered {
  /** The folder of its files, and the `lang` of the page. */
  tag: string;
  /** For dates and numbers, unless the reader's own system names a country of this language. */
  formats: string;
  direction: 'ltr' | 'rtl';
  /** Some screens are still in English. */
  partly: boolean;
}

const ENGLISH: Offered = { tag: 'en', formats: 'en-GB', direction: 'ltr', partly: false };

/** English is the source of all others. */
export const LANGUAGES: readonly Offered[] = [
  ENGLISH,
  { tag: 'es', formats: 'es-ES', direction: 'ltr', partly: false },
  { tag: 'ar', formats: 'ar', direction: 'rtl', partly: true },
];

const primary = (tag: string) => tag.toLowerCase().split('-')[0];

/** The first of these tags that is offered; English if none is. */
export function offered(wanted: readonly string[]): Offered {
  const found = wanted.map((tag) => LANGUAGES.find((language) => language.tag === primary(tag)));
  return found.find((language) => language !== undefined) ?? ENGLISH;
}

/** How to write dates and numbers: as the reader's own system does, if it speaks this language. */
export function formatsOf({ tag, formats }: Offered, system: readonly string[]): string {
  return system.find((own) => primary(own) === tag && own.includes('-')) ?? formats;
}

/** What its speakers call it: `English`, `Español`. */
export function ownName({ tag }: Offered): string {
  const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  const [first = '', ...rest] = name;
  return first.toLocaleUpperCase(tag) + rest.join('');
}
