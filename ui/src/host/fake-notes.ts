// What the invented member answers about notes.

import type * as C from './contract';
import { NOW, phrase, text } from './fake-story';
import type { FakeCalls, World } from './fake-world';
import { Refusal } from './host';

export interface FakeNote {
  id: string;
  by: string;
  title: string;
  text: string;
  written: string;
  changed?: string;
}

export const NOTES: FakeNote[] = [
  {
    id: 'm01',
    by: 'Rosa',
    title: 'Meeting on the 12th of November',
    text: 'Nine of us came, at the library.\n\nThe van stays with Sam over the winter; he asks for two days’ notice.\nKofi keeps the key of the hall. Who needs it asks him the day before.\n\nNext time: the 10th of December, at seven, with soup.',
    written: '2026-11-12T21:05:00',
    changed: '2026-11-14T08:30:00',
  },
  {
    id: 'm02',
    by: 'Kofi',
    title: 'Where the ladders are',
    text: 'The long one hangs behind the bakery, the short one stands in the hall.\nPlease say on the board when you take one.',
    written: '2026-10-02T17:20:00',
  },
];

export const noteCalls = (world: World) =>
  ({
    notes: ({ search }) => list(world, search ?? ''),
    note: ({ id }) => view(world, found(world, id)),
    'write-note': ({ title, text: says }) => {
      const note = { id: `m-${(world.count += 1)}`, by: world.myName, title, text: says, written: NOW };
      world.notes = [note, ...world.notes];
      world.changed('board');
      return view(world, note);
    },
    'change-note': ({ id, title, text: says }) => {
      const note = found(world, id);
      Object.assign(note, { title: title ?? note.title, text: says ?? note.text, changed: NOW });
      world.changed('board');
      return view(world, note);
    },
    'remove-note': ({ id }) => {
      world.notes = world.notes.filter((note) => note.id !== id);
      world.changed('board');
      return list(world, '');
    },
  }) satisfies Partial<FakeCalls>;

function found(world: World, id: string): FakeNote {
  const note = world.notes.find((note) => note.id === id);
  if (!note) throw new Refusal('not-found', { given: text(id) });
  return note;
}

const last = ({ written, changed }: FakeNote) => changed ?? written;
const card = (world: World, note: FakeNote): C.NoteCard => ({ id: note.id, title: note.title, by: world.person(note.by), last: last(note) });

function list(world: World, search: string): C.NotesView {
  const typed = search.trim().toLowerCase();
  const notes = world.notes.filter(({ title, text }) => `${title} ${text}`.toLowerCase().includes(typed));
  return { notes: notes.sort((one, other) => (last(one) < last(other) ? 1 : -1)).map((note) => card(world, note)), says: notes.length > 0 ? null : phrase(typed === '' ? 'notes-none' : 'notes-not-found') };
}

function view(world: World, note: FakeNote): C.NoteView {
  const mine = note.by === world.myName;
  const draft = world.circle?.draft ?? true;
  return { card: card(world, note), text: note.text, written: note.written, changed: note.changed !== undefined, can_change: mine, can_forget: mine && !draft };
}
