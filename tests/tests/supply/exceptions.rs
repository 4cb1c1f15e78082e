//! `.cargo/deny.toml`: what it lets through against a rule is let through for a time and for a reason.

use jiff::{ZonedDateTime, civil::Date};

use crate::read;

const FILE: &str = ".cargo/deny.toml";

/// Lists of which every entry lets something through.
const LISTS: [&str; 6] = ["exceptions", "clarify", "ignore", "skip", "skip-tree", "allow-git"];

/// Settings, each with the word that lets nothing through.
const STRICT: [(&str, &str); 7] = [
    ("unmaintained", "all"),
    ("unsound", "all"),
    ("yanked", "deny"),
    ("multiple-versions", "deny"),
    ("wildcards", "deny"),
    ("unknown-registry", "deny"),
    ("unknown-git", "deny"),
];

/// How far ahead the day may be, in days.
const FURTHEST: i32 = 366;

/// A line that lets something through, and what is said right above it.
struct Exception<'file> {
    line: &'file str,
    said: String,
}

impl Exception<'_> {
    /// What is wrong with it on a day.
    fn complaint(&self, today: Date) -> Option<String> {
        let Self { line, said } = self;
        let dated = said.strip_prefix("Until ").and_then(|said| said.split_once(": "));
        let dated = dated.and_then(|(day, reason)| Some((day.parse::<Date>().ok()?, reason)));
        let Some((day, reason)) = dated.filter(|(_, reason)| reason.contains(' ')) else {
            return Some(format!(
                "{line}\n  says neither until when nor why: put `# Until YYYY-MM-DD: reason` right above it"
            ));
        };
        let left = (day - today).get_days();
        if left < 0 {
            return Some(format!(
                "{line}\n  was let through until {day}: {reason}\n  See whether it is still needed. If not, take it \
                 out; if so, give it another day, a year ahead at most, and say in the message of the change why."
            ));
        }
        (left > FURTHEST).then(|| format!("{line}\n  is let through until {day}: a year ahead is the most"))
    }
}

/// Every exception of a file, in order.
fn exceptions(text: &str) -> Vec<Exception<'_>> {
    let (mut found, mut said, mut is_in_list) = (Vec::new(), String::new(), false);
    for line in text.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix('#') {
            said = format!("{said} {}", comment.trim());
            continue;
        }
        if opens_list(line) {
            // The entries of a list in one line cannot say why: the line is their exception.
            is_in_list = line.ends_with('[');
            if !is_in_list && !line.ends_with("[]") {
                found.push(Exception { line, said: said.trim().to_owned() });
            }
        } else if line.starts_with(']') {
            is_in_list = false;
        } else if (is_in_list && !line.is_empty()) || is_loose(line) {
            found.push(Exception { line, said: said.trim().to_owned() });
        }
        said.clear();
    }
    found
}

/// Whether a line opens a list of exceptions, or is the head of one entry, as `[[licenses.exceptions]]`.
fn opens_list(line: &str) -> bool {
    let key = line.trim_start_matches("[[").split(['=', ']']).next();
    key.is_some_and(|key| LISTS.contains(&last_part(key)))
}

/// Whether a line sets something to less than its strictest.
fn is_loose(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, value)| {
        let strictest = STRICT.iter().find(|(setting, _)| *setting == last_part(key));
        strictest.is_some_and(|(_, strictest)| value.trim() != format!("\"{strictest}\""))
    })
}

/// `skip` of `bans.skip`.
fn last_part(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key).trim()
}

fn complaints(text: &str, today: Date) -> Vec<String> {
    exceptions(text).iter().filter_map(|exception| exception.complaint(today)).collect()
}

#[test]
fn every_exception_says_why_and_its_day_is_not_past() {
    let text = read(FILE);
    assert!(!exceptions(&text).is_empty(), "no exception was found, so this test reads {FILE} no longer");
    let complaints = complaints(&text, ZonedDateTime::now().date());
    assert!(complaints.is_empty(), "in {FILE}:\n{}", complaints.join("\n"));
}

#[test]
fn whatever_is_forbidden_says_why() {
    let text = read(FILE);
    let (_, after) = text.split_once("\ndeny = [\n").unwrap();
    let (list, _) = after.split_once("\n]").unwrap();
    for entry in list.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        assert!(entry.contains("reason = \""), "in {FILE}: {entry} gives no reason");
    }
}

#[test]
fn each_kind_of_wrong_exception_is_found() {
    let today: Date = "2027-01-10".parse().unwrap();
    let wrong = |text: &str| complaints(text, today);
    let list = |said: &str| wrong(&format!("exceptions = [\n    {said}\n    {{ crate = \"flour\" }},\n]\n"));
    assert_eq!(list("# Until 2027-06-01: the bakers wait for it"), [""; 0]);
    assert_eq!(list("# Until 2027-01-10: the bakers wait for it"), [""; 0]);
    assert!(
        list("# Until 2027-01-09: the bakers wait for it")[0].contains("was let through until 2027-01-09")
    );
    assert!(list("# Until 2029-01-09: the bakers wait for it")[0].contains("a year ahead is the most"));
    for nothing in ["", "# The bakers wait for it.", "# Until 2027-06-01:", "# Until June: the bakers wait"] {
        assert!(list(nothing)[0].contains("neither until when nor why"), "{nothing}");
    }
    // One reason is not for two.
    let two =
        "ignore = [\n    # Until 2027-06-01: the bakers wait\n    \"RUSTSEC-1\",\n    \"RUSTSEC-2\",\n]\n";
    assert_eq!(wrong(two).len(), 1);
    assert_eq!(wrong("ignore = [\"RUSTSEC-1\"]\n").len(), 1);
    assert_eq!(wrong("bans.skip = [\n    \"flour\",\n]\n").len(), 1);
    assert_eq!(wrong("ignore = []\n[bans]\nwildcards = \"deny\"\n"), [""; 0]);
    assert_eq!(wrong("[[licenses.exceptions]]\ncrate = \"flour\"\n").len(), 1);
    assert_eq!(wrong("# Until 2027-06-01: the bakers wait\nunmaintained = \"none\"\n"), [""; 0]);
    assert_eq!(wrong("unmaintained = \"none\"\n").len(), 1);
}
