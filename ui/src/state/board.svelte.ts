// What the board shows: the filters, and the posts as far as somebody looked. It outlives the
// screen, so that coming back from a post finds the same place.

import type { PostCard, PostKind, Wanting } from '../host/contract';
import type { Args, Refusal } from '../host/host';
import { RowHeights } from '../parts/rows';
import { call, refusalOf } from './app.svelte';
import { calledLike } from '../words/categories';
import { readDay } from '../words/typed';
import { Pages } from './pages';

const PAGE = 100;
/** A row’s height before one was seen. */
const ROW = 124;

class Board {
  kind = $state<PostKind | ''>('');
  wanting = $state<Wanting | ''>('');
  category = $state('');
  search = $state('');
  when = $state<'' | 'today' | 'week' | 'day'>('');
  /** With `when` a day: which. */
  day = $state('');
  near = $state(false);

  /** A list, or a week of the calendar. */
  look = $state<'list' | 'week'>('list');
  /** A day of the week that is looked at; this week without one. */
  weekOf = $state<string | undefined>();

  total = $state(0);
  /** How many are open for other people alone. */
  locked = $state(0);
  skipped = $state(0);
  /** Where the reader lives roughly, if they said so. */
  area = $state<string | null>(null);
  /** The first answer is here. */
  ready = $state(false);
  refusal = $state.raw<Refusal | undefined>();
  /** Changes whenever `at` may answer differently. */
  version = $state(0);

  /** The row that was opened from here, and how far the page was scrolled. */
  left: { index: number; top: number } | undefined;
  /** As far as rows were seen. */
  readonly heights = new RowHeights(ROW);

  #pages = new Pages<PostCard>(PAGE);
  #sight: [number, number] = [0, 1];
  /** Answers to earlier filters do not count. */
  #round = 0;
  #circle: string | undefined;
  #asked = '';
  #asking = 0;
  #again = false;

  get filtered(): boolean {
    return Object.keys(this.#filters()).length > 0;
  }

  at = (index: number): PostCard | undefined => this.#pages.at(index);

  /**
   * What this circle and these filters show. What is here stays in sight until the answer comes; if
   * it is the same as before, what is in sight is only fetched again.
   */
  ask(circle: string | undefined): void {
    const asked = JSON.stringify([circle, this.#filters()]);
    if (asked === this.#asked) return this.refresh();
    this.#asked = asked;
    if (circle !== this.#circle) {
      this.#circle = circle;
      this.ready = false;
      this.total = this.locked = this.skipped = 0;
      this.left = undefined;
      this.near = false;
    }
    this.#round++;
    this.heights.forget();
    void this.#fetch(new Pages<PostCard>(PAGE), 0);
  }

  clear(): void {
    this.kind = '';
    this.wanting = '';
    this.category = '';
    this.search = '';
    this.when = '';
    this.near = false;
  }

  /** These rows are in sight. */
  show = (first: number, end: number): void => {
    this.#sight = [first, end];
    for (const page of this.#pages.wanted(first, end)) void this.#fetch(this.#pages, page);
  };

  /** Something changed: what is in sight is fetched again now, the rest when it comes in sight. */
  refresh = (): void => {
    // One question at a time: what changes meanwhile is asked for once more afterwards.
    this.#again = this.#asking > 0;
    if (this.#again) return;
    this.#pages.age();
    this.show(...this.#sight);
  };

  async #fetch(pages: Pages<PostCard>, page: number): Promise<void> {
    const round = this.#round;
    pages.ask(page);
    this.#asking++;
    try {
      const view = await call('board', { ...this.#filters(), offset: page * PAGE, limit: PAGE });
      if (round !== this.#round) return this.#answered();
      pages.put(page, { total: view.total, items: view.posts });
      this.#pages = pages;
      this.total = view.total;
      this.locked = view.locked;
      this.skipped = view.skipped;
      this.area = view.area;
      this.refusal = undefined;
    } catch (error) {
      if (round !== this.#round) return this.#answered();
      pages.miss(page);
      this.refusal = refusalOf(error);
    }
    this.ready = true;
    this.version++;
    this.#answered();
  }

  #answered(): void {
    this.#asking--;
    if (this.#asking === 0 && this.#again) this.refresh();
  }

  /** All filters but when: a week says that itself. */
  get filters(): Args<'board'> {
    const search = this.search.trim();
    const called = search ? calledLike(search) : [];
    return {
      ...(this.kind ? { kind: this.kind } : {}),
      ...(this.wanting ? { wanting: this.wanting } : {}),
      ...(this.category ? { category: this.category } : {}),
      ...(search ? { search } : {}),
      ...(called.length > 0 ? { called } : {}),
      ...(this.near ? { near: true } : {}),
    };
  }

  #filters(): Args<'board'> {
    const when = this.when === 'day' ? readDay(this.day) : this.when;
    return { ...this.filters, ...(when ? { when } : {}) };
  }
}

export const board = new Board();
