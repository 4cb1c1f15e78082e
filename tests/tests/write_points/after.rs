//! The program is started again on what is left, and goes on.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::DirBuilderExt as _,
    path::Path,
};

use anyhow::{Context as _, Result, bail};
use closeknit_api::{ErrorCode, Request, Response, calls};
use closeknit_node::{Engine, Moment, Openers};
use closeknit_simulator::neighbourhood::{Neighbourhood, Person};
use jiff::Timestamp;

use super::{disk::Files, workload::PASSPHRASE};

/// What was answered so far, and so has to be there.
#[derive(Debug, Default)]
pub(crate) struct Promised {
    /// Who lives where, in the order in which they came.
    names: Vec<String>,
    places: Vec<String>,
    has: BTreeMap<String, BTreeSet<String>>,
    words: BTreeMap<String, String>,
    backup: Option<(String, String)>,
    /// Both are in one circle.
    neighbours: bool,
    passphrase: bool,
    over: bool,
}

impl Promised {
    /// One line of the day.
    pub(crate) fn hear(&mut self, line: &str) -> Result<()> {
        let (what, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (name, about) = rest.split_once(' ').unwrap_or((rest, ""));
        match what {
            "lives" => {
                self.names.push(name.to_owned());
                self.places.push(format!("{about}/"));
            }
            "has" => drop(self.has.entry(name.to_owned()).or_default().insert(about.to_owned())),
            "may-lose" => drop(self.has.entry(name.to_owned()).or_default().remove(about)),
            "words" => drop(self.words.insert(name.to_owned(), about.to_owned())),
            "may-lose-words" => drop(self.words.remove(name)),
            "neighbours" => self.neighbours = true,
            "backup" => {
                let words = self.words.get("alice").context("a backup before the words")?;
                self.backup = Some((rest.to_owned(), words.clone()));
            }
            "may-open-with" => self.passphrase = true,
            "opens-without" => self.passphrase = false,
            "over" => self.over = true,
            other => bail!("{other} means nothing"),
        }
        Ok(())
    }

    pub(crate) fn places(&self) -> &[String] {
        &self.places
    }

    pub(crate) fn came_to_an_end(&self) -> bool {
        self.over
    }
}

/// Everybody's machine is switched on again with these files.
///
/// # Panics
/// If anything of what was promised is not there, or it does not go on.
pub(crate) fn starts_again(files: &Files, promised: &Promised) {
    let mut street = Neighbourhood::new();
    street.discovery();
    let people: Vec<Person> = promised.names.iter().map(|name| street.moves_in(name)).collect();
    for (person, place) in people.iter().zip(&promised.places) {
        lay_out(files, place, street.profile(*person).parent().unwrap());
        open(&mut street, *person, promised);
    }
    for (person, name) in people.iter().zip(&promised.names) {
        assert!(!street.has_set_aside(*person), "the database of {name} was taken for damaged");
        has_what_was_answered(&mut street, *person, name, promised);
    }
    if let Some((path, words)) = &promised.backup {
        let place = &promised.places[0];
        let copy =
            street.profile(people[0]).parent().unwrap().join(path.strip_prefix(place.as_str()).unwrap());
        let (path, words) = (copy.display().to_string(), Some(words.clone()));
        let shown = street.tell(people[0], &calls::ShowBackup { path, words, passphrase: None });
        assert!(!shown.circles.is_empty());
    }
    if promised.neighbours {
        street.meet(&people);
        street.all_equal(&people);
        for person in &people {
            street.needs(*person, "It goes on");
        }
        street.run();
        street.all_equal(&people);
    }
}

fn lay_out(files: &Files, from: &str, to: &Path) {
    for (path, bytes) in files {
        let Some(path) = path.strip_prefix(from) else { continue };
        let path = to.join(path);
        let folder = path.parent().unwrap();
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn open(street: &mut Neighbourhood, person: Person, promised: &Promised) {
    match street.switch_on(person) {
        Err(error) if error.code == ErrorCode::Locked && promised.passphrase => {
            let openers = Openers { passphrase: Some(PASSPHRASE), ..Openers::default() };
            let mut engine = Engine::open_with(&street.profile(person), openers).unwrap();
            let off = calls::SetPassphrase { passphrase: None, before: Some(PASSPHRASE.into()) };
            let at = Moment { now: Timestamp::UNIX_EPOCH, steady_ms: 0 };
            let (response, _) = engine.call(at, &Request::of(&off).unwrap());
            assert!(matches!(response, Response::Ok(_)), "{response:?}");
            drop(engine);
            street.switch_on(person).unwrap();
        }
        opened => opened.unwrap(),
    }
}

fn has_what_was_answered(street: &mut Neighbourhood, person: Person, name: &str, promised: &Promised) {
    let Some(has) = promised.has.get(name).filter(|has| !has.is_empty()) else { return };
    let titles: BTreeSet<String> = street.titles_now(person).into_iter().collect();
    let lost: Vec<_> = has.difference(&titles).collect();
    assert!(lost.is_empty(), "{name} lost {lost:?}");
    assert_eq!(street.tell(person, &calls::Rebuild {}).changed, 0, "{name}");
    if let Some(words) = promised.words.get(name) {
        assert_eq!(&street.words_of(person), words, "{name}");
    }
}
