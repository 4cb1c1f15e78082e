//! Notes: read by everybody in the circle, written and changed by their writer's own machines. Two of them may
//! change one apart; its text is the one that merges.

use closeknit_api::{
    ErrorCode, Phrase, calls,
    views::{self, NoteCard, NoteView, NotesView},
};
use closeknit_domain::{
    Note, PostRef, Record,
    text::{NoteText, Title},
};
use closeknit_ids::CircleId;
use closeknit_replica::Act;

use super::{
    Engine, Moment,
    acts::new_record,
    board::post_id,
    circle::Circle,
    failure::{Failure, Outcome},
    posts::only,
    sentence::{Reader, civil},
    typed::{self, given, whole_seconds},
};

impl Engine {
    pub(super) fn notes(&mut self, at: Moment, id: CircleId, call: &calls::Notes) -> Outcome<NotesView> {
        self.index_for(call.search.as_deref());
        let circle = self.circle(id)?;
        let found = match given(call.search.as_deref()) {
            Some(typed) => self.store.view().found(id, typed)?,
            None => None,
        };
        let fits =
            |whose: PostRef| found.as_ref().is_none_or(|found| found.contains(&(whose.author, whose.id)));
        let reader = circle.reader(at.now);
        let mut notes: Vec<_> = notes(&reader).filter(|(whose, _)| fits(*whose)).collect();
        notes.sort_by_key(|(whose, note)| (std::cmp::Reverse(note.last()), *whose));
        let none = if found.is_some() { "notes-not-found" } else { "notes-none" };
        let says = notes.is_empty().then(|| Phrase::new(none));
        let notes = notes.into_iter().map(|(whose, note)| card(&reader, whose, note));
        Ok(NotesView { notes: notes.collect(), says })
    }

    pub(super) fn note(&mut self, at: Moment, id: CircleId, call: &calls::Note) -> Outcome<NoteView> {
        let circle = self.circle(id)?;
        let reader = circle.reader(at.now);
        let (whose, note) = named(&reader, &call.id)?;
        Ok(NoteView {
            card: card(&reader, whose, note),
            text: note.text.as_deref().unwrap_or_default().to_owned(),
            written: civil(reader.known.zone, note.written),
            changed: note.changed.is_some(),
            can_change: whose.author == circle.me && circle.belongs(),
            can_forget: whose.author == circle.me && circle.belongs() && !circle.is_draft(),
        })
    }

    pub(super) fn write_note(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::WriteNote,
    ) -> Outcome<NoteView> {
        let note = Note {
            title: typed::text("title", &call.title, Title::new)?,
            text: typed::text("text", &call.text, NoteText::typed)?,
            written: whole_seconds(at.now),
            changed: None,
        };
        let whose = PostRef { author: self.circle(id)?.me, id: new_record(&mut self.rng) };
        self.write(at, id, &[Act::add(whose.id, Record::Note(note))])?;
        self.note(at, id, &calls::Note { id: post_id(whose) })
    }

    pub(super) fn change_note(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::ChangeNote,
    ) -> Outcome<NoteView> {
        let circle = self.circle(id)?;
        let (whose, note) = circle.own_note(at, &call.id)?;
        let from = match &call.was {
            Some(was) => as_it_was(note, was)?,
            None => note.clone(),
        };
        let title = call.title.as_deref().map(|title| typed::text("title", title, Title::new)).transpose()?;
        let text = call.text.as_deref().map(|text| typed::text("text", text, NoteText::typed)).transpose()?;
        let to = Note {
            title: title.unwrap_or_else(|| from.title.clone()),
            text: text.unwrap_or_else(|| from.text.clone()),
            ..from.clone()
        };
        if from != to {
            let to = Note { changed: Some(whole_seconds(at.now)), ..to };
            self.write(at, id, &[Act::edit(whose.id, Record::Note(from), Record::Note(to))])?;
        }
        self.note(at, id, &calls::Note { id: post_id(whose) })
    }

    pub(super) fn remove_note(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::RemoveNote,
    ) -> Outcome<NotesView> {
        let (whose, note) = self.circle(id)?.own_note(at, &call.id)?;
        let act = Act::remove(whose.id, Record::Note(note.clone()));
        self.write(at, id, &[act])?;
        self.notes(at, id, &calls::Notes::default())
    }
}

impl Circle {
    fn own_note(&self, at: Moment, given: &str) -> Outcome<(PostRef, &Note)> {
        let (whose, note) = named(&self.reader(at.now), given)?;
        if whose.author == self.me { Ok((whose, note)) } else { Err(Failure::new(ErrorCode::NotYours)) }
    }
}

/// A note as its writer had it before them.
fn as_it_was(note: &Note, was: &views::TypedNote) -> Outcome<Note> {
    Ok(Note {
        title: typed::text("was", &was.title, Title::new)?,
        text: typed::text("was", &was.text, NoteText::held)?,
        ..note.clone()
    })
}

fn notes<'a>(reader: &Reader<'a>) -> impl Iterator<Item = (PostRef, &'a Note)> + use<'a> {
    reader.known.records().filter_map(|(author, id, record)| match record {
        Record::Note(note) => Some((PostRef { author, id }, note)),
        _ => None,
    })
}

/// The note whose id begins like this.
fn named<'a>(reader: &Reader<'a>, given: &str) -> Outcome<(PostRef, &'a Note)> {
    let given = given.trim().to_lowercase();
    only(&given, notes(reader).filter(|(whose, _)| post_id(*whose).starts_with(&given)))
}

fn card(reader: &Reader<'_>, whose: PostRef, note: &Note) -> NoteCard {
    NoteCard {
        id: post_id(whose),
        title: note.title.to_string(),
        by: reader.person(whose.author),
        last: civil(reader.known.zone, note.last()),
    }
}
