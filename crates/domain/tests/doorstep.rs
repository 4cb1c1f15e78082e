//! Who may open doorstep details, and for how long (trust-and-sync, *Sealing*).
#![cfg(test)]

mod story;

use std::collections::BTreeSet;

use closeknit_domain::{
    Answer, Closed, CommitmentRef, CommitmentStatus as S, How, Mode, Part, Post, PostRef, PostStatus as P,
    Record, SlotId, SlotIds, Verdict, When, Withdrawal, doorstep::SHOWN_AFTER,
};
use closeknit_ids::{MemberId, RecordId};
use jiff::{SignedDuration, Timestamp};
use story::{Story, alice, at, bags, bob, carol, lift, once, seat, vegetables, window};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// Bob is accepted to a post of alice's.
fn accepted(post: Post) -> (Story, PostRef, CommitmentRef, RecordId) {
    let mut story = Story::new();
    let post = story.post(alice(), post);
    let promise = story.promise_part(bob(), post, part_of(&story, post), 1);
    let answer = story.answer(promise, Verdict::Accept);
    (story, post, promise, answer)
}

fn part_of(story: &Story, post: PostRef) -> Part {
    if story.post_record(post).when.has_slots() { Part::Every } else { Part::Whole }
}

fn opens(story: &Story, promise: CommitmentRef, viewer: MemberId) -> bool {
    story.doorstep(promise, viewer).is_some()
}

fn to_forget(story: &Story, member: MemberId) -> Vec<RecordId> {
    let (known, board) = (story.known(), story.board());
    board.doorsteps_to_forget(&known, member).map(|(id, _)| id).collect()
}

/// They are shown to the two until a week after `end`; then to nobody, and the answer is to be written without.
fn shown_until_a_week_after(end: Timestamp, (mut story, promise, answer): (Story, CommitmentRef, RecordId)) {
    story.now = end + SHOWN_AFTER - SECOND;
    assert_eq!([alice(), bob(), carol()].map(|one| opens(&story, promise, one)), [true, true, false]);
    assert_eq!(to_forget(&story, alice()), []);
    story.now = end + SHOWN_AFTER;
    assert_eq!([alice(), bob(), carol()].map(|one| opens(&story, promise, one)), [false; 3]);
    assert_eq!(to_forget(&story, alice()), [answer]);
    assert_eq!(to_forget(&story, bob()), []);
}

#[test]
fn of_a_post_with_a_time_the_two_open_them_until_a_week_after_it() {
    let (story, _, promise, answer) = accepted(lift());
    assert_eq!([alice(), bob(), carol()].map(|one| opens(&story, promise, one)), [true, true, false]);
    shown_until_a_week_after(at("2026-11-26T12:30"), (story, promise, answer));
}

#[test]
fn of_several_times_the_last_one_counts_that_the_promise_is_for() {
    let evenings = ["2026-11-30", "2026-12-01", "2026-12-09"]
        .map(|day| window(&format!("{day}T18:00"), &format!("{day}T19:00")));
    let dinners = Post { when: When::at(evenings.to_vec()).unwrap(), ..lift() };
    let (story, _, promise, answer) = accepted(dinners.clone());
    shown_until_a_week_after(at("2026-12-09T19:00"), (story, promise, answer));

    let mut story = Story::new();
    let post = story.post(alice(), dinners);
    let slots = ["2026-11-30T18:00", "2026-12-01T18:00"].map(|start| SlotId(start.parse().unwrap()));
    let part = Part::Slots(SlotIds::new(BTreeSet::from(slots)).unwrap());
    let promise = story.promise_part(bob(), post, part, 1);
    let answer = story.answer(promise, Verdict::Accept);
    shown_until_a_week_after(at("2026-12-01T19:00"), (story, promise, answer));
}

#[test]
fn without_a_time_they_are_shown_until_a_week_after_it_was_done() {
    let (mut story, post, promise, answer) = accepted(Post { mode: Mode::Choose, ..bags() });
    story.later(24);
    story.close(post, Closed::Met);
    assert_eq!(story.stands(promise), S::Done(seat(1)));
    let done = story.now;
    shown_until_a_week_after(done, (story, promise, answer));
}

/// Neither does anybody say what became of it, nor does anybody call it off.
#[test]
fn without_a_time_or_a_word_they_are_shown_until_a_week_after_the_post_ended_by_itself() {
    let end = at("2026-12-07T10:00");
    for (post, status) in
        [(Post { when: When::Anytime, ..lift() }, P::Asking), (bags(), P::Expired { at: end })]
    {
        let (mut story, post, promise, answer) = accepted(post);
        story.later(13 * 24);
        assert!(opens(&story, promise, bob()), "it may still be done");
        story.later(3 * 24);
        assert_eq!((story.status(post), story.stands(promise)), (status, S::Going(seat(1))));
        shown_until_a_week_after(end, (story, promise, answer));
    }
}

#[test]
fn without_a_time_they_are_forgotten_a_week_after_it_was_called_off() {
    let (mut story, post, promise, answer) = accepted(bags());
    story.close(post, Closed::NotNeeded);
    assert!(!opens(&story, promise, bob()));
    story.now += SHOWN_AFTER - SECOND;
    assert_eq!(to_forget(&story, alice()), []);
    story.now += SECOND;
    assert_eq!(to_forget(&story, alice()), [answer]);
}

/// A standing offer has a week for each promise, long after its first time.
#[test]
fn of_a_standing_offer_they_are_shown_until_a_week_after_the_promised_one() {
    let tuesday = once("2026-11-24T17:00", "2026-11-24T18:30");
    for when in [tuesday, When::Anytime] {
        let mut story = Story::new();
        let offer = story.post(alice(), Post { standing: true, when, ..vegetables() });
        story.now = at("2027-01-06T10:00");
        let promise = story.promise(bob(), offer, 1);
        let answer = story.answer(promise, Verdict::Accept);
        assert_eq!(story.stands(promise), S::Going(seat(1)));
        assert_eq!(to_forget(&story, alice()), []);
        shown_until_a_week_after(at("2027-01-11T00:00"), (story, promise, answer));
    }
}

/// Nobody is shown them any more, and they are not kept for ever.
#[test]
fn of_a_time_that_is_gone_they_are_forgotten_a_week_after_it() {
    let evenings = ["2026-11-24", "2026-11-26", "2027-03-01"]
        .map(|day| window(&format!("{day}T18:00"), &format!("{day}T19:00")));
    let [_, gone, _] = &evenings;
    let mut story = Story::new();
    let dinners = Post { when: When::at(evenings.to_vec()).unwrap(), ..lift() };
    let post = story.post(alice(), dinners);
    let promise = story.promise_part(bob(), post, Part::Slots(SlotIds::one(gone.slot())), 1);
    let answer = story.answer(promise, Verdict::Accept);
    let rest = evenings.iter().filter(|window| *window != gone).cloned().collect();
    story.edit(post, |post| post.when = When::at(rest).unwrap());
    assert!(!opens(&story, promise, bob()));
    story.now = at("2026-11-26T18:00") + SHOWN_AFTER - SECOND;
    assert_eq!(to_forget(&story, alice()), []);
    story.now += SECOND;
    assert_eq!(to_forget(&story, alice()), [answer]);
}

#[test]
fn who_is_not_going_opens_nothing() {
    for verdict in [Verdict::StandBy, Verdict::Decline] {
        let mut story = Story::new();
        let post = story.post(alice(), lift());
        let promise = story.promise(bob(), post, 1);
        story.answer(promise, verdict);
        assert!(!opens(&story, promise, bob()), "{verdict:?}");
        story.now = at("2027-01-01T10:00");
        assert_eq!(to_forget(&story, alice()), [], "there are none");
    }
    let (mut story, _, promise, _) = accepted(lift());
    story.withdraw(promise);
    assert!(!opens(&story, promise, bob()), "taken back");
    let (mut story, post, promise, _) = accepted(lift());
    story.close(post, Closed::NotNeeded);
    assert!(!opens(&story, promise, bob()), "called off");
}

#[test]
fn who_did_it_opens_them_still_and_who_took_a_part_of_it_back_does_not() {
    let (mut story, _, promise, _) = accepted(lift());
    story.tell(bob(), promise, None, How::Happened);
    assert_eq!(story.stands(promise), S::Done(seat(1)));
    assert!(opens(&story, promise, bob()));

    let evenings =
        ["2026-11-24", "2026-11-26"].map(|day| window(&format!("{day}T18:00"), &format!("{day}T19:00")));
    let (mut story, _, promise, _) = accepted(Post { when: When::at(evenings.to_vec()).unwrap(), ..lift() });
    story.tell(alice(), promise, Some("2026-11-24T18:00"), How::Happened);
    let last = SlotIds::new(BTreeSet::from([SlotId("2026-11-26T18:00".parse().unwrap())])).unwrap();
    story.now = at("2026-11-25T10:00");
    assert!(opens(&story, promise, bob()));
    let withdrawal = Withdrawal { commitment: promise.id, slots: Some(last), at: story.now };
    story.write(bob(), Record::Withdrawal(withdrawal));
    assert!(matches!(story.stands(promise), S::Done(_)), "{:?}", story.stands(promise));
    assert!(!opens(&story, promise, bob()));
}

#[test]
fn an_answer_without_them_has_none_to_forget() {
    let (mut story, post, promise, answer) = accepted(lift());
    let bare = Answer {
        post: post.id,
        commitment: promise,
        verdict: Verdict::Accept,
        doorstep: None,
        at: story.now,
    };
    story.members.get_mut(&alice()).unwrap().insert(answer, Record::Answer(bare));
    story.now = at("2027-01-01T10:00");
    assert_eq!(to_forget(&story, alice()), []);
}
