import { describe, expect, test } from 'vitest';

import { isBeginning, link, readRoute, type Route } from '../../src/state/route';

describe('addresses', () => {
  const routes: Route[] = [
    { screen: 'today' },
    { screen: 'board' },
    { screen: 'new', kind: 'offer' },
    { screen: 'post', id: 'a/b ä' },
    { screen: 'bring-back' },
  ];
  test.each(routes)('of $screen go there and back', (route) => expect(readRoute(link(route))).toEqual(route));

  test.each(['', '#', '#/nowhere', '#/post/', '#/new/thing', '#token=abc'])('%s is today', (hash) =>
    expect(readRoute(hash)).toEqual({ screen: 'today' }),
  );

  test('that are broken lead to what they say', () => {
    expect(readRoute('#/post/%E0%A4%A')).toEqual({ screen: 'post', id: '%E0%A4%A' });
  });

  test('of the beginning', () => {
    expect(isBeginning({ screen: 'join' })).toBe(true);
    expect(isBeginning({ screen: 'board' })).toBe(false);
  });
});
