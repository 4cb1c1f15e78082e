//! The board, posts and what wants one now.

use closeknit_api::Phrase;
use closeknit_api::views::{
    BoardView, HistoryView, PostCard, PostView, PromiseView, TimeView, TodayItem, TodayView, WeekView,
    WindowView,
};
use closeknit_say::Speaker;

use super::{Print, WIDTH, cut, indented, name, short, short_time};

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
        if !self.thanks.is_empty() {
            let thanks = self.thanks.iter().map(|one| {
                let by = name(&one.thanks.by, speaker);
                format!("{}  {}\n          {by}: {}\n", short(&one.post), one.title, one.thanks.text)
            });
            let thanks: Vec<_> =
                [format!("{}\n", speaker.word("today-thanks"))].into_iter().chain(thanks).collect();
            said.push(thanks.join("\n"));
        }
        said.extend(self.doorsteps.iter().map(|one| {
            format!("{}  {}\n          {}\n", short(&one.post), one.title, speaker.phrase(&one.says))
        }));
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
        let mut parts: Vec<_> = self.posts.iter().map(|post| post.print(speaker)).collect();
        if parts.is_empty() {
            parts.push(format!("{}\n", speaker.word("board-empty")));
        }
        if self.locked > 0 {
            let locked = Phrase::new("board-locked").number("count", self.locked);
            parts.push(format!("{}\n", speaker.phrase(&locked)));
        }
        parts.join("\n")
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
