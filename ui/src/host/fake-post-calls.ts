// What the invented member answers about posts, promises and who could help.

import * as carrying from './fake-carrying';
import { historyOf } from './fake-history';
import { dayAfter, privateIn, stateOf, text } from './fake-story';
import { weekOf } from './fake-week';
import type { FakeCalls, World } from './fake-world';
import { Refusal } from './host';

export const postCalls = (world: World) =>
  ({
    post: (post) => {
      const id = `own-${++world.count}`;
      world.posts = [{ id, by: world.myName, post, promises: [] }, ...world.posts];
      world.changed('board', 'me');
      return world.view(id);
    },
    'look-over': ({ text, post }) => {
      const standing = post?.standing || (post?.repeat && !/COUNT|UNTIL/.test(post.repeat));
      return {
        tells: privateIn(text),
        holders: world.members.reduce((sum, { machines }) => sum + (machines ?? 1), 0),
        mode: post?.category ? (post.category === 'group' ? 'turn-up' : 'choose') : null,
        ends: post?.category && !standing ? (post.until ?? post.to?.slice(0, 10) ?? '2026-12-08') : null,
        review: post?.category && standing ? '2027-02-22' : null,
      };
    },
    board: (asked) => {
      const { offset = 0, limit = 200 } = asked;
      const found = world.asked(asked);
      const posts = found.slice(offset, offset + limit).map((one) => world.card(one));
      return { total: found.length, posts, area: world.profile.area || null, locked: world.scene === 'others' ? 2 : 0, skipped: 0 };
    },
    week: ({ day, among }) => weekOf(day, world.asked(among ?? {}), world.myName, world.profile.area || null),
    show: ({ id }) => {
      const post = world.posts.find((one) => one.id === id);
      if (post) post.thanksRead = true;
      return world.view(id);
    },
    promise: ({ id, amount, say, slots }) => {
      const post = world.find(id);
      if (post.post.times && !slots) throw new Refusal('which-time');
      const part = slots ? { slots } : {};
      post.promises.push({ id: `${id}-${world.myName}-${++world.count}`, by: world.myName, amount: amount ?? 1, say: say ?? null, ...part });
      world.changed('board', 'me');
      return world.view(id);
    },
    'send-doorstep': ({ id }) => {
      const { post, promise } = world.promise(id);
      delete promise.newMachine;
      return world.told(post);
    },
    answer: ({ id, verdict, doorstep }) => {
      const { post, promise } = world.promise(id);
      Object.assign(promise, { verdict, ...(doorstep ? { doorstep } : {}) });
      world.changed('board');
      return world.view(post.id);
    },
    withdraw: ({ id, slots }) => {
      const { post, promise } = world.promise(id);
      if (slots && promise.slots) promise.slots = promise.slots.filter((slot) => !slots.includes(slot));
      else promise.withdrawn = true;
      return world.told(post);
    },
    close: ({ id, how }) => {
      world.find(id).ended = how;
      world.changed('board', 'me');
      return world.view(id);
    },
    undo: ({ id }) => {
      const post = world.posts.find((one) => (one.id === id && one.ended) || historyOf(one, world.myName).some((event) => event.id === id && event.undo));
      if (!post) throw new Refusal('nothing-to-undo', { given: text(id) });
      if (id.startsWith('close-') || id === post.id) delete post.ended;
      if (id.startsWith('thanks-')) delete post.thanks;
      for (const promise of post.promises) if (id === `back-${promise.id}`) delete promise.withdrawn;
      return world.told(post);
    },
    edit: ({ id, when, ...changed }) => {
      const post = world.find(id);
      Object.assign(post.post, changed, { id: undefined });
      if (when === '') for (const end of ['from', 'to'] as const) delete post.post[end];
      if (when === '' || changed.from || (changed.repeat ?? changed.place) !== undefined) for (const promise of post.promises) promise.changed = true;
      return world.told(post);
    },
    renew: ({ id, until }) => {
      const post = world.find(id);
      post.post.until = until ?? dayAfter(14);
      if (post.ended === 'expired') delete post.ended;
      delete post.renewal;
      return world.told(post);
    },
    'yes-again': ({ id }) => {
      const { post, promise } = world.promise(id);
      delete promise.changed;
      return world.told(post);
    },
    outcome: ({ id, how, reason, slot }) => {
      const { post, promise } = world.promise(id);
      const said = { by: world.person(world.myName), slot: slot ?? null, how, reason: reason ?? null };
      const others = (promise.outcomes ?? []).filter(({ by, slot }) => by.name !== world.me || slot !== said.slot);
      promise.outcomes = [...others, said];
      return world.told(post);
    },
    thank: ({ id, text, to }) => {
      const post = world.find(id);
      const alone = to ? { to: to.replace('member-', '') } : {};
      post.thanks = [...(post.thanks ?? []).filter((old) => old.by !== world.me || old.to !== alone.to), { by: world.myName, text, ...alone }];
      return world.told(post);
    },
    'before-promise': ({ id }) => carrying.before(id),
    suggest: () => carrying.suggested(world.posts, world.myName, Boolean(world.capacity.resting_until)),
    'who-might': ({ id }) => stateOf(world.find(id)) === 'asking' ? { people: [] } : carrying.might(world.find(id), world.myName, world.avoided),
    rota: (asked) => carrying.rota(world.find(asked.id), world.myName, world.members, asked),
  }) satisfies Partial<FakeCalls>;
