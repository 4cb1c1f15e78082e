//! Notes.

use closeknit_domain::{Note, text::NoteText};

use crate::fields::{Fields, OutOfRange};

pub(super) fn write(note: &Note, fields: &mut Fields) {
    fields.set_text("title", &note.title);
    fields.set_long("text", note.text.as_deref().unwrap_or_default());
    fields.set_moment("written", note.written);
    if let Some(changed) = note.changed {
        fields.set_moment("changed", changed);
    }
}

pub(super) fn read(fields: &Fields) -> Result<Note, OutOfRange> {
    Ok(Note {
        title: fields.text("title")?,
        text: NoteText::held(fields.long("text")?).map_err(|_| OutOfRange("text"))?,
        written: fields.moment("written")?,
        changed: fields.moment_if("changed")?,
    })
}
