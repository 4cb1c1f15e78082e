//! The roster of a large circle.

use std::time::{Duration, Instant};

use closeknit_ids::{ChangeHash, MemberKind};
use closeknit_trust::{
    ledger::Ledger,
    roster::Roster,
    statement::{Body, DropDevice, Enrol, Generation, Pen, Remove, Vouch},
    text::DeviceLabel,
};

use crate::support::*;

const STATEMENTS: usize = 10_000;

/// What the fold of so many statements may take in a release build.
const AIM: Duration = Duration::from_millis(50);

/// A thousand members with two machines each, generations from both, cases and drops.
fn large_circle() -> Ledger {
    let mut ledger = begun();
    let mut seed = 1_000;
    while ledger.len() < STATEMENTS {
        seed += 1;
        join(&mut ledger, &Neighbour::new(seed, "one of many", MemberKind::Person, 2), seed % 20 == 0);
    }
    ledger
}

fn join(ledger: &mut Ledger, one: &Neighbour, trouble: bool) {
    let machine =
        |n: usize| one.devices[n].machine(cast().circle(), one.id(), DeviceLabel::new("machine").unwrap());
    say(ledger, one.words_pen(), &Body::Enrol(Enrol::by_words(machine(0), &one.words, one.nonce)));
    let Body::Admit(mut admit) = admit_body(ALICE, 0, CAROL, MemberKind::Person, 1) else { unreachable!() };
    admit.member = one.id();
    let founder = |n: u64| &cast()[if n.is_multiple_of(2) { ALICE } else { BOB }];
    // A key signs no more than 1,024, so the founders take turns with new machines.
    let vouch = Body::Vouch(Vouch { member: one.id(), kind: MemberKind::Person });
    say_by_any(ledger, founder(0), &Body::Admit(admit));
    say_by_any(ledger, founder(0), &vouch);
    say_by_any(ledger, founder(1), &vouch);
    say(ledger, one.pen(0), &Body::Enrol(Enrol::by_device(machine(1))));
    for n in 1..=4 {
        let body = Generation {
            n,
            base: ChangeHash([u8::try_from(n).unwrap(); 32]),
            count: 2,
            bytes: 900,
            closes: vec![],
            forgotten: vec![],
        };
        say(ledger, one.pen(usize::try_from(n % 2).unwrap()), &Body::Generation(body));
    }
    if trouble {
        let vote = Body::Remove(Remove { member: one.id(), case: None });
        let case = say_by_any(ledger, founder(0), &vote);
        say_by_any(ledger, founder(1), &Body::Remove(Remove { member: one.id(), case: Some(case.id()) }));
        let drop = Body::Drop(DropDevice { device: one.device(0), cuts: vec![] });
        say(ledger, one.words_pen(), &drop);
    }
}

/// By whichever key of a founder has statements left.
fn say_by_any(ledger: &mut Ledger, who: &Neighbour, body: &Body) -> closeknit_trust::statement::Statement {
    for machine in 0..MACHINES {
        if ledger.next_index(who.device(machine)) == 1 && machine > 0 {
            let enrol = Body::Enrol(Enrol::by_words(who.machines[machine].clone(), &who.words, who.nonce));
            say(ledger, who.words_pen(), &enrol);
        }
        let pen: Pen<'_> = who.pen(machine);
        if let Ok(statement) = ledger.write(pen, body) {
            ledger.insert(statement.clone());
            return statement;
        }
    }
    panic!("all keys are used up")
}

#[test]
fn ten_thousand_statements_fold_quickly() {
    let ledger = large_circle();
    let fold = || {
        let started = Instant::now();
        let roster = Roster::fold(&ledger);
        (started.elapsed(), roster)
    };
    // The quickest of several: what else this machine does is not the fold's.
    let (took, roster) = (0..9).map(|_| fold()).min_by_key(|(took, _)| *took).unwrap();
    println!("{} statements fold in {took:?} (aim, in a release build: {AIM:?})", ledger.len());
    let voters = roster.members().filter(|member| member.voter).count();
    assert!(voters > 900, "{voters}");
    let slack = if cfg!(debug_assertions) { 100 } else { 2 };
    assert!(took < AIM * slack, "{took:?}");
}
