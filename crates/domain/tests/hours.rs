//! Hours a week: what is left of what a member can carry.

mod story;

use closeknit_domain::{
    Amount, Capacity, Closed, Load, Mode, Post, PostStatus, Unit, Verdict, Want, When, hours, time::Zone,
};
use closeknit_ids::MemberId;
use story::{Story, alice, at, bags, bob, carol, lift, vegetables, window};

fn load(story: &Story, member: MemberId) -> Load {
    let capacity = Capacity { hours: Some(4), ..Capacity::default() };
    Load::of(&story.known(), &story.board(), member, &capacity)
}

#[test]
fn only_what_is_going_this_week_weighs() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    assert_eq!(load(&story, bob()).free_minutes(), Some(240), "an offer weighs nothing");
    story.answer(promise, Verdict::Accept);
    assert_eq!(load(&story, bob()).promised_minutes, 190);
    assert_eq!(load(&story, bob()).free_minutes(), Some(50));
    assert_eq!(load(&story, alice()).promised_minutes, 0);

    story.now = at("2026-11-22T23:59:59");
    assert_eq!(load(&story, bob()).promised_minutes, 0, "the week before");
    story.now = at("2026-11-29T23:59:59");
    assert_eq!(
        load(&story, bob()).promised_minutes,
        190,
        "asked whether it happened, it still took its time"
    );
    story.now = at("2026-11-30T00:00");
    assert_eq!(load(&story, bob()).promised_minutes, 0, "the week after");
}

#[test]
fn what_came_to_nothing_gives_the_hours_back() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    let mut withdrawn = story.clone();
    withdrawn.withdraw(promise);
    assert_eq!(load(&withdrawn, bob()).promised_minutes, 0);
    story.close(need, Closed::NotNeeded);
    assert_eq!(load(&story, bob()).promised_minutes, 0);
}

#[test]
fn what_was_done_this_week_still_weighs() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    let promise = story.promise(bob(), need, 5);
    story.answer(promise, Verdict::Accept);
    story.close(need, Closed::Met);
    assert_eq!(load(&story, bob()).promised_minutes, hours::USUAL_MINUTES);
    story.later(7 * 24);
    assert_eq!(load(&story, bob()).promised_minutes, 0);
}

/// Nobody says what became of it: it weighs no longer than it could have been done.
#[test]
fn what_has_no_time_weighs_until_it_ended_by_itself() {
    for (post, status) in [
        (Post { when: When::Anytime, ..lift() }, PostStatus::Asking),
        (bags(), PostStatus::Expired { at: at("2026-12-07T10:00") }),
    ] {
        let mut story = Story::new();
        let need = story.post(alice(), post);
        let promise = story.promise(bob(), need, 1);
        story.answer(promise, Verdict::Accept);
        for week in ["2026-11-23", "2026-11-30", "2026-12-07"] {
            story.now = at(&format!("{week}T13:00"));
            assert_eq!(load(&story, bob()).promised_minutes, hours::USUAL_MINUTES, "{week}");
        }
        assert_eq!(story.status(need), status);
        story.now = at("2026-12-14T00:00");
        assert_eq!(load(&story, bob()).promised_minutes, 0);
    }
}

#[test]
fn over_the_cap_is_said_in_hours() {
    let mut story = Story::new();
    let want = Want { amount: Amount::new(6).unwrap(), unit: Unit::Hours };
    let need = story.post(alice(), Post { want, mode: Mode::TurnUp, ..bags() });
    story.promise(bob(), need, 6);
    assert_eq!(load(&story, bob()).over(), Some((6, 4)));
    assert_eq!(load(&story, bob()).free_minutes(), Some(0));
    assert_eq!(load(&story, carol()).over(), None);
    let uncapped = Load::of(&story.known(), &story.board(), bob(), &Capacity::default());
    assert_eq!((uncapped.over(), uncapped.free_minutes()), (None, None));
}

#[test]
fn an_offer_takes_the_time_of_who_offers() {
    let mut story = Story::new();
    let visit = window("2026-11-25T17:00", "2026-11-25T18:30");
    let offer = story.post(alice(), Post { when: When::Once(visit), ..vegetables() });
    for member in [bob(), carol()] {
        let promise = story.promise(member, offer, 1);
        story.answer(promise, Verdict::Accept);
    }
    assert_eq!(load(&story, alice()).promised_minutes, 180);
    assert_eq!(load(&story, bob()).promised_minutes, 0);
}

#[test]
fn a_window_of_days_says_by_when_and_not_how_long() {
    let by_friday = Post { when: When::Once(window("2026-11-23T10:00", "2026-11-27T17:00")), ..lift() };
    assert_eq!(hours::minutes(&by_friday, 1), hours::USUAL_MINUTES);
    assert_eq!(hours::minutes(&lift(), 1), 190);
}

#[test]
fn weeks_begin_on_monday_in_the_circles_zone() {
    let now = at("2026-10-25T12:00"); // the Sunday on which the clocks go back
    let week = hours::week(now, &story::madrid());
    assert_eq!(week, at("2026-10-19T00:00")..at("2026-10-26T00:00"));
    assert_eq!((week.end.as_second() - week.start.as_second()) / 3600, 169);
    let sunday_evening = at("2026-11-22T23:30");
    assert_eq!(
        hours::week(sunday_evening, &Zone::new("Pacific/Auckland").unwrap()).start,
        at("2026-11-22T12:00")
    );
}
