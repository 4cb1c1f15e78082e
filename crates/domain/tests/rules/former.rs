//! Who left, and what has not arrived.

use closeknit_domain::{CommitmentStatus as S, PostFlag, PostStatus, Sentence, Verdict, Void, words};

use crate::story::{Story, alice, bob, carol, dave, lift, seat};

#[test]
fn a_former_members_promise_frees_its_seat_and_says_so() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let by_bob = story.promise(bob(), need, 1);
    let by_carol = story.promise(carol(), need, 1);
    story.answer(by_bob, Verdict::Accept);
    story.remove(bob());
    assert_eq!(story.stands(by_bob), S::FormerMember);
    assert_eq!(story.stands(by_carol), S::Offered(seat(1)));
    assert_eq!(story.status(need), PostStatus::Open);
    assert_eq!(story.flags(need), [PostFlag::FormerMember(by_bob), PostFlag::BackupFirst(by_carol)]);
    assert_eq!(story.says(by_bob, alice()), Sentence::FormerMemberWasGoing {});
    assert_eq!(story.words(need, dave()).notes, [Sentence::FormerMemberWasGoing {}]);
    assert_eq!(story.words(need, alice()).next, Sentence::NextAskBackup { helper: carol() });
    story.withdraw(by_carol);
    assert_eq!(story.words(need, alice()).next, Sentence::NextAskAgain {});
    assert_eq!(story.doorstep(by_bob, bob()), None);
}

#[test]
fn what_a_former_member_wrote_is_not_looked_at_even_while_it_is_held() {
    let mut story = Story::new();
    let (need, bobs) = (story.post(alice(), lift()), story.post(bob(), lift()));
    let by_bob = story.promise(bob(), need, 1);
    story.answer(by_bob, Verdict::StandBy);
    let by_carol = story.promise(carol(), bobs, 1);
    let mut purged = story.clone();
    purged.remove(bob());
    story.former.insert(bob());
    assert_eq!(story.board(), purged.board());
    assert_eq!(story.known().post(bobs), None);
    assert_eq!(words::post(&story.known(), &story.board(), bobs, carol()), None);
    assert_eq!(story.says(by_carol, carol()), Sentence::AuthorLeftYouAreFree {});
    // Nobody had been told that bob was going.
    assert_eq!(story.flags(need), []);
    assert_eq!(story.says(by_bob, alice()), Sentence::FormerMemberCameForward {});
}

#[test]
fn a_former_members_post_voids_what_was_promised_to_it() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let by_bob = story.promise(bob(), need, 1);
    let by_carol = story.promise(carol(), need, 1);
    story.answer(by_bob, Verdict::Accept);
    story.withdraw(by_carol);
    story.remove(alice());
    assert_eq!(story.board().post(need), None);
    assert_eq!(story.stands(by_bob), S::Void(Void::AuthorLeft));
    assert_eq!(story.says(by_bob, bob()), Sentence::AuthorLeftYouAreFree {});
    assert_eq!(story.says(by_bob, dave()), Sentence::HelperFreePostEnded { helper: bob() });
    assert_eq!(story.says(by_carol, carol()), Sentence::YouTookItBack { on: story.now });
}

#[test]
fn a_promise_whose_post_has_not_arrived_waits() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    let alices = story.members.remove(&alice()).unwrap();
    assert_eq!(story.stands(promise), S::Void(Void::PostNotHere));
    assert_eq!(story.says(promise, bob()), Sentence::PostNotHere {});
    assert_eq!(words::post(&story.known(), &story.board(), need, bob()), None);
    story.members.insert(alice(), alices);
    assert_eq!(story.stands(promise), S::Offered(seat(1)));
}
