// Where in the page somebody is, as the fragment of the address.

import type { PostKind } from '../host/contract';

export type Route =
  | { screen: 'welcome' | 'start' | 'join' | 'pair' | 'bring-back' | 'today' | 'board' | 'me' | 'circle' | 'near' | 'machines' | 'notes' | 'safe' }
  | { screen: 'new'; kind: PostKind }
  | { screen: 'post' | 'note'; id: string };

const SIMPLE = ['welcome', 'start', 'join', 'pair', 'bring-back', 'today', 'board', 'me', 'circle', 'near', 'machines', 'notes', 'safe'] as const;

/** What `#/board` and the like mean; the first screen for what means nothing. */
export function readRoute(hash: string): Route {
  const [screen = '', rest = ''] = hash.replace(/^#\/?/, '').split('/', 2);
  if (screen === 'new' && (rest === 'need' || rest === 'offer')) return { screen, kind: rest };
  if ((screen === 'post' || screen === 'note') && rest !== '') return { screen, id: safely(rest) };
  return { screen: SIMPLE.find((simple) => simple === screen) ?? 'today' };
}

function safely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The fragment of a route, for links. */
export function link(route: Route): string {
  if (route.screen === 'new') return `#/new/${route.kind}`;
  if ('id' in route) return `#/${route.screen}/${encodeURIComponent(route.id)}`;
  return `#/${route.screen}`;
}

/** Screens for somebody who has no circle yet. */
export function isBeginning(route: Route): boolean {
  return ['welcome', 'start', 'join', 'pair', 'bring-back'].includes(route.screen);
}
