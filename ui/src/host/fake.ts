// A member that lives in this page alone: for tests, pictures, and work on the looks. It knows just
// enough of the rules to tell a story; the real ones are in crates/domain.
//
// `?scene=fresh|draft|empty|others|millrace|asking|endings|full|two|crowd|alone|stopped`, `?me=Sam`, `?lang=pseudo|pseudo-rtl`.

import { invented } from '../words/pseudo';
import type { Words } from '../words/words';
import type * as C from './contract';
import type { FakePost } from './fake-circle';
import { circleCalls } from './fake-circle-calls';
import { keepingCalls } from './fake-keeping-calls';
import { meCalls } from './fake-me-calls';
import { noteCalls } from './fake-notes';
import { postCalls } from './fake-post-calls';
import { NOW, phrase, posted, text } from './fake-story';
import { World, type FakeCalls } from './fake-world';
import { Refusal, type Args, type CallName, type Host, type Reply } from './host';

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
  readonly #world: World;
  readonly #calls: FakeCalls;
  readonly #refuse = new Map<string, Refusal>();
  readonly #reaches: ((answers: boolean) => void)[] = [];
  /** Every call with its arguments, for tests. */
  readonly heard: { name: string; args: unknown }[] = [];

  constructor(scene: string, me: string) {
    const world = new World(scene, me);
    this.#world = world;
    this.#calls = { ...circleCalls(world), ...meCalls(world), ...postCalls(world), ...noteCalls(world), ...keepingCalls(world) };
    if (scene === 'stopped') this.refuse('status', 'profile-in-use');
  }

  // For tests.

  /** The next such call is refused. */
  refuse(call: CallName, code: C.ErrorCode, values: Record<string, C.Value> = {}): void {
    this.#refuse.set(call, new Refusal(code, values));
  }

  /** Somebody holds an invitation and knocks. */
  knock(name: string, own = false): void {
    const door: C.DoorView = {
      id: `door-${name}`,
      name,
      kind: 'person',
      own,
      stage: 'compare',
      code: '493 271',
      says: phrase(own ? 'door-machine-compare' : 'door-compare', { name: text(name), code: text('493 271') }),
    };
    this.#world.doors = [...this.#world.doors.filter(({ id }) => id !== door.id), door];
    this.#world.changed('joining');
  }

  /** A neighbour writes something, and it arrives. */
  arrive(post: FakePost): void {
    this.#world.posts = [posted(post), ...this.#world.posts];
    this.#world.changed('board');
  }

  /** A neighbour promises, and it arrives. */
  promised(id: string, by: string, say: string): void {
    this.#world.posts.find((post) => post.id === id)?.promises.push({ id: `${id}-${by}`, by, amount: 1, say });
    this.#world.changed('board');
  }

  /** The author of a post answers the reader, and it arrives. */
  answered(id: string, verdict: C.Verdict, doorstep?: string): void {
    const promise = this.#world.posts.find((post) => post.id === id)?.promises.find((promise) => promise.by === this.#world.me);
    if (promise) Object.assign(promise, { verdict, ...(doorstep ? { doorstep } : {}) });
    this.#world.changed('board');
  }

  /** Whoever promised has one more machine from now on. */
  newMachine(id: string): void {
    for (const promise of this.#world.find(id).promises) promise.newMachine = promise.verdict === 'accept';
    this.#world.changed('board');
  }

  notice(notice: C.Phrase): void {
    this.#world.notices = [...this.#world.notices, notice];
    this.#world.changed('status');
  }

  reach(answers: boolean): void {
    for (const reach of this.#reaches) reach(answers);
  }

  // The host.

  async onChange(listener: (tags: C.Tag[]) => void): Promise<void> {
    this.#world.listeners.push(listener);
  }

  onReach(listener: (answers: boolean) => void): void {
    this.#reaches.push(listener);
  }

  async call<K extends CallName>(name: K, args: Args<K>): Promise<Reply<K>> {
    await new Promise((resolve) => setTimeout(resolve));
    this.heard.push({ name, args });
    const refusal = this.#refuse.get(name);
    if (refusal) {
      if (this.#world.scene !== 'stopped') this.#refuse.delete(name);
      throw refusal;
    }
    return structuredClone(this.#calls[name](args));
  }
}
