import { describe, expect, test } from 'vitest';

import { blankPost, draftedPost, hasMore, isBlank, type PostDraft } from '../../src/state/post-draft';
import { Shelf, type Place } from '../../src/state/shelf';
import { blankTime, draftedWhen, readWhen, type TimeDraft } from '../../src/state/when-draft';

function place(): Place & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  };
}

describe('what was typed', () => {
  test('survives going to another screen', () => {
    const shelf = new Shelf();
    shelf.put('need', { title: 'Lift' }, false);
    expect(shelf.take('need', { title: '' })).toEqual({ title: 'Lift' });
  });

  test('survives closing the page where there is a place for it', () => {
    const there = place();
    new Shelf(there).put('need', { title: 'Lift' }, true);
    expect(new Shelf(there).take('need', { title: '' })).toEqual({ title: 'Lift' });
  });

  test('an address at the door is never given a place', () => {
    const there = place();
    const shelf = new Shelf(there);
    shelf.put('answer', { doorstep: '14 Tannery Row' }, false);
    expect(there.kept.size).toBe(0);
    expect(shelf.take('answer', { doorstep: '' })).toEqual({ doorstep: '14 Tannery Row' });
  });

  test('is gone once it was sent', () => {
    const there = place();
    const shelf = new Shelf(there);
    shelf.put('need', { title: 'Lift' }, true);
    shelf.drop('need');
    expect(shelf.take('need', { title: '' })).toEqual({ title: '' });
    expect(there.kept.size).toBe(0);
  });

  test('of another version gives what still fits', () => {
    const there = place();
    new Shelf(there).put('need', { title: 'Lift', want: 2, old: true, kinds: 'ride' }, true);
    expect(new Shelf(there).take('need', { title: '', want: '1', kinds: [] as string[] })).toEqual({ title: 'Lift', want: '1', kinds: [] });
  });

  test('a place that is full or broken loses nothing here', () => {
    const broken: Place = {
      getItem: () => '{"title":',
      setItem: () => {
        throw new Error('full');
      },
      removeItem: () => {
        throw new Error('not allowed');
      },
    };
    const shelf = new Shelf(broken);
    expect(shelf.take('need', { title: '' })).toEqual({ title: '' });
    shelf.put('need', { title: 'Lift' }, true);
    expect(shelf.take('need', { title: '' })).toEqual({ title: 'Lift' });
    expect(() => shelf.drop('need')).not.toThrow();
  });
});

describe('a post in the making', () => {
  const lift = () => ({ ...blankPost(), title: ' Lift to the eye clinic ', category: 'ride' });
  const at = (...times: Partial<TimeDraft>[]): PostDraft => ({ ...lift(), times: times.map((time) => ({ ...blankTime(), ...time })) });

  test('needs a line and a kind, nothing else', () => {
    expect(draftedPost('need', blankPost()).problems).toEqual({ title: true, category: true });
    expect(draftedPost('need', lift()).post).toEqual({ kind: 'need', category: 'ride', title: 'Lift to the eye clinic', urgent: false, standing: false });
  });

  test('has a window of a day and two times', () => {
    expect(draftedPost('need', at({ day: '2026-11-26', from: '9.20', to: '12:30' })).post).toMatchObject({ from: '2026-11-26T09:20', to: '2026-11-26T12:30' });
  });

  test('says what keeps it from being posted', () => {
    const wrong = (...times: Partial<TimeDraft>[]) => draftedPost('need', at(...times)).problems.times;
    expect(wrong({ day: '2026-11-26', from: '12:30', to: '9:20' })).toEqual([{ order: true }]);
    expect(wrong({ day: '2026-11-26' })).toEqual([{ from: true, to: true }]);
    expect(wrong({ from: '9', to: '10' })).toEqual([{ day: true }]);
    expect(wrong({ other: true })).toEqual([{ day: true, from: true, to: true }]);
    expect(wrong({ day: '2026-11-26', from: '9', to: '10' }, {})).toEqual([{}, { day: true, from: true, to: true }]);
    expect(draftedPost('need', { ...lift(), want: '0' }).problems).toEqual({ want: true });
    expect(draftedPost('need', { ...lift(), want: 'two' }).problems).toEqual({ want: true });
    expect(draftedPost('need', { ...lift(), person: 'Old Jack' }).problems).toEqual({ consent: true });
    expect(draftedPost('need', { ...lift(), until: 'Christmas' }).problems).toEqual({ until: true });
    expect(draftedPost('need', { ...lift(), urgent: true }).problems).toEqual({ danger: true });
    expect(draftedPost('need', { ...lift(), category: 'lend', lendDays: 'long' }).problems).toEqual({ lendDays: true });
    const roles = [{ amount: '1', name: 'with a van' }, { amount: 'x', name: 'strong' }, { amount: '', name: ' ' }];
    expect(draftedPost('need', { ...lift(), roles }).problems).toEqual({ roles: [false, true, false] });
  });

  test('has several times, each with a day', () => {
    const draft = at({ day: '2026-11-26', from: '9', to: '11' }, { day: '2026-11-27', from: '9', to: '11:30' });
    const { post } = draftedPost('need', draft);
    expect(post).toMatchObject({ times: ['2026-11-26T09:00/2026-11-26T11:00', '2026-11-27T09:00/2026-11-27T11:30'] });
    expect(post).not.toHaveProperty('from');
  });

  test('comes again as was said', () => {
    const comes = (more: Partial<PostDraft>) => {
      const { post, problems } = draftedPost('need', { ...at({ day: '2026-11-26', from: '9', to: '11' }), ...more });
      return post ? post.repeat : problems;
    };
    expect(comes({ rhythm: 'day' })).toBe('FREQ=DAILY');
    expect(comes({ rhythm: 'week', weekdays: ['TH', 'MO'] })).toBe('FREQ=WEEKLY;BYDAY=TH,MO');
    expect(comes({ rhythm: 'fortnight', rhythmEnds: 'count', count: '9' })).toBe('FREQ=WEEKLY;INTERVAL=2;COUNT=9');
    expect(comes({ rhythm: 'month', weekdays: ['TH'], rhythmEnds: 'day', last: '2027-02-26' })).toBe('FREQ=MONTHLY;UNTIL=20270226');
    expect(comes({ rhythm: 'week', rhythmEnds: 'count', count: '0' })).toEqual({ count: true });
    expect(comes({ rhythm: 'week', rhythmEnds: 'day', last: 'spring' })).toEqual({ last: true });
  });

  test('has somebody in particular, and days on loan, where they belong', () => {
    const roles = [{ amount: '1', name: ' with a van ' }, { amount: '', name: '' }];
    const draft = { ...lift(), roles, lendDays: '3' };
    expect(draftedPost('need', draft).post).toMatchObject({ roles: [{ amount: 1, name: 'with a van' }] });
    expect(draftedPost('need', draft).post).not.toHaveProperty('lend_days');
    const ladder = draftedPost('offer', { ...draft, category: 'lend' }).post;
    expect(ladder).toMatchObject({ lend_days: 3 });
    expect(ladder).not.toHaveProperty('roles');
  });

  test('says only what belongs to its kind', () => {
    expect(draftedPost('need', { ...lift(), readers: 'chosen' }).problems).toEqual({ audience: true });
    expect(draftedPost('need', { ...lift(), readers: 'chosen', audience: ['a'] }).post).toMatchObject({ audience: ['a'] });
    expect(draftedPost('need', { ...lift(), audience: ['a'] }).post).not.toHaveProperty('audience');
    const draft = { ...lift(), urgent: true, danger: 'no' as const, standing: true, person: 'Old Jack', consent: 'on the phone' };
    expect(draftedPost('need', draft).post).toMatchObject({ urgent: true, standing: false, person: 'Old Jack' });
    const offer = draftedPost('offer', draft).post;
    expect(offer).toMatchObject({ urgent: false, standing: true });
    expect(offer).not.toHaveProperty('person');
  });

  test('is blank until something was typed', () => {
    expect(isBlank(blankPost())).toBe(true);
    expect(isBlank(lift())).toBe(false);
    expect(hasMore(lift())).toBe(false);
    expect(hasMore({ ...lift(), want: '3' })).toBe(true);
  });
});

describe('when a post is that is changed', () => {
  const window = (start: string, end: string) => ({ start: `${start}:00`, end: `${end}:00`, zone: null });
  const drafted = (start: string, end: string) => draftedWhen([window(start, end)], null, '2026-11-24');
  const first = (start: string, end: string, change: Partial<TimeDraft>) => {
    const draft = drafted(start, end);
    return readWhen({ ...draft, times: draft.times.map((time) => ({ ...time, ...change })) });
  };

  test('is as it was, over night and over days', () => {
    for (const [from, to] of [['2026-11-27T22:00', '2026-11-28T02:00'], ['2026-11-26T09:00', '2026-11-28T18:00'], ['2026-11-30T20:00', '2026-12-01T00:00'], ['2026-11-26T09:00', '2026-11-26T10:00']] as const) {
      expect(readWhen(drafted(from, to))).toEqual({ when: { from, to }, problems: {} });
    }
  });

  test('keeps the day of its end when an hour is changed, and takes it along with its day', () => {
    const [from, to] = ['2026-11-26T09:00', '2026-11-28T18:00'];
    expect(first(from, to, { from: '10' }).when).toEqual({ from: '2026-11-26T10:00', to });
    expect(first(from, to, { day: '2026-11-30' }).when).toEqual({ from: '2026-11-30T09:00', to: '2026-12-02T18:00' });
    expect(first('2026-11-26T09:00', '2026-11-26T10:00', { to: '8' }).problems).toEqual({ times: [{ order: true }] });
  });

  test('has several times, of which one goes over night', () => {
    const { when } = readWhen(draftedWhen([window('2026-11-26T09:00', '2026-11-26T10:00'), window('2026-11-27T22:00', '2026-11-28T02:00')], null, '2026-11-24'));
    expect(when).toEqual({ times: ['2026-11-26T09:00/2026-11-26T10:00', '2026-11-27T22:00/2026-11-28T02:00'] });
  });

  test('is no day that there is not', () => {
    const [from, to] = ['2026-11-26T09:00', '2026-11-28T18:00'];
    expect(first(from, to, { other: true, day: '2026-13-45' }).problems).toEqual({ times: [{ day: true }] });
  });
});
