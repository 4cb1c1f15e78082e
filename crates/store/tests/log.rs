//! The log keeps what was signed, byte for byte, in the order of its arrival.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use closeknit_ids::ActorId;
use closeknit_store::{ChangeRow, DocumentSummary, Position, StatementRow, StoreError};
use story::*;

#[test]
fn statements_come_back_in_the_order_of_their_arrival_in_their_circle_only() {
    let mut home = Home::new();
    let texts = ["zebra", "apple", "mango"];
    home.write(|batch| {
        batch.put_circle(&circle(ORCHARD, "Orchard"))?;
        for text in texts {
            let (id, bytes) = statement(text);
            assert!(batch.add_statement(MILLRACE, id, &bytes)?);
            assert!(!batch.add_statement(MILLRACE, id, &bytes)?, "it is known the second time");
        }
        let (id, bytes) = statement("apple");
        assert!(batch.add_statement(ORCHARD, id, &bytes)?, "circles do not share statements");
        Ok(())
    });
    let home = home.reopened();
    let expected: Vec<StatementRow> = texts
        .iter()
        .map(|text| {
            let (id, bytes) = statement(text);
            StatementRow { id, bytes }
        })
        .collect();
    assert_eq!(home.store.view().statements(MILLRACE).unwrap(), expected);
    assert_eq!(home.store.view().statements(ORCHARD).unwrap().len(), 1);
}

#[test]
fn changes_come_back_in_causal_order_and_by_generation() {
    let mut home = Home::new();
    let arrived = [change(9, 1), change(3, 1), change(9, 2), change(3, 2)];
    home.write(|batch| {
        for change in &arrived {
            assert!(batch.add_change(MILLRACE, ALICES, 0, change)?);
            assert!(!batch.add_change(MILLRACE, ALICES, 0, change)?);
        }
        batch.add_change(MILLRACE, ALICES, 1, &change(7, 1))?;
        batch.add_change(MILLRACE, BOBS, 0, &change(8, 1))
    });
    let view = home.store.view();
    assert_eq!(view.changes(MILLRACE, ALICES, 0).unwrap(), arrived);
    assert_eq!(view.changes(MILLRACE, ALICES, 1).unwrap(), [change(7, 1)]);
    assert_eq!(view.changes(ORCHARD, ALICES, 0).unwrap(), []);
    let summary =
        |doc, generation, changes| DocumentSummary { doc, generation, changes, bytes: changes * 200 };
    assert_eq!(
        view.documents(MILLRACE).unwrap(),
        [summary(ALICES, 0, 4), summary(ALICES, 1, 1), summary(BOBS, 0, 1)]
    );
}

#[test]
fn a_vector_names_the_last_change_of_every_actor_and_the_answer_is_exactly_what_lies_behind_it() {
    let mut home = Home::new();
    let arrived = [change(9, 1), change(3, 1), change(9, 2), change(9, 3)];
    home.write(|batch| {
        arrived.iter().try_for_each(|change| batch.add_change(MILLRACE, ALICES, 0, change).map(drop))
    });
    let view = home.store.view();
    let at = |change: &ChangeRow| Position { actor: change.actor, seq: change.seq, hash: change.hash };
    assert_eq!(view.vector(MILLRACE, ALICES, 0).unwrap(), [at(&arrived[1]), at(&arrived[3])]);

    let mut missing = Vec::new();
    let bob_has = |at: Position| at.seq <= if at.actor == ActorId([9; 16]) { 1 } else { 0 };
    view.visit_changes(
        MILLRACE,
        ALICES,
        0,
        |at| !bob_has(at),
        |change| {
            missing.push(change);
            Ok::<_, StoreError>(())
        },
    )
    .unwrap();
    assert_eq!(missing, arrived[1..]);
}

#[test]
fn a_tip_is_known_before_its_change_and_held_after() {
    let mut home = Home::new();
    let (first, second) = (change(9, 1), change(3, 1));
    home.write(|batch| {
        for tip in [tip(ALICES, LAPTOP, first.hash), tip(ALICES, LAPTOP, second.hash)] {
            assert!(batch.put_tip(MILLRACE, &tip)?);
            assert!(!batch.put_tip(MILLRACE, &tip)?);
        }
        batch.put_tip(MILLRACE, &tip(BOBS, PHONE, first.hash))?;
        batch.add_change(MILLRACE, ALICES, 0, &first)
    });
    let held = |home: &Home| -> Vec<_> {
        let tips = home.store.view().tips_of(MILLRACE, ALICES).unwrap();
        let mut held: Vec<_> = tips.iter().filter(|tip| tip.held).map(|tip| tip.head).collect();
        held.sort();
        held
    };
    assert_eq!(held(&home), [first.hash]);
    assert_eq!(home.store.view().tips(MILLRACE).unwrap().len(), 3);

    home.write(|batch| batch.add_change(MILLRACE, ALICES, 0, &second));
    assert_eq!(held(&home).len(), 2);
    home.write(|batch| batch.remove_tip(MILLRACE, ALICES, 0, LAPTOP, first.hash));
    assert_eq!(held(&home), [second.hash]);
    assert_eq!(home.store.view().tips(MILLRACE).unwrap().len(), 2, "Bob's tip for that hash is his");
}

#[test]
fn what_is_purged_is_in_no_file_of_the_profile() {
    let mut home = Home::new();
    let canary = b"a sentence that Alice wants forgotten";
    let mut secret = change(9, 1);
    secret.bytes = canary.repeat(300);
    home.write(|batch| {
        batch.add_change(MILLRACE, ALICES, 0, &secret)?;
        batch.add_change(MILLRACE, ALICES, 1, &change(9, 1))?;
        batch.put_tip(MILLRACE, &tip(ALICES, LAPTOP, secret.hash))
    });
    assert!(anywhere(&home, canary), "it was written");

    home.write(|batch| batch.purge_generation(MILLRACE, ALICES, 0));
    home.store.checkpoint().unwrap();
    assert!(!anywhere(&home, canary));
    assert_eq!(home.store.view().tips_of(MILLRACE, ALICES).unwrap(), []);
    assert_eq!(home.store.view().changes(MILLRACE, ALICES, 1).unwrap().len(), 1, "the next one stays");

    home.write(|batch| batch.purge_document(MILLRACE, ALICES));
    assert_eq!(home.store.view().documents(MILLRACE).unwrap(), []);
}

fn anywhere(home: &Home, canary: &[u8]) -> bool {
    std::fs::read_dir(home.directory.path()).unwrap().any(|file| {
        let bytes = pages::readable(&file.unwrap().path(), &key());
        bytes.windows(canary.len()).any(|window| window == canary)
    })
}

#[test]
fn nothing_is_written_for_a_circle_that_is_not_here() {
    let mut home = Home::new();
    let (id, bytes) = statement("from elsewhere");
    let refused =
        home.store.write(closeknit_store::Durability::Full, |batch| batch.add_statement(ORCHARD, id, &bytes));
    assert!(matches!(refused, Err(StoreError::UnknownCircle)), "{refused:?}");
    assert_eq!(home.store.view().statements(ORCHARD).unwrap(), []);
    home.write(|batch| batch.add_statement(MILLRACE, id, &bytes));
}

#[test]
fn a_number_that_does_not_fit_is_refused() {
    let mut home = Home::new();
    let mut odd = change(9, 1);
    odd.seq = u64::MAX;
    let refused = home
        .store
        .write(closeknit_store::Durability::Full, |batch| batch.add_change(MILLRACE, ALICES, 0, &odd));
    assert!(matches!(refused, Err(StoreError::TooLarge)));
}
