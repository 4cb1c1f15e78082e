//! What wants somebody now, and what waits until the hours are not quiet any more.
#![cfg(test)]

mod story;

use closeknit_domain::{
    Mode, Notice, Part, Post, Sentence, Today, Verdict, When,
    today::{Quiet, quiet_until},
};
use jiff::civil::time;
use story::{Story, alice, at, bags, bob, carol, lift, madrid, once, vegetables, window};

#[test]
fn first_what_is_asked_then_what_one_promised_then_how_it_went_then_what_is_still_wanted() {
    let mut story = Story::new();
    let lifts = story.post(alice(), lift());
    let urgent = story.post(alice(), Post { urgent: true, when: When::Anytime, ..lift() });
    let standing = story.post(alice(), Post { standing: true, ..vegetables() });
    let by_bob = story.promise(bob(), lifts, 1);
    let by_carol = story.promise(carol(), urgent, 1);
    let later = story.post(bob(), Post { when: once("2026-11-28T09:00", "2026-11-28T10:00"), ..lift() });
    let soon = story.post(bob(), Post { when: once("2026-11-27T09:00", "2026-11-27T10:00"), ..lift() });
    for need in [later, soon] {
        let promise = story.promise(alice(), need, 1);
        story.answer(promise, Verdict::Accept);
    }
    let today = story.today(alice());
    let asked: Vec<_> = today.asked.iter().map(|item| item.says.clone()).collect();
    assert_eq!(
        asked,
        [Sentence::NextAnswer { helper: carol() }, Sentence::NextAnswer { helper: bob() }],
        "what is urgent first"
    );
    assert_eq!(today.promises.iter().map(|item| item.post).collect::<Vec<_>>(), [soon, later]);
    assert_eq!(today.promises[0].at, Some(at("2026-11-27T09:00")));
    assert_eq!(today.promises[0].says, Sentence::YouAreGoing {});
    assert_eq!((&*today.happened, &*today.review), (&[][..], &[][..]));
    assert_eq!(today.items().count(), 4);

    story.answer(by_bob, Verdict::Accept);
    story.answer(by_carol, Verdict::Decline);
    story.now = at("2026-11-26T15:00");
    let today = story.today(alice());
    assert_eq!(today.asked, []);
    assert_eq!(today.happened[0].says, Sentence::DidItHappen { helpers: vec![bob()] });

    story.now = at("2027-02-21T10:00");
    let review = story.today(alice()).review;
    assert!(review.iter().any(|item| item.post == standing && item.says == Sentence::NextStillOnOffer {}));
    assert_eq!(story.today(story::dave()), Today::default(), "nothing else");
}

#[test]
fn of_a_regular_the_next_time_counts_and_each_time_is_asked_about() {
    let mut story = Story::new();
    let first = window("2026-11-23T12:30", "2026-11-23T13:00");
    let when = When::Repeats(first, "FREQ=WEEKLY;BYDAY=MO,TH".parse().unwrap());
    let need = story.post(alice(), Post { when, ..lift() });
    let regular = story.promise_part(bob(), need, Part::Every, 1);
    story.answer(regular, Verdict::Accept);
    story.now = at("2026-11-27T09:00");
    let today = story.today(bob());
    assert_eq!(today.promises[0].at, Some(at("2026-11-30T12:30")));
    let asked: Vec<_> = today.happened.iter().map(|item| item.slot.unwrap().to_string()).collect();
    assert_eq!(asked, ["2026-11-26T12:30:00", "2026-11-23T12:30:00"], "the latest first");
    assert_eq!(story.today(alice()).happened.len(), 2);
}

#[test]
fn a_notice_is_one_whatever_time_it_is() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { mode: Mode::Choose, ..bags() });
    let promise = story.promise(bob(), need, 1);
    let asked = Notice::Asked(need, Some(promise));
    assert_eq!(story.notices(alice()).into_iter().collect::<Vec<_>>(), [asked]);
    assert!(story.notices(bob()).is_empty());
    story.answer(promise, Verdict::Accept);
    let before = story.notices(bob());
    assert_eq!(before.clone().into_iter().collect::<Vec<_>>(), [Notice::Accepted(promise)]);
    story.later(1);
    assert_eq!(story.notices(bob()), before);
    story.close(need, closeknit_domain::Closed::NotNeeded);
    assert_eq!(story.notices(bob()).into_iter().collect::<Vec<_>>(), [Notice::CalledOff(promise)]);
}

#[test]
fn notices_wait_while_hours_are_quiet() {
    let zone = madrid();
    let night = Quiet { from: time(22, 0, 0, 0), to: time(8, 0, 0, 0) };
    let siesta = Quiet { from: time(14, 0, 0, 0), to: time(16, 0, 0, 0) };
    let long_mornings = Quiet { from: time(7, 0, 0, 0), to: time(10, 0, 0, 0) };
    let until = |now: &str, quiet: &[Quiet]| quiet_until(at(now), &zone, quiet);
    assert_eq!(until("2026-11-26T12:00", &[night, siesta]), None);
    assert_eq!(until("2026-11-26T23:00", &[night, siesta]), Some(at("2026-11-27T08:00")));
    assert_eq!(until("2026-11-27T03:00", &[night]), Some(at("2026-11-27T08:00")));
    assert_eq!(until("2026-11-27T08:00", &[night]), None);
    assert_eq!(until("2026-11-27T14:00", &[night, siesta]), Some(at("2026-11-27T16:00")));
    // The circle's and one's own together.
    assert_eq!(until("2026-11-26T23:00", &[night, long_mornings]), Some(at("2026-11-27T10:00")));
    // The nights on which the clocks change.
    assert_eq!(until("2026-10-24T23:00", &[night]), Some(at("2026-10-25T08:00")));
    assert_eq!(until("2027-03-27T23:00", &[night]), Some(at("2027-03-28T08:00")));
    let never = Quiet { from: time(9, 0, 0, 0), to: time(9, 0, 0, 0) };
    assert_eq!(until("2026-11-26T09:00", &[never]), None);
}

#[test]
fn nothing_begins_to_want_anybody_between_two_moments_that_are_foretold() {
    let mut story = Story::new();
    let lifts = story.post(alice(), lift());
    let by_bob = story.promise(bob(), lifts, 1);
    story.answer(by_bob, Verdict::Accept);
    let tap = story.post(alice(), Post { when: When::Anytime, ..lift() });
    let unanswered = story.promise(carol(), tap, 1);
    story.answer(unanswered, Verdict::StandBy);
    story.post(alice(), Post { standing: true, ..vegetables() });
    let first = window("2026-11-26T12:30", "2026-11-26T13:00");
    let when = When::Repeats(first, "FREQ=WEEKLY;BYDAY=MO,TH".parse().unwrap());
    let meals = story.post(bob(), Post { when, ..lift() });
    let regular = story.promise_part(alice(), meals, Part::Every, 1);
    story.answer(regular, Verdict::Accept);
    for viewer in [alice(), bob(), carol()] {
        story.now = at("2026-11-24T10:00");
        let (mut told, mut due, mut new) = (story.notices(viewer), story.next_change(viewer), 0);
        for _ in 0..8 * 20 {
            let before = story.now;
            story.now = before + jiff::SignedDuration::from_hours(3);
            let now = story.notices(viewer);
            if !now.is_subset(&told) {
                new += 1;
                let foretold = due.expect("something was to come");
                assert!(before <= foretold && foretold <= story.now, "{foretold} for {}", story.now);
            }
            if due.is_some_and(|due| due <= story.now) {
                due = story.next_change(viewer);
            }
            told.extend(now);
        }
        assert_eq!(new == 0, viewer == carol(), "{new}");
    }
}

#[test]
fn what_was_told_is_remembered_until_it_can_be_so_anew() {
    let mut story = Story::new();
    let need = story.post(alice(), Post { standing: false, when: When::Anytime, ..lift() });
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    let over = |story: &Story, notice: Notice| notice.is_over(&story.board());
    assert!(!over(&story, Notice::Accepted(promise)));
    assert!(over(&story, Notice::CheckAgain(promise)), "it is as he knew it");
    story.edit(need, |post| post.when = once("2026-11-28T09:00", "2026-11-28T10:00"));
    assert_eq!(story.notices(bob()).into_iter().collect::<Vec<_>>(), [Notice::CheckAgain(promise)]);
    assert!(!over(&story, Notice::CheckAgain(promise)) && !over(&story, Notice::Accepted(promise)));
    story.now = at("2026-12-28T09:00");
    assert!(!over(&story, Notice::CheckAgain(promise)), "time alone does not forget");
}
