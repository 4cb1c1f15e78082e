//! The table of mutual-aid.md, row by row: machines act apart and meet in every order, and this is what
//! people see then.

use closeknit_domain::{
    Capacity, Closed, CommitmentStatus as S, How, Load, Mode, Notice, Post, PostFlag, PostStatus, Record,
    Seat, Sentence, Thanks, Today, Unit, Verdict, Void, Want,
    capacity::overfull,
    hours,
    text::Say,
    words::{self, Carrying},
};
use jiff::SignedDuration;

use crate::story::{Story, alice, at, bags, bob, carol, dave, lift, machines::Machines, once, seat};

#[test]
fn two_claims_of_one_seat_both_offline() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::TurnUp, ..lift() });
    let mut street = Machines::of(&story, 3);
    let by_bob = street.apart[1].promise(bob(), need, 1);
    let by_carol = street.apart[2].promise(carol(), need, 1);
    assert_eq!(street.apart[1].headline(need, bob()), Sentence::JustTurnUp {});
    assert_eq!(street.apart[2].headline(need, carol()), Sentence::JustTurnUp {});

    let met = street.meet();
    let line = met.state(need).line;
    assert_eq!(line.len(), 2, "both are kept");
    let (first, backup) = (line[0].helper, line[1].helper);
    assert!([by_bob, by_carol].contains(&line[0]));
    assert_eq!(met.headline(need, alice()), Sentence::TwoCameForwardLikely { first, backup });
    assert_eq!(met.headline(need, first), Sentence::JustTurnUp {});
    let likely = vec![first];
    assert_eq!(met.headline(need, backup), Sentence::SomeoneElseLikelyYouAreBackup { likely });
}

#[test]
fn five_bags_wanted_three_and_four_offered() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::TurnUp, ..bags() });
    let mut street = Machines::of(&story, 3);
    let three = street.apart[1].promise(bob(), need, 3);
    let four = street.apart[2].promise(carol(), need, 4);
    let met = street.meet();
    let taken: u16 = [three, four].iter().map(|c| met.stands(*c).seat().unwrap().taken).sum();
    assert_eq!(taken, 5);
    assert_eq!(met.headline(need, dave()), Sentence::CoveredSpare { spare: 2 });
}

#[test]
fn a_claim_of_a_need_already_called_off() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let mut street = Machines::of(&story, 2);
    street.apart[0].close(need, Closed::NotNeeded);
    let on = street.apart[0].now;
    street.apart[1].later(20);
    let promise = street.apart[1].promise(bob(), need, 1);
    let met = street.meet();
    assert_eq!(met.stands(promise), S::Void(Void::CalledOff { at: on, before: true }));
    assert_eq!(met.headline(need, bob()), Sentence::CalledOffBeforeYourOffer { on });
    assert_eq!(met.words(need, bob()).next, Sentence::NextNothing {});
    let load = Load::of(&met.known(), &met.board(), bob(), &Capacity::default());
    assert_eq!(load.promised_minutes, 0, "the hours are given back");
}

#[test]
fn called_off_but_help_was_given() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    let mut street = Machines::of(&story, 2);
    street.apart[0].now = at("2026-11-25T10:00");
    street.apart[0].close(need, Closed::NotNeeded);
    street.apart[1].now = at("2026-11-26T15:00");
    street.apart[1].tell(bob(), promise, None, How::Happened);
    let mut met = street.meet();
    assert_eq!(met.stands(promise), S::Done(seat(1)));
    assert_eq!(met.headline(need, alice()), Sentence::MetThoughCalledOff { helpers: vec![bob()] });
    assert_eq!(met.headline(need, bob()), Sentence::YouWent {});
    assert_eq!(met.words(need, alice()).next, Sentence::NextThank { helper: bob() });
    assert_eq!(met.today(alice()).asked[0].says, Sentence::NextThank { helper: bob() });

    let text = Say::new("Thank you, I had not expected you any more.").unwrap();
    let thanks = Thanks { to: Some(bob()), post: Some(need), text, at: met.now };
    met.write(alice(), Record::Thanks(thanks));
    assert_eq!(met.today(alice()), Today::default());

    // A helper whom nobody expected cannot end another's need by saying so.
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.tell(bob(), promise, None, How::Happened);
    assert_eq!(story.stands(promise), S::Offered(seat(1)));
}

#[test]
fn a_claim_made_in_time_arrives_after_expiry() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let mut street = Machines::of(&story, 2);
    street.apart[1].later(24);
    let promise = street.apart[1].promise(bob(), need, 1);
    street.apart[0].now = at("2026-11-28T09:00");
    assert_eq!(street.apart[0].status(need).slug(), "expired");
    let met = street.meet();
    assert_eq!(met.words(need, alice()).notes, [Sentence::NoteOfferedInTime { helper: bob() }]);
    assert_eq!(met.words(need, alice()).next, Sentence::NextStillUseful { helper: bob() });
    assert_eq!(met.today(alice()).asked[0].promise, Some(promise));
    assert_eq!(met.words(need, bob()).next, Sentence::NextAuthorSays { author: alice() });
}

#[test]
fn time_or_place_changed_after_the_claim() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    let mut street = Machines::of(&story, 3);
    // Alice says yes on one machine, and moves it on the other.
    street.apart[0].answer(promise, Verdict::Accept);
    street.apart[2].edit(need, |post| post.when = once("2026-11-26T16:00", "2026-11-26T18:00"));
    let met = street.meet();
    assert_eq!(met.status(need), PostStatus::Open, "not covered before he says yes again");
    let check = Sentence::CheckAgainTimePlace {
        start: at("2026-11-26T16:00"),
        end: at("2026-11-26T18:00"),
        place: "Station Side".into(),
    };
    assert_eq!(met.headline(need, bob()), check);
    assert_eq!(met.today(bob()).asked[0].says, check);
    assert!(met.notices(bob()).contains(&Notice::CheckAgain(promise)));
    assert_eq!(met.words(need, alice()).next, Sentence::NextWaitForYes { helpers: vec![bob()] });
    // Bob says yes on his phone while his laptop takes it back: taken back.
    let mut street = Machines::of(&met, 2);
    street.apart[0].confirm(promise, need);
    assert_eq!(street.apart[0].headline(need, bob()), Sentence::YouAreGoing {}, "the accept stays with it");
    street.apart[1].withdraw(promise);
    assert_eq!(street.meet().stands(promise), S::Withdrawn { at: met.now });
}

#[test]
fn the_helper_withdraws_while_the_author_accepts() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let (by_bob, by_carol) = (story.promise(bob(), need, 1), story.promise(carol(), need, 1));
    story.answer(by_carol, Verdict::StandBy);
    let mut street = Machines::of(&story, 2);
    street.apart[0].answer(by_bob, Verdict::Accept);
    street.apart[1].withdraw(by_bob);
    let met = street.meet();
    assert_eq!(met.stands(by_bob), S::Withdrawn { at: met.now });
    assert_eq!(met.headline(need, carol()), Sentence::YouAreNext { author: alice() });
    assert_eq!(met.words(need, alice()).next, Sentence::NextAskBackup { helper: carol() });
    assert_eq!(met.today(alice()).asked[0].says, Sentence::NextAskBackup { helper: carol() });
}

#[test]
fn accepted_on_one_own_device_and_declined_on_another() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    let mut street = Machines::of(&story, 2);
    street.apart[0].answer(promise, Verdict::Decline);
    street.apart[1].answer(promise, Verdict::Accept);
    let met = street.meet();
    assert_eq!(met.headline(need, bob()), Sentence::YouAreGoing {});
    assert_eq!(met.words(need, alice()).next, Sentence::NextKeepAnswer { helper: bob() });
    assert_eq!(met.today(alice()).asked[0].says, Sentence::NextKeepAnswer { helper: bob() });
}

#[test]
fn two_accepted_for_one_seat() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let (by_bob, by_carol) = (story.promise(bob(), need, 1), story.promise(carol(), need, 1));
    let mut street = Machines::of(&story, 2);
    street.apart[0].answer(by_bob, Verdict::Accept);
    street.apart[1].answer(by_carol, Verdict::Accept);
    let met = street.meet();
    for helper in [bob(), carol()] {
        assert_eq!(met.headline(need, helper), Sentence::YouAreGoing {}, "both stay");
    }
    assert_eq!(met.today(alice()).asked[0].says, Sentence::NextKeepBoth { helpers: vec![bob(), carol()] });
}

#[test]
fn a_marked_a_duplicate_of_b_and_b_of_a() {
    let mut story = Story::new();
    let (one, two) = (story.post(alice(), lift()), story.post(bob(), lift()));
    let mut street = Machines::of(&story, 3);
    street.apart[0].close(one, Closed::DuplicateOf(two));
    street.apart[1].close(two, Closed::DuplicateOf(one));
    let promise = street.apart[2].promise(carol(), two, 1);
    let met = street.meet();
    assert_eq!(met.headline(one, dave()), met.headline(two, dave()), "one card");
    let leader = met.board().leader(one);
    assert_eq!(leader, if one.id < two.id { one } else { two });
    assert_eq!(met.state(leader).line, [promise]);
    assert_eq!(met.state(leader).same.len(), 1, "both texts");
}

#[test]
fn undo_of_a_withdrawal_and_of_an_end() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    let mut street = Machines::of(&story, 2);
    let withdrawal = street.apart[1].withdraw(promise);
    assert_eq!(street.apart[1].stands(promise), S::Withdrawn { at: story.now });
    street.apart[1].undo(bob(), withdrawal);
    let met = street.meet();
    assert_eq!(met.headline(need, bob()), Sentence::YouAreGoing {}, "as if it had not been");

    let mut street = Machines::of(&met, 2);
    let closure = street.apart[0].close(need, Closed::NotNeeded);
    let called_off = street.meet();
    assert_eq!(called_off.headline(need, bob()), Sentence::CalledOffYouAreFree { on: met.now });
    let mut street = Machines::of(&called_off, 2);
    street.apart[0].undo(alice(), closure);
    assert_eq!(street.meet().headline(need, bob()), Sentence::YouAreGoing {});
}

#[test]
fn it_did_not_happen() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    story.now = at("2026-11-26T15:00");
    assert_eq!(story.today(alice()).happened[0].says, Sentence::DidItHappen { helpers: vec![bob()] });
    assert_eq!(story.today(bob()).happened[0].says, Sentence::DidYouGo {});
    assert!(story.notices(bob()).contains(&Notice::DidItHappen(promise, None)));
    let mut street = Machines::of(&story, 2);
    street.apart[0].tell(alice(), promise, None, How::DidNot);
    street.apart[1].tell(bob(), promise, None, How::DidNot);
    let met = street.meet();
    assert_eq!(met.status(need), PostStatus::Open, "it is still wanted");
    assert_eq!(met.says(promise, bob()), Sentence::ItDidNotHappen { author: alice() });
    assert_eq!(met.says(promise, alice()), Sentence::HelperDidNot { helper: bob() });
    assert_eq!(met.says(promise, dave()), Sentence::HelperOver { helper: bob() }, "only the two know");
    assert_eq!(met.words(need, dave()).notes, []);
    assert_eq!(met.words(need, alice()).next, Sentence::NextDidNotHappen { helper: bob() });
    assert_eq!(met.today(alice()).asked[0].says, Sentence::NextDidNotHappen { helper: bob() });
    assert_eq!(met.today(bob()), Today::default());

    // Asked again for Friday, Carol goes. Bob's promise stays what it was.
    let mut again = met;
    again.edit(need, |post| post.when = once("2026-11-27T16:00", "2026-11-27T18:00"));
    assert_eq!(again.words(need, alice()).next, Sentence::NextWaitForNeighbours {});
    assert_eq!(again.today(alice()), Today::default(), "she has asked");
    let bobs = again.words(need, bob());
    assert_eq!((bobs.headline, bobs.next), (Sentence::NeedOpen { wanted: 1 }, Sentence::NextOfferHelp {}));
    let by_carol = again.promise(carol(), need, 1);
    again.answer(by_carol, Verdict::Accept);
    assert_eq!(again.stands(promise), S::DidNotHappen);
    assert_eq!(again.status(need), PostStatus::Covered);
    again.now = at("2026-11-27T21:00");
    again.tell(alice(), by_carol, None, How::Partly);
    assert_eq!(again.status(need), PostStatus::PartlyMet { at: again.now });
    assert_eq!(again.headline(need, carol()), Sentence::YouWentInPart {});
}

#[test]
fn the_two_say_different_things() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    story.now = at("2026-11-26T15:00");
    let mut street = Machines::of(&story, 2);
    street.apart[0].tell(alice(), promise, None, How::DidNot);
    street.apart[1].tell(bob(), promise, None, How::Happened);
    let met = street.meet();
    assert_eq!(met.stands(promise), S::DidNotHappen, "it was her need");
    assert!(met.flags(need).contains(&PostFlag::SaidDifferently(promise)));
    let notes = met.promise_words(promise, bob()).notes;
    assert_eq!(notes, [Sentence::NoteSaidDifferently { other: alice() }]);
    assert!(met.words(need, alice()).notes.contains(&Sentence::NoteSaidDifferently { other: bob() }));
    assert_eq!(met.words(need, dave()).notes, []);
}

#[test]
fn asked_whether_it_is_still_needed() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    story.now = at("2026-12-04T10:00");
    let on = at("2026-12-07T10:00");
    assert_eq!(story.words(need, alice()).notes, [Sentence::NoteStillNeeded { on }]);
    assert_eq!(story.today(alice()).review[0].says, Sentence::NextStillNeeded {});
    assert_eq!(story.notices(alice()).into_iter().collect::<Vec<_>>(), [Notice::Review(need, None)]);
    let mut street = Machines::of(&story, 2);
    // "Yes, 2 more weeks", while Bob offers.
    street.apart[0].edit(need, |post| post.until = Some(at("2026-12-21T10:00")));
    let promise = street.apart[1].promise(bob(), need, 5);
    let met = street.meet();
    assert_eq!(met.stands(promise), S::Likely(seat(5)));
    assert_eq!(met.today(alice()).review, []);
}

#[test]
fn over_ones_own_capacity_after_a_merge() {
    let mut story = Story::new();
    let want = Want { amount: 3.try_into().unwrap(), unit: Unit::Hours };
    let hours = Post { want, mode: Mode::TurnUp, ..bags() };
    let (one, other) = (story.post(alice(), hours.clone()), story.post(carol(), hours));
    let mut street = Machines::of(&story, 2);
    let on_laptop = street.apart[0].promise(bob(), one, 3);
    let on_phone = street.apart[1].promise(bob(), other, 3);
    let met = street.meet();
    let capacity = Capacity { hours: Some(4), ..Capacity::default() };
    let (known, board) = (met.known(), met.board());
    let over = overfull(&known, &board, &hours::carried(&known, &board, bob()), &capacity);
    assert_eq!(over[0].says, Carrying::Over { promised: 6, cap: 4 });
    for promise in [on_laptop, on_phone] {
        assert_eq!(met.stands(promise), S::Likely(seat(3)), "all are kept");
    }
}

#[test]
fn a_member_removed_meanwhile() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    let mut street = Machines::of(&story, 2);
    street.apart[0].answer(promise, Verdict::Accept);
    street.apart[1].remove(bob());
    let mut met = street.meet();
    met.remove(bob());
    assert_eq!(met.status(need), PostStatus::Open);
    assert_eq!(met.words(need, alice()).next, Sentence::NextAskAgain {});
    assert_eq!(met.says(promise, alice()), Sentence::FormerMemberWasGoing {});
    assert_eq!(met.today(alice()).asked[0].says, Sentence::NextAskAgain {});
}

/// Bob's clock is wrong by days or years. Nothing that he promises or takes back stands differently.
#[test]
fn a_clock_that_is_clearly_wrong() {
    for days in [-3, 3, -4 * 365, 4 * 365] {
        let mut story = Story::new();
        let (need, other) = (story.post(alice(), bags()), story.post(alice(), bags()));
        let mut street = Machines::of(&story, 2);
        street.apart[1].now = story.now + SignedDuration::from_hours(24 * days);
        let kept = street.apart[1].promise_apart(bob(), need, 5);
        let taken_back = street.apart[1].promise_apart(bob(), other, 5);
        street.apart[1].withdraw(taken_back);
        street.apart[0].promise_apart(carol(), other, 2);
        let mut met = street.meet();
        met.now = story.now;
        assert_eq!(met.stands(kept), S::Likely(Seat { taken: 5, spare: 0 }), "{days}");
        assert!(matches!(met.stands(taken_back), S::Withdrawn { .. }));
        assert_eq!(met.headline(other, dave()), Sentence::PartlyCovered { covered: 2, wanted: 5 });
        assert_eq!(
            words::post(&met.known(), &met.board(), need, bob()).unwrap().headline,
            Sentence::LikelyYou { author: alice() }
        );
    }
}
