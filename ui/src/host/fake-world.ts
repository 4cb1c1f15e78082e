// What the invented member has, as the scene that the address asks for begins; and how things are found in it.

import type * as C from './contract';
import { ASKING, MEMBERS, POSTS, type FakeMember } from './fake-circle';
import { ENDINGS } from './fake-endings';
import { NOTES, type FakeNote } from './fake-notes';
import { card, crowd, number, on, person, phrase, posted, stateOf, text, view, type Posted, type Promised } from './fake-story';
import { isOn } from './fake-week';
import { Refusal, type Args, type CallName, type Reply } from './host';

export type FakeCalls = { [K in CallName]: (args: Args<K>) => Reply<K> };

const STEP = 150;

export class World {
  me: string | undefined;
  circle: { id: string; name: string; draft: boolean } | undefined;
  /** Other circles of this profile; nothing is posted in them. */
  others: { id: string; name: string; draft: boolean }[] = [];
  members: FakeMember[] = [];
  posts: Posted[] = [];
  elsewhere: Posted[] = [];
  notes: FakeNote[] = [];
  own: C.JoinView | null = null;
  doors: C.DoorView[] = [];
  tellsSeen = true;
  quiet: C.QuietView = { on: true, from: '21:00', to: '08:00' };
  wordsKept = false;
  passphrase: string | undefined;
  locked = false;
  lockAfter = 15;
  /** It is time to practise the words. */
  practises = false;
  forgets = true;
  shows: C.ShownRow[] = [];
  weights = new Map<string, number>();
  ways = new Map<string, number | null>([['Bridge End', 9], ['Allotment Hill', null], ['Station Side', null]]);
  avoided = new Set<string>();
  /** Who vouches for whom, and whom somebody thinks should no longer belong. */
  vouched = new Map<string, string[]>();
  accused = new Map<string, string>();
  capacity: C.Capacity = {};
  profile: C.Profile = {};
  machines: C.MachineView[] = [];
  /** The machine that comes in is to be one more of the reader’s own. */
  pairs = false;
  ownMachines: C.OwnMachine[] = [];
  notices: C.Phrase[] = [];
  readonly listeners: ((tags: C.Tag[]) => void)[] = [];
  /** Of what the reader posted and promised. */
  count = 0;
  readonly scene: string;

  constructor(scene: string, me: string) {
    this.scene = scene;
    this.practises = scene === 'practise';
    this.ownMachines = [
      this.ownMachine('Rosa’s laptop', phrase('machine-this'), true),
      this.ownMachine('laptop', phrase('machine-met', { when: { when: '2026-11-21T18:40:00' } }), false),
    ];
    if (scene === 'fresh' || scene === 'stopped') return;
    this.me = me;
    this.circle = { id: 'millrace', name: 'Millrace', draft: scene === 'draft' };
    this.members = scene === 'draft' ? [{ name: me }] : [...MEMBERS];
    if (scene === 'draft' || scene === 'empty' || scene === 'others') return;
    this.posts = scene === 'crowd' ? crowd() : (scene === 'endings' ? ENDINGS : POSTS).map((post) => posted(post));
    this.notes = NOTES.map((note) => ({ ...note }));
    if (scene === 'asking') this.posts.push(...ASKING.map((post) => posted(post)));
    this.capacity = { hours: 3, free: 'Mon 18–21, Sat 9–13', can: ['language', 'paperwork', 'check-in'], will_not: ['pet'], radius_minutes: 20 };
    this.profile = { area: 'Tannery Row', languages: ['English', 'Spanish'], skills: ['Spanish', 'listening'], lends: [] };
    this.vouched = new Map(this.members.filter((_, index) => index % 3 === 0).map(({ name }) => [name, ['Rosa', 'Sam', 'Liesl'].filter((by) => by !== name)]));
    if (scene === 'belonging') {
      this.vouched.set('Bo', ['Sam']);
      this.accused.set('Pavel', 'Sam');
    }
    if (scene === 'two') this.others = [{ id: 'orchard', name: 'Orchard', draft: false }];
    if (scene !== 'alone') {
      this.machines = [
        this.machine('Sam', 'Sam’s laptop', 'equal', '2026-11-24T09:58:00', 412, 380),
        this.machine('Liesl', 'kitchen computer', 'exchanging', '2026-11-24T09:59:00', 12, 40),
        this.machine('Ines', 'Ines’ laptop', 'away', '2026-11-23T20:14:00', 0, 0),
        this.machine('Millrace Food Cupboard', 'front desk', 'away', null, 0, 0),
      ];
    }
  }

  /** Tells the page, a moment later. */
  changed(...tags: C.Tag[]): void {
    for (const listener of this.listeners) setTimeout(() => listener(tags));
  }

  /** One after the other, as if somebody took their time. */
  later(...steps: (() => void)[]): void {
    steps.forEach((step, index) => setTimeout(step, STEP * (index + 1)));
  }

  get myName(): string {
    return this.me ?? '';
  }

  /** How many machines are near. */
  get around(): number {
    return this.machines.filter(({ exchange }) => exchange !== 'away').length;
  }

  find(id: string): Posted {
    const found = this.posts.find((post) => post.id === id);
    if (!found) throw new Refusal('not-found', { given: text(id) });
    return found;
  }

  promise(id: string): { post: Posted; promise: Promised } {
    const post = this.posts.find(({ promises }) => promises.some((promise) => promise.id === id));
    const promise = post?.promises.find((promise) => promise.id === id);
    if (!post || !promise) throw new Refusal('not-found', { given: text(id) });
    return { post, promise };
  }

  /** The post after something was said about it. */
  told(post: Posted): C.PostView {
    this.changed('board', 'me');
    return this.view(post.id);
  }

  person(name: string): C.Person {
    return person(name, this.myName);
  }

  /** The posts that a board shows. */
  asked({ kind, category, wanting, search, called, when, near }: C.Board): Posted[] {
    return this.posts.filter((one) => {
      const settled = !['open', 'partly-covered'].includes(stateOf(one));
      const words = `${one.post.title} ${one.post.detail ?? ''} ${one.by} ${one.post.place ?? ''}`.toLowerCase();
      return (
        (!kind || one.post.kind === kind) &&
        (!category || one.post.category === category) &&
        (!wanting || (wanting === 'settled') === settled) &&
        (!search || words.includes(search.toLowerCase()) || called?.includes(one.post.category)) &&
        (!when || isOn(one, when)) &&
        (!near || one.post.place === this.profile.area)
      );
    });
  }

  card(one: Posted): C.PostCard {
    return card(one, this.myName);
  }

  view(id: string): C.PostView {
    const one = this.find(id);
    const delivery = this.circle?.draft
      ? phrase('delivery-draft')
      : one.by === this.me
        ? phrase('delivery-sent', on(this.around || 1, this.machines.length || 1))
        : phrase('delivery-theirs', { name: text(one.by) });
    return view(one, this.myName, delivery);
  }

  ownMachine(label: string, says: C.Phrase, own: boolean): C.OwnMachine {
    const when = { when: { when: '2026-11-21T18:40:00' } };
    const dropping = own
      ? [phrase('drop-this-does'), phrase('drop-for-good')]
      : [phrase('drop-does'), phrase('drop-does-not'), phrase('drop-heard', when), phrase('drop-compared', { count: number(2) }), phrase('drop-for-good')];
    return { id: `own-${label}`, label, this: own, taken_away: false, says, dropping };
  }

  near(): C.NearView {
    const count = this.around;
    const says = this.circle?.draft ? 'near-alone' : count === 0 ? 'near-nobody' : 'near-some';
    return {
      says: phrase(says, count > 0 ? { count: number(count) } : undefined),
      address: 'closeknit-at-192.168.178.23-41873-x7f3k2',
      machines: this.machines,
    };
  }

  machine(owner: string, label: string, exchange: C.Exchange, last: string | null, received: number, sent: number): C.MachineView {
    const says =
      exchange === 'away'
        ? last
          ? phrase('near-machine-away', { when: { when: last } })
          : phrase('near-machine-never')
        : phrase(`near-machine-${exchange}`);
    return { id: `machine-${owner}`, owner: this.person(owner), label, exchange, last, says, received, sent };
  }
}
