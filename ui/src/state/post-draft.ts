// A post in the making, as it is typed; and what it is when it is sent.

import type { Mode, Post, PostKind, Unit } from '../host/contract';
import { readDay, wholeNumber } from '../words/typed';
import { readTime } from '../words/when';

export interface PostDraft {
  title: string;
  category: string;
  detail: string;
  /** A day, `2026-11-26`, or nothing for any time. */
  day: string;
  /** A day that is not in the list is typed. */
  other: boolean;
  from: string;
  to: string;
  place: string;
  want: string;
  unit: Unit;
  mode: Mode | '';
  urgent: boolean;
  person: string;
  consent: string;
  standing: boolean;
  until: string;
}

export function blankPost(): PostDraft {
  return {
    title: '',
    category: '',
    detail: '',
    day: '',
    other: false,
    from: '',
    to: '',
    place: '',
    want: '1',
    unit: 'helpers',
    mode: '',
    urgent: false,
    person: '',
    consent: '',
    standing: false,
    until: '',
  };
}

export function isBlank(draft: PostDraft): boolean {
  const blank = blankPost();
  return (Object.keys(blank) as (keyof PostDraft)[]).every((field) => draft[field] === blank[field]);
}

/** Something folded was filled in. */
export function hasMore(draft: PostDraft): boolean {
  const blank = blankPost();
  const folded = ['want', 'unit', 'mode', 'urgent', 'person', 'consent', 'standing', 'until'] as const;
  return folded.some((field) => draft[field] !== blank[field]);
}

export type Problems = Partial<
  Record<'title' | 'category' | 'day' | 'from' | 'to' | 'order' | 'want' | 'consent' | 'until', true>
>;

/** What would be posted, or what keeps it from being posted. The member has the last word. */
export function draftedPost(kind: PostKind, draft: PostDraft): { post?: Post; problems: Problems } {
  const problems: Problems = {};
  const text = (typed: string) => typed.trim() || undefined;
  const title = draft.title.trim();
  if (title === '') problems.title = true;
  if (draft.category === '') problems.category = true;

  const [day, from, to] = [readDay(draft.day), readTime(draft.from), readTime(draft.to)];
  const timed = draft.other || draft.day !== '' || draft.from.trim() !== '' || draft.to.trim() !== '';
  if (timed) {
    if (day === undefined) problems.day = true;
    if (from === undefined) problems.from = true;
    if (to === undefined) problems.to = true;
    if (from !== undefined && to !== undefined && to <= from) problems.order = true;
  }

  const want = wholeNumber(draft.want) ?? 0;
  if (want < 1) problems.want = true;
  const person = kind === 'need' ? text(draft.person) : undefined;
  const consent = person ? text(draft.consent) : undefined;
  if (person && !consent) problems.consent = true;
  const until = readDay(draft.until);
  if (text(draft.until) && until === undefined) problems.until = true;
  if (Object.keys(problems).length > 0) return { problems };

  const post: Post = { kind, category: draft.category, title, urgent: kind === 'need' && draft.urgent, standing: kind === 'offer' && draft.standing };
  const optional = {
    detail: text(draft.detail),
    from: timed ? `${day}T${from}` : undefined,
    to: timed ? `${day}T${to}` : undefined,
    place: text(draft.place),
    want: want === 1 ? undefined : want,
    unit: draft.unit === 'helpers' ? undefined : draft.unit,
    mode: draft.mode || undefined,
    person,
    consent,
    until,
  };
  return { post: Object.assign(post, JSON.parse(JSON.stringify(optional)) as Partial<Post>), problems };
}
