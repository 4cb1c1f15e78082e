// What the invented member answers about the reader: what wants them, what they carry, how they are known.

import type * as C from './contract';
import * as carrying from './fake-carrying';
import { phrase, type Posted } from './fake-story';
import { today } from './fake-today';
import type { FakeCalls, World } from './fake-world';

export const meCalls = (world: World) =>
  ({
    today: () => ({ ...today(world.posts, world.myName), near: world.near().says, clock: null, practise: world.practises }),
    notices: () => ({ says: [] }),
    quiet: (quiet) => (world.quiet = { ...world.quiet, ...quiet }),
    me: () => meView(world),
    capacity: (capacity) => {
      world.capacity = { ...world.capacity, ...capacity };
      world.changed('me');
      return meView(world);
    },
    profile: (profile) => {
      world.profile = { ...world.profile, ...profile };
      world.changed('me', 'circle');
      return meView(world);
    },
    'tell-seen': ({ on }) => {
      world.tellsSeen = on;
      return meView(world);
    },
    ways: ({ ways }) => {
      for (const { place, minutes } of ways) world.ways.set(place, minutes);
      return meView(world);
    },
    weigh: ({ id, minutes }) => {
      if (minutes === undefined) world.weights.delete(id);
      else world.weights.set(id, minutes);
      return meView(world);
    },
    'show-capacity': ({ kinds }) => {
      world.shows = kinds.filter(({ days }) => days.some((level) => level !== 'none'));
      return meView(world);
    },
    avoid: ({ person: id, no_more }) => {
      const name = id?.replace('member-', '');
      if (name) world.avoided[no_more ? 'delete' : 'add'](name);
      return { people: [...world.avoided].map((name) => world.person(name)) };
    },
  }) satisfies Partial<FakeCalls>;

function meView(world: World): C.MeView {
  const mine = (one: Posted) => one.promises.some((promise) => promise.by === world.me && !promise.withdrawn);
  return {
    name: world.profile.name ?? world.myName,
    kind: 'person',
    languages: world.profile.languages ?? [],
    area: world.profile.area || null,
    skills: world.profile.skills ?? [],
    lends: world.profile.lends ?? [],
    hours: world.capacity.hours ?? null,
    free_hours: world.capacity.hours === undefined ? null : world.capacity.hours - 1,
    free: world.capacity.free || null,
    can: world.capacity.can ?? [],
    will_not: world.capacity.will_not ?? [],
    radius_minutes: world.capacity.radius_minutes ?? null,
    ways: [...world.ways].map(([place, minutes]) => ({ place, minutes })),
    resting_until: world.capacity.resting_until || null,
    promises: world.posts.filter(mine).map((one) => world.card(one)),
    posts: world.posts.filter((one) => one.by === world.me && !one.ended).map((one) => world.card(one)),
    tells_seen: world.tellsSeen,
    carries: carrying.carried(world.posts, world.myName, world.weights),
    over: world.scene === 'full' ? carrying.over(world.posts, world.myName) : [],
    shows: world.shows,
    could_show: world.posts.length === 0 ? [] : carrying.COULD_SHOW,
    balance: world.posts.length === 0 ? phrase('carrying-balance-none') : carrying.BALANCE,
  };
}
