// Small drawings of our own: 24 × 24, lines only, one path each.

/** Kinds of help, by the word of the contract. */
const CATEGORIES = {
  'food-meal': 'M3.5 11.5h17a8.5 7.5 0 0 1-17 0ZM8 20.5h8M9 8.5c-1-1.5 1-2.5 0-4.5M14 8.5c-1-1.5 1-2.5 0-4.5',
  'food-grocery': 'M3.5 10h17l-2 9.5h-13ZM7.5 10l3.5-6M16.5 10 13 4M9.5 13.5v2.5M14.5 13.5v2.5',
  errand: 'M5 8.5h14l1 12H4ZM8.5 11.5V7a3.5 3.5 0 0 1 7 0v4.5',
  medicine: 'M5 12.5 12.5 5a4.2 4.2 0 0 1 6 6L11 18.5a4.2 4.2 0 0 1-6-6ZM8.8 8.7l6 6',
  ride: 'M3.5 16.5v-4L6 11l2-4.5h7.5L18.5 11l2 1.5v4ZM6 11h12.5M12 6.5V11M5 16.5a2 2 0 0 0 4 0M15 16.5a2 2 0 0 0 4 0',
  child: 'M9 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM4.5 20.5v-5a4.5 4.5 0 0 1 9 0v5M13.5 14l3.5-4M17.5 10a2.7 3.2 0 1 0 0-6.4 2.7 3.2 0 0 0 0 6.4Z',
  elder: 'M10 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM6.5 20.5v-6a3.5 4.5 0 0 1 6.5-2.5l3 3M16 20.5V13a2 2 0 0 1 4 0',
  pet: 'M12 12.5c-2.5 0-5.5 3-5.5 5.5 0 2.5 3 2 5.5 2s5.5.5 5.5-2c0-2.5-3-5.5-5.5-5.5ZM5 13a1.8 2.2 0 1 0 0-4.4A1.8 2.2 0 0 0 5 13ZM9.3 8.6a1.7 2.3 0 1 0 0-4.6 1.7 2.3 0 0 0 0 4.6ZM14.7 8.6a1.7 2.3 0 1 0 0-4.6 1.7 2.3 0 0 0 0 4.6ZM19 13a1.8 2.2 0 1 0 0-4.4A1.8 2.2 0 0 0 19 13Z',
  'check-in': 'M3.5 4.5h11v8H9l-3 3v-3H3.5ZM17 8.5h3.5v8H18v3l-3-3h-5',
  chore: 'M15.5 3.5 12 11M7.5 11h8l2.5 9.5H4.5ZM8.5 20.5l.5-4M13.5 20.5l-.5-4',
  repair: 'M4 20.5l9-9.5M9 8l3.5-4 8 7.5-3.5 4ZM9 8l8 7.5',
  goods: 'M4 8l8-4.5L20 8v8.5L12 21l-8-4.5ZM4 8l8 4.5L20 8M12 12.5V21',
  lend: 'M4.5 10a8 8 0 0 1 14-3M19 3.5V7.5h-4M19.5 14a8 8 0 0 1-14 3M5 20.5v-4h4',
  tech: 'M5.5 5h13v9.5h-13ZM3 18.5h18',
  language: 'M4 4.5h16v11.5h-8.5l-4 4v-4H4ZM9 13l3-6 3 6M10 11h4',
  paperwork: 'M6.5 3.5h7.5l4 4v13H6.5ZM14 3.5v4h4M9.5 12h5.5M9.5 16h5.5',
  money: 'M9.5 5a6 5.5 0 1 0 0 11 6 5.5 0 0 0 0-11ZM9.5 8.5v4M14.8 9.2a5.5 5 0 1 1-5 9.3',
  room: 'M3.5 11.5 12 4l8.5 7.5M6 9.5v11h12v-11M10 20.5v-6h4v6',
  learn: 'M12 6.5C10 5 7 4.5 3.5 4.5v14c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2v-14C17 4.5 14 5 12 6.5ZM12 6.5v14',
  group: 'M12 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM7.5 20v-3a4.5 4.5 0 0 1 9 0v3M5 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM2.5 18.5v-1.5a2.5 2.5 0 0 1 2.5-2.5M19 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM21.5 18.5v-1.5a2.5 2.5 0 0 0-2.5-2.5',
};

const REST = {
  today: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3 7 7M17 17l1.7 1.7M5.3 18.7 7 17M17 7l1.7-1.7',
  board: 'M4 4.5h16v15H4ZM8 8.5h8M8 12h8M8 15.5h4.5',
  me: 'M12 11a3.7 3.7 0 1 0 0-7.5 3.7 3.7 0 0 0 0 7.5ZM4.5 20.5v-1a7.5 6 0 0 1 15 0v1',
  circle: 'M12 8a2.3 2.3 0 1 0 0-4.6A2.3 2.3 0 0 0 12 8ZM5.5 19.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6ZM18.5 19.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6ZM8.8 6.7a7.7 7.7 0 0 0-4 6M15.2 6.7a7.7 7.7 0 0 1 4 6M8.3 19.8a8 8 0 0 0 7.4 0',
  near: 'M2.5 12.5 7 8.5l4.5 4M4 11.5v7h6v-7M12.5 12.5l4.5-4 4.5 4M14 11.5v7h6v-7M8.5 5.5a5.5 5.5 0 0 1 7 0',
  safe: 'M6 3.5h12v17H6ZM9 8h6M9 11.5h6M9 15h3M15.5 14.5v4M13.5 16.5h4',
  lock: 'M5.5 10.5h13v10h-13ZM8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3M12 14.5v2.5',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5l5 5',
  back: 'M10 5.5 3.5 12l6.5 6.5M3.5 12h17',
  onward: 'M14 5.5l6.5 6.5-6.5 6.5M3.5 12h17',
  copy: 'M8.5 8.5h11v12h-11ZM15.5 8.5v-5h-11v12h4',
  check: 'M4.5 12.5l5 5 10-11',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3.5 2',
  place: 'M12 21c-4-4.5-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2.5 6.5-6.5 11ZM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  door: 'M6.5 20.5v-17h11v17M3.5 20.5h17M14 12v1.5',
  help: 'M5 12.5v4.5a4 4 0 0 0 4 4h4.5a5 5 0 0 0 5-5V8.5a1.6 1.6 0 0 0-3.2 0V12M5 12.5a1.7 1.7 0 0 1 3.3 0V14M8.3 12.5V5a1.6 1.6 0 0 1 3.3 0v7M11.6 11.5V4.5a1.6 1.6 0 0 1 3.4 0',
  heed: 'M12 4 21 20H3ZM12 10v4.5M12 17v.5',
  letter: 'M3.5 6h17v12.5h-17ZM3.5 6.5 12 13l8.5-6.5',
  machine: 'M4 5h16v10.5H4ZM9 20h6M12 15.5V20',
  urgent: 'M13.5 3 6 13.5h5L10.5 21 18 10.5h-5Z',
  again: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3.5v4.5H15',
  away: 'M4.5 4.5l15 15M19.5 4.5l-15 15',
};

export type IconName = keyof typeof CATEGORIES | keyof typeof REST;

/** The kinds of help, in the order in which lists show them. */
export const CATEGORY_NAMES = Object.keys(CATEGORIES) as (keyof typeof CATEGORIES)[];

const ALL: Record<string, string> = { ...CATEGORIES, ...REST };

/** A post of a newer version may be of a kind that is not known here. */
export function iconPath(name: string): string {
  return ALL[name] ?? REST.help;
}

/** One knitted stitch, 22 × 16: the sign of Closeknit, of a seat, of waiting. */
export const STITCH =
  'M1.93 1.85A2.9 7.6-36 1 1 10.87 14.15 2.9 7.6-36 1 1 1.93 1.85ZM20.07 1.85A2.9 7.6 36 1 0 11.13 14.15 2.9 7.6 36 1 0 20.07 1.85Z';
