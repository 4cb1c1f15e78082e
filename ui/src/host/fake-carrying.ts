// What the invented member carries, shows and is suggested: a few lines to look at. The rules that find them
// are in crates/domain.

import type * as C from './contract';
import type { FakeMember } from './fake-circle';
import { card, dayAfter, number, person, phrase, text, view, type Posted } from './fake-story';

const message = (id: string): C.Value => ({ message: id });
const week = (letters: string): C.Level[] => [...letters].map((letter) => (letter === 'p' ? 'plenty' : letter === 's' ? 'some' : 'none'));

/** What there would be to show of Rosa’s Monday evenings and Saturday mornings. */
export const COULD_SHOW: C.ShownRow[] = ['language', 'paperwork', 'check-in'].map((category) => ({ category, days: week('p----p-') }));

export const BALANCE = phrase('carrying-balance', { helped: number(3), was_helped: number(1) });

const ride = (day: string) => phrase('carrying-nobody', { category: message('category-ride'), days: { messages: [`weekday-${day}`] } });

const minutesOf = ({ post }: Posted) => (post.from && post.to ? (Date.parse(post.to) - Date.parse(post.from)) / 60_000 : 60);

export function carried(posts: Posted[], me: string, weights: Map<string, number>): C.CarriedView[] {
  return posts.flatMap((one) =>
    one.promises
      .filter((promise) => promise.by === me && !promise.withdrawn && one.post.kind === 'need')
      .map((promise) => ({
        promise: promise.id,
        post: one.id,
        title: one.post.title,
        window: card(one, me).window,
        minutes: weights.get(promise.id) ?? minutesOf(one),
        weighed: weights.has(promise.id),
      })),
  );
}

export function over(posts: Posted[], me: string): C.OverView[] {
  const first = posts.find(({ promises }) => promises.some(({ by }) => by === me));
  if (!first) return [];
  const release = phrase('carrying-release-latest', { post: text(first.post.title), hours: number(2) });
  const says = phrase('carrying-over', { promised: number(5), cap: number(3) });
  return [{ says, release: [{ promise: `${first.id}-${me}`, post: first.id, says: release }] }];
}

/** Three men and a wardrobe are more than Rosa’s three hours. */
export function before(id: string): C.BeforePromiseView {
  const values = { promised: number(4), cap: number(3) };
  return { says: id === 'n04' ? phrase('carrying-would-be-over', values) : null };
}

export function suggested(posts: Posted[], me: string, resting: boolean): C.SuggestView {
  const why: Record<string, C.Phrase[]> = {
    n06: [phrase('because-free', { day: message('weekday-sunday'), part: message('day-part-afternoon') }), phrase('because-you-can', { skill: text('listening') }), phrase('because-you-like')],
    n26: [phrase('because-near', { minutes: number(10) }), phrase('because-you-long-since', { weeks: number(6) })],
  };
  const fits = posts.filter(({ id, by }) => why[id] && by !== me && !resting);
  return {
    needs: fits.map((one) => ({ card: card(one, me), why: why[one.id] ?? [] })),
    resting,
    line: [...(resting ? [] : [phrase('carrying-free', { hours: number(2) })]), ride('thursday')],
  };
}

export function might(one: Posted, me: string, avoided: ReadonlySet<string>): C.WhoMightView {
  const day = message('weekday-thursday');
  const people: [string, C.Phrase[]][] = [
    ['Liesl', [phrase('because-they-have', { thing: text('van') }), phrase('because-they-give-plenty-on', { day })]],
    ['Kofi', [phrase('because-same-area'), phrase('because-they-can', { skill: text('cycling') }), phrase('because-they-long-since', { weeks: number(5) })]],
    ['Ines', [phrase('because-they-give-some-on', { day })]],
  ];
  const came = one.promises.map(({ by }) => by);
  const asked = people.filter(([name]) => name !== me && !came.includes(name) && !avoided.has(name));
  return { people: one.ended ? [] : asked.map(([name, why]) => ({ person: person(name, me), why })) };
}

export function rota(one: Posted, me: string, members: FakeMember[], { pinned, forbidden }: C.Rota): C.RotaView {
  const others = members.map(({ name }) => name).filter((name) => name !== me);
  const willing = ['Kofi', 'Hana'];
  const turns = view(one, me, phrase('delivery-draft')).times.map((time): C.TurnView => {
    const at = (pins: C.PinView[]) => pins.filter(({ slot }) => slot === time.id).map(({ person }) => person.replace('member-', ''));
    const placed = at(pinned);
    const could = willing.filter((name) => !at(forbidden).includes(name) && !placed.includes(name));
    const left = time.want - time.going;
    const found = could.slice(0, Math.max(0, left - placed.length));
    const turn = (name: string, says: C.Phrase) => ({ person: person(name, me), pinned: placed.includes(name), says });
    const missing = left - placed.length - found.length;
    return {
      id: time.id,
      window: time.window,
      want: left,
      people: [
        ...placed.map((name) => turn(name, phrase('rota-pinned', { helper: text(name) }))),
        ...found.map((name) => turn(name, phrase('rota-most-room', { helper: text(name), of: number(could.length) }))),
      ],
      missing: missing > 0 ? phrase('rota-missing-nobody-free', { missing: number(missing) }) : null,
    };
  });
  return { turns: turns.filter(({ id }) => id > dayAfter(0)), people: others.map((name) => person(name, me)) };
}

export function resources(area: string | undefined): C.ResourcesView {
  const cells = (some: string, wanted: string) =>
    [...some].map((letter, day) => ({ some: Number(letter), plenty: day % 3 === 0 ? 1 : 0, wanted: Number(wanted[day]) }));
  const none = (wanted: string) => [...wanted].map((letter) => ({ some: 0, plenty: 0, wanted: Number(letter) }));
  return {
    areas: ['Allotment Hill', 'Bridge End', 'Station Side', 'Tannery Row'],
    area: area ?? null,
    kinds: [
      { category: 'food-meal', days: cells('1012010', '0101001') },
      { category: 'ride', days: none('0001000').map((cell, day) => (day === 1 ? { ...cell, some: 2 } : cell)) },
      { category: 'repair', days: cells('2121200', '0000110') },
    ],
    says: [ride('thursday'), phrase('carrying-several', { category: message('category-repair'), days: { messages: ['weekday-tuesday', 'weekday-friday'] } })],
  };
}

export function found(members: FakeMember[], me: string, typed: string): C.FindView {
  const needle = typed.trim().toLowerCase();
  const fits = (what: string) => needle !== '' && what.toLowerCase().includes(needle);
  const all = members.flatMap(({ name, skills = [], lends = [] }) => [
    ...lends.filter(fits).map((what) => ({ person: person(name, me), what, lends: true })),
    ...skills.filter(fits).map((what) => ({ person: person(name, me), what, lends: false })),
  ]);
  return { found: all };
}
