//! Promises that change, are made twice, or are taken back.

use closeknit_domain::{CommitmentStatus as S, PostStatus, Sentence, Verdict, Void, When, text::Place};

use crate::story::{Story, alice, at, bags, bob, carol, dave, lift, seat, window};

#[test]
fn time_or_place_changed_after_the_claim() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    story.edit(need, |post| post.when = When::Once(window("2026-11-26T16:00", "2026-11-26T18:00")));
    assert_eq!(story.stands(promise), S::CheckAgain);
    assert_eq!(story.status(need), PostStatus::Open, "the seat is not covered until confirmed");
    assert_eq!(
        story.headline(need, bob()),
        Sentence::CheckAgainTimePlace {
            start: at("2026-11-26T16:00"),
            end: at("2026-11-26T18:00"),
            place: "Station Side".into()
        }
    );
    assert_eq!(story.words(need, bob()).next, Sentence::NextSayYesAgain {});
    assert_eq!(story.words(need, alice()).next, Sentence::NextWaitForYes { helpers: vec![bob()] });
    assert_eq!(story.words(need, dave()).notes, [Sentence::NoteCheckAgain { helper: bob() }]);

    story.confirm(promise, need);
    assert_eq!(story.stands(promise), S::Going(seat(1)), "the accept still holds");

    story.edit(need, |post| post.title = closeknit_domain::text::Title::new("Lift, please").unwrap());
    assert_eq!(story.stands(promise), S::Going(seat(1)), "words may change");
    story.edit(need, |post| post.place = Some(Place::new("Bridge End").unwrap()));
    assert_eq!(story.stands(promise), S::CheckAgain);
}

#[test]
fn a_confirmed_promise_keeps_its_place() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let (first, second) = (story.promise(bob(), need, 1), story.promise(carol(), need, 1));
    story.edit(need, |post| post.place = None);
    story.confirm(second, need);
    assert_eq!(story.stands(second), S::Offered(seat(1)));
    story.confirm(first, need);
    assert_eq!(story.stands(first), S::Offered(seat(1)));
    assert_eq!(story.stands(second), S::StandingBy);
}

#[test]
fn a_newer_promise_of_the_same_helper_replaces_the_older() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    let three = story.promise(bob(), need, 3);
    let two = story.promise(bob(), need, 2);
    assert_eq!(story.stands(three), S::Void(Void::Replaced { by: two.id }));
    assert_eq!(story.stands(two), S::Likely(seat(2)));
    assert_eq!(story.says(three, bob()), Sentence::YourNewerPromiseCounts {});
    assert_eq!(story.headline(need, bob()), Sentence::LikelyYou { author: alice() });
    assert_eq!(story.board().live_promise(bob(), need), Some(two));
    assert_eq!(story.board().to_withdraw(bob(), need), [two]);
    story.withdraw(two);
    assert_eq!(story.stands(three), S::Void(Void::Replaced { by: two.id }), "it does not come back");
    assert_eq!(story.board().live_promise(bob(), need), None);
}

#[test]
fn two_promises_of_one_helper_made_apart_count_once() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    let (laptop, phone) = (story.promise_apart(bob(), need, 3), story.promise_apart(bob(), need, 2));
    let counts = story.board().live_promise(bob(), need).unwrap();
    let other = if counts == laptop { phone } else { laptop };
    assert_eq!(story.stands(other), S::Void(Void::Twice { counts: counts.id }));
    assert!(story.promise_state(counts).promised_twice);
    assert_eq!(story.words(need, bob()).notes, [Sentence::NotePromisedTwice {}]);
    assert_eq!(story.words(need, bob()).next, Sentence::NextKeepOne {});
    assert_eq!(story.says(other, bob()), Sentence::YourOtherPromiseCounts {});

    // Nor does it help if they name each other.
    let mut ring = story.clone();
    for (promise, other) in [(laptop, phone), (phone, laptop)] {
        let known = ring.known().commitment(promise).unwrap().clone();
        let basis = closeknit_domain::Basis::new(known.basis.fields, vec![other.id]).unwrap();
        ring.overwrite(promise, closeknit_domain::Commitment { basis, ..known });
    }
    assert_eq!(ring.board().live_promise(bob(), need), Some(counts));
    assert_eq!(ring.stands(other), S::Void(Void::Twice { counts: counts.id }));

    // The author's yes decides which.
    story.answer(other, Verdict::Accept);
    assert_eq!(story.board().live_promise(bob(), need), Some(other));
    assert!(matches!(story.stands(other), S::Going(_)));
    assert_eq!(story.stands(counts), S::Void(Void::Twice { counts: other.id }));

    // Taking help back takes both.
    for promise in story.board().to_withdraw(bob(), need) {
        story.withdraw(promise);
    }
    assert_eq!(story.board().live_promise(bob(), need), None);
    assert_eq!(story.state(need).amounts.covered(), 0);
}

#[test]
fn a_promise_taken_back_twice_was_taken_back_the_first_time() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    let first = story.now;
    for hours in [3, -1, -2, 5] {
        story.later(hours);
        story.withdraw(promise);
    }
    assert_eq!(story.stands(promise), S::Withdrawn { at: first });
}
