//! Whether this computer's clock looks wrong.
#![cfg(test)]

use closeknit_domain::clock::{Compared, Looks};
use closeknit_ids::MemberId;
use jiff::{SignedDuration, Timestamp};

const DAY: i64 = 24;

fn now() -> Timestamp {
    "2026-11-26T12:00Z".parse().unwrap()
}

/// Machines met today, each so many hours ahead.
fn looks(ahead: &[i64]) -> Looks {
    let compared: Vec<_> = ahead.iter().enumerate().map(|(n, hours)| met(n, *hours, 1)).collect();
    Looks::of(&compared, now())
}

fn met(number: usize, ahead: i64, hours_ago: i64) -> Compared {
    let met = now() - SignedDuration::from_hours(hours_ago) + SignedDuration::from_secs(number as i64);
    Compared { whose: member(number), ahead: SignedDuration::from_hours(ahead), met }
}

fn member(number: usize) -> MemberId {
    MemberId([u8::try_from(number).unwrap(); 32])
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

#[test]
fn most_machines_met_say_that_it_is_behind_or_ahead() {
    assert_eq!(looks(&[3 * DAY, 3 * DAY]), Looks::Ahead(hours(-3 * DAY)));
    assert_eq!(looks(&[-2, -2, 0]), Looks::Ahead(hours(2)));
    assert_eq!(looks(&[5, 5, 5, 0, -400 * DAY]), Looks::Ahead(hours(-5)));
}

#[test]
fn of_two_clocks_nobody_knows_which_is_wrong() {
    assert_eq!(looks(&[3 * DAY]), Looks::Differs(member(0), hours(3 * DAY)));
    // Three machines, three times.
    assert_eq!(looks(&[3 * DAY, -2 * DAY]), Looks::Differs(member(1), hours(-2 * DAY)));
}

#[test]
fn whose_clock_agrees_with_anybody_is_not_blamed_by_less_than_most() {
    assert_eq!(looks(&[0]), Looks::Well);
    assert_eq!(looks(&[1, -1, 0]), Looks::Well, "an hour is no difference");
    assert_eq!(looks(&[0, 3 * DAY]), Looks::Well);
    assert_eq!(looks(&[0, 0, 3 * DAY]), Looks::Well);
}

#[test]
fn only_who_was_met_lately_counts() {
    assert_eq!(looks(&[]), Looks::Unknown);
    assert_eq!(Looks::of(&[met(0, 5, 4 * DAY)], now()), Looks::Unknown);
    assert_eq!(Looks::of(&[met(0, 5, -2)], now()), Looks::Unknown, "the clock was set back since");
    let far = Compared { ahead: SignedDuration::MAX, ..met(0, 0, 1) };
    let back = Compared { ahead: SignedDuration::MIN, ..met(1, 0, 1) };
    assert!(matches!(Looks::of(&[far, back], now()), Looks::Differs(..)));
    assert!(matches!(Looks::of(&[back, back], now()), Looks::Ahead(_)));
}
