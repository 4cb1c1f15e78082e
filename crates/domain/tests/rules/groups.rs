//! Posts that say the same.

use closeknit_domain::{
    Closed, CommitmentStatus as S, Post, PostFlag, PostStatus, Sentence, Unit, Verdict, Void, Want,
};

use crate::story::{Story, alice, bob, carol, dave, lift, seat};

#[test]
fn duplicates_of_each_other_are_one_group() {
    let mut story = Story::new();
    let a = story.post(alice(), lift());
    let b = story.post(bob(), lift());
    let (lead, other) = if a.id < b.id { (a, b) } else { (b, a) };
    let to_lead = story.promise_apart(carol(), lead, 1);
    let to_other = story.promise_apart(dave(), other, 1);
    story.close(a, Closed::DuplicateOf(b));
    story.close(b, Closed::DuplicateOf(a));

    assert_eq!(story.status(other), PostStatus::Duplicate { of: lead });
    assert_eq!(story.status(lead), PostStatus::Open);
    assert_eq!(story.state(lead).same, [other]);
    let mut line = story.state(lead).line;
    line.sort();
    assert_eq!(line, [to_lead, to_other], "promises to either count");
    assert_eq!(story.board().leader(other), lead);
    assert_eq!(story.headline(other, carol()), story.headline(lead, carol()), "one card");
    assert_eq!(story.words(lead, lead.author).notes, [Sentence::NoteOneCard { authors: vec![other.author] }]);
    let notes = story.promise_words(to_other, dave()).notes;
    assert_eq!(notes, [Sentence::NoteCountsHere { post: other }]);

    // Either author may answer, for both agreed.
    story.answer_as(other, to_other, Verdict::Accept);
    assert_eq!(story.stands(to_other), S::Going(seat(1)));
    story.answer_as(lead, to_other, Verdict::StandBy);
    assert_eq!(story.stands(to_other), S::Going(seat(1)));
    assert_eq!(
        story.flags(lead),
        [PostFlag::TwoClaims { first: to_other, backup: to_lead }, PostFlag::AnsweredTwice(to_other)]
    );
}

#[test]
fn a_duplicate_declared_by_one_gives_nobody_a_say_in_anothers_seats() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let copy = story.post(bob(), lift());
    story.close(copy, Closed::DuplicateOf(need));
    let promise = story.promise(carol(), copy, 1);
    assert_eq!(story.status(copy), PostStatus::Duplicate { of: need });
    assert_eq!(story.state(need).line, [promise], "it counts");
    story.answer(promise, Verdict::Accept); // by bob
    assert_eq!(story.stands(promise), S::Offered(seat(1)), "but bob cannot give alice's seat");
    story.answer_as(need, promise, Verdict::Accept);
    assert_eq!(story.stands(promise), S::Going(seat(1)));
}

#[test]
fn a_duplicate_of_something_else_says_where_to_look() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let hours =
        story.post(bob(), Post { want: Want { amount: lift().want.amount, unit: Unit::Hours }, ..lift() });
    let promise = story.promise(carol(), hours, 1);
    story.close(hours, Closed::DuplicateOf(need));
    assert_eq!(story.stands(promise), S::Void(Void::Duplicate { of: need }));
    assert_eq!(story.says(promise, carol()), Sentence::DuplicateLookThere { post: need });
    assert_eq!(story.promise_words(promise, carol()).next, Sentence::NextLookThere { post: need });
    assert_eq!(story.state(need).line, []);
    assert_eq!(story.board().leader(hours), hours, "it has a card of its own");
    assert_eq!(story.headline(hours, dave()), Sentence::SameAsAnother { post: need });
}

#[test]
fn duplicates_in_a_chain_end_at_the_last_and_in_a_ring_at_the_smallest() {
    let mut story = Story::new();
    let posts: Vec<_> = [alice(), bob(), carol(), dave()].map(|member| story.post(member, lift())).into();
    let promise = story.promise(carol(), posts[0], 1);
    for two in posts.windows(2) {
        story.close(two[0], Closed::DuplicateOf(two[1]));
    }
    assert_eq!(story.state(posts[3]).line, [promise]);
    for post in &posts[..3] {
        assert_eq!(story.status(*post), PostStatus::Duplicate { of: posts[3] });
    }
    // The last names the second: the ring is bob, carol, dave; alice's post leads into it.
    story.close(posts[3], Closed::DuplicateOf(posts[1]));
    let leader = posts[1..].iter().copied().min_by_key(|post| post.id).unwrap();
    assert_eq!(story.status(leader), PostStatus::Open);
    assert_eq!(story.state(leader).line, [promise]);
    story.answer_as(posts[0], promise, Verdict::Accept);
    assert_eq!(story.stands(promise), S::Offered(seat(1)), "alice is not in the ring");
    story.answer_as(posts[2], promise, Verdict::Accept);
    assert_eq!(story.stands(promise), S::Going(seat(1)));
}
