//! What version 1 wrote must be read for ever, byte for byte and with the same meaning.
//!
//! The files in `tests/frozen` were made once, by `print_a_transcript` below, and are never made
//! again: if one of these tests fails, the code is wrong.

use std::fmt::Write as _;

use closeknit_ids::{ChangeHash, RecordId};
use closeknit_trust::{
    circle::{Salt, doc_id},
    device::DeviceKeys,
    invitation::{Invitation, Invited, Token},
    ledger::{Ledger, Outcome},
    roster::{Authority, Member, Roster},
    seal,
    statement::{Body, Cut, Generation, Statement},
    text::CircleName,
    tip::{Head, Tip},
};

use crate::support::*;

const STATEMENTS: &str = include_str!("../frozen/statements-1.txt");
const ROSTER: &str = include_str!("../frozen/roster-1.txt");
const OTHERS: &str = include_str!("../frozen/others-1.txt");

#[test]
fn frozen_statements_parse_enter_and_pass_through() {
    let (ledger, bytes) = frozen_ledger();
    let passed_on: Vec<&[u8]> = ledger.iter().map(Statement::bytes).collect();
    assert_eq!(passed_on, bytes);
    let unknown: Vec<u16> = ledger.iter().filter_map(unknown_kind).collect();
    assert_eq!(unknown, [900, 5], "one of a later version, one that garbles a kind of this one");
    assert_eq!(ledger.forks().count(), 1);
}

#[test]
fn frozen_statements_fold_to_the_same_roster() {
    assert_eq!(render(&Roster::fold(&frozen_ledger().0)), ROSTER);
}

#[test]
fn frozen_tips_invitations_and_secrets_are_read() {
    let tip = Tip::parse(&from_hex(frozen("tip"))).unwrap();
    assert_eq!((tip.head(), tip.device()), (&head(), cast()[ALICE].device(0)));
    assert_eq!(Invitation::from_text(frozen("invitation")).unwrap(), invitation());
    let alice = &cast()[ALICE];
    assert_eq!(*alice.words.phrase(), frozen("words"));
    let keys = DeviceKeys::from_bytes(&from_hex(frozen("device key file"))).unwrap();
    assert_eq!(keys.id(), alice.device(0));
    let sealed = from_hex(frozen("sealed"));
    for identity in [keys.identity(), alice.words.member_identity(&alice.nonce), alice.words.identity()] {
        assert_eq!(&**seal::open(&sealed, &[identity]).unwrap(), DOORSTEP);
    }
    let signature = String::from_utf8(from_hex(frozen("minisign"))).unwrap();
    let comment = keys.minisign_key().verify(std::io::Cursor::new(DOORSTEP), &signature).unwrap();
    assert_eq!(comment, "frozen");
}

fn frozen_ledger() -> (Ledger, Vec<Vec<u8>>) {
    let bytes: Vec<Vec<u8>> =
        STATEMENTS.lines().filter(|line| !line.starts_with('#')).map(from_hex).collect();
    let statements: Vec<Statement> = bytes.iter().map(|bytes| Statement::parse(bytes).unwrap()).collect();
    let mut ledger = Ledger::new(statements[0].circle());
    for statement in statements {
        assert_eq!(ledger.insert(statement), Outcome::New);
    }
    (ledger, bytes)
}

fn unknown_kind(statement: &Statement) -> Option<u16> {
    match statement.body() {
        Body::Unknown { kind, .. } => Some(*kind),
        _ => None,
    }
}

fn frozen(name: &str) -> &'static str {
    OTHERS.lines().find_map(|line| line.split_once(": ").filter(|(found, _)| *found == name)).unwrap().1
}

fn from_hex(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(hex.get(at..at + 2).unwrap(), 16).unwrap())
        .collect()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn render(roster: &Roster) -> String {
    let mut text = String::new();
    let circle = roster.circle().unwrap();
    writeln!(text, "circle {circle} {} {}", roster.name().unwrap(), roster.zone().unwrap()).unwrap();
    for member in roster.members() {
        render_member(&mut text, member).unwrap();
        for machine in roster.machines_of(member.id) {
            let (device, by, dropped) = (machine.device.short(), machine.by.short(), machine.dropped);
            writeln!(text, "  machine {device} by {by}, {}, dropped {dropped}", machine.label).unwrap();
            let authority = roster.authority(machine.device, doc_id(circle, member.id), 1);
            if let Authority::UpTo(heads) = authority {
                writeln!(text, "    generation 1 up to {heads:?}").unwrap();
            }
        }
        if let Some(lineage) = roster.lineage(doc_id(circle, member.id)) {
            for counted in lineage.counting() {
                let (n, base, by_words) = (counted.n, counted.base.short(), counted.by_member_key);
                let (count, bytes, closes) = (counted.count, counted.bytes, &counted.closes);
                writeln!(text, "  generation {n} at {base}, {count} changes, {bytes} bytes, closes {closes:?}, by words {by_words}").unwrap();
            }
            writeln!(text, "  forgotten {:?}", lineage.forgotten()).unwrap();
        }
    }
    writeln!(text, "void {:?}", roster.void_admissions()).unwrap();
    text
}

fn render_member(text: &mut String, member: &Member) -> std::fmt::Result {
    let Member { id, kind, standing, founder, voter, words, admissions, vouched_by, cases } = member;
    writeln!(text, "member {id} {kind:?} {standing:?}, founder {founder}, voter {voter}")?;
    if let Some(words) = words {
        writeln!(text, "  words {} {}", to_hex(&words.nonce.0), words.recipient)?;
    }
    for admission in admissions {
        let (by, counts, again) = (admission.by.short(), admission.counts, admission.token_used_again);
        writeln!(text, "  admitted by {by}, counts {counts}, invitation used again {again}")?;
    }
    writeln!(text, "  known to {vouched_by:?}, cases {cases:?}")
}

// How the files were made.

const DOORSTEP: &[u8] = b"14 Mill Lane, ring twice";

fn head() -> Head {
    Head {
        circle: cast().circle(),
        doc: doc_id(cast().circle(), cast()[ALICE].id()),
        generation: 3,
        head: ChangeHash([5; 32]),
        count: 81,
        bytes: 22_667,
    }
}

fn invitation() -> Invitation {
    Invitation {
        name: CircleName::new("Millrace").unwrap(),
        circle: Invited::Circle(cast().circle()),
        device: cast()[ALICE].device(0),
        addresses: vec!["192.168.1.20:4711".parse().unwrap(), "[fe80::1]:4711".parse().unwrap()],
        salt: Salt([3; 16]),
        token: Token::from([4; 32]),
        expires: 1_800_000_000,
    }
}

/// Everything that can be said, by people who do not always agree.
fn transcript() -> Ledger {
    let mut ledger = begun();
    let (alice, bob, carol) = (&cast()[ALICE], &cast()[BOB], &cast()[CAROL]);
    for newcomer in [CAROL, PARISH, ERIN] {
        welcome(&mut ledger, ALICE, newcomer);
        vouch_both(&mut ledger, newcomer);
    }
    say(&mut ledger, alice.pen(0), &Body::Unknown { kind: 900, argument: b"of a later version".to_vec() });
    say(&mut ledger, bob.pen(0), &Body::Unknown { kind: 5, argument: vec![1, 2, 3] });
    say(&mut ledger, carol.pen(0), &carol.enrol_by_device(1));
    let copy = ledger.write(carol.pen(0), &vouch_body(DAVE)).unwrap();
    welcome(&mut ledger, CAROL, DAVE);
    ledger.insert(copy);
    let mut erins = ledger.clone();
    let case = remove(&mut ledger, BOB, ERIN, None);
    remove(&mut ledger, CAROL, ERIN, Some(&case));
    say(&mut erins, cast()[ERIN].pen(0), &admit_body(ERIN, 0, DAVE, cast()[DAVE].kind, 4));
    catch_up(&mut ledger, &erins);
    let first = Generation {
        n: 1,
        base: ChangeHash([21; 32]),
        count: 3,
        bytes: 4_711,
        closes: vec![ChangeHash([11; 32]), ChangeHash([12; 32])],
        forgotten: vec![RecordId([31; 16]), RecordId([32; 16])],
    };
    let mut rival = ledger.clone();
    say(&mut ledger, carol.pen(0), &Body::Generation(first.clone()));
    let second =
        Generation { base: ChangeHash([20; 32]), forgotten: vec![RecordId([33; 16])], ..first.clone() };
    say(&mut rival, carol.pen(1), &Body::Generation(second));
    catch_up(&mut ledger, &rival);
    say(&mut ledger, carol.words_pen(), &Body::Generation(Generation { n: 2, ..first }));
    let cuts = vec![Cut { generation: 1, heads: vec![ChangeHash([41; 32])] }];
    say(&mut ledger, carol.words_pen(), &drop_body(CAROL, 1, cuts));
    say(&mut ledger, bob.pen(0), &drop_body(BOB, 0, vec![]));
    say(&mut ledger, cast()[DAVE].words_pen(), &Body::Leave);
    ledger
}

#[test]
#[ignore = "prints what the frozen files of version 1 were made from"]
fn print_a_transcript() {
    let alice = &cast()[ALICE];
    let ledger = transcript();
    for statement in ledger.iter() {
        println!("# {}\n{}", statement.body().kind(), to_hex(statement.bytes()));
    }
    println!("--\n{}--", render(&Roster::fold(&ledger)));
    println!("tip: {}", to_hex(Tip::sign(&alice.devices[0], head()).bytes()));
    println!("invitation: {}", *invitation().to_text().unwrap());
    println!("words: {}", *alice.words.phrase());
    println!("device key file: {}", to_hex(&alice.devices[0].to_bytes()));
    let recipients = [
        alice.devices[0].recipient(),
        alice.words.member_identity(&alice.nonce).recipient(),
        alice.words.recipient(),
    ];
    println!("sealed: {}", to_hex(&seal::seal(DOORSTEP, &recipients).unwrap()));
    let signature = alice.devices[0].sign_file(std::io::Cursor::new(DOORSTEP), "frozen").unwrap();
    println!("minisign: {}", to_hex(signature.as_bytes()));
}
