//! The table of mutual-aid.md, row by row, as far as posts, promises and answers go.
#![cfg(test)]

mod answers;
mod former;
mod groups;
mod promises;
#[path = "../story/mod.rs"]
mod story;
mod table;
mod times;

use closeknit_domain::{
    Amount, Closed, CommitmentStatus as S, How, Mode, Post, PostFlag, PostStatus, Seat, Sentence, Unit,
    Verdict, Void, Want, state::Amounts,
};
use story::{Story, alice, at, bags, bob, carol, dave, lift, seat, vegetables};

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
    assert_eq!(story.doorstep(promise, bob()), None);
    let backup = story.promise(carol(), need, 1);
    assert_eq!(story.words(need, alice()).next, Sentence::NextChoose { helpers: vec![bob(), carol()] });
    story.answer(backup, Verdict::StandBy);
    assert_eq!(story.words(need, alice()).next, Sentence::NextChoose { helpers: vec![bob()] });

    let answer = story.answer(promise, Verdict::Accept);
    assert_eq!(story.stands(promise), S::Going(seat(1)));
    assert_eq!(story.status(need), PostStatus::Covered);
    assert_eq!(story.headline(need, bob()), Sentence::YouAreGoing {});
    assert_eq!(story.words(need, bob()).next, Sentence::NextGoAt { start: at("2026-11-26T09:20") });
    assert_eq!(story.headline(need, dave()), Sentence::Covered { helpers: vec![bob()] });
    let door = story.doorstep(promise, bob()).unwrap();
    assert_eq!((door.author, door.id), (alice(), answer));
    assert!(story.doorstep(promise, alice()).is_some());
    assert_eq!(story.doorstep(promise, carol()), None);
}

#[test]
fn a_week_after_the_end_the_doorstep_is_gone_from_both_screens() {
    for tells in [true, false] {
        let mut story = Story::new();
        let need = story.post(alice(), lift());
        let promise = story.promise(bob(), need, 1);
        story.answer(promise, Verdict::Accept);
        story.now = at("2026-11-26T15:00");
        if tells {
            story.tell(bob(), promise, None, How::Happened);
        }
        story.now = at("2026-12-03T12:00");
        let seen =
            |story: &Story| [alice(), bob(), carol()].map(|who| story.doorstep(promise, who).is_some());
        assert_eq!(seen(&story), [true, true, false], "what was left behind can be fetched");
        story.now = at("2026-12-03T13:00");
        assert_eq!(seen(&story), [false; 3]);
    }
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

    let accepts = story.to_accept(alice());
    assert_eq!(accepts.iter().map(|a| a.commitment).collect::<Vec<_>>(), [three, four]);
    for accept in accepts {
        assert_eq!(accept.post, need.id);
        story.answer(accept.commitment, Verdict::Accept);
    }
    assert_eq!(story.to_accept(alice()), []);
    assert_eq!(story.stands(four), S::Going(Seat { taken: 2, spare: 2 }));
    assert_eq!(
        story.state(need).amounts,
        Amounts { wanted: 5, going: 5, standing_by: 2, spare: 2, ..Amounts::default() }
    );
    assert_eq!(story.headline(need, alice()), Sentence::CoveredSpare { spare: 2 });
    assert_eq!(story.headline(need, bob()), Sentence::YouAreGoingWith { going: 3 });
    assert_eq!(story.headline(need, carol()), Sentence::YouAreGoingInPart { going: 2, spare: 2 });
    assert_eq!(story.flags(need), []);
}

#[test]
fn who_is_going_reads_with_how_much_where_more_than_one_is_wanted() {
    let going = |wanted: u16, unit, amount| {
        let mut story = Story::new();
        let want = Want { amount: Amount::new(wanted).unwrap(), unit };
        let need = story.post(alice(), Post { want, ..lift() });
        let promise = story.promise(bob(), need, amount);
        story.answer(promise, Verdict::Accept);
        story.headline(need, bob())
    };
    assert_eq!(going(1, Unit::Items, 1), Sentence::YouAreGoing {});
    assert_eq!(going(5, Unit::Items, 1), Sentence::YouAreGoingWith { going: 1 });
    assert_eq!(going(5, Unit::Hours, 3), Sentence::YouAreGoingHours { hours: 3 });
    assert_eq!(going(5, Unit::Helpers, 1), Sentence::YouAreGoing {});
    assert_eq!(going(5, Unit::Helpers, 2), Sentence::YouAreGoingTogether { people: 2 });
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
    // Alice knew of it, whatever the clocks say.
    story.answer(promise, Verdict::StandBy);
    assert_eq!(story.headline(need, bob()), Sentence::CalledOffYouAreFree { on: called_off });
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
fn a_need_that_was_met_thanks_those_who_went() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let (by_bob, by_carol) = (story.promise(bob(), need, 1), story.promise(carol(), need, 1));
    story.answer(by_bob, Verdict::Accept);
    story.now = at("2026-11-26T15:00");
    assert_eq!(story.status(need), PostStatus::Asking);
    assert_eq!(story.words(need, alice()).next, Sentence::NextSayIfItHappened {});
    assert_eq!(story.words(need, bob()).next, Sentence::NextAuthorSays { author: alice() });
    assert_eq!(story.headline(need, bob()), Sentence::DidYouGo {}, "he is not going any more");
    assert_eq!(story.says(by_bob, alice()), Sentence::HelperPromised { helper: bob(), amount: 1 });
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
