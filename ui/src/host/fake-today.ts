// What wants somebody of the invented circle.

import type * as C from './contract';
import { card, NOW, phrase, stateOf, text, view, type Posted } from './fake-story';

const ASKED_DAYS = 3;

/** What wants `me`, of these posts. */
export function today(posts: readonly Posted[], me: string): Omit<C.TodayView, 'near' | 'clock' | 'practise'> {
  const item = (one: Posted, says: C.Phrase, promise: string | null, acts: C.TodayAct[] = [], ends: string | null = null): C.TodayItem => {
    const shown = card(one, me);
    return { says, card: shown, promise, slot: null, window: shown.window, ends, acts };
  };
  const live = posts.filter((one) => one.ended === undefined);
  const isOver = (one: Posted) => (one.post.to ?? NOW) < NOW.slice(0, 16);
  const standing = (one: Posted) => one.promises.filter(({ withdrawn }) => !withdrawn);
  const silent = (outcomes: C.OutcomeView[] = []) => !outcomes.some(({ by }) => by.me);
  const own = live.filter(({ by }) => by === me);
  const asked = own.filter((one) => !isOver(one) && one.post.mode !== 'turn-up').flatMap((one) =>
    standing(one)
      .filter(({ verdict }) => verdict === undefined)
      .map(({ id, by }) => item(one, phrase('next-answer', { helper: { text: by } }), id)),
  );
  const promised = live.filter((one) => !isOver(one)).flatMap((one) => {
    const mine = view(one, me, phrase('delivery-here')).promises.filter(({ mine, state }) => mine && state !== 'withdrawn' && state !== 'declined');
    return mine.map(({ id, says, state }) => ({ again: state === 'check-again', item: item(one, says, id) }));
  });
  const promises = promised.filter(({ again }) => !again).map(({ item }) => item);
  asked.push(...promised.filter(({ again }) => again).map(({ item }) => item));
  const happened = live.filter(isOver).flatMap((one) =>
    standing(one)
      .filter(({ verdict, outcomes, by }) => verdict === 'accept' && silent(outcomes) && (by === me || one.by === me))
      .map(({ id, by }) => item(one, by === me ? phrase('did-you-go') : phrase('did-it-happen', { helpers: { names: [by] } }), id, ['happened', 'partly', 'did-not'])),
  );
  const last = new Date(Date.parse(`${NOW}Z`) + ASKED_DAYS * 86_400_000).toISOString().slice(0, 10);
  const review = own
    .filter((one) => stateOf(one) === 'open' && one.post.until && one.post.until <= last)
    .map((one) => item(one, phrase('next-still-needed'), null, ['renew', 'met', 'not-needed'], `${one.post.until}T23:59:00`));
  const helped = posts.filter((one) => !one.thanksRead && one.promises.some(({ by, outcomes }) => by === me && outcomes?.length));
  const thanks = helped.flatMap((one) =>
    view(one, me, phrase('delivery-here')).thanks.filter(({ by }) => !by.me).map((thanks) => ({ post: one.id, title: one.post.title, thanks })),
  );
  const doorsteps = own.flatMap((one) =>
    one.promises
      .filter(({ newMachine }) => newMachine)
      .map(({ by }) => ({ post: one.id, title: one.post.title, says: phrase('doorstep-new-machine', { name: text(by) }) })),
  );
  return { asked, promises, happened, review, thanks, doorsteps };
}
