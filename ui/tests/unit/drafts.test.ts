import { describe, expect, test } from 'vitest';

import { blankPost, draftedPost, hasMore, isBlank } from '../../src/state/post-draft';
import { Shelf, type Place } from '../../src/state/shelf';

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

  test('needs a line and a kind, nothing else', () => {
    expect(draftedPost('need', blankPost()).problems).toEqual({ title: true, category: true });
    expect(draftedPost('need', lift()).post).toEqual({ kind: 'need', category: 'ride', title: 'Lift to the eye clinic', urgent: false, standing: false });
  });

  test('has a window of a day and two times', () => {
    const draft = { ...lift(), day: '2026-11-26', from: '9.20', to: '12:30' };
    expect(draftedPost('need', draft).post).toMatchObject({ from: '2026-11-26T09:20', to: '2026-11-26T12:30' });
  });

  test('says what keeps it from being posted', () => {
    expect(draftedPost('need', { ...lift(), day: '2026-11-26', from: '12:30', to: '9:20' }).problems).toEqual({ order: true });
    expect(draftedPost('need', { ...lift(), day: '2026-11-26' }).problems).toEqual({ from: true, to: true });
    expect(draftedPost('need', { ...lift(), from: '9', to: '10' }).problems).toEqual({ day: true });
    expect(draftedPost('need', { ...lift(), other: true }).problems).toEqual({ day: true, from: true, to: true });
    expect(draftedPost('need', { ...lift(), want: '0' }).problems).toEqual({ want: true });
    expect(draftedPost('need', { ...lift(), want: 'two' }).problems).toEqual({ want: true });
    expect(draftedPost('need', { ...lift(), person: 'Old Jack' }).problems).toEqual({ consent: true });
    expect(draftedPost('need', { ...lift(), until: 'Christmas' }).problems).toEqual({ until: true });
  });

  test('says only what belongs to its kind', () => {
    const draft = { ...lift(), urgent: true, standing: true, person: 'Old Jack', consent: 'on the phone' };
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
