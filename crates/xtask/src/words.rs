//! Words that no neighbour should have to read (design: plain words), looked for in the language files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::run::Result;

/// Where the languages are: a directory or a file each, named after the language.
const LOCALES: &str = "ui/src/locales";

/// Not in any language, since these travel from English into others. A star stands for any beginning or
/// ending.
const ANYWHERE: &[&str] =
    &["peer", "peers", "node", "nodes", "sync*", "crdt*", "key", "keys", "conflict*", "hash*"];

/// Not in one language besides. Arabic writes "and", "the" and "with" into the word.
const ALSO: &[(&str, &[&str])] = &[
    (
        "es",
        &[
            "nodo",
            "nodos",
            "sincron*",
            "clave",
            "claves",
            "conflicto*",
            "réplica*",
            "replica*",
            "dispositivo*",
            "servidor*",
            "máquina*",
        ],
    ),
    ("ar", &["*مزامن*", "*تزامن*", "*مفتاح*", "*مفاتيح*", "*تعارض*", "*عقدة*", "*نظير*", "*خادم*"]),
];

/// A banned word where it stands.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    line: usize,
    word: String,
}

/// Checks every message of every language.
pub(crate) fn check() -> Result {
    let mut complaints = Vec::new();
    let files = fluent_files(Path::new(LOCALES))?;
    if files.is_empty() {
        return Err(format!("There are no language files in {LOCALES}."));
    }
    for file in &files {
        let text = fs::read_to_string(file).map_err(|why| format!("{}: {why}", file.display()))?;
        for Found { line, word } in banned(&text, &language(file)) {
            complaints.push(format!("{}:{line}: \"{word}\" is no word for neighbours", file.display()));
        }
    }
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n")) }
}

fn fluent_files(directory: &Path) -> Result<Vec<PathBuf>> {
    let cannot = |why| format!("{}: {why}", directory.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.is_dir() {
            files.extend(fluent_files(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "ftl") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// `es` for `ui/src/locales/es/board.ftl` as for `ui/src/locales/es-MX.ftl`.
fn language(file: &Path) -> String {
    let inside = file.strip_prefix(LOCALES).unwrap_or(file);
    let first = inside.iter().next().unwrap_or_default().to_string_lossy();
    first.chars().take_while(char::is_ascii_alphabetic).collect()
}

fn banned(fluent: &str, language: &str) -> Vec<Found> {
    let also = ALSO.iter().filter(|(of, _)| *of == language).flat_map(|(_, words)| words.iter());
    let patterns: Vec<&str> = ANYWHERE.iter().chain(also).copied().collect();
    let is_banned = |word: &str| {
        patterns.iter().any(|pattern| match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (Some(rest), _) => word.contains(rest.trim_end_matches('*')),
            (None, Some(start)) => word.starts_with(start),
            (None, None) => word == *pattern,
        })
    };
    let mut found = Vec::new();
    for (number, line) in (1..).zip(fluent.lines()) {
        let text = shown_part(line).to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric());
        found.extend(
            words.filter(|word| is_banned(word)).map(|word| Found { line: number, word: word.into() }),
        );
    }
    found
}

/// What of a line of Fluent people will read: no comment, no name of a message, attribute or variant, nothing
/// in braces.
fn shown_part(line: &str) -> String {
    if line.starts_with('#') {
        return String::new();
    }
    let text = if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
        || line.trim_start().starts_with('.')
    {
        line.split_once('=').map_or("", |(_, value)| value)
    } else {
        without_variant(line)
    };
    let mut depth = 0_usize;
    let mut shown = String::new();
    for c in text.chars() {
        match c {
            '{' => depth = depth.saturating_add(1),
            '}' => {
                depth = depth.saturating_sub(1);
                shown.push(' ');
            }
            _ if depth == 0 => shown.push(c),
            _ => {}
        }
    }
    shown
}

/// `one neighbour` for `  *[one] one neighbour`.
fn without_variant(line: &str) -> &str {
    let start = line.trim_start().trim_start_matches('*');
    start.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(line, |(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(fluent: &str, language: &str) -> Vec<(usize, String)> {
        banned(fluent, language).into_iter().map(|found| (found.line, found.word)).collect()
    }

    #[test]
    fn only_what_people_read_is_looked_at() {
        let fine = "
# The peer's key, said to a translator.
key-of-peer = The house at the corner
    .node = { $sync } near you
node-count = { $nodes ->
    [key] nobody
   *[other] { $nodes } neighbours
}
-hash = Closeknit
";
        assert_eq!(words(fine, "en"), []);
    }

    #[test]
    fn every_kind_of_text_is_looked_at() {
        let bad = "\
near = One Peer
    .label = your keys
long =
    goes on and is synced with { $name }
count = { $n ->
    [one] a node
   *[other] hashes
}";
        let expected = [(1, "peer"), (2, "keys"), (4, "synced"), (6, "node"), (7, "hashes")];
        assert_eq!(words(bad, "en"), expected.map(|(line, word)| (line, word.to_owned())));
    }

    #[test]
    fn words_are_whole_and_of_their_language() {
        assert_eq!(words("a = monkeys, keyboard, anode", "en"), []);
        assert_eq!(words("a = la clave se sincroniza", "es").len(), 2);
        assert_eq!(words("a = la clave se sincroniza", "en"), []);
        assert_eq!(words("a = los dispositivos y sus réplicas", "es").len(), 2);
        assert_eq!(words("a = المزامنة وبالمفتاح", "ar").len(), 2);
    }

    #[test]
    fn the_language_is_the_first_name_below_the_locales() {
        assert_eq!(language(&Path::new(LOCALES).join("es/board.ftl")), "es");
        assert_eq!(language(&Path::new(LOCALES).join("pt-BR.ftl")), "pt");
    }
}
