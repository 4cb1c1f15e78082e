// The shape of every state. Shape, colour and a word always stand together.

import type { Exchange, JoinStage, PostState, PromiseState } from '../host/contract';

export type Tone = 'thread' | 'leaf' | 'honey' | 'quiet';
export interface Mark {
  tone: Tone;
  /** 20 × 20; filled shapes and lines. */
  fill?: string;
  line?: string;
  /** A ring around it: whole, broken, or none. */
  ring?: 'whole' | 'broken';
  /** Cut out of the filled shape. */
  cut?: string;
}

const DISC = 'M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z';
const CHECK = 'M6 10.3l2.8 2.8 5.4-6';
const MINUS = 'M6.5 10h7';

const POSTS: Record<PostState, Mark> = {
  open: { tone: 'thread', ring: 'broken' },
  'partly-covered': { tone: 'thread', ring: 'whole', fill: 'M10 2a8 8 0 0 0 0 16Z' },
  covered: { tone: 'leaf', fill: DISC, cut: CHECK },
  asking: { tone: 'honey', fill: DISC, cut: 'M7.8 8a2.3 2.3 0 1 1 3.2 2.1c-.7.3-1 .8-1 1.6M10 14.2v.1' },
  met: { tone: 'leaf', fill: 'M10 17.5C4 13.5 2 10 3.5 6.5 5 3.5 8.5 4 10 6.5c1.5-2.5 5-3 6.5 0C18 10 16 13.5 10 17.5Z' },
  'not-needed': { tone: 'quiet', ring: 'whole', line: MINUS },
  duplicate: { tone: 'quiet', line: 'M7.5 12.5a5 5 0 1 1 5-5M12.5 7.5a5 5 0 1 1-5 5' },
  expired: { tone: 'quiet', line: 'M5 2.5h10M5 17.5h10M6 2.5c0 4 8 11 8 15M14 2.5c0 4-8 11-8 15' },
};

const PROMISES: Record<PromiseState, Mark> = {
  offered: { tone: 'thread', ring: 'broken', fill: 'M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z' },
  likely: { tone: 'thread', ring: 'whole', fill: 'M10 2a8 8 0 0 0 0 16Z' },
  going: { tone: 'leaf', fill: DISC, cut: CHECK },
  done: POSTS.met,
  'standing-by': { tone: 'honey', ring: 'whole', line: 'M8 7v6M12 7v6' },
  declined: { tone: 'quiet', ring: 'whole', line: MINUS },
  withdrawn: { tone: 'quiet', line: 'M8 5 4 9l4 4M4 9h7a4.5 4.5 0 0 1 0 9H9' },
  void: { tone: 'quiet', ring: 'whole', line: 'M4.5 15.5l11-11' },
  'check-again': { tone: 'honey', fill: 'M10 1.5 19 17.5H1Z', cut: 'M10 7.5v4.5M10 14.7v.1' },
  'former-member': { tone: 'quiet', ring: 'broken', line: 'M7 13l6-6M13 13 7 7' },
};

const EXCHANGES: Record<Exchange, Mark> = {
  away: { tone: 'quiet', ring: 'broken' },
  exchanging: { tone: 'thread', line: 'M3 7.5h12l-3-3M17 12.5H5l3 3' },
  equal: { tone: 'leaf', fill: DISC, cut: 'M6 8.3h8M6 11.7h8' },
  settled: { tone: 'honey', fill: DISC, cut: 'M6 8.3h8M6 11.7h8M13 5l-6 10' },
};

const STAGES: Record<JoinStage, Mark> = {
  looking: { tone: 'thread', ring: 'broken' },
  asking: { tone: 'thread', ring: 'broken', fill: 'M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z' },
  compare: { tone: 'honey', ring: 'whole', line: 'M6 8.3h8M6 11.7h8' },
  waiting: { tone: 'thread', ring: 'whole', fill: 'M10 2a8 8 0 0 0 0 16Z' },
  joined: { tone: 'leaf', fill: DISC, cut: CHECK },
  refused: { tone: 'quiet', ring: 'whole', line: MINUS },
};

const CHECKS: Record<'well' | 'unwell', Mark> = {
  well: { tone: 'leaf', fill: DISC, cut: CHECK },
  unwell: { tone: 'honey', fill: 'M10 1.5 19 17.5H1Z', cut: 'M10 7.5v4.5M10 14.7v.1' },
};

const ALL = { post: POSTS, promise: PROMISES, exchange: EXCHANGES, stage: STAGES, check: CHECKS };
export type MarkOf = keyof typeof ALL;

/** A state of a newer version, not known here, is drawn as an empty ring. */
export function mark(of: MarkOf, state: string): Mark {
  return (ALL[of] as Record<string, Mark>)[state] ?? { tone: 'quiet', ring: 'whole' };
}
