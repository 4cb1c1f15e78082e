// A member that lives in this page alone: for tests, pictures, and work on the looks. It knows just
// enough of the rules to tell a story; the real ones are in crates/domain.
//
// `?scene=fresh|draft|empty|millrace|asking|endings|full|two|crowd|alone|stopped`, `?me=Sam`, `?lang=pseudo|pseudo-rtl`.

import { invented } from '../words/pseudo';
import type { Words } from '../words/words';
import { isOn, weekOf } from './fake-week';
import { ASKING, MEMBERS, POSTS, WORDS, type FakeMember, type FakePost } from './fake-circle';
import { card, crowd, dayAfter, NOW, number, person, phrase, posted, privateIn, stateOf, text, view, type Posted, type Promised } from './fake-story';
import { today } from './fake-today';
import { historyOf } from './fake-history';
import * as carrying from './fake-carrying';
import type * as C from './contract';
import { ENDINGS } from './fake-endings';
import { Refusal, type Args, type CallName, type Host, type Reply } from './host';

const ZONE = 'Europe/London';
const STEP = 150;

type Calls = { [K in CallName]: (args: Args<K>) => Reply<K> };

/** The member, the language and the clock that the address asks for. */
export async function around(): Promise<{ host: Host; words: Words | undefined; clock: () => Date }> {
  const asked = new URLSearchParams(location.search);
  const member = new FakeHost(asked.get('scene') ?? 'millrace', asked.get('me') ?? 'Rosa');
  (window as unknown as { closeknit: FakeHost }).closeknit = member;
  // Civil times are read in the zone of the machine: ten o’clock wherever the test runs.
  const clock = () => new Date(NOW);
  return { host: member, words: await invented(asked.get('lang') ?? ''), clock };
}

export class FakeHost implements Host {
  #me: string | undefined;
  #circle: { id: string; name: string; draft: boolean } | undefined;
  /** Other circles of this profile; nothing is posted in them. */
  #others: { id: string; name: string; draft: boolean }[] = [];
  #members: FakeMember[] = [];
  #posts: Posted[] = [];
  #elsewhere: Posted[] = [];
  #own: C.JoinView | null = null;
  #doors: C.DoorView[] = [];
  #tellsSeen = true;
  #quiet: C.QuietView = { on: true, from: '21:00', to: '08:00' };
  #wordsKept = false;
  #shows: C.ShownRow[] = [];
  #weights = new Map<string, number>();
  #ways = new Map<string, number | null>([['Bridge End', 9], ['Allotment Hill', null], ['Station Side', null]]);
  #avoided = new Set<string>();
  #capacity: C.Capacity = {};
  #profile: C.Profile = {};
  #machines: C.MachineView[] = [];
  #notices: C.Phrase[] = [];
  #refuse = new Map<string, Refusal>();
  #listeners: ((tags: C.Tag[]) => void)[] = [];
  #reaches: ((answers: boolean) => void)[] = [];
  #count = 0;
  readonly #scene: string;
  /** Every call with its arguments, for tests. */
  readonly heard: { name: string; args: unknown }[] = [];

  constructor(scene: string, me: string) {
    this.#scene = scene;
    if (scene === 'stopped') this.refuse('status', 'profile-in-use');
    if (scene === 'fresh' || scene === 'stopped') return;
    this.#me = me;
    this.#circle = { id: 'millrace', name: 'Millrace', draft: scene === 'draft' };
    this.#members = scene === 'draft' ? [{ name: me }] : [...MEMBERS];
    if (scene === 'draft' || scene === 'empty') return;
    this.#posts = scene === 'crowd' ? crowd() : (scene === 'endings' ? ENDINGS : POSTS).map((post) => posted(post));
    if (scene === 'asking') this.#posts.push(...ASKING.map((post) => posted(post)));
    this.#capacity = { hours: 3, free: 'Mon 18–21, Sat 9–13', can: ['language', 'paperwork', 'check-in'], will_not: ['pet'], radius_minutes: 20 };
    this.#profile = { area: 'Tannery Row', languages: ['English', 'Spanish'], skills: ['Spanish', 'listening'], lends: [] };
    if (scene === 'two') this.#others = [{ id: 'orchard', name: 'Orchard', draft: false }];
    if (scene !== 'alone') {
      this.#machines = [
        this.#machine('Sam', 'Sam’s laptop', 'equal', '2026-11-24T09:58:00', 412, 380),
        this.#machine('Liesl', 'kitchen computer', 'exchanging', '2026-11-24T09:59:00', 12, 40),
        this.#machine('Ines', 'Ines’ laptop', 'away', '2026-11-23T20:14:00', 0, 0),
        this.#machine('Millrace Food Cupboard', 'front desk', 'away', null, 0, 0),
      ];
    }
  }

  // For tests.

  /** The next such call is refused. */
  refuse(call: CallName, code: C.ErrorCode, values: Record<string, C.Value> = {}): void {
    this.#refuse.set(call, new Refusal(code, values));
  }

  /** Somebody holds an invitation and knocks. */
  knock(name: string): void {
    const door: C.DoorView = {
      id: `door-${name}`,
      name,
      kind: 'person',
      stage: 'compare',
      code: '493 271',
      says: phrase('door-compare', { name: text(name), code: text('493 271') }),
    };
    this.#doors = [...this.#doors.filter(({ id }) => id !== door.id), door];
    this.changed('joining');
  }

  /** A neighbour writes something, and it arrives. */
  arrive(post: FakePost): void {
    this.#posts = [posted(post), ...this.#posts];
    this.changed('board');
  }

  /** A neighbour promises, and it arrives. */
  promised(id: string, by: string, say: string): void {
    this.#posts.find((post) => post.id === id)?.promises.push({ id: `${id}-${by}`, by, amount: 1, say });
    this.changed('board');
  }

  /** The author of a post answers the reader, and it arrives. */
  answered(id: string, verdict: C.Verdict, doorstep?: string): void {
    const promise = this.#posts.find((post) => post.id === id)?.promises.find((promise) => promise.by === this.#me);
    if (promise) Object.assign(promise, { verdict, ...(doorstep ? { doorstep } : {}) });
    this.changed('board');
  }

  notice(notice: C.Phrase): void {
    this.#notices = [...this.#notices, notice];
    this.changed('status');
  }

  reach(answers: boolean): void {
    for (const reach of this.#reaches) reach(answers);
  }

  changed(...tags: C.Tag[]): void {
    for (const listener of this.#listeners) setTimeout(() => listener(tags));
  }

  // The host.

  async onChange(listener: (tags: C.Tag[]) => void): Promise<void> {
    this.#listeners.push(listener);
  }

  onReach(listener: (answers: boolean) => void): void {
    this.#reaches.push(listener);
  }

  async call<K extends CallName>(name: K, args: Args<K>): Promise<Reply<K>> {
    await new Promise((resolve) => setTimeout(resolve));
    this.heard.push({ name, args });
    const refusal = this.#refuse.get(name);
    if (refusal) {
      if (this.#scene !== 'stopped') this.#refuse.delete(name);
      throw refusal;
    }
    return structuredClone(this.#calls[name](args));
  }

  readonly #calls: Calls = {
    status: () => ({
      version: '0.1.0',
      circles: this.#circle ? [this.#circle, ...this.#others].sort((one, other) => (one.name < other.name ? -1 : 1)).map((circle) => ({ ...circle, members: this.#members.length })) : [],
      current: this.#circle?.id ?? null,
      name: this.#me ?? null,
      notices: this.#notices,
      words_kept: this.#wordsKept,
    }),
    start: ({ name, circle }) => {
      this.#me = name;
      this.#circle = { id: 'new', name: circle, draft: true };
      this.#members = [{ name }];
      this.changed('status', 'circle');
      return this.#calls.status({});
    },
    invite: ({ uses }) => ({
      text: 'closeknit1qqxsxkc5t4c9uq0r3q9m2pfh0dz8v6n7w4l2k5jqsyt3xz0rmg8aeu6hwq92tpv4c7dlnf5k3jy8sxqz0m6r2a4tge9u7hw5pvc3dlnf8k2jy6sxqz4m0r7a5tge3u9hwqpv8',
      expires: '2026-12-01T10:00:00',
      uses: uses ?? 1,
    }),
    join: ({ invitation, name }) => {
      if (!invitation.startsWith('closeknit1') || invitation.length < 60) throw new Refusal('bad-invitation');
      this.#me = name;
      this.#joinAt('looking');
      this.#later(() => this.#joinAt('asking'), () => this.#joinAt('compare'));
      return this.#calls.joining({});
    },
    joining: () => ({ own: this.#own, doors: this.#doors }),
    confirm: ({ id, yes }) => {
      if (this.#own?.id === id) this.#confirmOwn(yes);
      else this.#confirmDoor(id, yes);
      return this.#calls.joining({});
    },
    'stop-joining': () => {
      this.#own = null;
      this.changed('joining');
      return this.#calls.joining({});
    },
    today: () => ({ ...today(this.#posts, this.#myName), near: this.#calls.near({}).says, clock: null }),
    notices: () => ({ says: [] }),
    quiet: (quiet) => (this.#quiet = { ...this.#quiet, ...quiet }),
    post: (post) => {
      const id = `own-${++this.#count}`;
      this.#posts = [{ id, by: this.#myName, post, promises: [] }, ...this.#posts];
      this.changed('board', 'me');
      return this.#view(id);
    },
    'look-over': ({ text, post }) => {
      const standing = post?.standing || (post?.repeat && !/COUNT|UNTIL/.test(post.repeat));
      return {
        tells: privateIn(text),
        holders: this.#members.reduce((sum, { machines }) => sum + (machines ?? 1), 0),
        mode: post?.category ? (post.category === 'group' ? 'turn-up' : 'choose') : null,
        ends: post?.category && !standing ? (post.until ?? post.to?.slice(0, 10) ?? '2026-12-08') : null,
        review: post?.category && standing ? '2027-02-22' : null,
      };
    },
    board: (asked) => {
      const { offset = 0, limit = 200 } = asked;
      const found = this.#asked(asked);
      const posts = found.slice(offset, offset + limit).map((one) => this.#card(one));
      return { total: found.length, posts, area: this.#profile.area || null, locked: 0, skipped: 0 };
    },
    week: ({ day, among }) => weekOf(day, this.#asked(among ?? {}), this.#myName, this.#profile.area || null),
    show: ({ id }) => this.#view(id),
    promise: ({ id, amount, say, slots }) => {
      const post = this.#find(id);
      if (post.post.times && !slots) throw new Refusal('which-time');
      const part = slots ? { slots } : {};
      post.promises.push({ id: `${id}-${this.#myName}-${++this.#count}`, by: this.#myName, amount: amount ?? 1, say: say ?? null, ...part });
      this.changed('board', 'me');
      return this.#view(id);
    },
    answer: ({ id, verdict, doorstep }) => {
      const { post, promise } = this.#promise(id);
      Object.assign(promise, { verdict, ...(doorstep ? { doorstep } : {}) });
      this.changed('board');
      return this.#view(post.id);
    },
    withdraw: ({ id, slots }) => {
      const { post, promise } = this.#promise(id);
      if (slots && promise.slots) promise.slots = promise.slots.filter((slot) => !slots.includes(slot));
      else promise.withdrawn = true;
      return this.#told(post);
    },
    close: ({ id, how }) => {
      this.#find(id).ended = how;
      this.changed('board', 'me');
      return this.#view(id);
    },
    undo: ({ id }) => {
      const post = this.#posts.find((one) => (one.id === id && one.ended) || historyOf(one, this.#myName).some((event) => event.id === id && event.undo));
      if (!post) throw new Refusal('nothing-to-undo', { given: text(id) });
      if (id.startsWith('close-') || id === post.id) delete post.ended;
      if (id.startsWith('thanks-')) delete post.thanks;
      for (const promise of post.promises) if (id === `back-${promise.id}`) delete promise.withdrawn;
      return this.#told(post);
    },
    edit: ({ id, when, ...changed }) => {
      const post = this.#find(id);
      Object.assign(post.post, changed, { id: undefined });
      if (when === '') for (const end of ['from', 'to'] as const) delete post.post[end];
      if (when === '' || changed.from || changed.place !== undefined) for (const promise of post.promises) promise.changed = true;
      return this.#told(post);
    },
    renew: ({ id, until }) => {
      const post = this.#find(id);
      post.post.until = until ?? dayAfter(14);
      if (post.ended === 'expired') delete post.ended;
      delete post.renewal;
      return this.#told(post);
    },
    'yes-again': ({ id }) => {
      const { post, promise } = this.#promise(id);
      delete promise.changed;
      return this.#told(post);
    },
    outcome: ({ id, how, reason, slot }) => {
      const { post, promise } = this.#promise(id);
      const said = { by: this.#person(this.#myName), slot: slot ?? null, how, reason: reason ?? null };
      const others = (promise.outcomes ?? []).filter(({ by, slot }) => by.name !== this.#me || slot !== said.slot);
      promise.outcomes = [...others, said];
      return this.#told(post);
    },
    thank: ({ id, text, to }) => {
      const post = this.#find(id);
      const alone = to ? { to: to.replace('member-', '') } : {};
      post.thanks = [...(post.thanks ?? []).filter((old) => old.by !== this.#me || old.to !== alone.to), { by: this.#myName, text, ...alone }];
      return this.#told(post);
    },
    me: () => this.#meView(),
    capacity: (capacity) => {
      this.#capacity = { ...this.#capacity, ...capacity };
      this.changed('me');
      return this.#meView();
    },
    profile: (profile) => {
      this.#profile = { ...this.#profile, ...profile };
      this.changed('me', 'circle');
      return this.#meView();
    },
    'tell-seen': ({ on }) => {
      this.#tellsSeen = on;
      return this.#meView();
    },
    'before-promise': ({ id }) => carrying.before(id),
    ways: ({ ways }) => {
      for (const { place, minutes } of ways) this.#ways.set(place, minutes);
      return this.#meView();
    },
    weigh: ({ id, minutes }) => {
      if (minutes === undefined) this.#weights.delete(id);
      else this.#weights.set(id, minutes);
      return this.#meView();
    },
    'show-capacity': ({ kinds }) => {
      this.#shows = kinds.filter(({ days }) => days.some((level) => level !== 'none'));
      return this.#meView();
    },
    suggest: () => carrying.suggested(this.#posts, this.#myName, Boolean(this.#capacity.resting_until)),
    'who-might': ({ id }) => carrying.might(this.#find(id), this.#myName, this.#avoided),
    avoid: ({ person: id, no_more }) => {
      const name = id?.replace('member-', '');
      if (name) this.#avoided[no_more ? 'delete' : 'add'](name);
      return { people: [...this.#avoided].map((name) => this.#person(name)) };
    },
    rota: (asked) => carrying.rota(this.#find(asked.id), this.#myName, this.#members, asked),
    resources: ({ area }) => (this.#posts.length === 0 ? { areas: [], area: null, kinds: [], says: [] } : carrying.resources(area)),
    find: ({ text }) => carrying.found(this.#members, this.#myName, text),
    circle: () => ({
      id: this.#circle?.id ?? '',
      name: this.#circle?.name ?? '',
      draft: this.#circle?.draft ?? true,
      zone: ZONE,
      can_invite: true,
      members: this.#members.map((member, index) => ({
        person: this.#person(member.name),
        kind: member.kind ?? 'person',
        came: this.#circle?.draft
          ? phrase('came-alone')
          : index < 2
            ? phrase('came-founder')
            : index % 3 === 0
              ? phrase('came-vouched', { count: number(3) })
              : phrase('came-admitted', { name: text(this.#members[0]?.name ?? '') }),
        machines: member.machines ?? 1,
        skills: member.skills ?? [],
        lends: member.lends ?? [],
      })),
    }),
    switch: ({ circle }) => {
      const to = this.#others.find(({ id }) => id === circle);
      if (to && this.#circle) {
        this.#others = [...this.#others.filter((other) => other !== to), this.#circle];
        this.#circle = to;
        [this.#posts, this.#elsewhere] = [this.#elsewhere, this.#posts];
        this.changed('status', 'board', 'me', 'circle');
      }
      return this.#calls.status({});
    },
    near: () => {
      const count = this.#machines.filter(({ exchange }) => exchange !== 'away').length;
      const says = this.#circle?.draft ? 'near-alone' : count === 0 ? 'near-nobody' : 'near-some';
      return {
        says: phrase(says, count > 0 ? { count: number(count) } : undefined),
        address: 'closeknit-at-192.168.178.23-41873-x7f3k2',
        machines: this.#machines,
      };
    },
    know: ({ address }) => {
      if (!/\d/.test(address)) throw new Refusal('bad-input', { field: text('address'), reason: text('other') });
      return this.#calls.near({});
    },
    words: () => ({ words: this.#wordsKept ? null : WORDS, ask: this.#wordsKept ? [] : [3, 11, 20], kept: this.#wordsKept }),
    'check-words': ({ words }) => {
      const wrong = words.findIndex((word, index) => word !== WORDS[([3, 11, 20][index] ?? 0) - 1]);
      if (wrong >= 0) throw new Refusal('bad-words', { reason: text('checksum') });
      this.#wordsKept = true;
      this.changed('status');
      return this.#calls.words({});
    },
    'write-backup': ({ path, passphrase }) => {
      if (!path.startsWith('/')) throw new Refusal('file-problem', { path: text(path), reason: text('there is no such folder') });
      return {
        path,
        bytes: 184_320,
        says: phrase('backup-written', { path: text(path), documents: number(this.#members.length), bytes: number(184_320) }),
        notes: [phrase(passphrase ? 'backup-needs-passphrase' : 'backup-needs-words')],
      };
    },
    'show-backup': ({ words, passphrase }) => {
      if (words !== undefined && words.trim().split(/\s+/).length !== 24) {
        throw new Refusal('bad-words', { reason: text('count'), found: text(String(words.trim().split(/\s+/).length)) });
      }
      if (passphrase === 'wrong') throw new Refusal('backup-locked');
      return {
        written: '2026-11-20T18:30:00',
        name: 'Rosa',
        circles: ['Millrace'],
        signer: phrase('backup-signer-member', { name: text('Rosa'), label: text('Rosa’s laptop') }),
        statements: 42,
        documents: 14,
        changes: 611,
        bytes: 184_320,
      };
    },
    'restore-backup': ({ path }) => {
      this.#me ??= 'Rosa';
      this.#circle ??= { id: 'millrace', name: 'Millrace', draft: false };
      if (this.#members.length === 0) this.#members = [...MEMBERS];
      if (this.#posts.length === 0) this.#posts = POSTS.map((post) => posted(post));
      this.changed('status', 'board', 'circle', 'me');
      return {
        path,
        bytes: 184_320,
        says: phrase('backup-restored', { added: number(611), people: number(14), refused: number(0) }),
        notes: [phrase('backup-restored-device')],
      };
    },
    'export-calendar': ({ path }) => {
      if (!path.startsWith('/')) throw new Refusal('file-problem', { path: text(path), reason: text('there is no such folder') });
      return {
        path,
        events: 2,
        says: phrase('calendar-written', { path: text(path), count: number(2) }),
        notes: [phrase('calendar-timeless', { count: number(1) }), phrase('calendar-open')],
      };
    },
    doctor: () => ({
      checks: [
        { name: 'profile', well: true, says: phrase('doctor-profile', { path: text('/home/rosa/.local/share/closeknit') }) },
        { name: 'database', well: true, says: phrase('doctor-database-well', { bytes: number(2_310_144) }) },
        { name: 'clock', well: true, says: phrase('doctor-clock-well') },
        { name: 'network', well: true, says: phrase('doctor-network-well', { address: text('192.168.178.23:41873') }) },
        { name: 'version', well: true, says: phrase('doctor-version', { version: text('0.1.0') }) },
        { name: 'words', well: this.#wordsKept, says: phrase(this.#wordsKept ? 'doctor-words-kept' : 'doctor-words-not-kept') },
      ],
    }),
    rebuild: () => this.#calls.statistics({}),
    statistics: () => ({ statements: 0, documents: 0, changes: 0, records: 0, changed: 0, digest: '', board: '' }),
    wake: () => ({ done: true }),
    stop: () => ({ done: true }),
  };

  // What it is made of.

  get #myName(): string {
    return this.#me ?? '';
  }

  #find(id: string): Posted {
    const found = this.#posts.find((post) => post.id === id);
    if (!found) throw new Refusal('not-found', { given: text(id) });
    return found;
  }

  #promise(id: string): { post: Posted; promise: Promised } {
    const post = this.#posts.find(({ promises }) => promises.some((promise) => promise.id === id));
    const promise = post?.promises.find((promise) => promise.id === id);
    if (!post || !promise) throw new Refusal('not-found', { given: text(id) });
    return { post, promise };
  }

  /** The post after something was said about it. */
  #told(post: Posted): C.PostView {
    this.changed('board', 'me');
    return this.#view(post.id);
  }

  #person(name: string): C.Person {
    return person(name, this.#myName);
  }

  #asked({ kind, category, wanting, search, called, when, near }: C.Board): Posted[] {
    return this.#posts.filter((one) => {
      const settled = !['open', 'partly-covered'].includes(stateOf(one));
      const words = `${one.post.title} ${one.post.detail ?? ''} ${one.by} ${one.post.place ?? ''}`.toLowerCase();
      return (
        (!kind || one.post.kind === kind) &&
        (!category || one.post.category === category) &&
        (!wanting || (wanting === 'settled') === settled) &&
        (!search || words.includes(search.toLowerCase()) || called?.includes(one.post.category)) &&
        (!when || isOn(one, when)) &&
        (!near || one.post.place === this.#profile.area)
      );
    });
  }

  #card(one: Posted): C.PostCard {
    return card(one, this.#myName);
  }

  #view(id: string): C.PostView {
    const one = this.#find(id);
    const around = this.#machines.filter(({ exchange }) => exchange !== 'away').length;
    const delivery = this.#circle?.draft
      ? phrase('delivery-draft')
      : one.by === this.#me
        ? phrase('delivery-sent', { count: number(around || 1), all: number(this.#machines.length || 1), left: number(Math.max(0, this.#machines.length - (around || 1))) })
        : phrase('delivery-theirs', { name: text(one.by) });
    return view(one, this.#myName, delivery);
  }

  #machine(owner: string, label: string, exchange: C.Exchange, last: string | null, received: number, sent: number): C.MachineView {
    const says =
      exchange === 'away'
        ? last
          ? phrase('near-machine-away', { when: { when: last } })
          : phrase('near-machine-never')
        : phrase(`near-machine-${exchange}`);
    return { id: `machine-${owner}`, owner: this.#person(owner), label, exchange, last, says, received, sent };
  }

  #later(...steps: (() => void)[]): void {
    steps.forEach((step, index) => setTimeout(step, STEP * (index + 1)));
  }

  #joinAt(stage: C.JoinStage, says = `joining-${stage}`): void {
    const code = stage === 'compare' ? '493 271' : null;
    const values = { circle: text('Millrace'), code: text(code ?? '') };
    this.#own = { id: 'own', circle: 'Millrace', stage, code, says: phrase(says, values) };
    this.changed('joining');
  }

  #confirmOwn(yes: boolean): void {
    if (!yes) return this.#joinAt('refused', 'joining-refused-not-same');
    this.#joinAt('waiting');
    this.#later(() => {
      this.#circle = { id: 'millrace', name: 'Millrace', draft: false };
      this.#members = [...MEMBERS, { name: this.#myName }];
      this.#posts = POSTS.map((post) => posted(post));
      this.#joinAt('joined');
      this.changed('status', 'circle', 'board');
    });
  }

  #confirmDoor(id: string, yes: boolean): void {
    const to = (stage: C.JoinStage, says: string) => {
      this.#doors = this.#doors.map((door) =>
        door.id === id ? { ...door, stage, code: null, says: phrase(says, { name: text(door.name) }) } : door,
      );
      this.changed('joining');
    };
    if (!yes) return to('refused', 'door-refused-person');
    to('waiting', 'door-waiting');
    this.#later(() => {
      const name = this.#doors.find((door) => door.id === id)?.name ?? '';
      if (this.#circle) this.#circle = { ...this.#circle, draft: false };
      this.#members = [...this.#members, { name }];
      to('joined', 'door-joined');
      this.changed('status', 'circle', 'near');
    });
  }

  #meView(): C.MeView {
    const mine = (one: Posted) => one.promises.some((promise) => promise.by === this.#me && !promise.withdrawn);
    return {
      name: this.#profile.name ?? this.#myName,
      kind: 'person',
      languages: this.#profile.languages ?? [],
      area: this.#profile.area || null,
      skills: this.#profile.skills ?? [],
      lends: this.#profile.lends ?? [],
      hours: this.#capacity.hours ?? null,
      free_hours: this.#capacity.hours === undefined ? null : this.#capacity.hours - 1,
      free: this.#capacity.free || null,
      can: this.#capacity.can ?? [],
      will_not: this.#capacity.will_not ?? [],
      radius_minutes: this.#capacity.radius_minutes ?? null,
      ways: [...this.#ways].map(([place, minutes]) => ({ place, minutes })),
      resting_until: this.#capacity.resting_until || null,
      promises: this.#posts.filter(mine).map((one) => this.#card(one)),
      posts: this.#posts.filter((one) => one.by === this.#me && !one.ended).map((one) => this.#card(one)),
      tells_seen: this.#tellsSeen,
      carries: carrying.carried(this.#posts, this.#myName, this.#weights),
      over: this.#scene === 'full' ? carrying.over(this.#posts, this.#myName) : [],
      shows: this.#shows,
      could_show: this.#posts.length === 0 ? [] : carrying.COULD_SHOW,
      balance: this.#posts.length === 0 ? phrase('carrying-balance-none') : carrying.BALANCE,
    };
  }
}
