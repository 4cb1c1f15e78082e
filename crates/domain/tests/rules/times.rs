//! Posts with several times, regulars, standing offers, roles.

use std::collections::BTreeSet;

use closeknit_domain::{
    Amount, CommitmentRef, CommitmentStatus as S, How, Load, Mode, Part, Post, PostFlag, PostRef, PostStatus,
    Record, Role, Roles, Seat, Sentence, SlotId, SlotIds, Unit, Verdict, Void, Want, When, hours,
    text::Phrase, words,
};
use closeknit_ids::MemberId;

use crate::story::{Story, alice, at, bob, carol, dave, lift, seat, vegetables, window};

fn slot(start: &str) -> SlotId {
    SlotId(start.parse().unwrap())
}

fn on(starts: &[&str]) -> Part {
    let slots: BTreeSet<_> = starts.iter().map(|start| slot(start)).collect();
    Part::Slots(SlotIds::new(slots).unwrap())
}

const MONDAY: &str = "2026-11-30T18:00";
const TUESDAY: &str = "2026-12-01T18:00";
const WEDNESDAY: &str = "2026-12-02T18:00";

/// Dinner on three evenings; one cook each.
fn dinners() -> Post {
    let evening = |start: &str| window(start, &start.replace("18:00", "19:00"));
    let when = When::at(vec![evening(MONDAY), evening(TUESDAY), evening(WEDNESDAY)]).unwrap();
    Post { when, mode: Mode::TurnUp, ..lift() }
}

/// A lift every Monday and Thursday, without end.
fn school_run() -> Post {
    let first = window("2026-11-23T08:30", "2026-11-23T09:00");
    Post { when: When::Repeats(first, "FREQ=WEEKLY;BYDAY=MO,TH".parse().unwrap()), ..lift() }
}

impl Story {
    fn at(&self, post: PostRef, start: &str) -> PostStatus {
        self.state(post).slots.iter().find(|time| time.slot == slot(start)).unwrap().status
    }

    fn stands_at(&self, promise: CommitmentRef, start: &str) -> S {
        self.promise_state(promise).slots.iter().find(|(at, _)| *at == slot(start)).unwrap().1
    }

    fn headline_at(&self, post: PostRef, start: &str, viewer: MemberId) -> Sentence {
        words::slot(&self.known(), &self.board(), post, slot(start), viewer).unwrap().headline
    }
}

#[test]
fn each_evening_has_a_seat_of_its_own() {
    let mut story = Story::new();
    let need = story.post(alice(), dinners());
    assert_eq!(story.headline(need, dave()), Sentence::TimesOpen { times: 3 });
    let by_bob = story.promise_part(bob(), need, on(&[MONDAY, WEDNESDAY]), 1);
    assert_eq!(story.status(need), PostStatus::PartlyCovered);
    assert_eq!(story.headline(need, dave()), Sentence::TimesPartlyCovered { covered: 2, times: 3 });
    let by_carol = story.promise_part(carol(), need, on(&[MONDAY, TUESDAY]), 1);
    assert_eq!(story.status(need), PostStatus::Covered);
    assert_eq!(story.headline(need, dave()), Sentence::TimesCovered { times: 3 });
    assert_eq!(story.stands_at(by_carol, MONDAY), S::StandingBy, "bob was first");
    assert_eq!(story.stands_at(by_carol, TUESDAY), S::Likely(seat(1)));
    assert_eq!(story.stands(by_bob), S::Likely(seat(2)));
    assert_eq!(story.state(need).amounts.likely, 3);
    assert_eq!(
        story.headline_at(need, MONDAY, carol()),
        Sentence::SomeoneElseLikelyYouAreBackup { likely: vec![bob()] }
    );
    assert_eq!(story.headline_at(need, TUESDAY, dave()), Sentence::CoveredLikely { helpers: vec![carol()] });

    // Bob cannot on Monday: Carol, who stands by, is next. Wednesday stays his.
    story.withdraw_slots(by_bob, &[MONDAY]);
    assert_eq!(story.stands_at(by_bob, MONDAY), S::Withdrawn { at: story.now });
    assert_eq!(story.stands_at(by_bob, WEDNESDAY), S::Likely(seat(1)));
    assert_eq!(story.stands_at(by_carol, MONDAY), S::Likely(seat(1)));
    assert_eq!(story.status(need), PostStatus::Covered);

    // Nobody is asked again because another evening was taken off.
    let Post { when: When::Slots(slots), .. } = dinners() else { panic!("several times") };
    story.edit(need, |post| post.when = When::at(slots[1..].to_vec()).unwrap());
    assert_eq!(story.stands_at(by_carol, MONDAY), S::Void(Void::TimeGone));
    assert_eq!(story.stands(by_carol), S::CheckAgain, "who was to come on Monday is");
    let by_dave = story.promise_part(dave(), need, on(&[TUESDAY]), 1);
    story.edit(need, |post| post.when = dinners().when);
    assert_eq!(story.stands(by_dave), S::StandingBy, "carol is back in her seat, and dave is not asked");
    assert_eq!(story.stands_at(by_carol, TUESDAY), S::Likely(seat(1)));
}

/// Bob said he would cook on Tuesday when nothing was asked but that.
#[test]
fn of_evenings_that_are_asked_for_later_a_promise_keeps_the_one_that_it_was_made_for() {
    let mut story = Story::new();
    let tuesday = window(TUESDAY, "2026-12-01T19:00");
    let need = story.post(alice(), Post { when: When::Once(tuesday), ..dinners() });
    let by_bob = story.promise(bob(), need, 1);
    story.edit(need, |post| post.when = dinners().when);
    assert_eq!(story.promise_state(by_bob).slots, [(slot(TUESDAY), S::Likely(seat(1)))]);
    assert_eq!(story.at(need, MONDAY), PostStatus::Open);
    assert_eq!(story.at(need, TUESDAY), PostStatus::Covered);
    story.withdraw(by_bob);
    assert_eq!(story.at(need, TUESDAY), PostStatus::Open);
}

/// Of three evenings one is over.
#[test]
fn a_seat_counts_the_evenings_to_come_and_none_that_is_over() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::Choose, ..dinners() });
    let by_bob = story.promise_part(bob(), need, Part::Every, 1);
    story.answer(by_bob, Verdict::Accept);
    assert_eq!(story.stands(by_bob), S::Going(seat(3)));
    story.now = at("2026-12-01T12:00");
    assert_eq!(story.stands_at(by_bob, MONDAY), S::Going(seat(1)), "nobody has said what became of it");
    assert_eq!(story.stands(by_bob), S::Going(seat(2)));
}

#[test]
fn what_became_of_a_promise_for_one_evening_need_not_say_which_and_of_several_it_must() {
    let mut story = Story::new();
    let need = story.post(alice(), dinners());
    let one = story.promise_part(bob(), need, on(&[MONDAY]), 1);
    let two = story.promise_part(carol(), need, on(&[TUESDAY, WEDNESDAY]), 1);
    story.now = at("2026-12-03T10:00");
    for promise in [one, two] {
        story.tell(alice(), promise, None, How::Happened);
    }
    assert_eq!(story.stands_at(one, MONDAY), S::Done(seat(1)));
    assert_eq!([TUESDAY, WEDNESDAY].map(|evening| story.stands_at(two, evening)), [S::Likely(seat(1)); 2]);
}

#[test]
fn what_became_of_a_standing_offer_is_said_of_the_week_in_which_it_was_asked_for() {
    let mut story = Story::new();
    let offer = story.post(alice(), Post { standing: true, ..vegetables() });
    let by_bob = story.promise(bob(), offer, 1);
    story.answer(by_bob, Verdict::Accept);
    story.later(7 * 24);
    let next_week = story.promise(carol(), offer, 1);
    story.answer(next_week, Verdict::Accept);
    story.tell(alice(), by_bob, None, How::Happened);
    assert_eq!(story.stands(by_bob), S::Done(seat(1)));
    assert_eq!(story.stands(next_week), S::Going(seat(1)));
    let this_week = story.state(offer).amounts;
    assert_eq!((this_week.going, this_week.done), (1, 0), "carol's, and nothing of the week before");
}

#[test]
fn a_newer_promise_replaces_the_older_only_where_they_meet() {
    let mut story = Story::new();
    let need = story.post(alice(), dinners());
    let first = story.promise_part(bob(), need, on(&[MONDAY, TUESDAY]), 1);
    let second = story.promise_part(bob(), need, on(&[TUESDAY, WEDNESDAY]), 1);
    assert_eq!(story.stands_at(first, MONDAY), S::Likely(seat(1)));
    assert_eq!(story.stands_at(first, TUESDAY), S::Void(Void::Replaced { by: second.id }));
    assert_eq!(story.stands(second), S::Likely(seat(2)));
    assert_eq!(story.board().live_promises(bob(), need).count(), 2);
    assert_eq!(story.board().to_withdraw(bob(), need).len(), 2);
}

#[test]
fn who_asks_for_an_evening_that_is_over_gets_no_yes_by_itself() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::First, ..dinners() });
    let regular = story.promise_part(bob(), need, Part::Every, 1);
    story.now = at("2026-12-02T12:00");
    let late = story.promise_part(carol(), need, on(&[MONDAY, WEDNESDAY]), 1);
    assert_eq!(story.stands_at(late, MONDAY), S::Void(Void::Expired { at: at("2026-12-01T19:00") }));
    story.withdraw(regular);
    assert_eq!(story.stands_at(late, WEDNESDAY), S::Likely(seat(1)));
    assert_eq!(story.to_accept(alice()), [], "a person decides");
    story.promise_part(dave(), need, on(&[WEDNESDAY]), 1);
    story.withdraw(late);
    assert_eq!(story.to_accept(alice()).len(), 1);
}

#[test]
fn who_was_there_already_leaves_no_seat_there() {
    let mut story = Story::new();
    let need = story.post(
        alice(),
        Post { want: Want { amount: Amount::new(2).unwrap(), unit: Unit::Helpers }, ..dinners() },
    );
    let went = story.promise_part(bob(), need, on(&[MONDAY]), 1);
    let by_dave = story.promise_part(dave(), need, on(&[MONDAY]), 1);
    story.answer(by_dave, Verdict::StandBy);
    story.tell(bob(), went, Some(MONDAY), How::Happened);
    // He meant Monday and Tuesday, and Alice says yes to that.
    let both = story.promise_part(bob(), need, on(&[MONDAY, TUESDAY]), 1);
    story.answer(both, Verdict::Accept);
    let by_carol = story.promise_part(carol(), need, on(&[MONDAY]), 1);
    assert_eq!(story.stands_at(by_carol, MONDAY), S::Likely(seat(1)));
    story.withdraw(both);
    assert_eq!(story.stands_at(by_carol, MONDAY), S::Likely(seat(1)), "the backup does not come before her");
}

#[test]
fn a_yes_to_every_time_takes_nothing_from_who_came() {
    let mut story = Story::new();
    let want = Want { amount: Amount::new(2).unwrap(), unit: Unit::Items };
    let need = story.post(alice(), Post { want, mode: Mode::First, ..dinners() });
    let both = story.promise_part(bob(), need, on(&[MONDAY]), 2);
    story.answer(both, Verdict::Accept);
    story.tell(alice(), both, Some(MONDAY), How::Happened);
    let met = PostStatus::Met { at: story.now };
    assert_eq!(story.at(need, MONDAY), met);
    let regular = story.promise_part(carol(), need, Part::Every, 1);
    assert_eq!(story.to_accept(alice()).len(), 1);
    story.answer(regular, Verdict::Accept);
    assert_eq!(story.stands_at(both, MONDAY), S::Done(seat(2)));
    assert_eq!(story.at(need, MONDAY), met);
    assert_eq!(story.stands_at(regular, TUESDAY), S::Going(seat(1)));
}

#[test]
fn a_backup_hears_who_goes_at_those_times_and_never_of_herself() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::Choose, ..dinners() });
    let on_monday = story.promise_part(bob(), need, on(&[MONDAY]), 1);
    let on_tuesday = story.promise_part(bob(), need, on(&[TUESDAY]), 1);
    let by_carol = story.promise_part(carol(), need, on(&[TUESDAY, WEDNESDAY]), 1);
    story.answer(on_monday, Verdict::StandBy);
    story.answer(on_tuesday, Verdict::Accept);
    story.answer(by_carol, Verdict::StandBy);
    let says =
        |promise, viewer| words::promise(&story.known(), &story.board(), promise, viewer).unwrap().says;
    assert_eq!(says(on_monday, bob()), Sentence::YouAreBackup { author: alice() });
    assert_eq!(says(by_carol, carol()), Sentence::SomeoneElseGoingYouAreBackup { going: vec![bob()] });
}

#[test]
fn an_evening_that_did_not_happen_is_open_again_and_the_others_stand() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::Choose, ..dinners() });
    let by_bob = story.promise_part(bob(), need, Part::Every, 1);
    story.answer(by_bob, Verdict::Accept);
    let next = at(MONDAY);
    assert_eq!(story.headline(need, bob()), Sentence::YouAreGoingEachTime { next });
    assert_eq!(story.words(need, bob()).next, Sentence::NextGoAt { start: next });
    story.now = at("2026-11-30T22:00");
    assert_eq!(story.at(need, MONDAY), PostStatus::Asking);
    assert_eq!(story.status(need), PostStatus::Covered, "two are still to come");
    story.tell(alice(), by_bob, Some(MONDAY), How::Happened);
    assert_eq!(story.at(need, MONDAY), PostStatus::Met { at: story.now });
    assert_eq!(story.stands_at(by_bob, MONDAY), S::Done(seat(1)));
    story.now = at("2026-12-01T22:00");
    story.tell(bob(), by_bob, Some(TUESDAY), How::DidNot);
    assert_eq!(story.stands_at(by_bob, TUESDAY), S::DidNotHappen);
    assert_eq!(story.at(need, TUESDAY), PostStatus::Open, "until the evening after");
    assert_eq!(story.stands_at(by_bob, WEDNESDAY), S::Going(seat(1)));
    story.now = at("2026-12-09T22:00");
    story.tell(alice(), by_bob, Some(WEDNESDAY), How::Happened);
    assert_eq!(story.status(need), PostStatus::PartlyMet { at: story.now });
}

#[test]
fn a_regular_goes_each_time_and_others_step_in_for_one() {
    let mut story = Story::new();
    let need = story.post(alice(), school_run());
    let regular = story.promise_part(bob(), need, Part::Every, 1);
    story.answer(regular, Verdict::Accept);
    story.now = at("2027-02-10T12:00"); // a Wednesday
    assert_eq!(story.status(need), PostStatus::Covered);
    let shown: Vec<_> = story.state(need).slots.iter().map(|time| time.slot.to_string()).collect();
    assert_eq!((shown.len(), &*shown[0], &*shown[17]), (18, "2027-02-04T08:30:00", "2027-04-05T08:30:00"));
    assert_eq!(story.headline(need, bob()), Sentence::YouAreGoingEachTime { next: at("2027-02-11T08:30") });
    let of_one = story.headline_at(need, "2027-02-15T08:30", bob());
    assert_eq!(of_one, Sentence::YouAreGoing {}, "beside one of its times it is of that time");

    // He cannot on one Monday, and Carol can.
    let monday = "2027-02-15T08:30";
    story.withdraw_slots(regular, &[monday]);
    assert_eq!(story.at(need, monday), PostStatus::Open);
    let once = story.promise_part(carol(), need, on(&[monday]), 1);
    story.answer(once, Verdict::Accept);
    assert_eq!(story.stands(once), S::Going(seat(1)));
    assert_eq!(story.headline_at(need, monday, dave()), Sentence::Covered { helpers: vec![carol()] });
    // A year later it has not vanished.
    story.now = at("2028-02-15T08:30");
    assert_eq!(story.stands(once), S::Going(seat(1)));
    assert!(story.promise_state(once).past);
    assert_eq!(story.stands_at(regular, monday), S::Withdrawn { at: at("2027-02-10T12:00") });

    // How long it goes on changes nothing for him; another hour does.
    story.edit(need, |post| {
        let first = window("2026-11-23T08:30", "2026-11-23T09:00");
        let until = "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20280630T000000Z".parse().unwrap();
        post.when = When::Repeats(first, until);
    });
    assert!(matches!(story.stands(regular), S::Going(_)));
    story.edit(need, |post| {
        let first = window("2026-11-23T08:00", "2026-11-23T08:30");
        post.when = When::Repeats(first, "FREQ=WEEKLY;BYDAY=MO,TH".parse().unwrap());
    });
    assert_eq!(story.stands(regular), S::CheckAgain);
    assert_eq!(
        story.headline(need, bob()),
        Sentence::CheckAgainTimePlace {
            start: at("2028-02-17T08:00"),
            end: at("2028-02-17T08:30"),
            place: "Station Side".into()
        }
    );
}

#[test]
fn hours_are_those_of_each_time_in_the_week() {
    let mut story = Story::new();
    let need = story.post(alice(), school_run());
    let regular = story.promise_part(bob(), need, Part::Every, 1);
    story.answer(regular, Verdict::Accept);
    let load = |story: &Story| {
        let capacity = closeknit_domain::Capacity::default();
        Load::of(&story.known(), &story.board(), bob(), &capacity).promised_minutes
    };
    assert_eq!(load(&story), 60, "Monday and Thursday");
    story.withdraw_slots(regular, &["2026-11-26T08:30"]);
    assert_eq!(load(&story), 30);
    assert_eq!(hours::minutes(&school_run(), 1), 30);
}

#[test]
fn a_machine_accepts_by_itself_only_where_there_is_a_seat_each_time() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::First, ..dinners() });
    let by_bob = story.promise_part(bob(), need, on(&[MONDAY, TUESDAY]), 1);
    let by_carol = story.promise_part(carol(), need, on(&[TUESDAY, WEDNESDAY]), 1);
    let accepts = story.to_accept(alice());
    assert_eq!(accepts.iter().map(|accept| accept.commitment).collect::<Vec<_>>(), [by_bob]);
    assert_eq!(story.stands(by_carol), S::Likely(seat(1)));
    let by_dave = story.promise_part(dave(), need, on(&[WEDNESDAY]), 1);
    assert_eq!(story.stands(by_dave), S::StandingBy);
}

#[test]
fn a_standing_offer_is_counted_by_the_week_and_can_rest() {
    let mut story = Story::new();
    let want = Want { amount: Amount::new(2).unwrap(), ..vegetables().want };
    let offer = story.post(alice(), Post { standing: true, want, mode: Mode::Choose, ..vegetables() });
    assert_eq!(story.headline(offer, dave()), Sentence::OfferEachWeek { left: 2 });
    let by_bob = story.promise(bob(), offer, 1);
    story.answer(by_bob, Verdict::Accept);
    assert_eq!(story.headline(offer, dave()), Sentence::OfferLeftThisWeek { left: 1, wanted: 2 });
    let by_carol = story.promise_part(carol(), offer, on(&["2026-11-23T00:00"]), 1);
    story.answer(by_carol, Verdict::Accept);
    assert_eq!(story.status(offer), PostStatus::TakenUp);
    assert_eq!(story.headline(offer, dave()), Sentence::OfferTakenThisWeek {});
    // Next week there are two again, and for the week after one is asked for already.
    story.promise_part(dave(), offer, on(&["2026-12-07T00:00"]), 1);
    story.now = at("2026-11-30T09:00");
    assert_eq!(story.status(offer), PostStatus::Available);
    assert_eq!(story.state(offer).amounts.wanted, 2);
    assert_eq!(story.stands(by_bob), S::Going(seat(1)), "did it happen?");
    assert!(story.promise_state(by_bob).past);
    // A week begins on a Monday.
    let tuesday = story.promise_part(bob(), offer, on(&["2026-12-08T00:00"]), 1);
    assert_eq!(story.stands(tuesday), S::Void(Void::TimeGone));

    story.edit(offer, |post| post.resting = true);
    assert_eq!(story.status(offer), PostStatus::Resting);
    let erin = MemberId([0xe0; 32]);
    assert_eq!(story.headline(offer, erin), Sentence::OfferResting {});
    assert_eq!(story.words(offer, erin).next, Sentence::NextNothing {});
    story.edit(offer, |post| post.resting = false);
    assert_eq!(story.status(offer), PostStatus::Available);

    // Asked at ninety days, and again ninety days after the answer.
    story.now = at("2027-02-21T10:00");
    assert!(story.flags(offer).contains(&PostFlag::StillNeeded));
    let reviewed = story.now;
    story.edit(offer, |post| post.reviewed = Some(reviewed));
    assert!(!story.flags(offer).contains(&PostFlag::StillNeeded));
    story.now = at("2027-05-22T10:00");
    assert!(story.flags(offer).contains(&PostFlag::StillNeeded));
}

#[test]
fn three_helpers_one_of_them_with_a_van() {
    let mut story = Story::new();
    let van = Phrase::new("with a van").unwrap();
    let want = Want { amount: Amount::new(3).unwrap(), ..lift().want };
    let roles = Roles::new(vec![Role { name: van.clone(), amount: Amount::ONE }]).unwrap();
    let need = story.post(alice(), Post { want, roles, mode: Mode::TurnUp, ..lift() });
    let by_bob = story.promise(bob(), need, 3);
    assert_eq!(story.stands(by_bob), S::Likely(Seat { taken: 2, spare: 1 }));
    let by_carol = story.promise(carol(), need, 1);
    assert_eq!(story.stands(by_carol), S::StandingBy);
    assert_eq!(story.status(need), PostStatus::PartlyCovered);
    let by_dave = story.promise(dave(), need, 1);
    let with_van = story.known().commitment(by_dave).unwrap().clone();
    story.overwrite(by_dave, closeknit_domain::Commitment { role: Some(van), ..with_van });
    assert_eq!(story.stands(by_dave), S::Likely(seat(1)));
    assert_eq!(story.status(need), PostStatus::Covered);
}

impl Story {
    pub(crate) fn withdraw_slots(&mut self, promise: CommitmentRef, starts: &[&str]) {
        let Part::Slots(slots) = on(starts) else { panic!("slots") };
        let withdrawal =
            closeknit_domain::Withdrawal { commitment: promise.id, slots: Some(slots), at: self.now };
        self.write(promise.helper, Record::Withdrawal(withdrawal));
    }
}
