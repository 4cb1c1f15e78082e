import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { files, folderOf, messages, source } from '../../tools/words.js';
import { accent } from '../../src/words/pseudo';
import { LANGUAGES } from '../../src/words/languages';
import { isolate, Words, type Language } from '../../src/words/words';
import { occurring, saidBy } from './said';

const ui = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ui), 'utf8');
const english = (more: Partial<Language> = {}): Language => ({
  tag: 'en',
  formats: 'en-GB',
  direction: 'ltr',
  files: files().map((file) => read(`src/locales/en/${file}`)),
  ...more,
});

/** A language that complains of everything it cannot say. */
function speaking(more: Partial<Language> = {}): { words: Words; missing: string[] } {
  const missing: string[] = [];
  return { words: new Words(english(more), (what) => missing.push(what)), missing };
}

/** The names of the variants of every selector in a file, outermost first. */
function variants(text: string): { id: string; names: string[] }[] {
  const found: { id: string; names: string[] }[] = [];
  for (const [message = '', id = ''] of text.matchAll(/^([a-z][\w-]*) =.*(?:\n(?: |\}).*)*/gm)) {
    const names = [...message.matchAll(/^\s+\*?\[(\w[\w-]*)\]/gm)].map(([, name = '']) => name);
    if (names.length > 0) found.push({ id, names });
  }
  return found;
}

/** Every word of a union of the contract, such as `PostState`. */
function union(name: string): string[] {
  const declared = new RegExp(`export type ${name} = ([^;]+);`).exec(read('src/host/contract.ts'))?.[1] ?? '';
  const found = [...declared.matchAll(/"([^"]+)"/g)].map(([, word]) => word ?? '');
  expect(found.length, name).toBeGreaterThan(1);
  return found;
}

describe('the files', () => {
  test('can be read, and no sentence stands twice', () => {
    expect(messages(files()).size).toBeGreaterThan(500);
  });

  test('src/words/ids.ts is what npm run words writes', () => {
    expect(read('src/words/ids.ts')).toBe(source());
  });

  test('every sentence of the page is said somewhere', () => {
    const code = readdirSync(new URL('src/', ui), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(svelte|ts)$/.test(path) && !path.endsWith('ids.ts'))
      .map((path) => read(`src/${path}`))
      .join('\n');
    const ids = [...messages(['page.ftl']).keys()];
    expect(occurring(code, ids)).toEqual(ids);
  });

  test('every word of the contract has its name', () => {
    const { words } = speaking();
    const named: [prefix: string, type: string][] = [
      ['kind-', 'PostKind'],
      ['state-', 'PostState'],
      ['promise-', 'PromiseState'],
      ['mode-', 'Mode'],
      ['unit-', 'Unit'],
      ['member-', 'MemberKind'],
      ['exchange-', 'Exchange'],
    ];
    for (const [prefix, type] of named) for (const word of union(type)) expect(words.has(prefix + word), prefix + word).toBe(true);
  });

  test('every category has its name and its drawing', async () => {
    const { CATEGORY_NAMES } = await import('../../src/parts/icons');
    const { words } = speaking();
    expect(CATEGORY_NAMES).toHaveLength(20);
    for (const slug of CATEGORY_NAMES) expect(words.has(`category-${slug}`), slug).toBe(true);
  });

  test('every reason for a refusal says what happened and what to do next', () => {
    const { words } = speaking();
    for (const code of [...union('ErrorCode'), 'host-gone', 'host-not-entered']) {
      expect(words.has(`error-${code}`), code).toBe(true);
      expect(words.has(`error-${code}.hint`), code).toBe(true);
    }
  });
});

describe('every language', () => {
  const others = LANGUAGES.filter(({ tag }) => tag !== 'en');
  const whole = others.filter(({ partly }) => !partly).map(({ tag }) => tag);
  const parts = others.filter(({ partly }) => partly).map(({ tag }) => tag);
  /** The words of the terminal too: some ids stand in both, and mean the same. */
  const said = (tag: string) => [...files(folderOf(tag)), 'terminal.ftl'].map((file) => [file, messages([file], folderOf(tag))] as const);

  test('there is more than English', () => expect([whole, parts]).toEqual([['es'], ['ar']]));

  test.each(whole)('%s says what English says, in the same files and with the same values', (tag) => {
    expect(said(tag)).toEqual(said('en'));
  });

  test.each(parts)('%s has no sentence that English has not, and no other values', (tag) => {
    for (const file of files(folderOf(tag))) {
      const english = messages([file]);
      for (const [id, values] of messages([file], folderOf(tag))) expect([id, values]).toEqual([id, english.get(id)]);
    }
  });

  test.each(parts)('%s has all that the welcome, the board and a post say', (tag) => {
    const theirs = messages(files(folderOf(tag)), folderOf(tag));
    const own = saidBy(['screens/Frame.svelte', 'screens/Welcome.svelte', 'screens/Board.svelte', 'screens/Post.svelte'], messages(['page.ftl']).keys());
    expect(own.length).toBeGreaterThan(100);
    const decided = ['board.ftl', 'errors.ftl'].flatMap((file) => [...messages([file]).keys()]);
    const shown = /^(?:door|delivery|notice|category|kind|state|mode|promise|unit)-/;
    const named = [...messages(['member.ftl', 'words.ftl']).keys()].filter((id) => shown.test(id));
    expect([...own, ...decided, ...named].filter((id) => !theirs.has(id))).toEqual([]);
  });

  test.each(['en', ...whole, ...parts])('%s says of a circle that is over what its button says', (tag) => {
    const words = new Words(english({ tag, formats: tag, files: files(folderOf(tag)).map((file) => read(`src/locales/${tag}/${file}`)) }));
    for (const code of ['not-a-member', 'still-here']) {
      expect(words.format(`error-${code}.hint`)).toContain(words.format('leave'));
      expect(words.format(`error-${code}.hint`)).toContain(words.format('nav-circle'));
    }
  });

  test('counts in all six ways of Arabic', () => {
    const ways = ['zero', 'one', 'two', 'few', 'many', 'other'];
    const counted = files(folderOf('ar')).flatMap((file) => variants(read(`src/locales/ar/${file}`)));
    const plurals = counted.filter(({ names }) => names.some((name) => ways.slice(0, -1).includes(name)));
    expect(plurals.length).toBeGreaterThan(10);
    expect(plurals.filter(({ names }) => names.join() !== ways.join())).toEqual([]);
  });
});

describe('sentences', () => {
  test('take their values and say numbers in the right form', () => {
    const { words, missing } = speaking();
    expect(words.format('board-count', { count: { number: 1 } })).toBe('One post');
    expect(words.format('board-count', { count: { number: 12_000 } })).toBe('12,000 posts');
    expect(words.format('back-documents', { count: { number: 1 } })).toBe('one member');
    expect(missing).toEqual([]);
  });

  test('say one as one, beside others that are counted', () => {
    const { words, missing } = speaking();
    const number = (number: number) => ({ number });
    expect(words.format('near-pieces', { received: number(1), sent: number(0) })).toBe('Since it came: one piece from there, 0 pieces to there');
    expect(words.format('backup-restored', { added: number(1), people: number(1), refused: number(0) })).toBe('Added one entry from one person.');
    expect(words.format('capacity-left', { free: number(1), hours: number(1) })).toBe('Your one hour of this week is free.');
    expect(words.format('capacity-left', { free: number(0), hours: number(1) })).toBe('Your one hour of this week is not free any more.');
    expect(words.format('capacity-left', { free: number(1), hours: number(3) })).toBe('One hour of your 3 is free this week.');
    expect(missing).toEqual([]);
  });

  test('name several people as one would', () => {
    const { words } = speaking();
    const helpers = { names: ['Sam', 'Ines', 'Liesl'] };
    expect(words.format('covered', { helpers })).toBe('Covered: Sam, Ines and Liesl.');
  });

  test('say civil time as it is, wherever the machine is', () => {
    const { words } = speaking();
    expect(words.when('2026-11-26T09:20:00')).toBe('Thursday 26 November at 9:20');
    expect(words.when('2026-11-26')).toBe('Thursday 26 November');
    expect(words.format('called-off', { on: { day: '2026-11-23' } })).toBe('Called off on Monday 23 November.');
  });

  test('say another message in its place', () => {
    const { words } = speaking();
    expect(words.format('post-for', { author: { message: 'former-member' }, person: { text: 'Old Jack' } })).toBe(
      'a former member, for Old Jack',
    );
  });

  test('a missing sentence is heard of, and people get words all the same', () => {
    const { words, missing } = speaking();
    expect(words.format('says-something-newer')).toBe(words.format('unknown-sentence'));
    expect(missing).toEqual(['says-something-newer']);
  });

  test('a missing value is heard of', () => {
    const { words, missing } = speaking();
    words.format('post-for', { author: { text: 'Rosa' } });
    expect(missing).toHaveLength(1);
    expect(missing[0]).toContain('post-for');
  });

  test('say the reasons that the member gives', () => {
    const { words, missing } = speaking();
    const reason = (reason: string, more = {}) => ({ field: { text: 'title' }, reason: { text: reason }, ...more });
    expect(words.format('error-bad-input', reason('empty'))).toContain('missing');
    expect(words.format('error-bad-input', reason('too-long', { most: { text: '100' } }))).toContain('At most 100');
    expect(words.format('error-bad-input', { field: { text: 'doorstep' }, reason: { text: 'too-long' } })).toBe('This is too long.');
    expect(words.format('error-bad-input', reason('not-the-name'))).toContain('Nothing was erased');
    expect(words.format('error-bad-words', { reason: { text: 'unknown' }, number: { text: '7' }, word: { text: 'lader' } })).toContain('lader');
    expect(missing).toEqual([]);
  });
});

describe('Spanish', () => {
  const spanish = () =>
    speaking({
      tag: 'es',
      formats: 'es-ES',
      files: files(folderOf('es')).map((file) => read(`src/locales/es/${file}`)),
    });

  test('has its own numbers, days and lists', () => {
    const { words, missing } = spanish();
    expect(words.format('board-count', { count: { number: 1 } })).toBe('Un anuncio');
    expect(words.format('board-count', { count: { number: 12_000 } })).toBe('12.000 anuncios');
    expect(words.format('called-off', { on: { day: '2026-11-23' } })).toBe('Cancelada el lunes, 23 de noviembre.');
    expect(words.format('covered', { helpers: { names: ['Sam', 'Ines'] } })).toBe('Ya está cubierta: Sam e Ines.');
    expect(words.format('near-pieces', { received: { number: 1 }, sent: { number: 2 } })).toBe('Desde que llegó: una pieza de allí, 2 piezas hacia allí');
    const restored = { added: { number: 1 }, people: { number: 1 }, refused: { number: 0 } };
    expect(words.format('backup-restored', restored)).toBe('Se ha añadido una entrada de una persona.');
    expect(words.format('capacity-left', { free: { number: 0 }, hours: { number: 1 } })).toBe('Tu hora de esta semana ya no está libre.');
    expect(missing).toEqual([]);
  });
});

describe('Arabic, of which some is missing', () => {
  const arabic = () => {
    const missing: string[] = [];
    const theirs = files(folderOf('ar')).map((file) => read(`src/locales/ar/${file}`));
    const own = english({ tag: 'ar', formats: 'ar', direction: 'rtl', files: theirs });
    return { words: new Words(own, (what) => missing.push(what), english()), missing };
  };

  test('counts, and keeps names and codes as they are', () => {
    const { words, missing } = arabic();
    const count = (number: number) => words.format('board-count', { count: { number } });
    expect([0, 1, 2, 3, 11, 100].map(count)).toEqual([
      'لا منشورات',
      'منشور واحد',
      'منشوران',
      '3 منشورات',
      '11 منشورًا',
      '100 منشور',
    ]);
    const says = words.format('door-compare', { name: { text: 'Sam' }, code: { text: '493 271' } });
    expect(says).toContain('\u2068Sam\u2069');
    expect(says).toContain('\u2068493 271\u2069');
    expect(missing).toEqual([]);
  });

  test('says the rest in English, kept together from left to right', () => {
    const { words, missing } = arabic();
    expect(words.format('near-some', { count: { number: 2 } })).toBe('\u20662 machines of your circle are near.\u2069');
    expect(words.format('says-something-newer')).toBe(words.format('unknown-sentence'));
    expect(missing).toEqual(['says-something-newer']);
  });
});

describe('names of the other writing direction', () => {
  test('are isolated, others are not', () => {
    expect(isolate('Rosa', 'ltr')).toBe('Rosa');
    expect(isolate('رنا', 'ltr')).toBe('\u2068رنا\u2069');
    expect(isolate('Rosa', 'rtl')).toBe('\u2068Rosa\u2069');
  });
});

describe('the invented language', () => {
  test('is at least four tenths longer', () => {
    const text = files().map((file) => read(`src/locales/en/${file}`).replace(/^#.*$/gm, '')).join('');
    expect(accent(text).length / text.length).toBeGreaterThan(1.4);
  });

  test('changes the words and leaves the names alone', () => {
    const { words } = speaking({ transform: accent });
    const sentence = words.format('new-holders', { count: { number: 14 }, circle: { text: 'Millrace' } });
    expect(sentence).toContain('Millrace');
    expect(sentence).not.toContain('machines');
    expect(sentence.length).toBeGreaterThan('14 machines in Millrace will hold this.'.length);
  });
});
