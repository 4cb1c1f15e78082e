//! What belongs together commits together or not at all.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use std::panic::{AssertUnwindSafe, catch_unwind};

use closeknit_ids::MemberId;
use closeknit_store::{Batch, Durability, RecordRow, Replaced, StoreError};
use story::*;

/// Alice posts a need: change, tip and what the screens read.
fn post(batch: &mut Batch<'_>) -> Result<(), StoreError> {
    let change = change(9, 1);
    batch.add_change(MILLRACE, ALICES, 0, &change)?;
    batch.put_tip(MILLRACE, &tip(ALICES, LAPTOP, change.hash))?;
    batch.replace_records(MILLRACE, ALICE, &[record("need", 1, "a lift on Thursday")])?;
    Ok(())
}

fn written(home: &Home) -> (usize, usize, usize) {
    let view = home.store.view();
    (
        view.changes(MILLRACE, ALICES, 0).unwrap().len(),
        view.tips(MILLRACE).unwrap().len(),
        view.records(MILLRACE).unwrap().len(),
    )
}

#[test]
fn an_act_is_there_with_all_its_parts() {
    let mut home = Home::new();
    home.store.write(Durability::Full, post).unwrap();
    assert_eq!(written(&home.reopened()), (1, 1, 1));
}

#[test]
fn an_act_that_fails_half_way_leaves_nothing_and_the_next_one_works() {
    let mut home = Home::new();
    let failed = home.store.write(Durability::Full, |batch| {
        post(batch)?;
        assert_eq!(batch.changes(MILLRACE, ALICES, 0)?.len(), 1, "the batch sees what it wrote");
        Err::<(), _>(StoreError::BeyondTip)
    });
    assert!(matches!(failed, Err(StoreError::BeyondTip)));
    assert_eq!(written(&home), (0, 0, 0));

    let panicked = catch_unwind(AssertUnwindSafe(|| {
        home.store.write(Durability::Full, |batch| -> Result<(), StoreError> {
            post(batch)?;
            panic!("a bug of the caller")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(written(&home), (0, 0, 0));

    home.store.write(Durability::Full, post).unwrap();
    assert_eq!(written(&home), (1, 1, 1));
}

#[test]
fn only_records_that_differ_are_written() {
    let mut home = Home::new();
    let replace = |home: &mut Home, records: Vec<RecordRow>| {
        home.write(|batch| batch.replace_records(MILLRACE, ALICE, &records))
    };
    let (lift, soup) = (record("need", 1, "a lift"), record("offer", 1, "soup"));
    assert_eq!(replace(&mut home, vec![lift.clone(), soup.clone()]), Replaced { written: 2, removed: 0 });
    home.write(|batch| batch.replace_records(MILLRACE, BOB, std::slice::from_ref(&lift)));

    let earlier = record("need", 1, "a lift, earlier");
    let ladder = record("offer", 2, "a ladder");
    assert_eq!(
        replace(&mut home, vec![ladder.clone(), earlier.clone()]),
        Replaced { written: 2, removed: 1 }
    );
    assert_eq!(replace(&mut home, vec![earlier.clone(), ladder.clone()]), Replaced::default());
    let view = home.store.view();
    assert_eq!(view.records_of(MILLRACE, ALICE).unwrap(), [earlier, ladder]);
    assert_eq!(view.records_of(MILLRACE, BOB).unwrap(), [lift], "Bob's own are untouched");
    assert_eq!(view.records(MILLRACE).unwrap().len(), 3);
}

/// What stands in for the reader of documents: one record for each change in the log.
fn computed(batch: &Batch<'_>) -> Result<Vec<(MemberId, RecordRow)>, StoreError> {
    let mut records = Vec::new();
    for (member, doc) in [(ALICE, ALICES), (BOB, BOBS)] {
        for (nth, change) in (1..).zip(batch.changes(MILLRACE, doc, 0)?) {
            records.push((member, record("need", nth, &change.hash.to_string())));
        }
    }
    Ok(records)
}

#[test]
fn records_rebuilt_from_the_log_are_equal() {
    let mut home = Home::new();
    for act in 1..=20_u8 {
        let (member, doc) = if act % 3 == 0 { (ALICE, ALICES) } else { (BOB, BOBS) };
        home.write(|batch| {
            batch.add_change(MILLRACE, doc, 0, &change(act, 1))?;
            let own = computed(batch)?.into_iter().filter(|(of, _)| *of == member).map(|(_, row)| row);
            batch.replace_records(MILLRACE, member, &own.collect::<Vec<_>>())
        });
    }
    let before = home.store.view().records(MILLRACE).unwrap();
    assert_eq!(before.len(), 20);
    home.write(|batch| {
        batch.put_circle(&circle(ORCHARD, "Orchard"))?;
        batch.replace_records(ORCHARD, ALICE, &[record("need", 1, "elsewhere")])?;
        batch.replace_records(MILLRACE, ALICE, &[record("need", 99, "a cache gone wrong")])
    });
    assert_ne!(home.store.view().records(MILLRACE).unwrap(), before);

    home.write(|batch| {
        let records = computed(batch)?;
        batch.rebuild_records(MILLRACE, records.into_iter().map(Ok::<_, StoreError>))
    });
    assert_eq!(home.store.view().records(MILLRACE).unwrap(), before);
    assert_eq!(home.store.view().records(ORCHARD).unwrap().len(), 1, "another circle's are untouched");

    let failed = home.store.write(Durability::Normal, |batch| {
        batch.rebuild_records(
            MILLRACE,
            [
                Ok((BOB, record("need", 1, "the first"))),
                Err(StoreError::Damaged("a document that cannot be read".into())),
            ],
        )
    });
    assert!(matches!(failed, Err(StoreError::Damaged(_))));
    assert_eq!(home.store.view().records(MILLRACE).unwrap(), before);
}
