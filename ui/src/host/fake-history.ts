// What was done about a post of the invented circle, as its member tells it.

import type * as C from './contract';
import { dayAfter, on, person, phrase, text, type Posted, type Promised } from './fake-story';

const YES: Record<C.Verdict, string> = { accept: 'history-yes', 'stand-by': 'history-backup', decline: 'history-not-this-time' };
const CLOSED: Partial<Record<C.PostState, string>> = { met: 'history-met', 'not-needed': 'history-called-off', duplicate: 'history-same-as' };

export function historyOf(one: Posted, me: string): C.HistoryView[] {
  const events: C.HistoryView[] = [];
  const add = (day: number, at: string, by: string, id: string, says: C.Phrase, undo?: string) =>
    events.push({
      id,
      at: `${dayAfter(day)}T${at}:00`,
      by: person(by, me),
      says,
      undo: undo && by === me ? phrase(undo) : null,
      delivery: undo && by === me ? phrase('delivery-sent', on(2, 4)) : null,
    });
  add(-4, '18:05', one.by, one.id, phrase('history-posted'));
  for (const promise of one.promises) promised(one, promise, add);
  const closed = one.ended && CLOSED[one.ended];
  if (closed) add(0, '09:40', one.by, `close-${one.id}`, phrase(closed, { post: { message: 'a-post' } }), 'undo-closing');
  for (const thanks of one.thanks ?? []) add(0, '09:50', thanks.by, `thanks-${one.id}`, phrase('history-thanks'), 'undo-thanks');
  return events.sort((a, b) => a.at.localeCompare(b.at));

  function promised(one: Posted, promise: Promised, tell: typeof add): void {
    const helper = text(promise.by);
    tell(-3, '07:30', promise.by, promise.id, phrase(one.post.kind === 'need' ? 'history-promised' : 'history-asked'));
    if (promise.verdict) tell(-3, '19:12', one.by, `answer-${promise.id}`, phrase(YES[promise.verdict], { helper }));
    if (promise.withdrawn) tell(0, '09:30', promise.by, `back-${promise.id}`, phrase('history-taken-back'), 'undo-withdrawal');
    for (const { by, how } of promise.outcomes ?? []) tell(0, '09:35', by.name ?? '', `became-${promise.id}`, phrase(`history-${how}`, { helper }));
  }
}
