// What the invented member knows of the rules: just enough to tell a story. The real ones are in
// crates/domain.

import type * as C from './contract';
import { POSTS, type FakePost } from './fake-circle';
import { historyOf } from './fake-history';

/** A Tuesday. */
export const NOW = '2026-11-24T10:00:00';
const CROWD = 10_000;

export interface Promised {
  id: string;
  by: string;
  amount: number;
  say: string | null;
  verdict?: C.Verdict;
  doorstep?: string;
  /** The helper has one more machine since. */
  newMachine?: boolean;
  withdrawn?: boolean;
  outcomes?: C.OutcomeView[];
  /** Of a post with several times: for which. */
  slots?: string[];
  changed?: boolean;
}
export interface Posted {
  id: string;
  by: string;
  post: C.Post;
  promises: Promised[];
  ended?: C.PostState;
  over?: boolean;
  renewal?: number;
  same?: { by: string; title: string; detail: string }[];
  thanks?: { by: string; to?: string; text: string }[];
  /** Its thanks were looked at. */
  thanksRead?: boolean;
}
export const text = (text: string): C.Value => ({ text });
export const number = (number: number): C.Value => ({ number });
export const phrase = (id: string, values?: Record<string, C.Value>): C.Phrase => (values ? { id, values } : { id });
/** On how many of all other machines something is. */
export const on = (count: number, all: number): Record<string, C.Value> => ({ count: number(count), all: number(all), left: number(Math.max(0, all - count)) });
export const dayAfter = (days: number) => new Date(Date.parse(`${NOW}Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** What two of the many patterns find. */
export function privateIn(text: string): C.TellView[] {
  const found = [...text.matchAll(/(?<phone>\b\d[\d ]{6,}\d)|\b\d+ [A-Z]\w+ (?:Row|Road|Lane)/g)];
  return found.map(({ 0: piece, groups }) => {
    const kind = groups?.['phone'] ? 'phone' : 'address';
    return { kind, says: phrase(`private-${kind}`, { piece: { text: piece } }) };
  });
}

export function person(name: string, me: string): C.Person {
  return { id: `member-${name}`, name, me: name === me };
}

/** Seats in the order of the list: the accepted first, then as they came. */
function seatsOf(one: Posted): { promise: Promised; going: number; certain: boolean }[] {
  let left = one.post.want ?? 1;
  const live = one.promises.filter((promise) => !promise.withdrawn && !promise.changed && promise.verdict !== 'decline');
  const order = [...live.filter(({ verdict }) => verdict === 'accept'), ...live.filter(({ verdict }) => verdict === undefined), ...live.filter(({ verdict }) => verdict === 'stand-by')];
  return order.map((promise) => {
    const going = promise.verdict === 'stand-by' ? 0 : Math.min(left, promise.amount);
    left -= going;
    return { promise, going, certain: promise.verdict === 'accept' || one.post.mode === 'turn-up' || one.post.mode === 'first' };
  });
}

/** How many of its times are covered. */
function coveredTimes(one: Posted): number {
  return timesOf(one, '').filter(({ state }) => state === 'covered').length;
}

function comingTo(one: Posted): number {
  return seatsOf(one).reduce((sum, { going, certain }) => sum + (certain ? going : 0), 0);
}

/** What became of all promises, if somebody says so. */
function became(one: Posted, what: 'happened' | 'did-not'): boolean {
  const said = one.promises.flatMap(({ outcomes = [] }) => outcomes.slice(-1));
  return said.length > 0 && said.every(({ how }) => (how === 'did-not') === (what === 'did-not'));
}

export function stateOf(one: Posted): C.PostState {
  const [going, want] = one.post.times ? [coveredTimes(one), one.post.times.length] : [comingTo(one), one.post.want ?? 1];
  if (one.over && !one.ended) return became(one, 'happened') ? 'met' : became(one, 'did-not') ? 'expired' : 'asking';
  if (one.ended === 'not-needed' && became(one, 'happened')) return 'met';
  return one.ended ?? (going === 0 ? 'open' : going < want ? 'partly-covered' : 'covered');
}

export function card(one: Posted, me: string): C.PostCard {
  const { post } = one;
  return {
    id: one.id,
    kind: post.kind,
    category: post.category,
    title: post.title,
    author: person(one.by, me),
    person: post.person ?? null,
    window: post.times ? (timesOf(one, me)[0]?.window ?? null) : post.from && post.to ? { start: `${post.from}:00`, end: `${post.to}:00`, zone: null } : null,
    place: post.place ?? null,
    urgent: post.urgent,
    audience: post.audience ? phrase('audience-chosen', { names: { names: post.audience.map((id) => id.replace('member-', '')) } }) : null,
    want: post.want ?? 1,
    going: comingTo(one),
    unit: post.unit ?? 'helpers',
    state: stateOf(one),
    says: saysToMe(one, me) ?? says(one, me),
  };
}

/** Who promised is told of their own promise. */
function saysToMe(one: Posted, me: string): C.Phrase | undefined {
  const own = one.promises.find((promise) => promise.by === me && !promise.withdrawn);
  return own && one.ended === undefined ? promiseView(one, own, me).says : undefined;
}

function says(one: Posted, me: string): C.Phrase {
  const seated = seatsOf(one);
  const want = one.post.want ?? 1;
  const going = comingTo(one);
  const names = (list: string[]): C.Value => ({ names: list });
  const helpers = names(seated.map(({ promise }) => promise.by));
  const author = text(one.by);
  const you = one.by === me ? '-you' : '';
  if (stateOf(one) === 'asking') return phrase('did-it-happen', { helpers });
  if (stateOf(one) === 'met') return one.ended === 'not-needed' ? phrase('met-though-called-off', { helpers: names(one.promises.map(({ by }) => by)) }) : phrase('met');
  if (one.ended === 'not-needed') return phrase(one.post.kind === 'need' ? 'called-off' : 'offer-withdrawn', { on: { day: dayAfter(-1) } });
  if (one.ended === 'duplicate') return phrase('same-as-another', { post: { message: 'a-post' } });
  if (stateOf(one) === 'expired') return phrase('expired', { on: { day: dayAfter(-1) } });
  if (one.post.times) {
    const covered = coveredTimes(one);
    const id = covered === 0 ? 'times-open' : covered < one.post.times.length ? 'times-partly-covered' : 'times-covered';
    return phrase(id, { covered: number(covered), times: number(one.post.times.length) });
  }
  if (one.post.kind === 'offer') {
    const left = number(want - going);
    if (going === 0 && seated.length > 0) return phrase(`offer-asked-for${you}`, { helpers, author });
    if (going === 0) return phrase('offer-available', { left });
    return going < want ? phrase('offer-partly-taken', { left, wanted: number(want) }) : phrase('offer-taken-up', { helpers });
  }
  if (seated.length === 0) return phrase('need-open', { wanted: number(want) });
  const [first, second] = seated;
  if (want === 1 && first && second) {
    const both = { first: text(first.promise.by), backup: text(second.promise.by) };
    return first.certain ? phrase('two-came-forward', both) : phrase(`two-came-forward-choose${you}`, { ...both, author });
  }
  if (going === 0) return phrase(`came-forward${you}`, { helpers, author });
  return going < want ? phrase('partly-covered', { covered: number(going), wanted: number(want) }) : phrase('covered', { helpers });
}

/** The post as `me` sees it; `delivery` says how far it has come. */
export function view(one: Posted, me: string, delivery: C.Phrase): C.PostView {
  const mine = one.by === me;
  const seated = seatsOf(one);
  const over = one.ended !== undefined;
  const own = one.promises.find((promise) => promise.by === me && !promise.withdrawn && !promise.outcomes?.length);
  const open = seated.filter(({ promise, certain }) => promise.verdict === undefined && !certain);
  const helpers: C.Value = { names: open.map(({ promise }) => promise.by) };
  const author = text(one.by);
  const renews = mine && one.renewal !== undefined && !over;
  const asking = stateOf(one) === 'asking';
  const helped = one.promises.filter((promise) => promise.verdict === 'accept' && promiseView(one, promise, me).state === 'done');
  const owed = mine && over && helped.length > 0 && !one.thanks?.length;
  const next = owed
    ? phrase('next-thank', { helper: text(helped[0]?.by ?? '') })
    : renews
      ? phrase('next-still-needed')
      : asking
        ? phrase(mine ? 'next-say-if-it-happened' : 'next-author-says', { author })
        : over || one.over
    ? phrase('next-nothing')
    : mine
      ? open.length > 0
        ? phrase('next-choose', { helpers })
        : phrase('next-wait-for-neighbours')
      : own
        ? phrase(own.changed ? 'next-say-yes-again' : own.verdict === 'accept' ? 'next-go' : own.verdict === 'stand-by' ? 'next-stand-by' : 'next-wait-for-answer', { author })
        : phrase(one.post.kind === 'need' ? 'next-offer-help' : 'next-ask-for-it');
  return {
    card: card(one, me),
    detail: one.post.detail ?? null,
    mode: one.post.mode ?? 'choose',
    consent: one.post.consent ?? null,
    standing: one.post.standing,
    times: timesOf(one, me),
    repeat: repeatOf(one.post.repeat),
    roles: one.post.roles ?? [],
    lend_days: one.post.lend_days ?? null,
    promises: one.promises.map((promise) => promiseView(one, promise, me)),
    next,
    notes: [],
    mine: own?.id ?? null,
    can_promise: !mine && !over && !one.over && (timesOf(one, me).some((time) => time.can_promise) || (!own && !one.post.times)),
    can_answer: mine,
    can_edit: mine && (!over || one.ended === 'expired'),
    can_forget: mine && over,
    renewal: renews || (mine && one.ended === 'expired') ? { days: one.renewal ?? 14 } : null,
    same: (one.same ?? []).map(({ by, ...same }, index) => ({ id: `${one.id}-same-${index}`, author: person(by, me), ...same, window: null, place: null })),
    to_thank: mine ? helped.map(({ by }) => person(by, me)) : [],
    thanks: (one.thanks ?? [])
      .filter(({ by, to }) => !to || [by, to].includes(me))
      .map(({ by, to, text }) => ({ by: person(by, me), to: to ? person(to, me) : null, text })),
    history: historyOf(one, me),
    delivery,
    ends: one.post.standing ? null : `${one.post.until ?? dayAfter(15)}T00:00:00`,
  };
}

/** How it comes again, every week. */
function repeatOf(rule: string | undefined): C.RepeatView | null {
  const part = (name: string) => rule?.match(`${name}=([^;]+)`)?.[1];
  const last = part('UNTIL')?.replace(/^(....)(..)(..).*/, '$1-$2-$3') ?? null;
  return rule ? { rule, rhythm: 'week', weekdays: part('BYDAY')?.split(',') ?? [], last } : null;
}

/** Each time of a post that has several. */
function timesOf(one: Posted, me: string): C.TimeView[] {
  return (one.post.times ?? []).map((text) => {
    const [from = '', to = ''] = text.split('/');
    const at = one.promises.filter((promise) => !promise.withdrawn && promise.slots?.includes(from));
    const own = at.find((promise) => promise.by === me);
    const want = one.post.want ?? 1;
    const going = Math.min(want, at.length);
    return {
      id: from,
      window: { start: `${from}:00`, end: `${to}:00`, zone: null },
      want,
      going,
      state: going === 0 ? 'open' : going < want ? 'partly-covered' : 'covered',
      says: own ? phrase('you-are-going') : going === 0 ? phrase('need-open', { wanted: number(want) }) : phrase('covered', { helpers: { names: at.map(({ by }) => by) } }),
      mine: own?.id ?? null,
      can_promise: one.by !== me && !own && going < want,
    };
  });
}

function promiseView(one: Posted, promise: Promised, me: string): C.PromiseView {
  const mine = promise.by === me;
  const seat = seatsOf(one).find((seat) => seat.promise === promise);
  const offer = one.post.kind === 'offer';
  const helper = text(promise.by);
  const author = text(one.by);
  const parties = mine || one.by === me;
  // Of several times the others are still to come.
  const told = promise.slots ? undefined : promise.outcomes?.at(-1)?.how;
  const state: C.PromiseState = promise.withdrawn
    ? 'withdrawn'
    : told === 'did-not'
      ? 'void'
    : told || (one.ended === 'met' && promise.verdict === 'accept')
      ? 'done'
    : promise.changed
      ? 'check-again'
    : one.ended && one.ended !== 'met'
      ? 'void'
      : promise.verdict === 'decline'
        ? 'declined'
        : promise.verdict === 'stand-by' || seat?.going === 0
          ? 'standing-by'
          : seat?.certain
            ? 'going'
            : 'likely';
  const SAYS: Record<C.PromiseState, [own: string, other: string]> = {
    offered: ['you-came-forward', 'helper-came-forward'],
    likely: offer ? ['you-asked', 'helper-asked'] : ['likely-you', 'helper-likely'],
    going: offer
      ? ['it-is-yours', 'helper-has-it']
      : one.over
        ? ['did-you-go', 'helper-promised']
        : [one.post.unit === 'items' && (one.post.want ?? 1) > 1 ? 'you-are-going-with' : 'you-are-going', 'helper-going'],
    'standing-by': offer ? ['taken-you-are-next', 'helper-next'] : ['you-are-backup', 'helper-backup'],
    declined: ['you-not-this-time', 'helper-not-this-time'],
    withdrawn: ['you-took-it-back', 'helper-took-it-back'],
    void: ['called-off-you-are-free', 'helper-free-post-ended'],
    done: told === 'partly' ? ['you-went-in-part', 'helper-went-in-part'] : ['you-went', 'helper-went'],
    'check-again': [one.post.from ? 'check-again-time' : 'check-again', 'helper-to-check-again'],
    'former-member': ['former-member-was-going', 'former-member-was-going'],
  };
  const [start, end] = [one.post.from, one.post.to].map((at) => ({ when: `${at}:00` }));
  const values = { start: start ?? text(''), end: end ?? text(''), helper, author, going: number(seat?.going ?? 0), on: { day: dayAfter(-1) } };
  return {
    id: promise.id,
    helper: person(promise.by, me),
    amount: promise.amount,
    going: seat?.going ?? 0,
    times: timesOf(one, me)
      .filter(({ id }) => promise.slots?.includes(id))
      .map(({ id, window }) => ({ id, window, state: promise.withdrawn ? 'withdrawn' : 'going' })),
    every: false,
    role: null,
    say: promise.say,
    state,
    says: told === 'did-not' && parties ? phrase(mine ? 'it-did-not-happen' : 'helper-did-not', values) : phrase(SAYS[state][mine ? 0 : 1], values),
    doorstep: parties ? (promise.doorstep ?? null) : null,
    doorstep_again: promise.newMachine && one.by === me ? phrase('doorstep-new-machine', { name: text(promise.by) }) : null,
    outcomes: parties ? (promise.outcomes ?? []).map((said) => ({ ...said, by: person(said.by.name ?? '', me) })) : [],
    to_tell: parties && !promise.withdrawn && promise.verdict === 'accept' ? toTell(one, promise, me) : [],
    can_withdraw: mine && !promise.withdrawn && !one.over && ['offered', 'likely', 'going', 'standing-by', 'check-again'].includes(state),
    delivery: !mine
      ? null
      : promise.verdict
        ? phrase('delivery-seen', { ...on(1, 1), names: { names: [one.by] } })
        : phrase('delivery-here'),
    mine,
  };
}

/** The times of a promise that are over. */
function toTell(one: Posted, promise: Promised, me: string): C.ToTellView[] {
  const told = (slot: string | null) => (promise.outcomes ?? []).some((said) => said.slot === slot);
  const times = timesOf(one, me).filter(({ id, window }) => promise.slots?.includes(id) && window.end < NOW);
  if (one.post.times) return times.map(({ id, window }) => ({ slot: id, window, asked: !told(id) }));
  const begun = !one.post.from || one.post.from < NOW;
  return begun ? [{ slot: null, window: null, asked: one.over === true && !told(null) }] : [];
}

export function posted(fake: FakePost): Posted {
  const { id, by, window, times: hours, promises = [], ended, over, renewal, same, thanks, urgent = false, standing = false, ...rest } = fake;
  const times = window ? { from: `${dayAfter(window[0])}T${window[1]}`, to: `${dayAfter(window[0])}T${window[2]}` } : {};
  const starts = hours?.map(([days, from]) => `${dayAfter(days)}T${from}`) ?? [];
  const several = hours ? { times: hours.map(([days, , to], index) => `${starts[index]}/${dayAfter(days)}T${to}`) } : {};
  return {
    id,
    by,
    post: { kind: id.startsWith('o') ? 'offer' : 'need', urgent, standing, ...rest, ...times, ...several },
    promises: promises.map(({ at, became, ...promise }) => ({
      amount: 1,
      ...promise,
      ...(became ? { outcomes: [{ by: person(by, ''), slot: null, how: became, reason: null }] } : {}),
      say: promise.say ?? null,
      id: `${id}-${promise.by}`,
      ...(at ? { slots: at.map((index) => starts[index] ?? '') } : {}),
    })),
    ...JSON.parse(JSON.stringify({ ended, over, renewal, same, thanks })) as Partial<Posted>,
  };
}

/** The same posts over and over, each with a number. */
export function crowd(): Posted[] {
  return Array.from({ length: CROWD }, (_, index) => {
    const fake = POSTS[index % POSTS.length] as FakePost;
    return posted({ ...fake, id: `${fake.id}-${index + 1}`, title: `${fake.title} (${index + 1})` });
  });
}
