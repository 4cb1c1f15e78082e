//! The day's work, told as it is done: what was answered as saved, and what may be gone from now on.

use std::{
    fs::File,
    io::{IoSlice, Write as _, stdout},
    os::fd::AsFd as _,
    time::Duration,
};

use closeknit_api::{
    calls,
    views::{Closing, Verdict},
};
use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

/// How a line begins that is meant for whoever looks on.
pub(crate) const MARK: &str = "write-points ";
pub(crate) const PASSPHRASE: &str = "four candles and a ladder";
/// Enough that the journal is taken over into the database some times, and not only at the end.
const POSTS: usize = 24;

/// Where to say something to whoever looks on.
pub(crate) fn marks() -> File {
    File::from(stdout().as_fd().try_clone_to_owned().unwrap())
}

/// In one call that nothing else makes, so that it is found among all others.
pub(crate) fn says(out: &mut File, line: &str) {
    let line = format!("{MARK}{line}\n");
    let written = out.write_vectored(&[IoSlice::new(line.as_bytes())]).unwrap();
    assert_eq!(written, line.len());
}

struct Day {
    street: Neighbourhood,
    out: File,
}

impl Day {
    fn says(&mut self, line: &str) {
        says(&mut self.out, line);
    }

    fn lives(&mut self, name: &str) -> Person {
        let person = self.street.moves_in(name);
        let place = self.street.profile(person).parent().unwrap().display().to_string();
        self.says(&format!("lives {name} {place}"));
        self.street.switch_on(person).unwrap();
        person
    }

    fn posts(&mut self, person: Person, title: &str) -> String {
        let id = self.street.needs(person, title);
        let name = self.street.name(person).to_owned();
        self.says(&format!("has {name} {title}"));
        id
    }

    fn goes(&mut self, person: Person, title: &str) {
        let name = self.street.name(person).to_owned();
        self.says(&format!("may-lose {name} {title}"));
    }
}

#[test]
#[ignore = "the other side of the write points"]
fn a_day() {
    let mut day = Day { street: Neighbourhood::new(), out: marks() };
    let (alice, bob) = they_begin(&mut day);
    they_help_each_other(&mut day, alice, bob);
    alice_keeps_safe(&mut day, alice);
    alice_forgets(&mut day, alice, bob);
    // Both begin anew tomorrow.
    for person in [alice, bob] {
        day.street.finish(person);
        day.street.switch_on(person).unwrap();
    }
    day.posts(bob, "The next morning");
    day.says("over");
}

fn they_begin(day: &mut Day) -> (Person, Person) {
    day.street.discovery();
    let (alice, bob) = (day.lives("alice"), day.lives("bob"));
    day.street.starts(alice, "Millrace");
    day.posts(alice, "Before anybody came");
    let words = day.street.words_of(alice);
    day.says(&format!("words alice {words}"));
    let invitation = day.street.invites(alice);
    day.street.joins(bob, &invitation, alice);
    day.street.all_equal(&[alice, bob]);
    day.says("neighbours");
    let words = day.street.words_of(bob);
    day.says(&format!("words bob {words}"));
    (alice, bob)
}

fn they_help_each_other(day: &mut Day, alice: Person, bob: Person) {
    let need = day.posts(alice, "Lift to the eye clinic");
    day.street.promises(bob, &need);
    let promise = day.street.promise_of(bob, alice, &need);
    let doorstep = Some("Ring twice".into());
    day.street.tell(alice, &calls::Answer { id: promise, verdict: Verdict::Accept, doorstep });
    day.street.run();
    day.goes(alice, "Lift to the eye clinic");
    let title = Some("Lift to the dentist".into());
    day.street.tell(alice, &calls::Edit { id: need, title, ..calls::Edit::default() });
    day.says("has alice Lift to the dentist");
    // Apart, so that there is more to exchange at once.
    day.street.part_all();
    for number in 0..POSTS {
        day.posts(alice, &format!("Alice's need {number}"));
        day.posts(bob, &format!("Bob's need {number}"));
    }
    day.street.meet(&[alice, bob]);
    day.street.all_equal(&[alice, bob]);
}

fn alice_keeps_safe(day: &mut Day, alice: Person) {
    let path = day.street.profile(alice).parent().unwrap().join("millrace.age").display().to_string();
    let backup = |street: &mut Neighbourhood| {
        street.tell(alice, &calls::WriteBackup { path: path.clone(), passphrase: None });
    };
    backup(&mut day.street);
    day.says(&format!("backup {path}"));
    day.posts(alice, "After the backup");
    backup(&mut day.street);

    day.says(&format!("may-open-with {PASSPHRASE}"));
    let set = |passphrase: Option<&str>, before: Option<&str>| calls::SetPassphrase {
        passphrase: passphrase.map(Into::into),
        before: before.map(Into::into),
    };
    day.street.tell(alice, &set(Some(PASSPHRASE), None));
    day.posts(alice, "Under a passphrase");
    day.street.tell(alice, &set(None, Some(PASSPHRASE)));
    day.says("opens-without");

    day.says("may-lose-words alice");
    day.street.writes_down(alice);
}

fn alice_forgets(day: &mut Day, alice: Person, bob: Person) {
    let need = day.posts(alice, "Nobody should read this any more");
    day.goes(alice, "Nobody should read this any more");
    let closed = calls::Close { id: need.clone(), how: Closing::NotNeeded, duplicate_of: None };
    day.street.tell(alice, &closed);
    day.street.tell(alice, &calls::Forget { ids: Some(vec![need]), ..calls::Forget::default() });
    day.street.all_equal(&[alice, bob]);
    // What was hidden goes.
    day.street.skip(Duration::from_secs(8 * 24 * 60 * 60));
    day.street.pass(Duration::from_secs(2));
    day.street.all_equal(&[alice, bob]);
}
