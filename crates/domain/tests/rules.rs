//! The table of mutual-aid.md, row by row, as far as posts, promises and answers go.

mod story;

use closeknit_domain::{
    Closed, CommitmentStatus as S, Mode, Post, PostFlag, PostStatus, Seat, Sentence, Unit, Verdict, Void,
    Want, state::Amounts, text::Place, to_accept, words,
};
use story::{Story, alice, at, bags, bob, carol, dave, lift, seat, vegetables, window};

#[test]
fn alone_a_need_is_open_and_says_what_happens_next() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    assert_eq!(story.status(need), PostStatus::Open);
    assert_eq!(story.headline(need, bob()), Sentence::NeedOpen { wanted: 1 });
    assert_eq!(story.words(need, bob()).next, Sentence::NextOfferHelp {});
    assert_eq!(story.words(need, alice()).next, Sentence::NextWaitForNeighbours {});
}

#[test]
fn alice_chooses_and_only_then_bob_is_going() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    assert_eq!(story.stands(promise), S::Offered(seat(1)));
    assert_eq!(story.status(need), PostStatus::Open, "where a person chooses, an offer covers nothing");
    assert_eq!(story.headline(need, bob()), Sentence::YouCameForward { author: alice() });
    assert_eq!(
        story.headline(need, alice()),
        Sentence::CameForward { helpers: vec![bob()], author: alice() }
    );
    assert_eq!(story.words(need, alice()).next, Sentence::NextChoose { helpers: vec![bob()] });
    assert_eq!(story.board().doorstep(promise, bob()), None);

    let answer = story.answer(promise, Verdict::Accept);
    assert_eq!(story.stands(promise), S::Going(seat(1)));
    assert_eq!(story.status(need), PostStatus::Covered);
    assert_eq!(story.headline(need, bob()), Sentence::YouAreGoing {});
    assert_eq!(story.words(need, bob()).next, Sentence::NextGoAt { start: at("2026-11-26T09:20") });
    assert_eq!(story.headline(need, carol()), Sentence::Covered { helpers: vec![bob()] });
    let door = story.board().doorstep(promise, bob()).unwrap();
    assert_eq!((door.author, door.id), (alice(), answer));
    assert!(story.board().doorstep(promise, alice()).is_some());
    assert_eq!(story.board().doorstep(promise, carol()), None);
}

#[test]
fn two_claims_of_one_seat_made_apart() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let (by_bob, by_carol) = (story.promise_apart(bob(), need, 1), story.promise_apart(carol(), need, 1));
    let line = story.state(need).line;
    let (first, backup) = (line[0], line[1]);
    assert_eq!([first, backup].iter().filter(|c| [by_bob, by_carol].contains(c)).count(), 2);
    assert_eq!(story.stands(first), S::Offered(seat(1)));
    assert_eq!(story.stands(backup), S::StandingBy);
    assert_eq!(story.flags(need), [PostFlag::TwoClaims { first, backup }]);
    let (one, two) = (first.helper, backup.helper);
    assert_eq!(
        story.headline(need, dave()),
        Sentence::TwoCameForwardChoose { first: one, backup: two, author: alice() }
    );
    assert_eq!(
        story.headline(need, two),
        Sentence::OthersFirstYouAreBackup { first: vec![one], author: alice() }
    );

    // Alice's word decides, whatever the order was.
    story.answer(backup, Verdict::Accept);
    assert_eq!(story.stands(backup), S::Going(seat(1)));
    assert_eq!(story.stands(first), S::StandingBy);
    assert_eq!(story.headline(need, alice()), Sentence::TwoCameForward { first: two, backup: one });
    assert_eq!(story.headline(need, one), Sentence::SomeoneElseGoingYouAreBackup { going: vec![two] });
    assert_eq!(story.headline(need, two), Sentence::YouAreGoing {});
    assert_eq!(story.says(first, alice()), Sentence::HelperBackup { helper: one, amount: 1 });
}

#[test]
fn who_knew_of_the_other_comes_after_and_is_no_second_claim() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::TurnUp, ..lift() });
    for round in 0..8 {
        let mut story = story.clone();
        for _ in 0..round {
            story.post(dave(), lift()); // other ids, other hashes
        }
        let first = story.promise(bob(), need, 1);
        let second = story.promise(carol(), need, 1);
        assert_eq!(story.state(need).line, [first, second]);
        assert_eq!(story.flags(need), []);
        assert_eq!(story.headline(need, bob()), Sentence::JustTurnUp {});
        assert_eq!(
            story.headline(need, carol()),
            Sentence::SomeoneElseLikelyYouAreBackup { likely: vec![bob()] }
        );
        assert_eq!(story.headline(need, dave()), Sentence::CoveredLikely { helpers: vec![bob()] });
    }
}

#[test]
fn five_bags_wanted_three_and_four_offered() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    let three = story.promise(bob(), need, 3);
    assert_eq!(story.status(need), PostStatus::PartlyCovered);
    let four = story.promise(carol(), need, 4);
    assert_eq!(story.stands(three), S::Likely(seat(3)));
    assert_eq!(story.stands(four), S::Likely(Seat { taken: 2, spare: 2 }));
    assert_eq!(story.headline(need, dave()), Sentence::CoveredSpare { spare: 2 });
    assert_eq!(
        story.headline(need, carol()),
        Sentence::LikelyYouInPart { author: alice(), going: 2, spare: 2 }
    );

    let accepts = to_accept(&story.board(), alice());
    assert_eq!(accepts.iter().map(|a| a.commitment).collect::<Vec<_>>(), [three, four]);
    for accept in accepts {
        assert_eq!(accept.post, need.id);
        story.answer(accept.commitment, Verdict::Accept);
    }
    assert_eq!(to_accept(&story.board(), alice()), []);
    assert_eq!(story.stands(four), S::Going(Seat { taken: 2, spare: 2 }));
    assert_eq!(
        story.state(need).amounts,
        Amounts { wanted: 5, going: 5, standing_by: 2, spare: 2, ..Amounts::default() }
    );
    assert_eq!(story.headline(need, alice()), Sentence::CoveredSpare { spare: 2 });
    assert_eq!(story.headline(need, carol()), Sentence::YouAreGoingInPart { going: 2, spare: 2 });
    assert_eq!(story.flags(need), []);
}

#[test]
fn a_claim_of_a_need_already_called_off() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let before = story.promise_apart(carol(), need, 1);
    story.later(1);
    story.close(need, Closed::NotNeeded);
    let called_off = story.now;
    story.later(5);
    let promise = story.promise_apart(bob(), need, 1);
    assert_eq!(story.status(need), PostStatus::NoLongerNeeded { at: called_off });
    assert_eq!(story.stands(promise), S::Void(Void::CalledOff { at: called_off, before: true }));
    assert_eq!(story.headline(need, bob()), Sentence::CalledOffBeforeYourOffer { on: called_off });
    assert_eq!(story.headline(need, carol()), Sentence::CalledOffYouAreFree { on: called_off });
    assert_eq!(story.stands(before), S::Void(Void::CalledOff { at: called_off, before: false }));
    assert_eq!(story.words(need, bob()).next, Sentence::NextNothing {});
    assert_eq!(story.headline(need, dave()), Sentence::CalledOff { on: called_off });
    assert_eq!(story.state(need).amounts, Amounts { wanted: 1, ..Amounts::default() });
}

#[test]
fn a_claim_in_time_that_arrives_after_expiry() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    story.later(24);
    let promise = story.promise(bob(), need, 1);
    story.now = at("2026-11-28T09:00");
    let late = story.promise_apart(carol(), need, 1);
    assert_eq!(story.status(need), PostStatus::Expired { at: at("2026-11-27T12:30") });
    assert_eq!(story.stands(promise), S::Offered(seat(1)), "it counts");
    assert_eq!(story.flags(need), [PostFlag::OfferedInTime(promise)]);
    assert_eq!(story.words(need, alice()).next, Sentence::NextStillUseful { helper: bob() });
    assert_eq!(story.words(need, alice()).notes, [Sentence::NoteOfferedInTime { helper: bob() }]);
    assert_eq!(story.stands(late), S::Void(Void::Expired { at: at("2026-11-27T12:30") }));
    assert_eq!(story.headline(need, carol()), Sentence::ExpiredYouAreFree { on: at("2026-11-27T12:30") });

    // Alice's yes counts even now.
    story.answer(late, Verdict::Accept);
    assert_eq!(story.stands(late), S::Going(seat(1)));
    assert_eq!(story.status(need), PostStatus::Asking);
    assert_eq!(story.headline(need, dave()), Sentence::DidItHappen { helpers: vec![carol()] });
}

#[test]
fn the_machine_accepts_nothing_once_the_time_is_over() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::First, ..lift() });
    let promise = story.promise(bob(), need, 1);
    assert_eq!(to_accept(&story.board(), alice()).len(), 1);
    assert_eq!(to_accept(&story.board(), carol()), [], "only the author's machine does");
    story.now = at("2026-11-26T15:00");
    assert_eq!(to_accept(&story.board(), alice()), []);
    assert_eq!(story.status(need), PostStatus::Asking);
    assert_eq!(story.flags(need), [PostFlag::OfferedInTime(promise)]);
}

#[test]
fn time_or_place_changed_after_the_claim() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    story.edit(need, |post| post.window = Some(window("2026-11-26T16:00", "2026-11-26T18:00")));
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
    assert_eq!(story.board().doorstep(by_bob, bob()), None);
    assert_eq!(story.flags(need), [PostFlag::TakenBack(by_bob), PostFlag::BackupFirst(by_carol)]);
    assert_eq!(story.stands(by_carol), S::Offered(seat(1)), "before dave, though alice has not answered him");
    assert_eq!(story.stands(by_dave), S::StandingBy);
    assert_eq!(story.words(need, alice()).next, Sentence::NextAskBackup { helper: carol() });
    assert_eq!(story.headline(need, carol()), Sentence::YouAreNext { author: alice() });
    assert_eq!(story.says(by_bob, alice()), Sentence::HelperTookItBack { helper: bob(), on: story.now });

    story.answer(by_carol, Verdict::Accept);
    assert_eq!(story.stands(by_carol), S::Going(seat(1)), "a yes stands before the earlier stand by");
}

#[test]
fn a_backup_takes_no_seat_while_nobody_left_one() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    let by_bob = story.promise(bob(), need, 5);
    story.answer(by_bob, Verdict::StandBy);
    assert_eq!(story.stands(by_bob), S::StandingBy);
    assert_eq!(story.status(need), PostStatus::Open);
    assert_eq!(to_accept(&story.board(), alice()), []);
    let by_carol = story.promise(carol(), need, 5);
    assert_eq!(story.stands(by_carol), S::Likely(seat(5)));
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
    assert_eq!(story.board().doorstep(by_bob, bob()), None);
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
fn a_need_that_was_met_thanks_those_who_went() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let (by_bob, by_carol) = (story.promise(bob(), need, 1), story.promise(carol(), need, 1));
    story.answer(by_bob, Verdict::Accept);
    story.now = at("2026-11-26T15:00");
    assert_eq!(story.status(need), PostStatus::Asking);
    assert_eq!(story.words(need, alice()).next, Sentence::NextSayIfItHappened {});
    assert_eq!(story.words(need, bob()).next, Sentence::NextAuthorSays { author: alice() });
    story.close(need, Closed::Met);
    assert_eq!(story.stands(by_bob), S::Done(seat(1)));
    assert_eq!(story.headline(need, bob()), Sentence::YouWent {});
    assert_eq!(story.stands(by_carol), S::Void(Void::Met { at: story.now }));
    assert_eq!(story.headline(need, carol()), Sentence::MetYouAreFree { on: story.now });
    assert_eq!(story.state(need).amounts.done, 1);
}

#[test]
fn of_two_ends_that_it_happened_counts() {
    let mut story = Story::new();
    let (need, other) = (story.post(alice(), lift()), story.post(bob(), lift()));
    story.close(need, Closed::DuplicateOf(other));
    assert!(matches!(story.status(need), PostStatus::Duplicate { .. }));
    story.close(need, Closed::NotNeeded);
    assert!(matches!(story.status(need), PostStatus::NoLongerNeeded { .. }));
    story.later(1);
    story.close(need, Closed::Met);
    assert_eq!(story.status(need), PostStatus::Met { at: story.now });
}

#[test]
fn nobody_ends_or_answers_for_another() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    let as_carol = closeknit_domain::PostRef { author: carol(), id: need.id };
    story.close(as_carol, Closed::NotNeeded);
    story.answer_as(as_carol, promise, Verdict::Accept);
    let taken_back = closeknit_domain::Withdrawal { commitment: promise.id, at: story.now };
    story.write(carol(), closeknit_domain::Record::Withdrawal(taken_back));
    assert_eq!(story.stands(promise), S::Offered(seat(1)));
    // Nor does an answer about another of the author's own posts count.
    let elsewhere = story.post(alice(), bags());
    story.answer_as(elsewhere, promise, Verdict::Accept);
    assert_eq!(story.stands(promise), S::Offered(seat(1)));
}

#[test]
fn an_offer_is_taken_bit_by_bit() {
    let mut story = Story::new();
    let offer = story.post(alice(), Post { mode: Mode::Choose, ..vegetables() });
    assert_eq!(story.headline(offer, bob()), Sentence::OfferAvailable { left: 3 });
    assert_eq!(story.words(offer, bob()).next, Sentence::NextAskForIt {});
    let by_bob = story.promise(bob(), offer, 2);
    assert_eq!(story.headline(offer, bob()), Sentence::YouAsked { author: alice() });
    story.answer(by_bob, Verdict::Accept);
    assert_eq!(story.status(offer), PostStatus::PartlyTaken);
    assert_eq!(story.headline(offer, bob()), Sentence::ItIsYours { going: 2 });
    assert_eq!(story.words(offer, bob()).next, Sentence::NextArrange { author: alice() });
    assert_eq!(story.headline(offer, dave()), Sentence::OfferPartlyTaken { left: 1, wanted: 3 });
    let by_carol = story.promise(carol(), offer, 2);
    story.answer(by_carol, Verdict::Accept);
    assert_eq!(story.status(offer), PostStatus::TakenUp);
    assert_eq!(story.headline(offer, carol()), Sentence::ItIsYoursInPart { going: 1, spare: 1 });
    assert_eq!(story.headline(offer, dave()), Sentence::OfferTakenUp { helpers: vec![bob(), carol()] });
    story.close(offer, Closed::NotNeeded);
    assert_eq!(story.status(offer), PostStatus::Withdrawn { at: story.now });
    assert_eq!(story.headline(offer, carol()), Sentence::CalledOffYouAreFree { on: story.now });
}
