// What the invented member answers about circles: which there are, how one comes into one, who is in it and near.

import type * as C from './contract';
import * as carrying from './fake-carrying';
import { MEMBERS, POSTS } from './fake-circle';
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
      if (!invitation.startsWith('closeknit1') || invitation.length < 60) throw new Refusal('bad-invitation');
      world.me = name;
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
    circle: () => ({
      id: world.circle?.id ?? '',
      name: world.circle?.name ?? '',
      draft: world.circle?.draft ?? true,
      zone: ZONE,
      can_invite: true,
      members: world.members.map((member, index) => ({
        person: world.person(member.name),
        kind: member.kind ?? 'person',
        came: world.circle?.draft
          ? phrase('came-alone')
          : index < 2
            ? phrase('came-founder')
            : index % 3 === 0
              ? phrase('came-vouched', { count: number(3) })
              : phrase('came-admitted', { name: text(world.members[0]?.name ?? '') }),
        machines: member.machines ?? 1,
        skills: member.skills ?? [],
        lends: member.lends ?? [],
      })),
    }),
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
    near: () => world.near(),
    know: ({ address }) => {
      if (!/\d/.test(address)) throw new Refusal('bad-input', { field: text('address'), reason: text('other') });
      return world.near();
    },
  }) satisfies Partial<FakeCalls>;

function status(world: World): C.StatusView {
  return {
    version: '0.1.0',
    circles: world.circle ? [world.circle, ...world.others].sort((one, other) => (one.name < other.name ? -1 : 1)).map((circle) => ({ ...circle, members: world.members.length })) : [],
    current: world.circle?.id ?? null,
    name: world.me ?? null,
    notices: world.notices,
    words_kept: world.wordsKept,
  };
}

function joining(world: World): C.JoiningView {
  return { own: world.own, doors: world.doors };
}

function joinAt(world: World, stage: C.JoinStage, says = `joining-${stage}`): void {
  const code = stage === 'compare' ? '493 271' : null;
  const values = { circle: text('Millrace'), code: text(code ?? '') };
  world.own = { id: 'own', circle: 'Millrace', stage, code, says: phrase(says, values) };
  world.changed('joining');
}

function confirmOwn(world: World, yes: boolean): void {
  if (!yes) return joinAt(world, 'refused', 'joining-refused-not-same');
  joinAt(world, 'waiting');
  world.later(() => {
    world.circle = { id: 'millrace', name: 'Millrace', draft: false };
    world.members = [...MEMBERS, { name: world.myName }];
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
  to('waiting', 'door-waiting');
  world.later(() => {
    const name = world.doors.find((door) => door.id === id)?.name ?? '';
    if (world.circle) world.circle = { ...world.circle, draft: false };
    world.members = [...world.members, { name }];
    to('joined', 'door-joined');
    world.changed('status', 'circle', 'near');
  });
}
