//! Replies as text that fits 80 columns.

mod matching;
mod notes;
mod post;

use closeknit_api::Phrase;
use closeknit_api::views::{
    AtRestView, BackupReport, BackupView, CalendarReport, CheckView, CircleView, DoctorView, ErasureView,
    ForgettingView, ForgottenView, InvitationView, Level, MachinesView, MeView, NearView, NoticesView,
    Person, QuietView, Statistics, StatusView, WordsView,
};

use closeknit_say::Speaker;

const WIDTH: usize = 80;
/// Enough of an id to be told from any other in a circle of ordinary size.
const SHORT_ID: usize = 8;

/// A reply that can be read on a terminal.
pub(crate) trait Print {
    fn print(&self, speaker: &Speaker) -> String;
}

pub(crate) fn short(id: &str) -> &str {
    id.get(..SHORT_ID).unwrap_or(id)
}

/// Enough of a time's name to tell it from the others of its post.
fn short_time(id: &str) -> &str {
    id.strip_suffix(":00").unwrap_or(id)
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

fn name(person: &Person, speaker: &Speaker) -> String {
    match &person.name {
        _ if person.me => speaker.word("you"),
        Some(name) => name.clone(),
        None => speaker.word("former-member"),
    }
}

impl Print for StatusView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = String::new();
        if self.locked {
            out += &format!("{}\n", speaker.word("error-locked"));
        }
        for circle in &self.circles {
            let mark = if self.current.as_ref() == Some(&circle.id) { "*" } else { " " };
            let draft = if circle.draft { format!(" ({})", speaker.word("draft")) } else { String::new() };
            out += &format!("{mark} {}{draft}  {}\n", circle.name, short(&circle.id));
        }
        for notice in &self.notices {
            out += &format!("{}\n", speaker.phrase(notice));
        }
        out
    }
}

impl Print for AtRestView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out: String = self.says.iter().map(|says| format!("{}\n", speaker.phrase(says))).collect();
        if self.passphrase {
            out +=
                &format!("{}\n", speaker.phrase(&Phrase::new("lock-after").number("minutes", self.minutes)));
        }
        out
    }
}

impl Print for InvitationView {
    fn print(&self, _: &Speaker) -> String {
        format!("{}\n", self.text)
    }
}

impl Print for NoticesView {
    fn print(&self, speaker: &Speaker) -> String {
        if self.says.is_empty() {
            return format!("{}\n", speaker.word("told-nothing"));
        }
        self.says.iter().map(|says| format!("{}\n", speaker.phrase(says))).collect()
    }
}

impl Print for QuietView {
    fn print(&self, speaker: &Speaker) -> String {
        let hours = Phrase::new("quiet-hours").text("from", &self.from).text("to", &self.to);
        format!("{}\n", if self.on { speaker.phrase(&hours) } else { speaker.word("quiet-off") })
    }
}

impl Print for MeView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = format!("{}\n", self.name);
        let mut line = |id: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                out += &format!("{}: {value}\n", speaker.word(id));
            }
        };
        let listed = |texts: &[String]| Some(texts.join(" · "));
        line("me-languages", listed(&self.languages));
        line("me-area", self.area.clone());
        line("me-skills", listed(&self.skills));
        line("me-lends", listed(&self.lends));
        line("me-hours", self.hours.map(|h| h.to_string()));
        line("me-free-hours", self.free_hours.map(|h| h.to_string()));
        line("me-free", self.free.clone());
        let kinds = |slugs: &[String]| {
            let named = slugs.iter().map(|slug| speaker.word(&format!("category-{slug}")));
            Some(named.collect::<Vec<_>>().join(" · "))
        };
        line("me-can", kinds(&self.can));
        line("me-will-not", kinds(&self.will_not));
        line("me-radius", self.radius_minutes.map(|m| m.to_string()));
        line("me-resting", self.resting_until.as_ref().map(|day| speaker.day(day)));
        let level = |level: &Level| match level {
            Level::None => '-',
            Level::Some => 's',
            Level::Plenty => 'p',
        };
        for shown in &self.shows {
            let kind = speaker.word(&format!("category-{}", shown.category));
            let week: String = shown.days.iter().map(level).collect();
            line("me-shows", Some(format!("{kind} {week}")));
        }
        out += &format!("{}\n", speaker.phrase(&self.balance));
        for over in &self.over {
            out += &format!("{}\n", speaker.phrase(&over.says));
            out.extend(
                over.release
                    .iter()
                    .map(|one| format!("  {}  {}\n", short(&one.promise), speaker.phrase(&one.says))),
            );
        }
        for post in self.promises.iter().chain(&self.posts) {
            out += &format!("\n{}", post.print(speaker));
        }
        out
    }
}

impl Print for CircleView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = format!("{}\n", self.name);
        for member in &self.members {
            let about = [Some(&member.came), member.say.as_ref()].into_iter().flatten();
            let about: Vec<_> = about.map(|says| speaker.phrase(says)).collect();
            out += &format!("  {}  {}\n", name(&member.person, speaker), about.join(" · "));
            if let Some(case) = &member.case {
                out += &format!("      {}\n", speaker.phrase(case));
            }
        }
        self.notes.iter().for_each(|note| out += &format!("{}\n", speaker.phrase(note)));
        out
    }
}

impl Print for MachinesView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = format!("{}\n", speaker.phrase(&self.says));
        for machine in &self.machines {
            out +=
                &format!("  {}  {}: {}\n", short(&machine.id), machine.label, speaker.phrase(&machine.says));
        }
        self.notes.iter().for_each(|note| out += &format!("{}\n", speaker.phrase(note)));
        out
    }
}

impl Print for NearView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = format!("{}\n", speaker.phrase(&self.says));
        for machine in &self.machines {
            let owner = name(&machine.owner, speaker);
            out += &format!("  {owner} ({}): {}\n", machine.label, speaker.phrase(&machine.says));
        }
        if let Some(address) = &self.address {
            out += &format!("{}\n  {address}\n", speaker.word("near-own-address"));
        }
        out
    }
}

impl Print for BackupReport {
    fn print(&self, speaker: &Speaker) -> String {
        let sentences = [&self.says].into_iter().chain(&self.notes);
        sentences.map(|sentence| format!("{}\n", speaker.phrase(sentence))).collect()
    }
}

impl Print for ForgottenView {
    fn print(&self, speaker: &Speaker) -> String {
        let sentences = [&self.says].into_iter().chain(&self.notes);
        sentences.map(|sentence| format!("{}\n", speaker.phrase(sentence))).collect()
    }
}

impl Print for ForgettingView {
    fn print(&self, speaker: &Speaker) -> String {
        let by_itself = if self.by_itself { "forget-by-itself" } else { "forget-not-by-itself" };
        let stopped = self.stopped.then(|| Phrase::new("notice-own-stopped"));
        let sentences = [&self.says].into_iter().chain(&self.notes).chain(&stopped);
        let sentences: String = sentences.map(|sentence| format!("{}\n", speaker.phrase(sentence))).collect();
        format!("{sentences}{}\n", speaker.word(by_itself))
    }
}

impl Print for ErasureView {
    fn print(&self, _: &Speaker) -> String {
        let files: String = self.files.iter().map(|file| format!("  {file}\n")).collect();
        format!("{}\n{files}", self.path)
    }
}

impl Print for CalendarReport {
    fn print(&self, speaker: &Speaker) -> String {
        let sentences = [&self.says].into_iter().chain(&self.notes);
        sentences.map(|sentence| format!("{}\n", speaker.phrase(sentence))).collect()
    }
}

impl Print for BackupView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = format!("{}\n{}\n", self.written, speaker.phrase(&self.signer));
        out += &format!("{}\n", self.circles.join(", "));
        out += &format!("{} · {} · {}\n", self.statements, self.documents, self.changes);
        out
    }
}

impl Print for WordsView {
    fn print(&self, speaker: &Speaker) -> String {
        let Some(words) = &self.words else { return format!("{}\n", speaker.word("words-forgotten")) };
        let mut out = String::new();
        for (row, four) in words.chunks(4).enumerate() {
            for (column, word) in four.iter().enumerate() {
                out += &format!("{:>3} {word:<10}", row * 4 + column + 1);
            }
            out += "\n";
        }
        out
    }
}

impl Print for DoctorView {
    fn print(&self, speaker: &Speaker) -> String {
        let mark = |well| if well { "ok" } else { "!!" };
        let named = self.checks.iter().map(|check| (speaker.word(&format!("check-{}", check.name)), check));
        let named: Vec<_> = named.collect();
        let width = named.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        let line = |(name, check): &(String, &CheckView)| {
            format!("{} {name:<width$} {}\n", mark(check.well), speaker.phrase(&check.says))
        };
        named.iter().map(line).collect()
    }
}

impl Print for Statistics {
    fn print(&self, _: &Speaker) -> String {
        format!(
            "statements {}\ndocuments {}\nchanges {}\nrecords {}\nchanged {}\ndigest {}\nboard {}\n",
            self.statements,
            self.documents,
            self.changes,
            self.records,
            self.changed,
            self.digest,
            self.board
        )
    }
}

#[cfg(test)]
mod tests {
    use closeknit_api::Value;
    use closeknit_api::views::{BoardView, ResourcesView};
    use closeknit_say::Language;

    use super::*;

    #[test]
    fn what_is_open_for_others_alone_is_counted_below_the_board() {
        let speaker = Speaker::new(Language::English);
        let board = |locked| BoardView { total: 0, posts: Vec::new(), area: None, locked, skipped: 0 };
        assert_eq!(board(0).print(&speaker), "Nothing is posted yet.\n");
        assert_eq!(
            board(2).print(&speaker),
            "Nothing is posted yet.\n\n2 more posts are only for other people. \
             Your machine keeps them and cannot read them.\n"
        );
    }

    #[test]
    fn the_days_of_a_kind_of_help_stand_in_one_line() {
        let speaker = Speaker::new(Language::English);
        let days = ["weekday-monday", "weekday-thursday", "weekday-sunday"].map(str::to_owned);
        let nobody = Phrase::new("carrying-nobody")
            .with("category", Value::Message("category-ride".into()))
            .with("days", Value::Messages(days.to_vec()));
        let view = ResourcesView { areas: Vec::new(), area: None, kinds: Vec::new(), says: vec![nobody] };
        assert!(view.print(&speaker).ends_with("\nLift: nobody on Monday, Thursday and Sunday.\n"));
    }

    #[test]
    fn long_lines_are_cut_by_characters() {
        assert_eq!(cut("wörter", 6), "wörter");
        assert_eq!(cut("wörter", 4), "wör…");
        assert_eq!(short("abc"), "abc");
    }
}
