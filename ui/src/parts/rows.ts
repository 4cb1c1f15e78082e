// Which rows of a long list to show. Rows have heights of their own (a title may wrap, text may be
// large), known only once they were shown; until then a row counts as the average one.

/** The heights of a list, with sums from the start in O(log n). */
export class RowHeights {
  #count = 0;
  #guess: number;
  /** Measured less the guess, as a Fenwick tree. */
  #tree = new Float64Array(1);
  #measured = new Map<number, number>();

  constructor(guess: number) {
    this.#guess = guess;
  }

  get count(): number {
    return this.#count;
  }

  get total(): number {
    return this.start(this.#count);
  }

  /** So many rows; what was measured of those that stay is kept. */
  resize(count: number): void {
    if (count === this.#count) return;
    this.#count = count;
    for (const index of [...this.#measured.keys()]) if (index >= count) this.#measured.delete(index);
    this.#build();
  }

  /** The rows are laid out anew: nothing measured holds, but it makes the better guess. */
  forget(): void {
    this.#guess = this.#average();
    this.#measured.clear();
    this.#build();
  }

  /** A row was seen to be this high. Returns by how much that moves what comes after it. */
  measure(index: number, height: number): number {
    if (index < 0 || index >= this.#count) return 0;
    const moved = height - this.height(index);
    if (moved === 0) return 0;
    this.#measured.set(index, height);
    for (let at = index + 1; at <= this.#count; at += at & -at) this.#tree[at] = (this.#tree[at] ?? 0) + moved;
    return moved;
  }

  height(index: number): number {
    return this.#measured.get(index) ?? this.#guess;
  }

  /** Where row `index` begins. */
  start(index: number): number {
    let sum = index * this.#guess;
    for (let at = Math.min(index, this.#count); at > 0; at -= at & -at) sum += this.#tree[at] ?? 0;
    return sum;
  }

  /** The row at this distance from the start; the last one for anything beyond. */
  at(distance: number): number {
    let low = 0;
    let high = Math.max(0, this.#count - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= distance) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #average(): number {
    if (this.#measured.size === 0) return this.#guess;
    let sum = 0;
    for (const height of this.#measured.values()) sum += height;
    return sum / this.#measured.size;
  }

  #build(): void {
    this.#tree = new Float64Array(this.#count + 1);
    const measured = [...this.#measured];
    this.#measured.clear();
    for (const [index, height] of measured) this.measure(index, height);
  }
}

/** A piece of the list, and the empty room before and after it. */
export interface Slice {
  first: number;
  /** One after the last. */
  end: number;
  before: number;
  after: number;
}

/** The rows between two distances, and `spare` more on each side. */
export function slice(heights: RowHeights, from: number, to: number, spare: number): Slice {
  if (heights.count === 0) return { first: 0, end: 0, before: 0, after: 0 };
  const first = Math.max(0, heights.at(from) - spare);
  const end = Math.min(heights.count, heights.at(to) + 1 + spare);
  return { first, end, before: heights.start(first), after: heights.total - heights.start(end) };
}
