// Of which states several parts of the page say the same.

import type { PostState, PromiseState } from '../host/contract';

const OVER: readonly PostState[] = ['met', 'not-needed', 'duplicate', 'expired'];
const STANDING: readonly PromiseState[] = ['offered', 'likely', 'going', 'standing-by', 'check-again'];

/** Nothing more is asked by the post. */
export const isOver = (state: PostState): boolean => OVER.includes(state);

/** The promise, or its part at one time, was neither taken back nor refused, and did not end. */
export const stands = (state: PromiseState): boolean => STANDING.includes(state);
