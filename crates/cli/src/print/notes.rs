//! Notes.

use closeknit_api::views::{NoteCard, NoteView, NotesView};
use closeknit_say::Speaker;

use super::{Print, WIDTH, cut, name, short};

fn head(card: &NoteCard, speaker: &Speaker) -> String {
    let title = cut(&format!("{}  {}", short(&card.id), card.title), WIDTH);
    format!("{title}\n          {} · {}\n", name(&card.by, speaker), speaker.when(&card.last))
}

impl Print for NotesView {
    fn print(&self, speaker: &Speaker) -> String {
        let says = self.says.iter().map(|says| format!("{}\n", speaker.phrase(says)));
        self.notes.iter().map(|card| head(card, speaker)).chain(says).collect()
    }
}

impl Print for NoteView {
    fn print(&self, speaker: &Speaker) -> String {
        let text = if self.text.is_empty() { String::new() } else { format!("\n{}\n", self.text) };
        head(&self.card, speaker) + &text
    }
}
