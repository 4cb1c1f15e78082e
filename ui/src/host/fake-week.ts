// The week of the invented member: just enough to be looked at.

import type * as C from './contract';
import { card, NOW, type Posted } from './fake-story';

const later = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const today = NOW.slice(0, 10);
const mondayOf = (day: string) => later(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** From and to of each of its times, `2026-11-26T09:20`. */
function windows({ post }: Posted): [string, string][] {
  if (post.times) return post.times.map((time) => time.split('/') as [string, string]);
  return post.from && post.to ? [[post.from, post.to]] : [];
}

export function isOn(one: Posted, when: string): boolean {
  const monday = mondayOf(today);
  const days = when === 'week' ? [monday, later(monday, 6)] : [when === 'today' ? today : when, when === 'today' ? today : when];
  return windows(one).some(([from]) => from.slice(0, 10) >= (days[0] ?? '') && from.slice(0, 10) <= (days[1] ?? ''));
}

export function weekOf(asked: string | undefined, posts: Posted[], me: string, area: string | null): C.WeekView {
  const monday = mondayOf(asked ?? today);
  const days = Array.from({ length: 7 }, (_, after) => later(monday, after));
  const on = (day: string): C.DayTime[] =>
    posts.flatMap((one) =>
      windows(one)
        .filter(([from]) => from.startsWith(day))
        .map(([from, to]) => {
          const { id, kind, category, title, state, says, author } = card(one, me);
          const hour = Number(from.slice(11, 13));
          const part: C.DayPart = hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
          const mine = author.me || one.promises.some(({ by, withdrawn }) => by === me && !withdrawn);
          return { id, kind, category, title, state, says, part, from: from.slice(11), to: to.slice(11), mine };
        }),
    );
  return {
    days: days.map((day) => ({ day, today: day === today, times: on(day).sort((one, other) => ((one.from ?? '') < (other.from ?? '') ? -1 : 1)) })),
    before: later(monday, -7),
    after: later(monday, 7),
    current: monday === mondayOf(today),
    left_out: 0,
    area,
  };
}
