// What was typed and not sent yet. It survives going to another screen, and where the host has a
// place for it, closing the page. Doorstep details and recovery words are never given a place.

/** The part of `Storage` that is used. */
export interface Place {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
}

const PREFIX = 'closeknit draft ';

export class Shelf {
  readonly #here = new Map<string, string>();
  readonly #place: Place | undefined;

  constructor(place?: Place) {
    this.#place = place;
  }

  /** What was put under this name, or `blank`; fields that `blank` does not know are left out. */
  take<T extends object>(key: string, blank: T): T {
    const text = this.#here.get(key) ?? this.#read(key);
    if (text === undefined) return { ...blank };
    try {
      const found = JSON.parse(text) as Record<string, unknown>;
      const fits = ([name, value]: [string, unknown]) => {
        const known = (blank as Record<string, unknown>)[name];
        return known !== undefined && typeof known === typeof value && Array.isArray(known) === Array.isArray(value);
      };
      return { ...blank, ...Object.fromEntries(Object.entries(found).filter(fits)) };
    } catch {
      return { ...blank };
    }
  }

  /** Keeps it; `lasting` only where the host has a place. */
  put(key: string, value: object, lasting: boolean): void {
    const text = JSON.stringify(value);
    this.#here.set(key, text);
    if (!lasting) return;
    try {
      this.#place?.setItem(PREFIX + key, text);
    } catch {
      // No room or not allowed: it still survives going to another screen.
    }
  }

  /** It was sent, or thrown away. */
  drop(key: string): void {
    this.#here.delete(key);
    try {
      this.#place?.removeItem(PREFIX + key);
    } catch {
      // As above.
    }
  }

  #read(key: string): string | undefined {
    try {
      return this.#place?.getItem(PREFIX + key) ?? undefined;
    } catch {
      return undefined;
    }
  }
}
