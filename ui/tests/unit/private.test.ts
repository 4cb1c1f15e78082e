import { describe, expect, test } from 'vitest';

import { POSTS } from '../../src/host/fake-circle';
import { tells } from '../../src/words/private';
import { messageOf } from '../../tools/words.js';

const streets = (tag: string) => messageOf('private-streets', tag).split(',');
const seen = (text: string, tag = 'en') => tells(text, streets(tag));

describe('text that looks private', () => {
  test.each([
    'Call me: 020 7946 0018',
    'ring 0555 0142',
    '+44 (0)20 7946-0018',
    '07700900123',
    '(01632) 960 001',
    'phone 555-0142-99',
    'هاتف ٠٦٠٠ ١٢٣ ٤٥٦',
  ])('%s has a phone number', (text) => expect(seen(text)).toContain('phone'));

  test.each(['Vivo en la calle Mayor 7', 'Plaza del Sol, 3', 'C/ Olmo 12, portal 2'])('%s has an address in Spanish', (text) =>
    expect(seen(text, 'es')).toEqual(['address']),
  );

  test.each(['rosa@example.org', 'Write to rosa.m+help@mail.example.co.uk!', 'ana@correo.example.es'])(
    '%s has an e-mail address',
    (text) => expect(seen(text)).toEqual(['email']),
  );

  test.each(['I live at 14 Tannery Row', '12b Mill Lane', 'Flat 3', 'Apartment 7', '22, Old Station Road'])(
    '%s has an address',
    (text) => expect(seen(text)).toContain('address'),
  );

  test.each(['AB123456C', 'my card is 4000123412341234', 'number 123456789'])('%s has the number of a card or form', (text) =>
    expect(seen(text)).toContain('number'),
  );
});

describe('text that does not', () => {
  test.each([
    'Lift to the eye clinic, Thursday 9:20-12:30',
    '09:20–12:30',
    '0920-1230',
    'before 2026-11-26',
    'on 26.11.2026',
    'from 26/11/2026 on',
    '2 x 500 g of flour, 3 eggs',
    '5 bags, 3 offered',
    '10 km, 20 minutes on foot',
    'two floors up, 14 steps',
    'Tuesday and Thursday mornings, within 10 km.',
    'A corner of Station Road and Mill Lane',
    'Year 8 maths, 16-17',
    'Meals for 5, Mon 17:30-18:30',
    '50 pages',
  ])('%s', (text) => expect(seen(text)).toEqual([]));

  test('no post of the invented circle is warned of', () => {
    for (const { title, detail, place } of POSTS) expect(seen(`${title}\n${detail ?? ''}\n${place ?? ''}`), title).toEqual([]);
  });

  test('a language without words for streets warns of no address', () => {
    expect(tells('14 Tannery Row', [''])).toEqual([]);
  });
});
