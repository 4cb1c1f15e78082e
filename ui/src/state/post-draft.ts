// A post in the making, as it is typed; and what it is when it is sent.

import type { Mode, Post, PostKind, RoleView, Unit } from '../host/contract';
import { readDay, wholeNumber } from '../words/typed';
import { blankWhen, readWhen, type WhenDraft, type WhenProblems } from './when-draft';

export interface RoleDraft {
  amount: string;
  name: string;
}

export interface PostDraft extends WhenDraft {
  title: string;
  category: string;
  detail: string;
  place: string;
  want: string;
  unit: Unit;
  roles: RoleDraft[];
  lendDays: string;
  mode: Mode | '';
  urgent: boolean;
  /** Whether life is at risk, which is asked of what is urgent. */
  danger: 'yes' | 'no' | '';
  person: string;
  consent: string;
  readers: 'circle' | 'chosen';
  /** Ids of those who are chosen. */
  audience: string[];
  standing: boolean;
  until: string;
}

export function blankPost(): PostDraft {
  return {
    ...blankWhen(),
    title: '',
    category: '',
    detail: '',
    place: '',
    want: '1',
    unit: 'helpers',
    roles: [],
    lendDays: '',
    mode: '',
    urgent: false,
    danger: '',
    person: '',
    consent: '',
    readers: 'circle',
    audience: [],
    standing: false,
    until: '',
  };
}

const differs = (draft: PostDraft, fields: readonly (keyof PostDraft)[]): boolean => {
  const blank = blankPost();
  return fields.some((field) => JSON.stringify(draft[field]) !== JSON.stringify(blank[field]));
};

export function isBlank(draft: PostDraft): boolean {
  return !differs(draft, Object.keys(blankPost()) as (keyof PostDraft)[]);
}

const FOLDED = ['want', 'unit', 'roles', 'mode', 'urgent', 'person', 'consent', 'readers', 'standing', 'until'] as const;

/** Something folded was filled in. */
export function hasMore(draft: PostDraft): boolean {
  return differs(draft, FOLDED);
}

export interface Problems extends WhenProblems {
  title?: true;
  category?: true;
  want?: true;
  /** One for each role. */
  roles?: boolean[];
  lendDays?: true;
  danger?: true;
  consent?: true;
  audience?: true;
  until?: true;
}

const text = (typed: string) => typed.trim() || undefined;

function readRoles(draft: PostDraft, problems: Problems): RoleView[] | undefined {
  const named = draft.roles.filter(({ name }) => text(name));
  if (named.length === 0) return undefined;
  const roles = named.map(({ amount, name }) => ({ amount: wholeNumber(amount) ?? 0, name: name.trim() }));
  if (roles.some(({ amount }) => amount < 1)) problems.roles = draft.roles.map((role) => Boolean(text(role.name)) && !wholeNumber(role.amount));
  return roles;
}

/** All that was understood of a draft, and what was not or is missing. */
export function readPost(kind: PostKind, draft: PostDraft): { post: Post; problems: Problems } {
  const need = kind === 'need';
  const { when, problems: wrong } = readWhen(draft);
  const problems: Problems = { ...wrong };
  const title = draft.title.trim();
  if (title === '') problems.title = true;
  if (draft.category === '') problems.category = true;
  const want = wholeNumber(draft.want) ?? 0;
  if (want < 1) problems.want = true;
  const lendDays = draft.category === 'lend' ? text(draft.lendDays) : undefined;
  const days = lendDays === undefined ? undefined : (wholeNumber(lendDays) ?? 0);
  if (days === 0) problems.lendDays = true;
  if (need && draft.urgent && !draft.danger) problems.danger = true;
  const person = need ? text(draft.person) : undefined;
  const consent = person ? text(draft.consent) : undefined;
  if (person && !consent) problems.consent = true;
  const audience = draft.readers === 'chosen' ? draft.audience : undefined;
  if (audience?.length === 0) problems.audience = true;
  const until = readDay(draft.until);
  if (text(draft.until) && until === undefined) problems.until = true;

  const post: Post = { kind, category: draft.category, title, urgent: need && draft.urgent, standing: !need && draft.standing };
  const optional = {
    ...when,
    detail: text(draft.detail),
    place: text(draft.place),
    want: want > 1 ? want : undefined,
    unit: draft.unit === 'helpers' ? undefined : draft.unit,
    roles: need ? readRoles(draft, problems) : undefined,
    lend_days: days || undefined,
    mode: draft.mode || undefined,
    person,
    consent,
    audience,
    until,
  };
  return { post: Object.assign(post, JSON.parse(JSON.stringify(optional)) as Partial<Post>), problems };
}

/** What would be posted, or what keeps it from being posted. The member has the last word. */
export function draftedPost(kind: PostKind, draft: PostDraft): { post?: Post; problems: Problems } {
  const { post, problems } = readPost(kind, draft);
  return Object.keys(problems).length > 0 ? { problems } : { post, problems };
}
