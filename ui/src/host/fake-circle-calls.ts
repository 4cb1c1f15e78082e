// What the invented member answers about circles: which there are, how one comes into one, who is in it and near.

import type * as C from './contract';
import * as carrying from './fake-carrying';
import { MEMBERS, POSTS, type FakeMember } from './fake-circle';
import { number, phrase, posted, text } from './fake-story';
import type { FakeCalls, World } from './fake-world';
import { Refusal } from './host';

const ZONE = 'Europe/London';

export const circleCalls = (world: World) =>
  ({
    status: () => status(world),
    start: ({ name, circle }) => {
      world.me = name;
      world.circle = { id: 'new', name: circle, draft: true };
      world.members = [{ name }];
      world.changed('status', 'circle');
      return status(world);
    },
    invite: ({ uses }) => ({
      text: 'closeknit1qqxsxkc5t4c9uq0r3q9m2pfh0dz8v6n7w4l2k5jqsyt3xz0rmg8aeu6hwq92tpv4c7dlnf5k3jy8sxqz0m6r2a4tge9u7hw5pvc3dlnf8k2jy6sxqz4m0r7a5tge3u9hwqpv8',
      expires: '2026-12-01T10:00:00',
      uses: uses ?? 1,
    }),
    join: ({ invitation, name }) => {
      if (!invitation.startsWith('closeknit1') || invitation.length < 60) throw new Refusal('bad-invitation', { reason: text('mistake') });
      // The line from another machine of one’s own comes without a name.
      world.pairs = name === '';
      world.me = name || 'Rosa';
      joinAt(world, 'looking');
      world.later(() => joinAt(world, 'asking'), () => joinAt(world, 'compare'));
      return joining(world);
    },
    'let-back': () => ({
      text: 'closeknit1qzxsxkc5t4c9uq0r3q9m2pfh0dz8v6n7w4l2k5jqsyt3xz0rmg8aeu6hwq92tpv4c7dlnf5k3jy8sxqz0m6r2a4tge9u7hw5pvc3dlnf8k2jy6sxqz4m0r7a5tge3u9hwqpv8c2dlnf4k7jy',
      expires: '2026-11-26T10:00:00',
      uses: 0,
    }),
    'come-back': ({ invitation, words }) => {
      if (!invitation.startsWith('closeknit1qzx')) throw new Refusal('bad-invitation', { reason: text('new') });
      if (words.split(/\s+/).length !== 24) throw new Refusal('bad-words', { reason: text('count'), found: text(String(words.split(/\s+/).length)) });
      world.me = 'Rosa';
      joinAt(world, 'looking');
      world.later(() => joinAt(world, 'asking'), () => joinAt(world, 'compare'));
      return joining(world);
    },
    joining: () => joining(world),
    confirm: ({ id, yes }) => {
      if (world.own?.id === id) confirmOwn(world, yes);
      else confirmDoor(world, id, yes);
      return joining(world);
    },
    'stop-joining': () => {
      world.own = null;
      world.changed('joining');
      return joining(world);
    },
    resources: ({ area }) => (world.posts.length === 0 ? { areas: [], area: null, kinds: [], says: [] } : carrying.resources(area)),
    find: ({ text }) => carrying.found(world.members, world.myName, text),
    circle: () => circle(world),
    vouch: ({ member }) => {
      const name = nameOf(member);
      world.vouched.set(name, [...(world.vouched.get(name) ?? []), world.myName]);
      world.changed('circle');
      return circle(world);
    },
    remove: ({ member }) => {
      const name = nameOf(member);
      if (world.accused.has(name)) world.members = world.members.filter((one) => one.name !== name);
      else world.accused.set(name, world.myName);
      world.changed('circle', 'board');
      return circle(world);
    },
    leave: () => {
      [world.circle, ...world.others] = world.others;
      world.changed('status', 'circle', 'board');
      return status(world);
    },
    switch: ({ circle }) => {
      const to = world.others.find(({ id }) => id === circle);
      if (to && world.circle) {
        world.others = [...world.others.filter((other) => other !== to), world.circle];
        world.circle = to;
        [world.posts, world.elsewhere] = [world.elsewhere, world.posts];
        world.changed('status', 'board', 'me', 'circle');
      }
      return status(world);
    },
    machines: () => ownMachines(world),
    pair: () => ({ text: LINE, expires: '2026-11-24T11:00:00', uses: 1 }),
    'drop-machine': ({ machine, words }) => {
      const lost = world.ownMachines.find(({ id }) => id === machine);
      if (!lost) throw new Refusal('not-found', { given: text(machine) });
      if (!lost.this && world.wordsKept && !words) throw new Refusal('bad-words', { reason: text('to-drop') });
      world.ownMachines = world.ownMachines.map((one) => (one === lost ? { ...one, taken_away: true, says: phrase('machine-taken-away'), dropping: [] } : one));
      world.changed('near', 'circle');
      return ownMachines(world);
    },
    near: () => world.near(),
    know: ({ address }) => {
      if (!/\d/.test(address)) throw new Refusal('bad-input', { field: text('address'), reason: text('other') });
      return world.near();
    },
  }) satisfies Partial<FakeCalls>;

const LINE =
  'closeknit1qqgsxyc5t4c9uq0r3q9m2pfh0dz8v6n7w4l2k5jqsyt3xz0rmg8aeu6hwq92tpv4c7dlnf5k3jy8sxqz0m6r2a4tge9u7hw5pvc3dlnf8k2jy6sxqz4m0r7a5tge3u9hwqpv8c5d2lnf6k4jy9';

function ownMachines(world: World): C.MachinesView {
  const draft = world.circle?.draft ?? true;
  const machines = draft ? world.ownMachines.slice(0, 1).map((one) => ({ ...one, dropping: [] })) : world.ownMachines;
  return {
    says: phrase('machines-count', { count: number(machines.filter((one) => !one.taken_away).length) }),
    machines,
    notes: draft ? [phrase('machines-draft')] : [],
    can_pair: !draft,
    needs_words: world.wordsKept,
  };
}

function status(world: World): C.StatusView {
  return {
    version: '0.1.0',
    circles: world.circle && !world.locked ? [world.circle, ...world.others].sort((one, other) => (one.name < other.name ? -1 : 1)).map((circle) => ({ ...circle, members: world.members.length })) : [],
    current: world.circle?.id ?? null,
    name: world.me ?? null,
    notices: world.notices,
    words_kept: world.wordsKept,
    locked: world.locked,
    locks: world.passphrase !== undefined,
  };
}

const nameOf = (id: string) => id.replace(/^member-/, '');

function circle(world: World): C.CircleView {
  const draft = world.circle?.draft ?? true;
  const gone = draft ? 0 : MEMBERS.filter(({ name }) => !world.members.some((one) => one.name === name)).length;
  const leaving = draft ? ['leaving-draft', 'leaving-backup'] : ['leaving-does', 'leaving-for-good', 'leaving-backup'];
  return {
    id: world.circle?.id ?? '',
    name: world.circle?.name ?? '',
    draft,
    zone: ZONE,
    can_invite: true,
    belongs: true,
    notes: gone > 0 ? [phrase('circle-former', { count: number(gone) })] : [],
    leaving: leaving.map((id) => phrase(id)),
    leaving_needs_words: world.wordsKept && !draft,
    members: world.members.map((one, index) => member(world, one, index)),
  };
}

function member(world: World, { name, kind = 'person', machines, skills, lends }: FakeMember, index: number): C.MemberView {
  const draft = world.circle?.draft ?? true;
  const [me, by, founder] = [name === world.myName, world.vouched.get(name) ?? [], index < 2];
  const organisation = kind === 'organisation';
  const says = organisation ? 'say-organisation' : founder || by.length > 1 ? 'say-has' : 'say-none';
  const values = { name: text(name), names: { names: by }, left: number(2 - by.length) };
  const accuser = world.accused.get(name);
  const removal = me || accuser === world.myName || draft ? [] : [accuser ? 'removal-second' : 'removal-first', 'removal-does', 'removal-does-not'];
  const open = !me && !draft && !founder && by.length < 2 && !by.includes(world.myName);
  return {
    person: world.person(name),
    kind,
    came: draft ? phrase('came-alone') : founder ? phrase('came-founder') : phrase('came-admitted', { name: text(world.members[0]?.name ?? '') }),
    say: draft ? null : phrase(`${says}${by.length > 0 ? '-vouched' : ''}${me ? '-you' : ''}`, values),
    case: accuser ? phrase(me ? 'case-about-you' : accuser === world.myName ? 'case-yours' : 'case-open', { by: text(accuser), ...values }) : null,
    vouching: open ? phrase(by.length === 0 ? 'vouching-first' : organisation ? 'vouching-last-organisation' : 'vouching-last') : null,
    removal: removal.map((id) => phrase(id, values)),
    machines: machines ?? 1,
    skills: skills ?? [],
    lends: lends ?? [],
  };
}

function joining(world: World): C.JoiningView {
  return { own: world.own, doors: world.doors };
}

function joinAt(world: World, stage: C.JoinStage, says = `${world.pairs ? 'pairing' : 'joining'}-${stage}`): void {
  const code = stage === 'compare' ? '493 271' : null;
  const values = { circle: text('Millrace'), code: text(code ?? '') };
  world.own = { id: 'own', circle: 'Millrace', own: world.pairs, stage, code, says: phrase(says, values) };
  world.changed('joining');
}

function confirmOwn(world: World, yes: boolean): void {
  if (!yes) return joinAt(world, 'refused', 'joining-refused-not-same');
  joinAt(world, 'waiting');
  world.later(() => {
    world.circle = { id: 'millrace', name: 'Millrace', draft: false };
    world.members = world.pairs ? [...MEMBERS] : [...MEMBERS, { name: world.myName }];
    world.posts = POSTS.map((post) => posted(post));
    joinAt(world, 'joined');
    world.changed('status', 'circle', 'board');
  });
}

function confirmDoor(world: World, id: string, yes: boolean): void {
  const to = (stage: C.JoinStage, says: string) => {
    world.doors = world.doors.map((door) =>
      door.id === id ? { ...door, stage, code: null, says: phrase(says, { name: text(door.name) }) } : door,
    );
    world.changed('joining');
  };
  if (!yes) return to('refused', 'door-refused-person');
  const one = world.doors.find((door) => door.id === id);
  if (one?.own) {
    to('waiting', 'door-machine-waiting');
    return world.later(() => {
      world.ownMachines = [...world.ownMachines, world.ownMachine(one.name, phrase('machine-never-met'), false)];
      to('joined', 'door-machine-joined');
      world.changed('near', 'circle');
    });
  }
  to('waiting', 'door-waiting');
  world.later(() => {
    const name = one?.name ?? '';
    if (world.circle) world.circle = { ...world.circle, draft: false };
    world.members = [...world.members, { name }];
    to('joined', 'door-joined');
    world.changed('status', 'circle', 'near');
  });
}
