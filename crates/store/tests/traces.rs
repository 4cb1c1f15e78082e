//! What was removed leaves nothing behind, wherever SQLite had moved it meanwhile.

#![cfg(test)]

mod story;

use closeknit_store::RecordRow;
use story::{ALICE, BOB, Home, MILLRACE, key, pages, record};

fn traces(home: &Home) -> usize {
    let bytes = pages::readable(&home.lock.database(), &key());
    bytes.windows(6).filter(|window| *window == b"canary").count()
}

/// Words of changing length go in and out, among others that stay.
fn lived_in(seed: usize) -> Home {
    let mut home = Home::new();
    let mut dice = seed;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    for _ in 0..30 {
        let mut rows = |word: &str| -> Vec<RecordRow> {
            let many = roll(60);
            let text = |size: usize| format!("{word} {}", word.repeat(size / 6));
            (0..many).map(|_| record("need", u8::try_from(roll(250)).unwrap(), &text(roll(1_500)))).collect()
        };
        let mut unique = |word: &str| {
            let mut rows = rows(word);
            rows.sort_by_key(|row| row.record);
            rows.dedup_by_key(|row| row.record);
            rows
        };
        let (alices, bobs) = (unique("stays."), unique("canary"));
        home.write(|batch| batch.replace_records(MILLRACE, ALICE, &alices));
        home.write(|batch| batch.replace_records(MILLRACE, BOB, &bobs));
        home.store.index_words(u32::MAX).unwrap();
    }
    home.write(|batch| batch.replace_records(MILLRACE, BOB, &[]));
    home.store.checkpoint().unwrap();
    home
}

#[test]
fn what_was_moved_between_pages_before_it_was_removed_is_in_none_of_them() {
    // Two of twenty in which something is left.
    for seed in [10, 17] {
        let mut home = lived_in(seed);
        assert!(traces(&home) > 0, "else nothing would be seen, and nothing need be written anew");
        let rows = home.store.view().records(MILLRACE).unwrap();
        home.store.write_anew().unwrap();
        assert_eq!(traces(&home), 0);
        home.store.check().unwrap();
        assert_eq!(home.reopened().store.view().records(MILLRACE).unwrap(), rows);
    }
}
