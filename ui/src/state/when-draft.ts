// When something is, as it is typed: one time or several, or one that comes again. For a new post and
// for one that is changed.

import type { RepeatView, Rhythm as Often, WindowView } from '../host/contract';
import { readDay, wholeNumber } from '../words/typed';
import { later, readTime } from '../words/when';

export interface TimeDraft {
  /** A day, `2026-11-26`, or nothing for any time. */
  day: string;
  /** A day that is not in the list is typed. */
  other: boolean;
  from: string;
  to: string;
  /** How many days after its day it ends: not asked for, kept of what was posted. */
  days?: number;
}

export type Rhythm = '' | Often;

export interface WhenDraft {
  /** At least one. */
  times: TimeDraft[];
  rhythm: Rhythm;
  /** `MO` … `SU`: on which days of a week it comes again. */
  weekdays: string[];
  rhythmEnds: 'never' | 'count' | 'day';
  count: string;
  last: string;
  /** The rule by which it comes again, if that is one of those that are only shown. */
  rule?: string;
}

export function blankTime(): TimeDraft {
  return { day: '', other: false, from: '', to: '' };
}

export function blankWhen(): WhenDraft {
  return { times: [blankTime()], rhythm: '', weekdays: [], rhythmEnds: 'never', count: '', last: '' };
}

export type TimeProblems = Partial<Record<'day' | 'from' | 'to' | 'order', true>>;
export interface WhenProblems {
  /** One for each time. */
  times?: TimeProblems[];
  count?: true;
  last?: true;
}

/** When something is that was posted. A day before `today` is in no list of days: it is shown to be written anew. */
export function draftedWhen(windows: WindowView[], repeat: RepeatView | null, today: string): WhenDraft {
  const blank = blankWhen();
  const times = windows.map(({ start, end }) => {
    const day = start.slice(0, 10);
    const days = (Date.parse(end.slice(0, 10)) - Date.parse(day)) / 86_400_000;
    return { day, other: day < today, from: start.slice(11, 16), to: end.slice(11, 16), ...(days > 0 ? { days } : {}) };
  });
  if (times.length > 0) blank.times = times;
  if (!repeat) return blank;
  const { rhythm, weekdays, last, rule } = repeat;
  return { ...blank, rhythm, weekdays, rhythmEnds: last ? 'day' : 'never', last: last ?? '', rule };
}

/** As the contract takes it. */
export interface Times {
  from?: string;
  to?: string;
  times?: string[];
  repeat?: string;
}

/** Something was said about this time. */
export function isTimed({ day, other, from, to }: TimeDraft): boolean {
  return other || day !== '' || from.trim() !== '' || to.trim() !== '';
}

/** One time as it is sent, or what is wrong with it. */
export function readOne(draft: TimeDraft): { from: string; to: string } | TimeProblems {
  const [day, from, to] = [readDay(draft.day), readTime(draft.from), readTime(draft.to)];
  const problems: TimeProblems = {};
  if (day === undefined || Number.isNaN(Date.parse(day))) problems.day = true;
  if (from === undefined) problems.from = true;
  if (to === undefined) problems.to = true;
  if (from !== undefined && to !== undefined && to <= from && !draft.days) problems.order = true;
  if (day === undefined || Object.keys(problems).length > 0) return problems;
  return { from: `${day}T${from}`, to: `${draft.days ? later(day, draft.days) : day}T${to}` };
}

const FREQUENCY = { day: 'FREQ=DAILY', week: 'FREQ=WEEKLY', fortnight: 'FREQ=WEEKLY;INTERVAL=2', month: 'FREQ=MONTHLY' };

/** What was said, or what keeps it from being understood. */
export function readWhen(draft: WhenDraft): { when: Times; problems: WhenProblems } {
  const timed = draft.times.length > 1 ? draft.times : draft.times.filter(isTimed);
  const read = timed.map(readOne);
  const problems: WhenProblems = {};
  const wrong = (one: (typeof read)[number]): one is TimeProblems => typeof one.from !== 'string';
  if (read.some(wrong)) problems.times = read.map((one) => (wrong(one) ? one : {}));
  const whole = read.filter((one) => !wrong(one)) as { from: string; to: string }[];
  const [first, ...more] = whole;
  if (!first) return { when: {}, problems };
  if (more.length > 0) return { when: { times: whole.map(({ from, to }) => `${from}/${to}`) }, problems };
  if (!draft.rhythm) return { when: first, problems };

  if (draft.rhythm === 'other') return { when: { ...first, repeat: draft.rule }, problems };

  let repeat = FREQUENCY[draft.rhythm];
  if (weekly(draft) && draft.weekdays.length > 0) repeat += `;BYDAY=${draft.weekdays.join(',')}`;
  if (draft.rhythmEnds === 'count') {
    const count = wholeNumber(draft.count) ?? 0;
    if (count < 1) problems.count = true;
    repeat += `;COUNT=${count}`;
  } else if (draft.rhythmEnds === 'day') {
    const last = readDay(draft.last);
    if (last === undefined) problems.last = true;
    repeat += `;UNTIL=${last?.replaceAll('-', '')}`;
  }
  return { when: { ...first, repeat }, problems };
}

/** It comes on days of the week. */
export function weekly({ rhythm }: WhenDraft): boolean {
  return rhythm === 'week' || rhythm === 'fortnight';
}
