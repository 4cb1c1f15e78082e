//! How a member wants to be known.

use closeknit_domain::{Phrases, Profile, text::Phrase};

use super::words;
use crate::fields::{Fields, OutOfRange};

pub(super) fn write(profile: &Profile, fields: &mut Fields) {
    fields.set_text("name", &profile.name);
    words::set(fields, "kind", profile.kind);
    fields.set_text_if("area", profile.area.as_deref());
    write_list(fields, "languages", &profile.languages);
    write_list(fields, "skills", &profile.skills);
    write_list(fields, "lends", &profile.lends);
}

pub(super) fn read(fields: &Fields) -> Result<Profile, OutOfRange> {
    Ok(Profile {
        name: fields.text("name")?,
        kind: words::get(fields, "kind")?,
        languages: read_list(fields, "languages")?,
        area: fields.text_if("area")?,
        skills: read_list(fields, "skills")?,
        lends: read_list(fields, "lends")?,
    })
}

/// One a line. A phrase has no line break.
fn write_list(fields: &mut Fields, name: &str, list: &Phrases) {
    if !list.is_empty() {
        let lines: Vec<&str> = list.iter().map(|phrase| &**phrase).collect();
        fields.set_text(name, &lines.join("\n"));
    }
}

fn read_list(fields: &Fields, name: &'static str) -> Result<Phrases, OutOfRange> {
    let Some(lines) = fields.text_if::<String>(name)? else { return Ok(Phrases::default()) };
    let list: Vec<Phrase> =
        lines.lines().map(Phrase::new).collect::<Result<_, _>>().map_err(|_| OutOfRange(name))?;
    Phrases::new(list).map_err(|_| OutOfRange(name))
}
