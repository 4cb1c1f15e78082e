// What the invented member answers about keeping: words, backups, files, and how the machine does.

import type * as C from './contract';
import { MEMBERS, POSTS, WORDS } from './fake-circle';
import { number, phrase, posted, text } from './fake-story';
import type { FakeCalls, World } from './fake-world';
import { Refusal } from './host';

const STATISTICS = { statements: 0, documents: 0, changes: 0, records: 0, changed: 0, digest: '', board: '' };

export const keepingCalls = (world: World) =>
  ({
    words: () => wordsView(world),
    'check-words': ({ words }) => {
      const wrong = words.findIndex((word, index) => word !== WORDS[([3, 11, 20][index] ?? 0) - 1]);
      if (wrong >= 0) throw new Refusal('bad-words', { reason: text('checksum') });
      world.wordsKept = true;
      world.changed('status');
      return wordsView(world);
    },
    'write-backup': ({ path, passphrase }) => {
      if (!path.startsWith('/')) throw new Refusal('file-problem', { path: text(path), reason: text('there is no such folder') });
      return {
        path,
        bytes: 184_320,
        says: phrase('backup-written', { path: text(path), documents: number(world.members.length), bytes: number(184_320) }),
        notes: [phrase(passphrase ? 'backup-needs-passphrase' : 'backup-needs-words')],
      };
    },
    practise: ({ words, later }) => {
      if (words && words.some((word, index) => word !== WORDS[([5, 9, 17][index] ?? 0) - 1])) throw new Refusal('bad-words', { reason: text('practised') });
      if (words || later) world.practises = false;
      return { ask: world.practises ? [5, 9, 17] : [], says: words ? phrase('words-practised') : null };
    },
    progress: () => ({ says: phrase('underway-writing', { megabytes: number(12) }) }),
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
      world.me ??= 'Rosa';
      world.circle ??= { id: 'millrace', name: 'Millrace', draft: false };
      if (world.members.length === 0) world.members = [...MEMBERS];
      if (world.posts.length === 0) world.posts = POSTS.map((post) => posted(post));
      world.changed('status', 'board', 'circle', 'me');
      return {
        path,
        bytes: 184_320,
        says: phrase('backup-restored', { added: number(611), people: number(14), refused: number(0) }),
        notes: [phrase('backup-restored-device')],
      };
    },
    forgetting: ({ by_itself }) => {
      world.forgets = by_itself ?? world.forgets;
      const count = overOf(world).length;
      return { over: count, says: phrase('forget-over', { count: number(count) }), notes: FORGETTING, by_itself: world.forgets, stopped: false, needs_words: world.wordsKept };
    },
    forget: ({ ids, at_once }) => {
      const notes = world.notes.filter((note) => ids?.includes(note.id));
      world.notes = world.notes.filter((note) => !notes.includes(note));
      const gone = overOf(world).filter((one) => !ids || ids.includes(one.id));
      world.posts = world.posts.filter((one) => !gone.includes(one));
      world.changed('board', 'status');
      const count = gone.length + notes.length;
      return { count, says: count > 0 ? phrase('forget-done', { count: number(count) }) : phrase('forget-nothing'), notes: at_once ? FORGETTING_AT_ONCE : FORGETTING };
    },
    'begin-anew': () => ({ count: 0, says: phrase('anew-done'), notes: [] }),
    'write-parcel': ({ path, to }) => {
      if (!path.startsWith('/')) throw new Refusal('file-problem', { path: text(path), reason: text('there is no such folder') });
      return {
        path,
        bytes: 48_210,
        says: phrase('parcel-written', { path: text(path), people: number(14), bytes: number(48_210) }),
        notes: [to ? phrase('parcel-for-one', { name: text('Sam') }) : phrase('parcel-for-circle'), phrase('parcel-not-there-yet')],
      };
    },
    'read-parcel': ({ path }) => {
      if (!path.startsWith('/')) throw new Refusal('file-problem', { path: text(path), reason: text('there is no such file') });
      return {
        path,
        bytes: 48_210,
        says: phrase('backup-restored', { added: number(37), people: number(3), refused: number(2) }),
        notes: [],
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
    'at-rest': () => atRest(world),
    'set-passphrase': ({ passphrase, before }) => {
      if (before !== world.passphrase) throw new Refusal('wrong-passphrase');
      if (passphrase !== undefined && passphrase.length < 8) throw new Refusal('bad-input', { field: text('passphrase'), reason: text('too-short'), least: number(8) });
      world.passphrase = passphrase;
      world.changed('status');
      return atRest(world);
    },
    'lock-after': ({ minutes }) => {
      world.lockAfter = minutes;
      return atRest(world);
    },
    lock: () => {
      world.locked = true;
      world.changed('status');
      return { done: true };
    },
    unlock: ({ passphrase }) => {
      if (passphrase !== world.passphrase) throw new Refusal('wrong-passphrase');
      world.locked = false;
      world.changed('status', 'board', 'me', 'circle', 'near', 'joining');
      return { done: true };
    },
    'still-here': () => ({ done: true }),
    'what-goes': () => goes(world),
    erase: ({ name }) => {
      if (name.trim() !== goes(world).name) throw new Refusal('bad-input', { field: text('name'), reason: text('not-the-name') });
      return goes(world);
    },
    doctor: () => ({
      checks: [
        { name: 'profile', well: true, says: phrase('doctor-profile', { path: text('/home/rosa/.local/share/closeknit') }) },
        { name: 'database', well: true, says: phrase('doctor-database-well', { bytes: number(2_310_144) }) },
        { name: 'at-rest', well: world.passphrase !== undefined, says: phrase(world.passphrase === undefined ? 'at-rest-file' : 'at-rest-passphrase') },
        { name: 'clock', well: true, says: phrase('doctor-clock-well') },
        { name: 'network', well: true, says: phrase('doctor-network-well', { address: text('192.168.178.23:41873') }) },
        { name: 'version', well: true, says: phrase('doctor-version', { version: text('0.1.0') }) },
        { name: 'words', well: world.wordsKept, says: phrase(world.wordsKept ? 'doctor-words-kept' : 'doctor-words-not-kept') },
      ],
    }),
    rebuild: () => STATISTICS,
    statistics: () => STATISTICS,
    wake: () => ({ done: true }),
    stop: () => ({ done: true }),
  }) satisfies Partial<FakeCalls>;

const wordsView = (world: World) => ({ words: world.wordsKept ? null : WORDS, ask: world.wordsKept ? [] : [3, 11, 20], kept: world.wordsKept });

const FORGETTING_AT_ONCE = [phrase('forget-others-at-once'), phrase('forget-cannot')];
const FORGETTING = [phrase('forget-others'), phrase('forget-cannot')];

/** What of the reader's own is over. */
const overOf = (world: World) => world.posts.filter((one) => one.by === world.me && one.ended !== undefined);

const goes = (world: World) => ({
  path: '/home/rosa/.local/share/closeknit',
  files: ['closeknit.db', 'device.key', 'lock', 'log', 'recovery.key', 'socket'],
  name: world.circle?.name ?? 'closeknit',
  says: ['erasing-does', world.circle?.draft ? 'erasing-alone' : 'erasing-still-member', 'leaving-backup'].map((id) => phrase(id)),
});

function atRest(world: World): C.AtRestView {
  const says = world.passphrase === undefined ? ['at-rest-file'] : ['at-rest-passphrase', 'at-rest-lost'];
  if (!world.wordsKept) says.push('at-rest-words');
  return { says: says.map((id) => phrase(id)), passphrase: world.passphrase !== undefined, minutes: world.lockAfter };
}
