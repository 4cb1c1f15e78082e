// A long list that is fetched in pages, as far as somebody looks at it.

/** What one request brings. */
export interface Page<T> {
  total: number;
  items: T[];
}

/** Pages held, and which have to be fetched. Knows nothing of how they are fetched. */
export class Pages<T> {
  readonly size: number;
  total = 0;
  readonly #pages = new Map<number, T[]>();
  readonly #stale = new Set<number>();
  readonly #asked = new Set<number>();

  constructor(size: number) {
    this.size = size;
  }

  /** The item, if its page is here. */
  at(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / this.size))?.[index % this.size];
  }

  /** The pages to fetch so that the items from `first` to before `end` can be shown as they are now. */
  wanted(first: number, end: number): number[] {
    const wanted = [];
    const last = Math.max(first, end - 1);
    for (let page = Math.floor(first / this.size); page <= Math.floor(last / this.size); page++) {
      const beyond = page > 0 && page * this.size >= this.total;
      if (!beyond && !this.#asked.has(page) && (!this.#pages.has(page) || this.#stale.has(page))) wanted.push(page);
    }
    return wanted;
  }

  /** Somebody is fetching it. */
  ask(page: number): void {
    this.#asked.add(page);
    this.#stale.delete(page);
  }

  /** It came. */
  put(page: number, { total, items }: Page<T>): void {
    this.#asked.delete(page);
    this.total = total;
    this.#pages.set(page, items);
  }

  /** It did not come. */
  miss(page: number): void {
    this.#asked.delete(page);
    this.#stale.add(page);
  }

  /** Everything may have changed: what is here may still be shown, but has to be fetched again. */
  age(): void {
    this.#asked.clear();
    for (const page of this.#pages.keys()) this.#stale.add(page);
  }
}
