//! What a backup of this machine holds, in the order that a bag has: everything that was signed, and for people the own
//! posts and notes.

use closeknit_archive::{CircleInfo, Filling, Table};
use closeknit_domain::Record;
use closeknit_ids::DocId;
use closeknit_store::View;
use closeknit_trust::tip::Tip;
use jiff::Timestamp;

use super::{
    circle::Circle,
    document::{Held, load},
    failure::Outcome,
};

pub(super) fn circle_info(circle: &Circle) -> CircleInfo {
    CircleInfo { circle: circle.id, name: circle.name.clone(), member: circle.me }
}

/// Puts everything of every circle into the bag, in the order that a bag has.
pub(super) fn fill(
    bag: &mut Filling<'_, '_>,
    view: View<'_>,
    circles: &[&Circle],
    now: Timestamp,
) -> Outcome<()> {
    for circle in circles {
        for row in view.statements(circle.id)? {
            bag.statement(&row.bytes)?;
        }
    }
    let mut tips = Vec::new();
    for circle in circles {
        tips.extend(in_backup(circle).flat_map(|(_, held)| held.tips.iter().cloned()));
    }
    tips.sort_by_key(Tip::id);
    for tip in &tips {
        bag.tip(tip.bytes())?;
    }
    for circle in circles {
        fill_documents(bag, view, circle)?;
    }
    for circle in circles {
        let name = circle.id.short();
        for (what, table) in [("notes", own_notes(circle)), ("posts", own_posts(circle, now))] {
            bag.readable(&format!("{name}-{what}.csv"), table.csv().as_bytes())?;
            bag.readable(&format!("{name}-{what}.html"), table.html().as_bytes())?;
            bag.readable(&format!("{name}-{what}.json"), table.json().as_bytes())?;
        }
    }
    Ok(())
}

/// Documents of those who belong: of who went nothing is kept for later.
fn in_backup(circle: &Circle) -> impl Iterator<Item = (&DocId, &Held)> {
    circle.held.iter().filter(|(_, held)| circle.is_draft() || circle.roster.is_active(held.owner))
}

fn fill_documents(bag: &mut Filling<'_, '_>, view: View<'_>, circle: &Circle) -> Outcome<()> {
    let mut held: Vec<_> = in_backup(circle).filter(|(doc, held)| circle.is_led_to(**doc, held)).collect();
    held.sort_by_key(|(_, held)| held.owner);
    for (doc, held) in held {
        let document = load(view, circle.id, *doc, held)?;
        bag.document(circle.id, held.owner, held.generation, &document.snapshot())?;
        let mut changes = view.changes(circle.id, *doc, held.generation)?;
        changes.sort_by_key(|change| (change.actor, change.seq));
        for change in changes {
            bag.change(change.actor, change.seq, &change.bytes)?;
        }
    }
    Ok(())
}

/// The member's own posts, for people.
fn own_posts(circle: &Circle, now: Timestamp) -> Table {
    let states = circle.board(now);
    let rows = circle.own_records().into_iter().flatten().filter_map(|(id, record)| {
        let Record::Post(post) = record else { return None };
        let state = states.post(closeknit_domain::PostRef { author: circle.me, id: *id });
        let text = |text: Option<String>| text.unwrap_or_default();
        Some(vec![
            post.category.to_string(),
            post.title.to_string(),
            text(post.detail.as_ref().map(ToString::to_string)),
            text(post.when.first().map(|w| format!("{} – {} ({})", w.start(), w.end(), w.zone().name()))),
            text(post.place.as_ref().map(ToString::to_string)),
            text(state.map(|state| state.status.slug().to_owned())),
        ])
    });
    let columns = ["category", "title", "detail", "when", "where", "state"].map(str::to_owned).to_vec();
    Table { title: circle.name.clone(), columns, rows: rows.collect() }
}

/// The member's own notes, for people.
fn own_notes(circle: &Circle) -> Table {
    let rows = circle.own_records().into_iter().flatten().filter_map(|(_, record)| {
        let Record::Note(note) = record else { return None };
        let text = note.text.as_deref().unwrap_or_default();
        let last = circle.zone.civil(note.last());
        Some(vec![note.title.to_string(), text.to_owned(), last.to_string()])
    });
    let columns = ["title", "text", "changed"].map(str::to_owned).to_vec();
    Table { title: circle.name.clone(), columns, rows: rows.collect() }
}
