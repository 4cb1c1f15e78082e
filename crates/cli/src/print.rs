//! Replies as text that fits 80 columns.

use closeknit_api::Phrase;
use closeknit_api::views::{
    AvoidView, BackupReport, BackupView, BoardView, CalendarReport, CheckView, CircleView, DoctorView,
    FindView, FoundView, HistoryView, InvitationView, Level, MeView, NearView, NoticesView, Person, PostCard,
    PostView, PromiseView, QuietView, ResourceCell, ResourcesView, RotaView, Statistics, StatusView,
    SuggestView, SuggestedPerson, TimeView, TodayItem, TodayView, WeekView, WhoMightView, WindowView,
    WordsView,
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

impl Print for InvitationView {
    fn print(&self, _: &Speaker) -> String {
        format!("{}\n", self.text)
    }
}

/// What a post is: its title, and whose, when and where.
fn what(card: &PostCard, window: Option<&WindowView>, speaker: &Speaker) -> String {
    let when = window.map(|w| speaker.window(&w.start, &w.end)).unwrap_or_default();
    let urgent = if card.urgent { "! " } else { "" };
    let head = format!("{}  {urgent}{}", short(&card.id), card.title);
    let line = [name(&card.author, speaker), when, card.place.clone().unwrap_or_default()];
    let line: Vec<_> = line.into_iter().filter(|part| !part.is_empty()).collect();
    let mut out = format!("{}\n          {}\n", cut(&head, WIDTH), cut(&line.join(" · "), WIDTH - 10));
    if let Some(audience) = &card.audience {
        out += &format!("          {}\n", speaker.phrase(audience));
    }
    out
}

impl Print for PostCard {
    fn print(&self, speaker: &Speaker) -> String {
        what(self, self.window.as_ref(), speaker) + &format!("          {}\n", speaker.phrase(&self.says))
    }
}

impl Print for TodayItem {
    fn print(&self, speaker: &Speaker) -> String {
        let says = speaker.phrase(&self.says);
        let promise = self.promise.as_deref().map_or("        ", short);
        what(&self.card, self.window.as_ref(), speaker) + &format!("{promise}  {says}\n")
    }
}

impl Print for TodayView {
    fn print(&self, speaker: &Speaker) -> String {
        let parts = [
            ("today-asked", &self.asked),
            ("today-promises", &self.promises),
            ("today-happened", &self.happened),
            ("today-review", &self.review),
        ];
        let said = parts.into_iter().filter(|(_, items)| !items.is_empty()).map(|(id, items)| {
            let items = items.iter().map(|item| item.print(speaker));
            [format!("{}\n", speaker.word(id))].into_iter().chain(items).collect::<Vec<_>>().join("\n")
        });
        let mut said: Vec<_> = said.collect();
        if said.is_empty() {
            said.push(format!("{}\n", speaker.word("today-nothing")));
        }
        said.extend(
            [Some(&self.near), self.clock.as_ref()]
                .into_iter()
                .flatten()
                .map(|says| format!("{}\n", speaker.phrase(says))),
        );
        said.join("\n")
    }
}

impl Print for BoardView {
    fn print(&self, speaker: &Speaker) -> String {
        if self.posts.is_empty() {
            return format!("{}\n", speaker.word("board-empty"));
        }
        self.posts.iter().map(|post| post.print(speaker)).collect::<Vec<_>>().join("\n")
    }
}

impl Print for WeekView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = String::new();
        for day in &self.days {
            out += &format!("{}\n", speaker.day(&day.day));
            for time in &day.times {
                let hour = |hour: &Option<String>| hour.clone().unwrap_or_else(|| "…".to_owned());
                let when = format!("{}–{}", hour(&time.from), hour(&time.to));
                let line = format!("  {when:<12}{}  {}", short(&time.id), time.title);
                out += &format!("{}\n", cut(&line, WIDTH));
                out += &format!("                {}\n", speaker.phrase(&time.says));
            }
        }
        out
    }
}

impl Print for PromiseView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = format!(
            "  {}  {}: {}\n",
            short(&self.id),
            name(&self.helper, speaker),
            speaker.phrase(&self.says)
        );
        if let Some(what) = what_for(self, speaker) {
            out += &indented(&what);
        }
        if let Some(say) = &self.say {
            out += &indented(say);
        }
        for said in &self.outcomes {
            if let Some(reason) = &said.reason {
                out += &indented(&format!("{}: {reason}", name(&said.by, speaker)));
            }
        }
        if let Some(doorstep) = &self.doorstep {
            out += &format!("    {}\n{}", speaker.word("doorstep"), indented(doorstep));
        }
        out
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

/// Enough of a time's name to tell it from the others of its post.
fn short_time(id: &str) -> &str {
    id.strip_suffix(":00").unwrap_or(id)
}

impl Print for TimeView {
    fn print(&self, speaker: &Speaker) -> String {
        let when = speaker.window(&self.window.start, &self.window.end);
        format!("  {}  {when}\n    {}\n", short_time(&self.id), speaker.phrase(&self.says))
    }
}

/// For which times a promise is, and as what.
fn what_for(promise: &PromiseView, speaker: &Speaker) -> Option<String> {
    let times = || promise.times.iter().map(|time| short_time(&time.id).to_owned());
    let times = if promise.every { vec![speaker.word("every-time")] } else { times().collect() };
    let parts: Vec<_> = times.into_iter().chain(promise.role.clone()).collect();
    Some(parts.join(" · ")).filter(|text| !text.is_empty())
}

impl Print for HistoryView {
    fn print(&self, speaker: &Speaker) -> String {
        let undo = if self.undo.is_some() { format!("  ({})", short(&self.id)) } else { String::new() };
        format!(
            "    {}  {}: {}{undo}\n",
            speaker.when(&self.at),
            name(&self.by, speaker),
            speaker.phrase(&self.says)
        )
    }
}

impl Print for PostView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = self.card.print(speaker);
        if let Some(detail) = &self.detail {
            out += &format!("\n{}", indented(detail));
        }
        if !self.roles.is_empty() {
            out += "\n";
        }
        out.extend(self.roles.iter().map(|role| format!("    {} {}\n", role.amount, role.name)));
        if let Some(days) = self.lend_days {
            out += &indented(&speaker.phrase(&Phrase::new("lent-for").number("days", days)));
        }
        if !self.times.is_empty() {
            out += "\n";
        }
        out.extend(self.times.iter().map(|time| time.print(speaker)));
        if !self.promises.is_empty() {
            out += "\n";
        }
        out.extend(self.promises.iter().map(|promise| promise.print(speaker)));
        for same in &self.same {
            let text = same.detail.as_deref().unwrap_or_default();
            out += &format!(
                "\n  {}  {}: {}\n{}",
                short(&same.id),
                name(&same.author, speaker),
                same.title,
                indented(text)
            );
        }
        for thanks in &self.thanks {
            out += &format!("\n    {}: {}\n", name(&thanks.by, speaker), thanks.text);
        }
        out += "\n";
        out.extend(self.history.iter().map(|event| event.print(speaker)));
        out += "\n";
        for sentence in self.notes.iter().chain([&self.next, &self.delivery]) {
            out += &format!("{}\n", speaker.phrase(sentence));
        }
        out
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

impl Print for CircleView {
    fn print(&self, speaker: &Speaker) -> String {
        let mut out = format!("{}\n", self.name);
        for member in &self.members {
            out += &format!("  {}  {}\n", name(&member.person, speaker), speaker.phrase(&member.came));
        }
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
    use super::*;

    #[test]
    fn long_lines_are_cut_by_characters() {
        assert_eq!(cut("wörter", 6), "wörter");
        assert_eq!(cut("wörter", 4), "wör…");
        assert_eq!(short("abc"), "abc");
    }
}
