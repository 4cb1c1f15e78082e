// Posts of the invented circle that ask how it went, or whether they still stand.

import type { FakePost } from './fake-circle';

export const ENDINGS: FakePost[] = [
  {
    id: 'e01',
    by: 'Rosa',
    category: 'ride',
    title: 'Lift to the eye clinic and back',
    window: [-1, '09:20', '12:30'],
    place: 'Station Side',
    over: true,
    promises: [{ by: 'Sam', say: 'I can be there at nine.', verdict: 'accept' }],
  },
  { id: 'e02', by: 'Rosa', category: 'repair', title: 'Dripping tap in the kitchen', detail: 'Any evening.', renewal: 14 },
  {
    id: 'e03',
    by: 'Tobias',
    category: 'chore',
    title: 'Wood to be stacked',
    window: [2, '16:00', '17:30'],
    place: 'Allotment Hill',
    promises: [{ by: 'Rosa', verdict: 'accept', changed: true }],
  },
  {
    id: 'e04',
    by: 'Aoife',
    category: 'food-meal',
    title: 'Evening meals after a birth',
    times: [
      [-1, '17:30', '18:30'],
      [1, '17:30', '18:30'],
      [3, '17:30', '18:30'],
    ],
    place: 'Tannery Row',
    promises: [{ by: 'Meera', verdict: 'accept', at: [0, 1, 2] }],
  },
  {
    id: 'e05',
    by: 'Rosa',
    category: 'goods',
    title: 'A chair for the hall',
    window: [-2, '10:00', '12:00'],
    ended: 'not-needed',
    promises: [{ by: 'Sam', verdict: 'accept', became: 'happened' }],
  },
  {
    id: 'e06',
    by: 'Hana',
    category: 'pet',
    title: 'Dog walks after my operation',
    detail: 'He is small and slow.',
    same: [{ by: 'Bo', title: 'Hana needs somebody for her dog', detail: 'I asked her; mornings are best.' }],
    thanks: [{ by: 'Hana', text: 'Thank you all, he sleeps like a stone.' }],
  },
  { id: 'e07', by: 'Rosa', category: 'errand', title: 'Keys from the locksmith', window: [-3, '10:00', '12:00'], ended: 'expired' },
];
