//! What the author says, and what their machine says by itself.

use closeknit_domain::{
    Closed, CommitmentStatus as S, Mode, Post, PostFlag, PostStatus, Seat, Sentence, Unit, Verdict, Want,
};

use crate::story::{Story, alice, at, bags, bob, carol, dave, lift, seat};

#[test]
fn a_withdrawal_beats_an_accept_and_the_backup_is_asked_first() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let by_bob = story.promise(bob(), need, 1);
    let by_carol = story.promise(carol(), need, 1);
    story.answer(by_carol, Verdict::StandBy);
    let by_dave = story.promise(dave(), need, 1);
    assert_eq!(story.stands(by_carol), S::StandingBy);
    assert_eq!(story.headline(need, carol()), Sentence::YouAreBackup { author: alice() });

    story.withdraw(by_bob);
    story.answer(by_bob, Verdict::Accept); // at the same time, elsewhere
    assert_eq!(story.stands(by_bob), S::Withdrawn { at: story.now });
    assert_eq!(story.doorstep(by_bob, bob()), None);
    assert_eq!(story.flags(need), [PostFlag::TakenBack(by_bob), PostFlag::BackupFirst(by_carol)]);
    assert_eq!(story.stands(by_carol), S::Offered(seat(1)), "before dave, though alice has not answered him");
    assert_eq!(story.stands(by_dave), S::StandingBy);
    assert_eq!(story.words(need, alice()).next, Sentence::NextAskBackup { helper: carol() });
    assert_eq!(story.headline(need, carol()), Sentence::YouAreNext { author: alice() });
    assert_eq!(story.words(need, dave()).notes, [Sentence::NoteTakenBack { helper: bob() }]);
    assert_eq!(story.words(need, bob()).notes, [], "bob knows");
    assert_eq!(story.says(by_bob, alice()), Sentence::HelperTookItBack { helper: bob(), on: story.now });

    story.answer(by_carol, Verdict::Accept);
    assert_eq!(story.stands(by_carol), S::Going(seat(1)), "a yes stands before the earlier stand by");
    assert!(!story.flags(need).contains(&PostFlag::BackupFirst(by_dave)), "nobody has to be asked");
}

#[test]
fn a_backup_takes_no_seat_while_nobody_left_one() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    let by_bob = story.promise(bob(), need, 5);
    story.answer(by_bob, Verdict::StandBy);
    assert_eq!(story.stands(by_bob), S::StandingBy);
    assert_eq!(story.status(need), PostStatus::Open);
    assert_eq!(story.to_accept(alice()), []);
    let by_carol = story.promise(carol(), need, 5);
    assert_eq!(story.stands(by_carol), S::Likely(seat(5)));
}

#[test]
fn a_backup_gets_what_came_free_and_nobody_elses_seat() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::TurnUp, ..bags() });
    let by_bob = story.promise(bob(), need, 2);
    story.answer(by_bob, Verdict::Accept);
    let backup = story.promise(carol(), need, 3);
    story.answer(backup, Verdict::StandBy);
    let by_dave = story.promise(dave(), need, 3);
    assert_eq!(story.stands(by_dave), S::Likely(seat(3)));

    let mut taken_back = story.clone();
    taken_back.withdraw(by_bob);
    assert_eq!(taken_back.stands(backup), S::Likely(Seat { taken: 2, spare: 1 }));
    assert_eq!(taken_back.stands(by_dave), S::Likely(seat(3)));

    // Who had not said yes to a new place had left no seat, nor who had promised anew since.
    let mut moved = story.clone();
    moved.edit(need, |post| post.place = None);
    moved.confirm(backup, need);
    moved.confirm(by_dave, need);
    moved.withdraw(by_bob);
    assert_eq!(moved.stands(backup), S::StandingBy);
    let anew = story.promise(bob(), need, 1);
    story.withdraw(by_bob);
    assert_eq!(story.stands(anew), S::Likely(seat(1)));
    assert_eq!(story.stands(backup), S::StandingBy);
}

#[test]
fn who_promised_twice_leaves_one_seat() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::TurnUp, ..bags() });
    let both = [1, 3].map(|amount| story.promise_apart(bob(), need, amount));
    for promise in both {
        story.answer(promise, Verdict::Accept);
    }
    let backup = story.promise(carol(), need, 5);
    story.answer(backup, Verdict::StandBy);
    let by_dave = story.promise(dave(), need, 2);
    let had = u16::try_from(story.state(need).amounts.going).unwrap();
    assert_eq!(story.stands(by_dave), S::Likely(seat(2)));
    for promise in both {
        story.withdraw(promise);
    }
    assert_eq!(story.stands(backup), S::Likely(Seat { taken: had, spare: 5 - had }));
    assert_eq!(story.stands(by_dave), S::Likely(seat(2)), "dave keeps his");
}

#[test]
fn a_machine_that_accepts_by_itself_says_yes_to_whole_promises() {
    let mut story = Story::new();
    let need = story
        .post(alice(), Post { want: Want { amount: 2.try_into().unwrap(), unit: Unit::Items }, ..bags() });
    let by_bob = story.promise(bob(), need, 1);
    story.answer(by_bob, Verdict::Accept);
    let backup = story.promise(carol(), need, 2);
    story.answer(backup, Verdict::StandBy);
    let by_dave = story.promise(dave(), need, 1);
    story.withdraw(by_bob);
    assert_eq!(story.stands(backup), S::Likely(Seat { taken: 1, spare: 1 }));
    assert_eq!(story.stands(by_dave), S::Likely(seat(1)));
    let accepts = story.to_accept(alice());
    assert_eq!(accepts.iter().map(|accept| accept.commitment).collect::<Vec<_>>(), [backup]);
}

#[test]
fn of_several_yes_the_one_with_the_doorstep_counts() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    let with_doorstep = story.answer(promise, Verdict::Accept);
    story.later(1);
    let bare = closeknit_domain::Answer {
        post: need.id,
        commitment: promise,
        verdict: Verdict::Accept,
        doorstep: None,
        at: story.now,
    };
    story.write(alice(), closeknit_domain::Record::Answer(bare));
    assert_eq!(story.doorstep(promise, bob()).unwrap().id, with_doorstep);
    let moved = story.answer(promise, Verdict::Accept);
    assert_eq!(story.doorstep(promise, bob()).unwrap().id, moved, "the latest of these");
    assert_eq!(story.flags(need), []);
}

#[test]
fn accepted_on_one_own_machine_and_declined_on_another() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Decline);
    assert_eq!(story.stands(promise), S::Declined);
    assert_eq!(story.headline(need, bob()), Sentence::NeedOpen { wanted: 1 });
    assert_eq!(story.says(promise, bob()), Sentence::YouNotThisTime { author: alice() });
    story.answer(promise, Verdict::Accept);
    assert_eq!(story.stands(promise), S::Going(seat(1)));
    assert_eq!(story.flags(need), [PostFlag::AnsweredTwice(promise)]);
    assert_eq!(story.words(need, alice()).next, Sentence::NextKeepAnswer { helper: bob() });
    assert_eq!(story.words(need, alice()).notes, [Sentence::NoteAnsweredTwice { helper: bob() }]);
    assert_eq!(story.words(need, dave()).notes, [], "it is between alice and her machines");
}

#[test]
fn backup_on_one_own_machine_and_declined_on_another() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::StandBy);
    story.answer(promise, Verdict::Decline);
    assert_eq!(story.stands(promise), S::StandingBy);
    assert_eq!(story.words(need, alice()).notes, [Sentence::NoteAnsweredTwiceNoYes { helper: bob() }]);
}

#[test]
fn two_accepted_for_one_seat() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let (one, two) = (story.promise_apart(bob(), need, 1), story.promise_apart(carol(), need, 1));
    story.answer(one, Verdict::Accept);
    story.answer(two, Verdict::Accept);
    assert_eq!(story.stands(one), S::Going(seat(1)));
    assert_eq!(story.stands(two), S::Going(seat(1)));
    assert_eq!(story.flags(need), [PostFlag::TwoAccepted]);
    assert_eq!(story.state(need).amounts.going, 2);
    assert!(matches!(story.words(need, alice()).next, Sentence::NextKeepBoth { .. }));
    assert!(matches!(story.headline(need, alice()), Sentence::TooManyAccepted { going: 2, wanted: 1, .. }));
    assert_eq!(story.headline(need, bob()), Sentence::YouAreGoing {});
    assert_eq!(story.headline(need, carol()), Sentence::YouAreGoing {});
}

#[test]
fn nobody_ends_or_answers_for_another() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    let as_carol = closeknit_domain::PostRef { author: carol(), id: need.id };
    story.close(as_carol, Closed::NotNeeded);
    story.answer_as(as_carol, promise, Verdict::Accept);
    let taken_back = closeknit_domain::Withdrawal { commitment: promise.id, slots: None, at: story.now };
    story.write(carol(), closeknit_domain::Record::Withdrawal(taken_back));
    assert_eq!(story.stands(promise), S::Offered(seat(1)));
    // Nor does an answer about another of the author's own posts count.
    let elsewhere = story.post(alice(), bags());
    story.answer_as(elsewhere, promise, Verdict::Accept);
    assert_eq!(story.stands(promise), S::Offered(seat(1)));
}

#[test]
fn the_machine_accepts_nothing_once_the_time_is_over() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::First, ..lift() });
    let promise = story.promise(bob(), need, 1);
    assert_eq!(story.to_accept(alice()).len(), 1);
    assert_eq!(story.to_accept(carol()), [], "only the author's machine does");
    story.now = at("2026-11-26T15:00");
    assert_eq!(story.to_accept(alice()), []);
    assert_eq!(story.status(need), PostStatus::Asking);
    assert_eq!(story.flags(need), [PostFlag::OfferedInTime(promise)]);
    story.edit(need, |post| post.want.amount = 2.try_into().unwrap());
    assert_eq!(story.status(need), PostStatus::PartlyCovered);
    assert_eq!(story.to_accept(alice()), []);
}
