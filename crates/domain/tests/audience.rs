//! Who alone may read a record (mutual-aid, *Privacy*).
#![cfg(test)]

mod story;

use std::collections::BTreeSet;

use closeknit_domain::{
    Audience, Chosen, CommitmentRef, How, Kind, Locked, Post, PostKind, PostRef, Record, Sealed, Verdict,
    When,
    audience::{open_for_others, open_until, readers},
    record::{Closed, Closure, Outcome, Thanks, Withdrawal},
    text::Say,
};
use closeknit_ids::MemberId;
use story::{Story, alice, at, bags, bob, carol, dave, lift, madrid, vegetables};

fn only_for(members: &[MemberId], post: Post) -> Post {
    Post { audience: Audience::Chosen(Chosen::new(members.iter().copied().collect()).unwrap()), ..post }
}

fn thanks(to: Option<MemberId>, post: Option<PostRef>) -> Record {
    Record::Thanks(Thanks { to, post, text: Say::new("Thank you").unwrap(), at: at("2026-11-27T10:00") })
}

/// All that alice, whose post it is, and bob, who helps, can say about it.
fn said_of(story: &mut Story, post: PostRef) -> Vec<(MemberId, Record)> {
    let promise = story.promise(bob(), post, 1);
    let answer = story.answer(promise, Verdict::Accept);
    let record = |member, id| story.members[&member][&id].clone();
    let CommitmentRef { id, .. } = promise;
    let how = How::Happened;
    let outcome = Outcome { commitment: promise, slot: None, how, reason: None, at: story.now };
    let at = story.now;
    vec![
        (alice(), record(alice(), post.id)),
        (bob(), record(bob(), id)),
        (alice(), record(alice(), answer)),
        (bob(), Record::Withdrawal(Withdrawal { commitment: id, slots: None, at })),
        (alice(), Record::Closure(Closure { post: post.id, how: Closed::Met, at })),
        (alice(), Record::Outcome(outcome.clone())),
        (bob(), Record::Outcome(outcome)),
        (alice(), thanks(None, Some(post))),
    ]
}

#[test]
fn what_is_said_of_a_post_for_chosen_people_is_for_them_its_author_and_its_writer() {
    let mut story = Story::new();
    let post = story.post(alice(), only_for(&[bob(), carol()], lift()));
    let they = BTreeSet::from([alice(), bob(), carol()]);
    for (writer, record) in said_of(&mut story, post) {
        assert_eq!(readers(&story.known(), writer, &record), Some(they.clone()), "{record:?}");
    }
    // Whoever writes about it without being one of them reads what they wrote.
    let outcome = said_of(&mut story, post).pop().unwrap().1;
    let with_dave = they.into_iter().chain([dave()]).collect();
    assert_eq!(readers(&story.known(), dave(), &outcome), Some(with_dave));
}

#[test]
fn what_is_said_of_a_post_for_the_circle_is_for_the_circle() {
    let mut story = Story::new();
    let post = story.post(alice(), lift());
    for (writer, record) in said_of(&mut story, post) {
        assert_eq!(readers(&story.known(), writer, &record), None, "{record:?}");
    }
}

#[test]
fn thanks_to_one_are_for_the_two_and_thanks_for_nothing_in_particular_for_all() {
    let mut story = Story::new();
    let open = story.post(alice(), lift());
    let chosen = story.post(alice(), only_for(&[carol()], lift()));
    let two = Some(BTreeSet::from([alice(), bob()]));
    for post in [None, Some(open), Some(chosen)] {
        assert_eq!(readers(&story.known(), alice(), &thanks(Some(bob()), post)), two, "{post:?}");
    }
    assert_eq!(readers(&story.known(), alice(), &thanks(None, None)), None);
}

#[test]
fn it_is_not_open_to_others_after_the_day_on_which_it_ends() {
    let day_after = Some(at("2026-11-28T00:00"));
    // Its time is over on Thursday at half past twelve, and it is itself a day later.
    assert_eq!(open_until(&Record::Post(lift()), &madrid()), day_after);
    let standing = Post { standing: true, ..vegetables() };
    assert_eq!(open_until(&Record::Post(standing), &madrid()), None, "until it is taken back");
    assert_eq!(open_until(&thanks(None, None), &madrid()), None, "no post");
}

#[test]
fn so_many_posts_for_others_are_open_as_have_not_ended() {
    let mut story = Story::new();
    let locked = |kind, until: Option<&str>| {
        let sealed = Sealed::new(vec![1]).unwrap();
        Record::Locked(Locked { kind, until: until.map(at), sealed })
    };
    story.post(alice(), bags());
    story.write(bob(), locked(Kind::Need, Some("2026-11-24T00:00")));
    story.write(carol(), locked(Kind::Offer, None));
    story.write(carol(), locked(Kind::Answer, None));
    assert_eq!(open_for_others(&story.known()), 2);
    story.now = at("2026-11-23T23:59");
    assert_eq!(open_for_others(&story.known()), 2);
    story.now = at("2026-11-24T00:00");
    assert_eq!(open_for_others(&story.known()), 1);
    story.remove(carol());
    assert_eq!(open_for_others(&story.known()), 0);
}

#[test]
fn chosen_are_one_at_least_and_twelve_at_most() {
    let members = |many: u8| (0..many).map(|n| MemberId([n; 32])).collect::<BTreeSet<_>>();
    assert!(Chosen::new(members(0)).is_err());
    assert_eq!(Chosen::new(members(12)).unwrap().len(), 12);
    assert!(Chosen::new(members(13)).is_err());
    let chosen = Audience::Chosen(Chosen::new([bob()].into()).unwrap());
    assert_eq!([bob(), carol()].map(|one| chosen.has(one)), [true, false]);
    assert!(Audience::Circle.has(carol()));
}

/// Others see what kind of record it is, and no more.
#[test]
fn each_kind_of_record_that_may_be_for_chosen_people_is_called_what_it_is() {
    let mut story = Story::new();
    let post = story.post(alice(), Post { when: When::Anytime, ..lift() });
    let kinds: Vec<_> = said_of(&mut story, post).iter().map(|(_, record)| Kind::of(record)).collect();
    let expected = [
        Kind::Need,
        Kind::Commitment,
        Kind::Answer,
        Kind::Withdrawal,
        Kind::Closure,
        Kind::Outcome,
        Kind::Outcome,
        Kind::Thanks,
    ];
    assert_eq!(kinds, expected.map(Some));
    let offer = Post { kind: PostKind::Offer, ..lift() };
    assert_eq!(Kind::of(&Record::Post(offer)), Some(Kind::Offer));
    let sealed = Sealed::new(vec![1]).unwrap();
    assert_eq!(Kind::of(&Record::Capacity(sealed.clone())), None);
    let locked = Locked { kind: Kind::Answer, until: None, sealed };
    assert_eq!(Kind::of(&Record::Locked(locked)), Some(Kind::Answer));
}
