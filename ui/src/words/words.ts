// Sentences in the reader's language. Every string that people see comes from `src/locales`,
// either by an id that the page knows (`t`, checked by the compiler) or by one that the member
// decided on (`say`).

import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';

import type { ErrorCode, Phrase, Value } from '../host/contract';
import type { Messages } from './ids';

export type Id = keyof Messages;
type Plain = string | number;
/** The values that a sentence needs; none for most. */
export type ValuesOf<K extends Id> = [Messages[K]] extends [never]
  ? []
  : [values: Record<Messages[K], Plain>];

export interface Language {
  /** For the folder of its files and the `lang` of the page. */
  tag: string;
  /** For dates and numbers; may name a country. */
  formats: string;
  direction: 'ltr' | 'rtl';
  /** The texts of its files. */
  files: string[];
  /** Changes every text, for tests with an invented language. */
  transform?: (text: string) => string;
}

/** A language, ready to speak. */
export class Words {
  readonly language: Language;
  readonly #bundle: FluentBundle;
  readonly #missing: (id: string) => void;
  readonly #fallback: Words | undefined;
  readonly #dates = new Map<string, Intl.DateTimeFormat>();
  readonly #list: Intl.ListFormat;
  readonly #numbers: Intl.NumberFormat;

  /**
   * `missing` hears of every sentence or value that is not there. What a language does not have yet
   * is said in `fallback`.
   */
  constructor(language: Language, missing: (id: string) => void = () => {}, fallback?: Language) {
    this.language = language;
    this.#missing = missing;
    this.#fallback = fallback && new Words(fallback, missing);
    this.#list = new Intl.ListFormat(language.formats, { type: 'conjunction' });
    this.#numbers = new Intl.NumberFormat(language.formats);
    // Names are isolated here and not by the library, which would also wrap every number.
    this.#bundle = new FluentBundle(language.formats, {
      useIsolating: false,
      ...(language.transform ? { transform: language.transform } : {}),
    });
    for (const file of language.files) {
      for (const error of this.#bundle.addResource(new FluentResource(file))) throw error;
    }
  }

  /** The language itself has it. */
  has(id: string): boolean {
    return this.#pattern(id) !== undefined;
  }

  /** The sentence `id`, or `message.attribute`. */
  format(id: string, values: Record<string, Value> = {}): string {
    const pattern = this.#pattern(id);
    if (pattern === undefined) {
      if (this.#fallback?.has(id)) return foreign(this.#fallback.format(id, values), this.#fallback.language, this.language);
      this.#missing(id);
      return id === 'unknown-sentence' ? '' : this.format('unknown-sentence');
    }
    const errors: Error[] = [];
    const given: Record<string, FluentVariable> = {};
    for (const [name, value] of Object.entries(values)) given[name] = this.#variable(value);
    const sentence = this.#bundle.formatPattern(pattern, given, errors);
    for (const error of errors) this.#missing(`${id}: ${error.message}`);
    return sentence;
  }

  /** A civil time or day as people write it: `Thursday 26 November at 09:20`. */
  when(text: string): string {
    return this.date(text, text.length <= 10 ? DAY : MOMENT);
  }

  /** Civil time written by the rules of the language. */
  date(text: string, options: Intl.DateTimeFormatOptions): string {
    const name = JSON.stringify(options);
    let format = this.#dates.get(name);
    if (!format) {
      format = new Intl.DateTimeFormat(this.language.formats, { ...options, timeZone: 'UTC' });
      this.#dates.set(name, format);
    }
    return this.#own(format.format(civil(text)));
  }

  /** A whole number by the rules of the language. */
  number(count: number): string {
    return this.#numbers.format(count);
  }

  #pattern(id: string) {
    const [name = '', attribute] = id.split('.', 2);
    const message = this.#bundle.getMessage(name);
    if (attribute !== undefined) return message?.attributes[attribute];
    return message?.value ?? undefined;
  }

  #variable(value: Value): FluentVariable {
    if ('number' in value) return value.number;
    if ('when' in value) return this.when(value.when);
    if ('day' in value) return this.when(value.day);
    if ('message' in value) return this.format(value.message);
    if ('messages' in value) return this.#listed(value.messages.map((id) => this.format(id)));
    if ('names' in value) return this.#listed(value.names.map((name) => this.#isolated(name)));
    return this.#isolated(value.text);
  }

  #listed(items: string[]): string {
    const parts = this.#list.formatToParts(items);
    return parts.map(({ type, value }) => (type === 'element' ? value : this.#own(value))).join('');
  }

  /** Text that the language wrote and not a member. */
  #own(text: string): string {
    return this.language.transform?.(text) ?? text;
  }

  #isolated(text: string): string {
    return isolate(text, this.language.direction);
  }
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Digits too: `493 271` would be read as `271 493`. */
const LEFT_TO_RIGHT = /[0-9A-Za-z\u00c0-\u024f\u0370-\u052f]/;

/** Keeps a name of the other writing direction from reordering the sentence around it. */
export function isolate(text: string, direction: 'ltr' | 'rtl'): string {
  const other = direction === 'ltr' ? RIGHT_TO_LEFT : LEFT_TO_RIGHT;
  return other.test(text) ? `\u2068${text}\u2069` : text;
}

/** A whole sentence of a language that may be written the other way. */
function foreign(sentence: string, from: Language, into: Language): string {
  if (from.direction === into.direction) return sentence;
  return `${from.direction === 'ltr' ? '\u2066' : '\u2067'}${sentence}\u2069`;
}

/** Civil time has no zone here: it is read and written as if it were universal. */
export function civil(text: string): Date {
  return new Date(`${text.length <= 10 ? `${text}T00:00:00` : text.slice(0, 19)}Z`);
}

const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;
const MOMENT = { ...DAY, hour: 'numeric', minute: '2-digit' } as const;

let words: Words | undefined;

/** Speaks this language from now on. */
export function speak(language: Words): void {
  words = language;
}

function spoken(): Words {
  if (!words) throw new Error('no language yet');
  return words;
}

/** The language spoken. */
export function language(): Language {
  return spoken().language;
}

/** A sentence of the page. */
export function t<K extends Id>(id: K, ...[values]: ValuesOf<K>): string {
  return spoken().format(id, valuesOf(values ?? {}));
}

function valuesOf(plain: Record<string, Plain>): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(plain)) {
    values[name] = typeof value === 'number' ? { number: value } : { text: value };
  }
  return values;
}

/** A sentence of the page whose id is put together, such as `category-` and a slug. */
export function named(prefix: string, slug: string, values: Record<string, Plain> = {}): string {
  return spoken().format(`${prefix}${slug}`, valuesOf(values));
}

/** A sentence that the member decided on. */
export function say(phrase: Phrase): string {
  return spoken().format(phrase.id, phrase.values);
}

/** Why something was not done: what happened and what is safe, and what to do next. */
export function explain(
  code: ErrorCode | HostCode,
  values: Record<string, Value> | undefined,
): { what: string; next: string } {
  return {
    what: spoken().format(`error-${code}`, values),
    next: spoken().format(`error-${code}.hint`, values),
  };
}

/** What goes wrong between the page and the member, before a call reaches it. */
export type HostCode = 'host-gone' | 'host-not-entered';

/** A civil time or day in the reader's words. */
export function when(text: string): string {
  return spoken().when(text);
}

/** Civil time written by the rules of the language. */
export function date(text: string, options: Intl.DateTimeFormatOptions): string {
  return spoken().date(text, options);
}

/** A whole number by the rules of the language. */
export function number(count: number): string {
  return spoken().number(count);
}
