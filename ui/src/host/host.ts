// The one way in which the page talks to the member, whatever shows it: the window, a browser on
// this machine, or a test.

import type { HostCode } from '../words/words';
import type { ApiError, Calls, ErrorCode, Tag, Value } from './contract';

export type CallName = keyof Calls;
export type Args<K extends CallName> = Calls[K]['args'];
export type Reply<K extends CallName> = Calls[K]['reply'];

/** A file that is there, or a new one and how it might be called. */
export type FileChoice = 'open' | { save: { name: string } };

export interface Host {
  /** Asks the member. Rejects with a `Refusal`. */
  call<K extends CallName>(name: K, args: Args<K>): Promise<Reply<K>>;
  /** Hears of what changed from now on; ready when the promise is. */
  onChange(listener: (tags: Tag[]) => void): Promise<void>;
  /** Hears whether the member answers, where that can change without a call. */
  onReach?(listener: (answers: boolean) => void): void;
  /** Asks the desktop for a file and gives its path, nothing if none was chosen; only a window can. */
  chooseFile?(choice: FileChoice): Promise<string | undefined>;
  /** Where unfinished posts may outlive the page; nowhere if it is undefined. */
  readonly drafts?: Storage;
}

/** Why a call did not do what was asked. */
export class Refusal extends Error {
  readonly code: ErrorCode | HostCode;
  readonly values: Record<string, Value>;

  constructor(code: ErrorCode | HostCode, values: Record<string, Value> = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }

  static of(error: ApiError): Refusal {
    return new Refusal(error.code, error.values);
  }

  /** The text of a value, such as the name of the field that does not fit. */
  text(name: string): string | undefined {
    const value = this.values[name];
    return value && 'text' in value ? value.text : undefined;
  }
}

/** What the window and the page get for a call. */
export type Answered = { ok: unknown } | { error: ApiError };

/** The reply inside, or its `Refusal` thrown. */
export function opened<K extends CallName>(answered: Answered): Reply<K> {
  if ('error' in answered) throw Refusal.of(answered.error);
  return answered.ok as Reply<K>;
}

const ALL_TAGS: Record<Tag, true> = { status: true, board: true, me: true, circle: true, near: true, joining: true, notice: true };
/** For when changes may have been missed. */
export const EVERYTHING = Object.keys(ALL_TAGS) as Tag[];
