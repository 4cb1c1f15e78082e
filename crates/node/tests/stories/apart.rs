//! A change that ended the program twice is tried in a process of its own before anything else.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use closeknit_api::{Phrase, calls, views::Exchange};
use closeknit_ids::{ChangeHash, CircleId, DocId};
use closeknit_node::{Apart, Bounds, Process, Verdict, try_apart};
use closeknit_store::{Durability, InFlight, Quarantined, StoreError};
use closeknit_trust::circle::doc_id;

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

/// What the processes of these tests are started with.
const CHILD: &str = "apart::the_process_that_tries";

#[test]
#[ignore = "the other side of the trials"]
fn the_process_that_tries() {
    if std::env::args().any(|argument| argument == CHILD) {
        std::process::exit(try_apart().into());
    }
}

/// This very program, as a process that tries.
fn process() -> Process {
    let arguments = ["--exact", CHILD, "--ignored", "--nocapture"];
    Process::of(std::env::current_exe().unwrap(), arguments.map(Into::into))
}

/// Counts how often something was tried apart, and where.
#[derive(Debug)]
struct Counted<A> {
    place: A,
    tried: AtomicUsize,
}

impl<A: Apart + 'static> Counted<A> {
    fn new(place: A) -> Arc<Self> {
        Arc::new(Self { place, tried: AtomicUsize::new(0) })
    }

    fn tried(&self) -> usize {
        self.tried.load(Ordering::SeqCst)
    }
}

impl<A: Apart> Apart for Counted<A> {
    fn try_out(&self, trial: &[u8]) -> Verdict {
        self.tried.fetch_add(1, Ordering::SeqCst);
        self.place.try_out(trial)
    }
}

/// Says what it is told to say.
#[derive(Debug)]
struct Said(Mutex<Verdict>);

impl Said {
    fn new(verdict: Verdict) -> Self {
        Self(Mutex::new(verdict))
    }
}

impl Apart for Said {
    fn try_out(&self, _: &[u8]) -> Verdict {
        self.0.lock().unwrap().clone()
    }
}

/// Alice's last act ended bob's program more than once; carol is there too.
struct Street {
    street: Neighbourhood,
    alice: Person,
    bob: Person,
    carol: Person,
    circle: CircleId,
    doc: DocId,
    last: ChangeHash,
}

impl Street {
    fn new(ended: u32) -> Self {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
        let (alice, bob, carol) = (people[0], people[1], people[2]);
        street.needs(alice, "Written before");
        street.all_equal(&people);
        street.part_all();
        street.needs(alice, "Lift to the eye clinic");
        let circle = street.circle_id(alice);
        let doc = doc_id(circle, street.member_id(alice));
        street.switch_off(alice);
        let last = street.store(alice).view().changes(circle, doc, 0).unwrap().pop().unwrap().hash;
        street.switch_on(alice).unwrap();
        let mut street = Self { street, alice, bob, carol, circle, doc, last };
        street
            .at_bobs(|batch| (0..ended).try_for_each(|_| batch.begin_admission(circle, doc, last).map(drop)));
        street
    }

    /// Something in bob's database, while his program is not running.
    fn at_bobs(&mut self, write: impl FnOnce(&mut closeknit_store::Batch<'_>) -> Result<(), StoreError>) {
        self.street.switch_off(self.bob);
        self.street.store(self.bob).write(Durability::Full, write).unwrap();
        self.street.switch_on(self.bob).unwrap();
    }

    fn tries(&mut self, apart: Arc<dyn Apart>) {
        self.street.tries_apart(self.bob, apart);
    }

    fn meet(&mut self) {
        self.street.meet(&[self.alice, self.bob, self.carol]);
    }

    /// What bob's machine noted of alice's document.
    fn noted(&mut self) -> (Vec<InFlight>, Vec<Quarantined>) {
        self.street.switch_off(self.bob);
        let store = self.street.store(self.bob);
        let noted =
            (store.view().in_flight(self.circle).unwrap(), store.view().quarantined(self.circle).unwrap());
        drop(store);
        self.street.switch_on(self.bob).unwrap();
        noted
    }

    fn bob_sees(&mut self, title: &str) -> bool {
        self.street.titles(self.bob).iter().any(|seen| seen == title)
    }

    /// How another's machine is shown to somebody.
    fn near(&mut self, one: Person, other: Person) -> (Exchange, Phrase) {
        let name = self.street.name(other).to_owned();
        let machines = self.street.tell(one, &calls::Near {}).machines;
        let machine = machines.into_iter().find(|machine| machine.owner.name.as_ref() == Some(&name));
        machine.map(|machine| (machine.exchange, machine.says)).unwrap()
    }

    fn notices(&mut self) -> Vec<Phrase> {
        self.street.tell(self.bob, &calls::Status {}).notices
    }

    /// Alice's last act is not at bob's; everything else goes on, and his screen says whose it is.
    fn stops_at_bobs_alone(&mut self) {
        assert!(!self.bob_sees("Lift to the eye clinic"));
        assert!(self.bob_sees("Written before"), "what came before stays");
        assert_eq!(self.notices(), [Phrase::new("notice-stopped").text("name", "alice")]);
        let (alice, bob, carol) = (self.alice, self.bob, self.carol);
        let settled = (Exchange::Settled, Phrase::new("near-machine-settled"));
        for (one, other) in [(alice, bob), (bob, alice), (bob, carol), (carol, bob)] {
            assert_eq!(self.near(one, other), settled, "they differ, and that is as far as it goes");
        }
        let equal = (Exchange::Equal, Phrase::new("near-machine-equal"));
        assert_eq!(self.near(alice, carol), equal);
        let need = self.street.needs(bob, "Two heavy bags");
        self.street.promises(carol, &need);
        assert!(self.street.titles(carol).contains(&"Lift to the eye clinic".to_owned()));
        assert_eq!(self.street.shows(bob, &need).promises.len(), 1);
        let (in_flight, aside) = self.noted();
        assert_eq!(in_flight, []);
        assert_eq!(aside.iter().map(|change| change.hash).collect::<Vec<_>>(), [self.last]);
        assert_eq!(self.notices(), [Phrase::new("notice-stopped").text("name", "alice")]);
    }
}

#[test]
fn what_ended_the_program_once_is_tried_again_here() {
    let mut street = Street::new(1);
    let apart = Counted::new(process());
    street.tries(apart.clone());
    street.meet();
    assert!(street.bob_sees("Lift to the eye clinic"));
    assert_eq!((apart.tried(), street.noted()), (0, (vec![], vec![])));
}

#[test]
fn what_ended_the_program_twice_is_tried_apart_and_taken_in_if_it_is_sound() {
    let mut street = Street::new(2);
    let apart = Counted::new(process());
    street.tries(apart.clone());
    street.meet();
    assert!(street.bob_sees("Lift to the eye clinic"));
    assert_eq!((apart.tried(), street.noted()), (1, (vec![], vec![])));
    assert_eq!(street.notices(), []);
    let people = [street.alice, street.bob, street.carol];
    street.street.all_equal(&people);
}

#[test]
fn what_ends_the_other_process_too_is_set_aside_and_everything_else_goes_on() {
    // One that is ended from outside, one that gives up, and one that would never come to an end.
    let no_time = Bounds { memory: 1 << 30, seconds: 0 };
    let processes = [
        Process::of("sh", ["-c".into(), "kill -KILL $$".into()]),
        Process::of("false", []),
        Process::of("sleep", ["1000".into()]).within(no_time),
    ];
    for process in processes {
        let mut street = Street::new(2);
        let apart = Counted::new(process);
        street.tries(apart.clone());
        street.meet();
        street.stops_at_bobs_alone();
        assert_eq!(apart.tried(), 1);
        // What alice writes on top of it is not tried either.
        let alice = street.alice;
        street.street.needs(alice, "Written after");
        assert!(!street.bob_sees("Written after"));
        assert_eq!(apart.tried(), 1);
    }
}

#[test]
fn what_is_refused_there_or_cannot_be_tried_anywhere_is_set_aside() {
    let mut street = Street::new(2);
    street.tries(Counted::new(Said::new(Verdict::Refused)));
    street.meet();
    street.stops_at_bobs_alone();

    let mut street = Street::new(2);
    street.meet();
    street.stops_at_bobs_alone();
}

#[test]
fn what_ends_the_program_although_it_is_sound_elsewhere_is_set_aside() {
    let mut street = Street::new(3);
    let apart = Counted::new(process());
    street.tries(apart.clone());
    street.meet();
    street.stops_at_bobs_alone();
    assert_eq!(apart.tried(), 0);
}

#[test]
fn what_cannot_be_tried_now_is_tried_when_it_comes_again() {
    let mut street = Street::new(2);
    let apart = Counted::new(Said::new(Verdict::Untried("no room for a process".into())));
    street.tries(apart.clone());
    street.meet();
    assert!(!street.bob_sees("Lift to the eye clinic"));
    assert_eq!(street.notices(), []);
    *apart.place.0.lock().unwrap() = Verdict::Sound;
    street.street.part_all();
    street.meet();
    assert!(street.bob_sees("Lift to the eye clinic"));
    assert_eq!(street.noted(), (vec![], vec![]));
}

#[test]
fn after_something_was_set_aside_all_of_that_author_is_tried_apart() {
    let mut street = Street::new(0);
    let (circle, doc) = (street.circle, street.doc);
    let bomb = |version: &str| Quarantined {
        doc,
        hash: ChangeHash([9; 32]),
        version: version.to_owned(),
        reason: "it ended the program".to_owned(),
    };
    street.at_bobs(|batch| batch.quarantine(circle, &bomb(env!("CARGO_PKG_VERSION"))));
    let apart = Counted::new(process());
    street.tries(apart.clone());
    street.meet();
    assert!(street.bob_sees("Lift to the eye clinic"));
    assert_eq!(apart.tried(), 1);

    // Another version begins anew.
    street.at_bobs(|batch| batch.quarantine(circle, &bomb("0.0.1")));
    let alice = street.alice;
    street.street.needs(alice, "Written after");
    assert!(street.bob_sees("Written after"));
    assert_eq!(apart.tried(), 1);
    assert_eq!(street.notices(), []);
}

#[test]
fn a_document_that_begins_afresh_is_looked_at_again() {
    let mut street = Street::new(2);
    street.meet();
    street.stops_at_bobs_alone();
    street.street.part_all();
    let alice = street.alice;
    street.street.posts_until(alice, |count| count.statements == 6);
    street.meet();
    assert!(street.bob_sees("Lift to the eye clinic"));
    assert_eq!(street.notices(), []);
    assert_eq!(street.noted(), (vec![], vec![]));
    let people = [street.alice, street.bob, street.carol];
    street.street.all_equal(&people);
}
