//! What a member shows of their capacity: in `later`, so that whoever does not know it yet passes it by.

use closeknit_domain::{Category, Level, Shown, shown::Days};

use crate::fields::{Fields, OutOfRange};

/// What stands in the field `kind`.
pub(super) const KIND: &str = "shown";

/// A letter a level, a letter a day from Monday on.
const LETTERS: [(Level, char); 3] = [(Level::None, '-'), (Level::Some, 's'), (Level::Plenty, 'p')];

/// One kind of help a line: `ride -s-s--p`. All of it is one scalar: a week that two own machines edit apart
/// is one of the two.
pub(super) fn write(shown: &Shown, fields: &mut Fields) {
    let letter = |level: &Level| LETTERS.iter().find(|(known, _)| known == level).map(|(_, letter)| *letter);
    let line = |(category, days): (Category, &Days)| {
        format!("{} {}", category.slug(), days.iter().filter_map(letter).collect::<String>())
    };
    fields.set_text("kind", KIND);
    fields.set_text("days", &shown.kinds().map(line).collect::<Vec<_>>().join("\n"));
}

pub(super) fn read(fields: &Fields) -> Result<Shown, OutOfRange> {
    let lines: String = fields.text("days")?;
    // As many as there are kinds of help; what comes twice counts once.
    let kinds: Option<Vec<_>> = lines.lines().take(Category::ALL.len() + 1).map(line).collect();
    match kinds {
        Some(kinds) if kinds.len() <= Category::ALL.len() => Ok(Shown::new(kinds)),
        _ => Err(OutOfRange("days")),
    }
}

fn line(text: &str) -> Option<(Category, Days)> {
    let (category, letters) = text.split_once(' ')?;
    let level = |letter| LETTERS.iter().find(|(_, known)| *known == letter).map(|(level, _)| *level);
    let levels: Vec<Level> = letters.chars().take(8).map(level).collect::<Option<_>>()?;
    Some((category.parse().ok()?, levels.try_into().ok()?))
}
