//! Who might help whom, and what the circle has.

use closeknit_api::Phrase;
use closeknit_api::views::{
    AvoidView, FindView, FoundView, ResourceCell, ResourcesView, RotaView, SuggestView, SuggestedPerson,
    WhoMightView,
};
use closeknit_say::Speaker;

use super::{Print, WIDTH, cut, indented, name, short_time};

/// Reasons in one line.
fn reasons(why: &[Phrase], speaker: &Speaker) -> String {
    why.iter().map(|why| speaker.phrase(why)).collect::<Vec<_>>().join(", ")
}

impl Print for SuggestView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out: String = self.line.iter().map(|says| format!("{}\n", speaker.phrase(says))).collect();
        if self.needs.is_empty() {
            out +=
                &format!("{}\n", speaker.word(if self.resting { "suggest-resting" } else { "suggest-none" }));
        }
        for need in &self.needs {
            let why = reasons(&need.why, speaker);
            out += &format!("\n{}          {}\n", need.card.print(speaker), cut(&why, WIDTH - 10));
        }
        out
    }
}

impl Print for WhoMightView {
    fn print(&self, speaker: &Speaker) -> String {
        if self.people.is_empty() {
            return format!("{}\n", speaker.word("who-might-nobody"));
        }
        let line = |one: &SuggestedPerson| {
            let line = format!("{}: {}", name(&one.person, speaker), reasons(&one.why, speaker));
            format!("{}\n", cut(&line, WIDTH))
        };
        self.people.iter().map(line).collect()
    }
}

impl Print for AvoidView {
    fn print(&self, speaker: &Speaker) -> String {
        if self.people.is_empty() {
            return format!("{}\n", speaker.word("avoid-nobody"));
        }
        self.people.iter().map(|person| format!("{}\n", name(person, speaker))).collect()
    }
}

impl Print for RotaView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = String::new();
        for turn in &self.turns {
            let when = speaker.window(&turn.window.start, &turn.window.end);
            out += &format!("{}  {when}\n", short_time(&turn.id));
            let says = turn.people.iter().map(|one| &one.says).chain(&turn.missing);
            out.extend(says.map(|says| indented(&speaker.phrase(says))));
        }
        out + &format!("\n{}\n", speaker.word("rota-is-a-proposal"))
    }
}

impl Print for ResourcesView {
    fn print(&self, speaker: &Speaker) -> String {
        let days = (1..=7).map(|day| speaker.word(&format!("weekday-{day}")));
        let mut out = format!("{:<24}{}\n", "", days.map(|day| format!("{day:>6}")).collect::<String>());
        for row in &self.kinds {
            let kind = cut(&speaker.word(&format!("category-{}", row.category)), 23);
            // Who has time, and after the stroke what is wanted.
            let cell = |cell: &ResourceCell| match (cell.some.saturating_add(cell.plenty), cell.wanted) {
                (0, 0) => "-".to_owned(),
                (have, 0) => have.to_string(),
                (have, wanted) => format!("{have}/{wanted}"),
            };
            let cells = row.days.iter().map(|day| format!("{:>6}", cell(day)));
            out += &format!("{kind:<24}{}\n", cells.collect::<String>());
        }
        out += &format!("{}\n", speaker.word("resources-how-to-read"));
        out.extend(self.says.iter().map(|says| format!("{}\n", speaker.phrase(says))));
        out
    }
}

impl Print for FindView {
    fn print(&self, speaker: &Speaker) -> String {
        if self.found.is_empty() {
            return format!("{}\n", speaker.word("find-nothing"));
        }
        let line = |found: &FoundView| {
            let id = if found.lends { "find-lends" } else { "find-knows" };
            let said = Phrase::new(id).text("name", name(&found.person, speaker)).text("what", &found.what);
            format!("{}\n", speaker.phrase(&said))
        };
        self.found.iter().map(line).collect()
    }
}
