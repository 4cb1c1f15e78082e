//! A statement that comes to a machine which holds the circle's.

use closeknit_trust::{ledger::Room, roster::Roster, statement::Statement};

use crate::scene::scene;

pub(crate) fn judge(bytes: &[u8]) -> String {
    let statement = match Statement::parse(bytes) {
        Ok(statement) => statement,
        Err(error) => return format!("{error:?}"),
    };
    assert_eq!(statement.bytes(), bytes, "a statement has one spelling");
    let scene = scene();
    let (mut ledger, mut room) = (scene.ledger.clone(), Room::default());
    let known = ledger.contains(statement.id());
    let offered = room.offer(statement.clone(), &mut ledger);
    // What any of the others signed may do more than what mallory signs.
    if !scene.honest().iter().any(|one| one.id() == statement.member()) {
        scene.is_unharmed_in(&Roster::fold(&ledger));
    }
    match offered.refused.first() {
        Some((_, refusal)) => format!("{refusal:?}"),
        None if known => "known".into(),
        None if room.len() == 1 => "waits".into(),
        None if ledger.forks().next().is_some() => "enters, and shows that a key was copied".into(),
        None => "enters".into(),
    }
}
