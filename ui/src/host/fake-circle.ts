// An invented circle: Millrace, its people, what they need and offer.

import type { Became, MemberKind, Mode, Unit } from './contract';

export interface FakeMember {
  name: string;
  kind?: MemberKind;
  skills?: string[];
  lends?: string[];
  machines?: number;
}

export const MEMBERS: FakeMember[] = [
  { name: 'Rosa', skills: ['Spanish', 'listening'], machines: 2 },
  { name: 'Sam', skills: ['driving'], lends: ['roof rack'] },
  { name: 'Ines', skills: ['nursing', 'first aid'] },
  { name: 'Tobias', skills: ['joinery'], lends: ['ladder', 'drill', 'hand truck'] },
  { name: 'Wanjiru', skills: ['Swahili', 'forms'] },
  { name: 'Pavel' },
  { name: 'Meera', skills: ['vegetarian cooking'], lends: ['pressure cooker'] },
  { name: 'Liesl', skills: ['driving'], lends: ['van'], machines: 2 },
  { name: 'Dmitri', skills: ['phones', 'computers'], lends: ['printer'] },
  { name: 'Aoife' },
  { name: 'Kofi', skills: ['cycling'] },
  { name: 'Hana', skills: ['dogs'] },
  { name: 'Bo', skills: ['guitar', 'babysitting'] },
  { name: 'Millrace Food Cupboard', kind: 'organisation' },
];

export interface FakePromise {
  by: string;
  amount?: number;
  say?: string;
  verdict?: 'accept' | 'stand-by' | 'decline';
  doorstep?: string;
  /** Which of the post’s times, by their place. */
  at?: number[];
  /** The post changed afterwards. */
  changed?: boolean;
  /** What its author says became of it. */
  became?: Became;
}

export interface FakePost {
  id: string;
  by: string;
  category: string;
  title: string;
  detail?: string;
  /** Days from today, from and to. */
  window?: [number, string, string];
  /** The same, several. */
  times?: [number, string, string][];
  /** How the window comes again. */
  repeat?: string;
  place?: string;
  want?: number;
  unit?: Unit;
  mode?: Mode;
  urgent?: boolean;
  person?: string;
  consent?: string;
  standing?: boolean;
  until?: string;
  promises?: FakePromise[];
  ended?: 'met' | 'not-needed' | 'expired';
  /** Its time is over: did it happen? */
  over?: boolean;
  /** Asked whether it still stands, for so many days. */
  renewal?: number;
  /** What others posted that is the same. */
  same?: { by: string; title: string; detail: string }[];
  thanks?: { by: string; to?: string; text: string }[];
}

export const POSTS: FakePost[] = [
  {
    id: 'n02',
    by: 'Rosa',
    person: 'Old Jack',
    consent: 'asked on the phone this morning',
    category: 'medicine',
    title: 'Prescription from the pharmacy',
    detail: 'It is ready on the counter under his name. He is at home all day; he walks slowly to the door.',
    window: [0, '14:00', '18:00'],
    place: 'Bridge End',
    urgent: true,
  },
  {
    id: 'n03',
    by: 'Rosa',
    category: 'ride',
    title: 'Lift to the eye clinic and back',
    detail: 'They put drops in, so I cannot see much on the way home.\nAbout three hours in all. I have a blanket for the waiting.',
    window: [2, '09:20', '12:30'],
    place: 'Station Side',
    promises: [
      { by: 'Sam', say: 'I can be there at nine. My car has low seats, is that all right?' },
      { by: 'Liesl', say: 'With the van, if nobody else comes.' },
    ],
  },
  {
    id: 'n01',
    by: 'Aoife',
    category: 'food-meal',
    title: 'Evening meals after a birth',
    detail: 'No nuts, please. Leave it at the door if we are asleep.',
    times: [
      [1, '17:30', '18:30'],
      [3, '17:30', '18:30'],
      [6, '17:30', '18:30'],
    ],
    place: 'Tannery Row',
    promises: [{ by: 'Meera', verdict: 'accept', at: [0] }],
  },
  {
    id: 'n09',
    by: 'Wanjiru',
    category: 'paperwork',
    title: 'Fill in a housing form',
    detail: 'One hour at the library. Arabic is welcome.',
    place: 'Library',
    promises: [{ by: 'Rosa', say: 'Thursday after five?', verdict: 'accept', doorstep: 'Table by the window, second floor.\nRing 0555 0142 if you are late.' }],
  },
  { id: 'n13', by: 'Bo', category: 'repair', title: 'Bulb change, high ceiling', detail: 'Any evening. Somebody with a ladder.', place: 'Allotment Hill' },
  { id: 'n04', by: 'Hana', category: 'repair', title: 'Carry a wardrobe down two floors', window: [4, '10:00', '12:00'], place: 'Allotment Hill', want: 3, promises: [{ by: 'Tobias', verdict: 'accept' }, { by: 'Liesl', verdict: 'accept', say: 'With the van.' }] },
  { id: 'n05', by: 'Aoife', category: 'food-grocery', title: 'Food parcel for a family of five', window: [3, '12:00', '17:00'], place: 'Tannery Row', want: 5, unit: 'items', mode: 'first', promises: [{ by: 'Meera', amount: 3, verdict: 'accept' }] },
  { id: 'n07', by: 'Aoife', category: 'child', title: 'School run while my ankle heals', window: [1, '08:15', '08:50'], place: 'Bridge End', want: 10, promises: [{ by: 'Bo', amount: 4, verdict: 'accept' }, { by: 'Kofi', amount: 2, verdict: 'accept' }] },
  { id: 'n11', by: 'Hana', category: 'pet', title: 'Dog walks after my operation', place: 'Tannery Row', want: 20, unit: 'items', promises: [{ by: 'Bo', amount: 11, verdict: 'accept' }] },
  { id: 'n19', by: 'Rosa', category: 'group', title: 'Leaflet folding', detail: 'Tea and cake. Come when you can, go when you must.', window: [2, '18:00', '20:00'], place: 'St Brannoc’s Hall', want: 6, mode: 'turn-up', promises: [{ by: 'Meera' }, { by: 'Kofi' }, { by: 'Ines' }, { by: 'Dmitri' }, { by: 'Bo' }] },
  { id: 'n33', by: 'Ines', category: 'group', title: 'Chair a meeting while I am ill', window: [6, '19:00', '20:30'], place: 'St Brannoc’s Hall', promises: [{ by: 'Wanjiru', verdict: 'accept' }] },
  { id: 'n26', by: 'Kofi', category: 'learn', title: 'Homework help, maths year 8', window: [7, '16:00', '17:00'], place: 'St Brannoc’s Hall' },
  { id: 'n24', by: 'Dmitri', category: 'room', title: 'Storage for six boxes', detail: 'Two months, one dry corner.' },
  { id: 'n06', by: 'Tobias', category: 'check-in', title: 'A call on Sundays, happy to talk about chess', window: [5, '15:00', '17:00'], place: 'Allotment Hill' },
  { id: 'o02', by: 'Sam', category: 'ride', title: 'Lifts in my car', detail: 'Tuesday and Thursday mornings, within 10 km.', want: 3, standing: true, promises: [{ by: 'Pavel', verdict: 'accept' }, { by: 'Aoife', verdict: 'accept' }] },
  { id: 'o04', by: 'Tobias', category: 'repair', title: 'Joinery and small fixes', detail: 'Weekdays from ten to four.', want: 6, unit: 'hours', standing: true },
  { id: 'o11', by: 'Tobias', category: 'lend', title: 'Ladder, drill, hand truck', detail: 'For three days each.', place: 'Allotment Hill', want: 3, unit: 'items', standing: true },
  { id: 'o01', by: 'Meera', category: 'food-meal', title: 'Two hot vegetarian meals', window: [1, '17:30', '18:30'], place: 'Tannery Row', want: 2, unit: 'items', standing: true, promises: [{ by: 'Aoife', verdict: 'accept' }] },
  { id: 'o08', by: 'Dmitri', category: 'tech', title: 'Printer, up to 50 pages', place: 'Bridge End', want: 50, unit: 'items', standing: true },
  { id: 'o18', by: 'Millrace Food Cupboard', category: 'food-grocery', title: 'Parcels', window: [3, '14:00', '17:00'], place: 'Bridge End', want: 25, unit: 'items', mode: 'turn-up', promises: [{ by: 'Aoife', amount: 21 }] },
  { id: 'o07', by: 'Rosa', category: 'language', title: 'Spanish interpreting by phone', detail: 'Evenings, two calls a week.', want: 2, standing: true },
  { id: 'n14', by: 'Aoife', category: 'goods', title: 'Winter coat, boy of eight', ended: 'met', promises: [{ by: 'Hana', verdict: 'accept' }] },
  { id: 'n16', by: 'Pavel', category: 'tech', title: 'Set up a second-hand phone', window: [-1, '18:00', '19:00'], ended: 'not-needed', promises: [{ by: 'Dmitri' }] },
  { id: 'n22', by: 'Bo', category: 'goods', title: 'Nappies, size 3', window: [-2, '10:00', '18:00'], ended: 'expired', want: 2, unit: 'items' },
];

/** One that is over, and one that ends soon. */
export const ASKING: FakePost[] = [
  { id: 'n28', by: 'Rosa', category: 'repair', title: 'Help moving a hospital bed', window: [-1, '14:00', '16:00'], place: 'Station Side', promises: [{ by: 'Kofi', verdict: 'accept' }] },
  { id: 'n35', by: 'Rosa', category: 'lend', title: 'Borrow a sewing machine', place: 'Tannery Row', until: '2026-11-26' },
];

export const WORDS =
  'ladder river mango copper velvet autumn pencil harbor dream walnut island bridge silver garden kitten window orange planet cotton ticket winter basket candle meadow'.split(
    ' ',
  );
