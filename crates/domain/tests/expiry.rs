//! When posts end, and the time of day on both sides of a clock change.

mod story;

use closeknit_domain::{
    Closed, CommitmentStatus as S, Mode, Post, PostFlag, PostStatus, Sentence, Verdict, Void, When, Window,
    Zone, expiry, hours, when,
};
use story::{Story, alice, at, bags, bob, carol, lift, seat, vegetables};

/// The status at each of these times.
fn seen(story: &Story, post: closeknit_domain::PostRef, times: &[&str]) -> Vec<&'static str> {
    times
        .iter()
        .map(|time| {
            let mut story = story.clone();
            story.now = at(time);
            story.status(post).slug()
        })
        .collect()
}

#[test]
fn a_need_with_a_window_ends_a_day_after_it_with_two_hours_of_grace() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let times = ["2026-11-26T12:00", "2026-11-27T14:30", "2026-11-27T14:30:01"];
    assert_eq!(seen(&story, need, &times), ["open", "open", "expired"]);
    story.now = at("2026-11-27T10:00");
    assert_eq!(story.flags(need), [PostFlag::StillNeeded], "its time has passed and nobody came");
    assert_eq!(story.words(need, alice()).next, Sentence::NextStillNeeded {});
    story.now = at("2026-11-28T10:00");
    assert_eq!(story.words(need, alice()).next, Sentence::NextRenew {});

    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    let times = ["2026-11-26T14:30", "2026-11-26T14:30:01", "2027-11-27T14:31"];
    assert_eq!(seen(&story, need, &times), ["covered", "asking", "asking"]);
}

#[test]
fn a_need_without_a_window_ends_after_fourteen_days_and_asks_three_days_before() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    let times = ["2026-12-07T12:00", "2026-12-07T12:00:01"];
    assert_eq!(seen(&story, need, &times), ["open", "expired"]);
    story.now = at("2026-12-04T09:59");
    assert_eq!(story.flags(need), []);
    story.now = at("2026-12-04T10:00");
    assert_eq!(story.flags(need), [PostFlag::StillNeeded]);
    let expires = at("2026-12-07T10:00");
    assert_eq!(story.words(need, alice()).notes, [Sentence::NoteStillNeeded { on: expires }]);
    assert_eq!(story.words(need, bob()).notes, []);

    // "Yes, 2 more weeks": what was expired is open again.
    story.now = at("2026-12-10T10:00");
    assert_eq!(story.status(need), PostStatus::Expired { at: expires });
    let late = story.promise(bob(), need, 5);
    assert_eq!(story.stands(late), S::Void(Void::Expired { at: expires }));
    story.edit(need, |post| post.until = Some(at("2026-12-21T10:00")));
    assert_eq!(story.status(need), PostStatus::Covered);
    assert_eq!(story.stands(late), S::Likely(seat(5)), "who came meanwhile is not forgotten");
}

#[test]
fn offers_end_after_sixty_days_and_standing_ones_are_reviewed_after_ninety() {
    let mut story = Story::new();
    let offer = story.post(alice(), vegetables());
    let times = ["2027-01-22T12:00", "2027-01-22T12:00:01"];
    assert_eq!(seen(&story, offer, &times), ["available", "expired"]);

    let standing = story.post(alice(), Post { standing: true, ..vegetables() });
    assert_eq!(
        seen(&story, standing, &["2027-02-21T12:00:01", "2036-01-01T00:00"]),
        ["available", "available"]
    );
    story.now = at("2027-02-21T09:59");
    assert_eq!(story.flags(standing), []);
    story.now = at("2027-02-21T10:00");
    assert_eq!(story.words(standing, alice()).notes, [Sentence::NoteReview {}]);
    assert_eq!(story.words(standing, alice()).next, Sentence::NextStillOnOffer {});
    story.edit(standing, |post| post.resting = true);
    assert_eq!(story.flags(standing), [PostFlag::StillNeeded], "also while it rests");
    story.close(standing, Closed::NotNeeded);
    assert_eq!(story.flags(standing), [], "nobody is asked about what was taken back");
}

#[test]
fn a_need_that_is_kept_beyond_its_window_is_still_wanted() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    story.now = at("2026-11-28T10:00");
    assert_eq!(story.status(need).slug(), "expired");
    story.edit(need, |post| post.until = Some(at("2026-12-12T10:00")));
    assert_eq!(story.status(need).slug(), "open");
    assert_eq!(story.flags(need), []);
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    assert_eq!(story.status(need).slug(), "covered");
    assert_eq!(story.words(need, bob()).next, Sentence::NextGo {});
    assert_eq!(seen(&story, need, &["2026-12-12T12:00", "2026-12-12T12:00:01"]), ["covered", "asking"]);

    // Ended earlier than its window, it ends then.
    let earlier = story.post(alice(), Post { until: Some(at("2026-11-25T10:00")), ..lift() });
    assert_eq!(seen(&story, earlier, &["2026-11-25T12:00", "2026-11-25T12:00:01"]), ["open", "expired"]);
}

#[test]
fn an_accepted_promise_outlives_the_end_of_a_post_that_was_covered_in_part() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    let (three, backup) = (story.promise(bob(), need, 3), story.promise(carol(), need, 1));
    story.answer(three, Verdict::Accept);
    story.answer(backup, Verdict::StandBy);
    story.now = at("2026-12-10T10:00");
    let expires = at("2026-12-07T10:00");
    assert_eq!(story.status(need), PostStatus::Expired { at: expires });
    assert_eq!(story.stands(three), S::Going(seat(3)));
    assert_eq!(story.words(need, alice()).next, Sentence::NextSayIfItHappened {});
    assert_eq!(story.stands(backup), S::Void(Void::Expired { at: expires }));
}

#[test]
fn a_post_of_the_far_past_or_future_breaks_nothing() {
    let mut story = Story::new();
    for posted in [jiff::Timestamp::MIN, jiff::Timestamp::MAX] {
        for post in [lift(), bags(), vegetables(), Post { standing: true, ..vegetables() }] {
            story.post(alice(), Post { posted, until: Some(posted), ..post.clone() });
            story.post(alice(), Post { posted, ..post });
        }
    }
    for now in [jiff::Timestamp::MIN, story.now, jiff::Timestamp::MAX] {
        story.now = now;
        assert_eq!(story.board().posts().len(), 16);
        assert!(story.zone.civil(hours::week(now, &story.zone).start) <= story.zone.civil(now));
    }
}

/// Alice's machine stands in Madrid, where the circle is, and Bob's in New York. Clocks go back in
/// Madrid on 25 October 2026 at 3:00 and forward on 28 March 2027 at 2:00; in New York on other days.
#[test]
fn over_both_clock_changes_two_machines_in_two_zones_show_the_same() {
    let new_york = Zone::new("America/New_York").unwrap();
    for (posted, typed, begins, minutes, fortnight) in [
        // The night that is 25 hours long: 2:30 comes twice, the first is meant.
        ("2026-10-23T10:00", "sun 2:30-3:30", "2026-10-25T00:30Z", 120, 14 * 24 + 1),
        // The night that is 23 hours long: 2:30 does not come, 3:30 is meant.
        ("2027-03-26T10:00", "sun 2:30-4:30", "2027-03-28T01:30Z", 60, 14 * 24 - 1),
        // A night on which nothing changes in Madrid, and everything in New York.
        ("2026-10-30T10:00", "sun 2:30-3:30", "2026-11-01T01:30Z", 60, 14 * 24),
    ] {
        let mut story = Story::new();
        story.now = at(posted);
        let window = when::window(typed, story.now, &story.zone).unwrap();
        assert_eq!(window.begins(), begins.parse().unwrap(), "{typed}");
        // Bob's machine says the same moments in its own zone.
        let [start, end] = [window.begins(), window.ends()].map(|at| new_york.civil(at));
        let bobs_window = Window::new(start, end, new_york.clone()).unwrap();
        assert_eq!((bobs_window.begins(), bobs_window.ends()), (window.begins(), window.ends()));

        let turn_up = Post { mode: Mode::TurnUp, posted: story.now, ..lift() };
        let alices = story.post(alice(), Post { when: When::Once(window.clone()), ..turn_up.clone() });
        let bobs = story.post(bob(), Post { when: When::Once(bobs_window), ..turn_up.clone() });
        let untimed = story.post(bob(), Post { posted: story.now, ..bags() });
        for need in [alices, bobs] {
            story.promise(carol(), need, 1);
            assert_eq!(hours::minutes(story.post_record(need), 1), minutes, "{typed}");
        }

        // Fourteen days of the circle's calendar: at ten in the morning again, in Madrid.
        let expires = story.now + jiff::SignedDuration::from_hours(fortnight);
        assert_eq!(story.zone.civil(expires).hour(), 10);
        assert_eq!(expiry::ends(story.post_record(untimed), &story.zone).expires, Some(expires));
        for quarters in 0..4 * 24 * 16 {
            story.now = at(posted) + jiff::SignedDuration::from_mins(15 * quarters);
            let board = story.board();
            let status = |post| board.post(post).unwrap().status;
            let over = |end: jiff::Timestamp| story.now > end + expiry::GRACE;
            assert_eq!(status(alices), status(bobs), "{}", story.now);
            assert_eq!(status(alices) == PostStatus::Asking, over(window.ends()), "{}", story.now);
            assert_eq!(matches!(status(untimed), PostStatus::Expired { .. }), over(expires), "{}", story.now);
        }
    }
}

#[test]
fn what_still_stands_stays_as_long_as_a_new_one_and_what_is_reviewed_is_reviewed() {
    let now = at("2026-12-04T10:00");
    for (post, days, until) in [
        (bags(), Some(14), Some("2026-12-18T10:00")),
        (vegetables(), Some(60), Some("2027-02-02T10:00")),
        (Post { until: Some(now), ..bags() }, Some(14), Some("2026-12-18T10:00")),
        (Post { standing: true, ..vegetables() }, None, None),
    ] {
        assert_eq!(expiry::days_more(&post, &story::madrid()), days);
        let renewed = expiry::renewed(&post, now, &story::madrid());
        assert_eq!((renewed.until, renewed.reviewed), (until.map(at), Some(now)));
        assert_eq!(Post { until: post.until, reviewed: post.reviewed, ..renewed }, post, "and nothing else");
    }
}
