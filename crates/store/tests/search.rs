//! Records by their words.

#![cfg(test)]

mod story;

use closeknit_ids::{MemberId, RecordId};
use closeknit_store::{Durability, ProfileLock, RecordRow, Store, StoreError};
use rusqlite::Connection;
use story::{ALICE, BOB, Home, MILLRACE, ORCHARD, circle, key, pages, record};

fn found(store: &mut Store, typed: &str) -> Vec<(MemberId, u8)> {
    while store.index_words(2).unwrap() {}
    let found = store.view().found(MILLRACE, typed).unwrap().unwrap();
    let mut found: Vec<_> = found.into_iter().map(|(member, record)| (member, record.0[0])).collect();
    found.sort_unstable();
    found
}

fn home() -> Home {
    let mut home = Home::new();
    home.write(|batch| {
        batch.put_circle(&circle(ORCHARD, "Orchard"))?;
        batch.replace_records(ORCHARD, ALICE, &[record("post", 9, "a lift elsewhere")])?;
        let mut unsaid = record("post", 3, "a lift that nobody may find");
        unsaid.words.clear();
        let own = [record("post", 1, "Lift to the eye clinic"), record("post", 2, "Café y piñatas"), unsaid];
        batch.replace_records(MILLRACE, ALICE, &own)?;
        batch.replace_records(MILLRACE, BOB, &[record("post", 1, "Über die Brücke: a ladder, wheel-chair")])
    });
    home
}

#[test]
fn by_the_beginnings_of_words_with_any_case_and_accents() {
    let mut home = home();
    let store = &mut home.store;
    assert_eq!(found(store, "lift"), [(ALICE, 1)]);
    assert_eq!(found(store, " CLIN  ey"), [(ALICE, 1)], "in any order");
    assert_eq!(found(store, "inic"), [], "not from their middle");
    assert_eq!(found(store, "lift ladder"), [], "all of them");
    for typed in ["cafe", "CAFÉ", "cafe\u{301}", "pinata"] {
        assert_eq!(found(store, typed), [(ALICE, 2)], "{typed}");
    }
    assert_eq!(found(store, "uber bruck"), [(BOB, 1)]);
    assert_eq!(found(store, "wheel-ch"), [(BOB, 1)]);
    assert_eq!(store.view().found(MILLRACE, " … ").unwrap(), None, "no word at all");
}

#[test]
fn nothing_typed_is_a_command() {
    let mut home = home();
    let store = &mut home.store;
    for typed in [
        "words:lift",
        "lift*",
        "\"lift",
        "lift\"",
        "lift AND",
        "NOT lift",
        "(lift",
        "^lift",
        "lift + eye",
        "{a}:b",
    ] {
        // It may find something or not, but it is always words.
        let _ = found(store, typed);
    }
    assert_eq!(found(store, "lift OR ladder"), []);
    assert_eq!(found(store, "\"lift\""), [(ALICE, 1)]);
}

#[test]
fn what_changes_or_goes_is_found_so_no_longer_and_leaves_no_trace() {
    let mut home = home();
    home.write(|batch| batch.replace_records(MILLRACE, BOB, &[record("post", 1, "a canaryword")]));
    assert_eq!(found(&mut home.store, "ladder"), []);
    assert_eq!(found(&mut home.store, "canaryword"), [(BOB, 1)]);
    let mut hidden = record("post", 1, "sealed now");
    hidden.words.clear();
    home.write(|batch| batch.replace_records(MILLRACE, BOB, &[hidden]));
    assert_eq!(found(&mut home.store, "canaryword"), []);
    home.write(|batch| batch.replace_records(MILLRACE, ALICE, &[]));
    assert_eq!(found(&mut home.store, "lift"), []);
    home.write(|batch| batch.remove_circle(ORCHARD));
    home.store.checkpoint().unwrap();
    home.store.check().unwrap();
    let path = home.lock.database();
    drop(home.store);
    let bytes = pages::readable(&path, &key());
    assert!(bytes.windows(10).any(|window| window == b"sealed now"), "else nothing would be seen");
    for gone in ["canaryword", "clinic", "elsewhere"] {
        assert!(!bytes.windows(gone.len()).any(|window| window == gone.as_bytes()), "{gone}");
    }
}

#[test]
fn an_index_made_anew_is_the_same() {
    let mut home = home();
    let terms = |home: &Home| {
        // The store has the file for itself; its vocabulary is read from a copy.
        let copy = home.directory.path().join("copy.db");
        std::fs::copy(home.lock.database(), &copy).unwrap();
        let conn = Connection::open(&copy).unwrap();
        conn.pragma_update(None, "key", &**key().pragma()).unwrap();
        conn.execute_batch("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, found, instance)")
            .unwrap();
        let mut query = conn.prepare("SELECT term, doc FROM vocabulary ORDER BY term, doc").unwrap();
        let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))).unwrap();
        rows.map(|row| row.unwrap().0).collect::<Vec<_>>()
    };
    home.store.index_words(u32::MAX).unwrap();
    home.store.checkpoint().unwrap();
    let before = terms(&home);
    assert!(before.len() > 10);
    let rows = home.store.view().records(MILLRACE).unwrap();
    home.store
        .write(Durability::Full, |batch| {
            batch.rebuild_records(MILLRACE, rows.into_iter().map(Ok::<_, StoreError>))
        })
        .unwrap();
    home.store.index_words(u32::MAX).unwrap();
    home.store.checkpoint().unwrap();
    assert_eq!(terms(&home), before);
}

/// The bound holds for a program that was optimised; a test that was not may take longer.
#[test]
fn ten_thousand_posts_are_searched_soon() {
    const MOST: u128 = if cfg!(debug_assertions) { 250 } else { 50 };
    let mut home = Home::new();
    let whats = ["lift to the eye clinic", "two hot meals", "carry a wardrobe", "dog walks", "a ladder"];
    let row = |n: u16| RecordRow {
        record: RecordId(u128::from(n).to_be_bytes()),
        ..record("post", 0, &format!("{} number{n} for neighbours at the corner", whats[usize::from(n) % 5]))
    };
    home.write(|batch| batch.replace_records(MILLRACE, ALICE, &(0..10_000).map(row).collect::<Vec<_>>()));
    home.store.index_words(u32::MAX).unwrap();
    for (typed, count) in [("l", 4_000), ("eye clin", 2_000), ("number9999", 1), ("n", 10_000), ("zebra", 0)]
    {
        let begun = std::time::Instant::now();
        let found = home.store.view().found(MILLRACE, typed).unwrap().unwrap();
        let took = begun.elapsed().as_millis();
        assert_eq!(found.len(), count, "{typed}");
        assert!(took <= MOST, "{typed}: {took} ms");
        println!("{typed}: {took} ms");
    }
}

/// The index holds nothing that the rows do not say.
#[test]
fn an_index_that_is_not_as_it_was_written_is_made_anew() {
    let mut home = home();
    assert!(!home.store.mend_search().unwrap());
    let Home { directory, lock, store } = home;
    drop((store, lock));
    let database = Connection::open(directory.path().join("closeknit.db")).unwrap();
    database.pragma_update(None, "key", &**key().pragma()).unwrap();
    let harm = "UPDATE found_data SET block = zeroblob(length(block)) WHERE id > 10";
    assert!(database.execute(harm, []).unwrap() > 0);
    drop(database);

    let mut store = Store::open(&ProfileLock::take(directory.path()).unwrap(), &key()).unwrap();
    assert!(store.mend_search().unwrap());
    assert_eq!(found(&mut store, "lift"), [(ALICE, 1)]);
    assert_eq!(found(&mut store, "uber bruck"), [(BOB, 1)]);
    assert!(!store.mend_search().unwrap());
    store.check().unwrap();
}

#[test]
fn words_wait_for_the_index_and_what_goes_before_leaves_no_trace_either() {
    let mut home = home();
    assert_eq!(home.store.view().found(MILLRACE, "lift").unwrap().unwrap(), [], "they wait");
    home.write(|batch| batch.replace_records(MILLRACE, BOB, &[record("post", 1, "a canaryword")]));
    home.write(|batch| batch.replace_records(MILLRACE, BOB, &[record("post", 1, "soup")]));
    home.write(|batch| batch.replace_records(MILLRACE, ALICE, &[]));
    assert!(home.store.index_words(1).unwrap(), "of another circle one waits");
    assert!(!home.store.index_words(1).unwrap());
    for (typed, there) in [("lift", vec![]), ("canaryword", vec![]), ("soup", vec![(BOB, 1)])] {
        assert_eq!(found(&mut home.store, typed), there, "{typed}");
    }
    home.store.check().unwrap();
    assert!(!home.store.mend_search().unwrap());
}
