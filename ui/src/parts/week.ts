// The days of any week, Monday first, in the reader's words.

import { later } from '../words/when';
import { date } from '../words/words';

/** A Monday; which one makes no difference. */
const MONDAY = '2026-11-23';

const day = (index: number, weekday: 'short' | 'long') => date(later(MONDAY, index), { weekday });

export const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;
/** `Mon` */
export const shortDay = (index: number) => day(index, 'short');
/** `Monday` */
export const longDay = (index: number) => day(index, 'long');
