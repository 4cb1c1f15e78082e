//! What is over, and since when: it may be forgotten, and after a month it is (mutual-aid, *Privacy*).
#![cfg(test)]

mod story;

use std::collections::{BTreeMap, BTreeSet};

use closeknit_domain::{
    CommitmentRef, CommitmentStatus as S, How, OpenInvitation, Post, PostRef, PostStatus, Record, Verdict,
    Void, When,
    over::{LONG, is_over, over, with_what_belongs},
    record::{Closed, Note, Outcome, Thanks},
    text::{Say, Title},
};
use closeknit_ids::{InvitationId, MemberId, RecordId};
use jiff::{SignedDuration, Timestamp};
use story::{Story, alice, at, bags, bob, carol, lift, vegetables};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn over_of(story: &Story, member: MemberId) -> BTreeMap<RecordId, Timestamp> {
    over(&story.known(), &story.board(), member)
}

/// Since when a record is over, found by letting the time go on to just before it and to it: until then it is not.
fn since(story: &Story, member: MemberId, id: RecordId) -> Option<Timestamp> {
    let mut later = story.clone();
    later.now = at("2030-01-01T00:00");
    let since = over_of(&later, member).get(&id).copied()?;
    // What ends by the clock alone ends when it is sure to have, which is not before.
    if since > story.now {
        later.now = since - SECOND;
        assert!(!over_of(&later, member).contains_key(&id), "over before {since}");
    }
    Some(since)
}

fn thanks(story: &mut Story, by: MemberId, to: MemberId, post: Option<PostRef>) -> RecordId {
    let text = Say::new("Thank you so much").unwrap();
    story.write(by, Record::Thanks(Thanks { to: Some(to), post, text, at: story.now }))
}

fn outcome(story: &mut Story, by: MemberId, commitment: CommitmentRef) -> RecordId {
    let outcome = Outcome { commitment, slot: None, how: How::Happened, reason: None, at: story.now };
    story.write(by, Record::Outcome(outcome))
}

#[test]
fn a_post_is_over_since_its_author_ended_it_and_what_they_wrote_about_it_with_it() {
    for how in [Closed::Met, Closed::NotNeeded] {
        let mut story = Story::new();
        let need = story.post(alice(), lift());
        let promise = story.promise(bob(), need, 1);
        let answer = story.answer(promise, Verdict::Accept);
        assert_eq!(over_of(&story, alice()), BTreeMap::new());
        assert!(!is_over(&story.known(), &story.board(), need));
        story.later(5);
        let ended = story.now;
        let closure = story.close(need, how);
        let outcome = outcome(&mut story, alice(), promise);
        story.later(100);
        assert!(is_over(&story.known(), &story.board(), need));
        let all = [need.id, answer, closure, outcome];
        assert_eq!(over_of(&story, alice()), all.into_iter().map(|id| (id, ended)).collect());
        assert_eq!(over_of(&story, bob()), BTreeMap::from([(promise.id, ended)]));
        assert_eq!(over_of(&story, carol()), BTreeMap::new());
    }
}

#[test]
fn an_offer_is_over_since_it_was_taken_back() {
    let mut story = Story::new();
    let offer = story.post(alice(), vegetables());
    story.later(3);
    let closure = story.close(offer, Closed::NotNeeded);
    assert_eq!(story.status(offer), PostStatus::Withdrawn { at: story.now });
    assert_eq!(over_of(&story, alice()), BTreeMap::from([(offer.id, story.now), (closure, story.now)]));
}

#[test]
fn a_need_that_nobody_met_is_over_since_it_ended_by_itself() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    story.now = at("2026-12-07T11:00");
    assert_eq!(over_of(&story, alice()), BTreeMap::new(), "clocks may differ by two hours");
    story.now = at("2026-12-07T12:01");
    assert_eq!(over_of(&story, alice()), BTreeMap::from([(need.id, at("2026-12-07T10:00"))]));
}

#[test]
fn a_need_that_was_met_in_part_is_over_since_it_ended() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    let promise = story.promise(bob(), need, 2);
    story.answer(promise, Verdict::Accept);
    story.tell(alice(), promise, None, How::Partly);
    story.now = at("2026-12-09T10:00");
    let PostStatus::PartlyMet { at } = story.status(need) else { panic!("{:?}", story.status(need)) };
    assert_eq!(over_of(&story, alice()).get(&need.id), Some(&at));
}

/// Nobody says what became of the lift.
#[test]
fn what_nobody_ended_is_over_a_month_after_its_time() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    story.now = at("2026-11-27T10:00");
    assert_eq!(story.status(need), PostStatus::Asking);
    let month_after = at("2026-11-26T12:30") + LONG;
    assert_eq!(since(&story, alice(), need.id), Some(month_after));
    assert_eq!(since(&story, bob(), promise.id), Some(month_after));
    story.now = month_after - SECOND;
    assert!(!is_over(&story.known(), &story.board(), need));
    story.now = month_after;
    assert!(is_over(&story.known(), &story.board(), need), "in that very moment");
}

/// Nobody says what became of it either, and it has no time of its own, or one that its author kept it beyond.
#[test]
fn what_nobody_ended_is_over_a_month_after_it_could_have_been_done() {
    let anytime = Post { when: When::Anytime, ..lift() };
    let kept = Post { until: Some(at("2026-12-20T10:00")), ..lift() };
    for (post, end) in [(anytime, at("2026-12-07T10:00")), (kept, at("2026-12-20T10:00"))] {
        let mut story = Story::new();
        let need = story.post(alice(), post);
        let promise = story.promise(bob(), need, 1);
        let answer = story.answer(promise, Verdict::Accept);
        story.now = end + SignedDuration::from_hours(3);
        assert_eq!(story.status(need), PostStatus::Asking);
        let all = [(alice(), need.id), (alice(), answer), (bob(), promise.id)];
        assert_eq!(all.map(|(member, id)| since(&story, member, id)), [Some(end + LONG); 3]);
    }
}

#[test]
fn a_post_that_stands_is_never_over() {
    let mut story = Story::new();
    let mut standing = vegetables();
    standing.standing = true;
    let offer = story.post(alice(), standing);
    assert_eq!(since(&story, alice(), offer.id), None);
}

#[test]
fn another_with_the_same_is_over_since_its_author_said_so() {
    let mut story = Story::new();
    let (first, second) = (story.post(alice(), bags()), story.post(bob(), bags()));
    story.later(2);
    let said = story.now;
    story.close(second, Closed::DuplicateOf(first));
    story.later(2);
    let again = story.now;
    let closure = story.close(second, Closed::DuplicateOf(first));
    assert_eq!(story.status(second), PostStatus::Duplicate { of: first });
    let over = over_of(&story, bob());
    assert!(said < again);
    assert_eq!((over.get(&second.id), over.get(&closure)), (Some(&again), Some(&again)), "said twice");
    assert_eq!(over_of(&story, alice()), BTreeMap::new(), "alice's goes on");
}

/// Carol ended another post of hers as a duplicate long before.
#[test]
fn what_was_said_of_one_post_is_not_said_of_another() {
    let mut story = Story::new();
    let first = story.post(alice(), bags());
    let (one, other) = (story.post(carol(), bags()), story.post(carol(), bags()));
    story.later(2);
    let early = story.now;
    story.close(one, Closed::DuplicateOf(first));
    story.later(20);
    story.close(other, Closed::DuplicateOf(first));
    let over = over_of(&story, carol());
    assert_eq!((over.get(&one.id), over.get(&other.id)), (Some(&early), Some(&story.now)));
}

#[test]
fn nothing_is_over_before_it_was_asked_for() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let (asked, behind) = (story.now, at("2019-03-01T10:00"));
    story.now = behind;
    let closure = story.close(need, Closed::NotNeeded);
    story.now = asked + SECOND;
    assert_eq!(over_of(&story, alice()), BTreeMap::from([(need.id, asked), (closure, asked)]));
}

#[test]
fn a_promise_that_was_taken_back_is_over_since_then() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.later(4);
    let withdrawal = story.withdraw(promise);
    let since = story.now;
    story.later(4);
    assert_eq!(over_of(&story, bob()), BTreeMap::from([(promise.id, since), (withdrawal, since)]));
    assert_eq!(over_of(&story, alice()), BTreeMap::new());
}

/// Whoever was not wanted need not wait for the post to end, and whoever goes must.
#[test]
fn a_promise_is_over_when_its_post_is_or_a_month_after_it_was_declined() {
    let mut story = Story::new();
    let mut standing = vegetables();
    standing.standing = true;
    let offer = story.post(alice(), standing);
    let (by_bob, by_carol) = (story.promise(bob(), offer, 1), story.promise(carol(), offer, 1));
    let made = story.now;
    story.later(1);
    story.answer(by_bob, Verdict::Decline);
    assert_eq!(story.stands(by_bob), S::Declined);
    assert_eq!(since(&story, bob(), by_bob.id), Some(made + LONG));
    story.later(1);
    story.close(offer, Closed::NotNeeded);
    assert_eq!(since(&story, bob(), by_bob.id), Some(story.now), "by then the post is over");
    assert_eq!(since(&story, carol(), by_carol.id), Some(story.now));
}

/// Of promises that do not count, or were taken back: whoever made them, or took them back, had a clock that is years
/// behind.
#[test]
fn no_promise_is_over_before_what_it_is_for_was_asked_for() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let (asked, behind) = (story.now, at("2019-03-01T10:00"));
    story.now = behind;
    let (declined, taken_back) = (story.promise(bob(), need, 1), story.promise(carol(), need, 1));
    let withdrawal = story.withdraw(taken_back);
    story.now = asked + SECOND;
    story.answer(declined, Verdict::Decline);
    assert_eq!(story.stands(declined), S::Declined);
    assert_eq!(over_of(&story, bob()), BTreeMap::from([(declined.id, asked)]));
    assert_eq!(over_of(&story, carol()), BTreeMap::from([(taken_back.id, asked), (withdrawal, asked)]));
}

#[test]
fn a_promise_to_what_is_not_here_is_over_a_month_after_it_was_made() {
    for former in [true, false] {
        let mut story = Story::new();
        let need = story.post(alice(), lift());
        let promise = story.promise(bob(), need, 1);
        let made = story.now;
        story.later(7);
        let outcome = outcome(&mut story, bob(), promise);
        if former {
            story.remove(alice())
        } else {
            story.undo(alice(), need.id)
        }
        let void = if former { Void::AuthorLeft } else { Void::PostNotHere };
        assert_eq!(story.stands(promise), S::Void(void));
        assert_eq!(since(&story, bob(), promise.id), Some(made + LONG));
        assert_eq!(since(&story, bob(), outcome), Some(made + LONG));
    }
}

#[test]
fn what_points_to_nothing_is_over_a_month_after_it_was_written() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.later(1);
    let answer = story.answer(promise, Verdict::Accept);
    let withdrawal = story.withdraw(promise);
    let closure = story.close(need, Closed::NotNeeded);
    let outcomes = [alice(), bob()].map(|by| (by, outcome(&mut story, by, promise)));
    let thanked = thanks(&mut story, alice(), bob(), Some(need));
    let written = story.now;
    story.undo(alice(), need.id);
    story.undo(bob(), promise.id);
    story.later(1);
    for (by, id) in [(alice(), answer), (bob(), withdrawal), (alice(), closure), (alice(), thanked)]
        .into_iter()
        .chain(outcomes)
    {
        assert_eq!(since(&story, by, id), Some(written + LONG));
    }
}

#[test]
fn thanks_are_over_when_what_they_are_for_is_and_no_earlier_than_they_were_said() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let early = thanks(&mut story, alice(), bob(), Some(need));
    assert_eq!(since(&story, alice(), early), since(&story, alice(), need.id));
    story.later(1);
    story.close(need, Closed::Met);
    let ended = story.now;
    story.later(50);
    let late = thanks(&mut story, alice(), bob(), Some(need));
    let for_nothing = thanks(&mut story, alice(), bob(), None);
    let said = story.now;
    assert_eq!(since(&story, alice(), early), Some(ended));
    assert_eq!(since(&story, alice(), late), Some(said));
    assert_eq!(since(&story, alice(), for_nothing), Some(said + LONG));
}

#[test]
fn an_invitation_is_over_a_month_after_it_ended_and_a_note_never() {
    let mut story = Story::new();
    let until = story.now + SignedDuration::from_hours(48);
    let open = OpenInvitation { id: InvitationId([3; 32]), uses: 1, until, sealed: None };
    let invitation = story.write(alice(), Record::Invitation(open));
    let title = Title::new("Who has a key").unwrap();
    let note = Note { title, text: None, written: story.now, changed: None };
    let note = story.write(alice(), Record::Note(note));
    assert_eq!(since(&story, alice(), invitation), Some(until + LONG));
    assert_eq!(since(&story, alice(), note), None);
}

#[test]
fn with_a_post_or_a_promise_goes_what_its_writer_said_about_it_and_nothing_else() {
    let mut story = Story::new();
    let (need, other) = (story.post(alice(), lift()), story.post(alice(), bags()));
    let promise = story.promise(bob(), need, 1);
    let to_other = story.promise(bob(), other, 2);
    let answers = [promise, to_other].map(|promise| story.answer(promise, Verdict::Accept));
    let (by_alice, by_bob) = (outcome(&mut story, alice(), promise), outcome(&mut story, bob(), promise));
    outcome(&mut story, alice(), to_other);
    let others = outcome(&mut story, bob(), to_other);
    let closure = story.close(need, Closed::Met);
    let thanked = thanks(&mut story, alice(), bob(), Some(need));
    let (by_helper, for_nothing) =
        (thanks(&mut story, bob(), alice(), Some(need)), thanks(&mut story, alice(), bob(), None));
    let withdrawal = story.withdraw(promise);
    let belongs = |member: MemberId, ids: &[RecordId]| {
        with_what_belongs(
            &story.board(),
            &story.members[&member],
            member,
            &ids.iter().copied().collect::<BTreeSet<_>>(),
        )
    };
    let set = |ids: &[RecordId]| ids.iter().copied().collect::<BTreeSet<_>>();
    assert_eq!(
        belongs(alice(), &[need.id]),
        set(&[need.id, answers[0], by_alice, closure, thanked]),
        "not the other answer, and not {for_nothing}"
    );
    assert_eq!(belongs(bob(), &[promise.id]), set(&[promise.id, by_bob, withdrawal]));
    assert_eq!(belongs(bob(), &[to_other.id]), set(&[to_other.id, others]));
    assert_eq!(
        belongs(bob(), &[need.id]),
        set(&[need.id]),
        "bob's words about alice's post stay: {by_helper}"
    );
    assert_eq!(belongs(alice(), &[for_nothing]), set(&[for_nothing]));
}
