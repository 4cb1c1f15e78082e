//! What is on the way in, and what the gate noted about it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use closeknit_ids::ChangeHash;
use closeknit_store::{Allowance, Durability, InFlight, Quarantined, Refusal, Staged, StoreError, TipId};
use story::*;

const HEAD: ChangeHash = ChangeHash([7; 32]);

fn chunk(number: u8) -> Staged {
    let change = change(number, 1);
    Staged { hash: change.hash, bytes: change.bytes }
}

#[test]
fn staged_chunks_survive_an_interruption_and_are_cleared_when_admitted() {
    let mut home = Home::new();
    let whole = Allowance { changes: 3, bytes: 600 };
    home.write(|batch| batch.stage(MILLRACE, BOBS, 0, HEAD, &[chunk(2), chunk(1)], whole));
    home.write(|batch| {
        batch.stage(MILLRACE, ALICES, 0, HEAD, &[chunk(9)], Allowance { changes: 1, bytes: 200 })
    });
    let mut home = home.reopened();
    home.write(|batch| batch.stage(MILLRACE, BOBS, 0, HEAD, &[chunk(1), chunk(3)], whole));
    let view = home.store.view();
    assert_eq!(view.staged(MILLRACE, BOBS, 0, HEAD).unwrap(), [chunk(2), chunk(1), chunk(3)]);
    assert_eq!(view.staged_tips(MILLRACE).unwrap(), [(ALICES, 0, HEAD), (BOBS, 0, HEAD)]);
    assert_eq!(view.staged_bytes(MILLRACE).unwrap(), 800);
    assert_eq!(view.documents(MILLRACE).unwrap(), [], "nothing staged is part of a document");

    home.write(|batch| batch.clear_staged(MILLRACE, BOBS, 0, HEAD));
    assert_eq!(home.store.view().staged_tips(MILLRACE).unwrap(), [(ALICES, 0, HEAD)]);
}

#[test]
fn no_more_is_staged_than_the_tip_signs_for() {
    let mut home = Home::new();
    let whole = Allowance { changes: 2, bytes: 400 };
    home.write(|batch| batch.stage(MILLRACE, BOBS, 0, HEAD, &[chunk(1), chunk(2)], whole));
    for (chunks, allowance) in [
        (vec![chunk(3)], whole),
        (vec![], Allowance { changes: 2, bytes: 399 }),
        (vec![], Allowance { changes: 1, bytes: 400 }),
    ] {
        let refused = home
            .store
            .write(Durability::Normal, |batch| batch.stage(MILLRACE, BOBS, 0, HEAD, &chunks, allowance));
        assert!(matches!(refused, Err(StoreError::BeyondTip)), "{chunks:?} {allowance:?}");
    }
    assert_eq!(home.store.view().staged(MILLRACE, BOBS, 0, HEAD).unwrap(), [chunk(1), chunk(2)]);
}

#[test]
fn of_more_than_the_tips_sign_for_the_first_are_staged() {
    let mut home = Home::new();
    let all = || vec![chunk(2), chunk(2), chunk(1), chunk(3)];
    for (allowance, first) in [
        (Allowance { changes: 0, bytes: 600 }, 0),
        (Allowance { changes: 2, bytes: 600 }, 3),
        (Allowance { changes: 3, bytes: 399 }, 2),
        (Allowance { changes: 3, bytes: 600 }, 4),
    ] {
        let chosen = allowance.first_of(all());
        assert_eq!(chosen, all()[..first], "{allowance:?}");
        home.write(|batch| {
            batch.stage(MILLRACE, BOBS, 0, HEAD, &chosen, allowance)?;
            batch.clear_staged(MILLRACE, BOBS, 0, HEAD)
        });
    }
}

#[test]
fn a_change_that_ended_the_process_is_found_at_the_next_start() {
    let mut home = Home::new();
    assert_eq!(home.write(|batch| batch.begin_admission(MILLRACE, BOBS, HEAD)), 1);
    let mut home = home.reopened();
    assert_eq!(
        home.store.view().in_flight(MILLRACE).unwrap(),
        [InFlight { doc: BOBS, hash: HEAD, attempts: 1 }]
    );
    assert_eq!(home.write(|batch| batch.begin_admission(MILLRACE, BOBS, HEAD)), 2);
    home.write(|batch| batch.end_admission(MILLRACE, BOBS, HEAD));
    assert_eq!(home.store.view().in_flight(MILLRACE).unwrap(), []);
    assert_eq!(home.write(|batch| batch.begin_admission(MILLRACE, BOBS, HEAD)), 1);
}

#[test]
fn refusals_and_quarantine_are_remembered_until_taken_back() {
    let mut home = Home::new();
    let refusal = |version: &str| Refusal {
        doc: BOBS,
        tip: TipId([5; 32]),
        version: version.into(),
        reason: "a gap in the numbers".into(),
    };
    let bomb = Quarantined { doc: BOBS, hash: HEAD, version: "0.1.0".into(), reason: "ended twice".into() };
    home.write(|batch| {
        batch.refuse(MILLRACE, &refusal("0.1.0"))?;
        batch.refuse(MILLRACE, &refusal("0.1.0"))?;
        batch.refuse(MILLRACE, &refusal("0.2.0"))?;
        batch.quarantine(MILLRACE, &bomb)
    });
    let mut home = home.reopened();
    assert_eq!(home.store.view().refusals(MILLRACE).unwrap(), [refusal("0.1.0"), refusal("0.2.0")]);
    assert_eq!(home.store.view().quarantined(MILLRACE).unwrap(), [bomb]);
    home.write(|batch| {
        batch.forget_refusals(MILLRACE, BOBS)?;
        batch.release(MILLRACE, BOBS, HEAD)
    });
    assert_eq!(home.store.view().refusals(MILLRACE).unwrap(), []);
    assert_eq!(home.store.view().quarantined(MILLRACE).unwrap(), []);
}
