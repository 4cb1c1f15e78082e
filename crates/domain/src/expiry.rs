//! When a post ends (mutual-aid, *Expiry*).
//!
//! Hours are hours; days are days of the circle's calendar, so that a post that ends at nine ends
//! at nine after the clocks have changed too, on every machine, wherever it stands.

use jiff::{SignedDuration, Span, Timestamp};

use crate::{
    record::{Post, PostKind},
    time::{Window, Zone},
};

/// How far two clocks may differ: every end comes so much later.
pub const GRACE: SignedDuration = SignedDuration::from_hours(2);
/// A post with a window ends so long after the window.
pub const AFTER_WINDOW: SignedDuration = SignedDuration::from_hours(24);
/// A need without a window ends after so many days.
pub const NEED_DAYS: i64 = 14;
/// An offer without a window ends after so many days.
pub const OFFER_DAYS: i64 = 60;
/// A standing offer is reviewed after so many days.
pub const REVIEW_DAYS: i64 = 90;
/// The author of a post without a window is asked so many days before it ends.
pub const ASK_DAYS: i64 = 3;

/// The moments at which something becomes true of a post, without the grace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ends {
    /// Its window is over: it has happened, or not.
    pub happens: Option<Timestamp>,
    /// It expires.
    pub expires: Option<Timestamp>,
    /// The author is asked whether it is still needed, or still on offer.
    pub ask: Option<Timestamp>,
}

/// The ends of a post, in the calendar of the circle's zone.
#[must_use]
pub fn ends(post: &Post, circle: &Zone) -> Ends {
    let happens = post.when.ends();
    let days_on = |days| add_days(post.posted, days, circle);
    let stands = post.standing && post.kind == PostKind::Offer;
    match (post.kind, post.until, happens) {
        // It goes on until it is ended. A standing offer's window is its first time only.
        (_, None, _) if stands || post.when.is_endless() => {
            let since = post.reviewed.unwrap_or(post.posted);
            Ends { happens: None, expires: None, ask: Some(add_days(since, REVIEW_DAYS, circle)) }
        }
        // Each of its times ends by itself.
        (_, None, Some(end)) if post.when.has_slots() => {
            Ends { happens: None, expires: Some(later(end, AFTER_WINDOW)), ask: None }
        }
        // Kept beyond the rule, it is still wanted though its window is over.
        (_, Some(until), Some(end)) if until <= later(end, AFTER_WINDOW) => {
            Ends { happens, expires: Some(until), ask: happens }
        }
        (_, Some(until), _) => {
            let ask = add_days(until, -ASK_DAYS, circle);
            Ends { happens: None, expires: Some(until), ask: Some(ask) }
        }
        (_, None, Some(end)) => Ends { happens, expires: Some(later(end, AFTER_WINDOW)), ask: Some(end) },
        (kind, None, None) => {
            let days = if kind == PostKind::Need { NEED_DAYS } else { OFFER_DAYS };
            let (expires, ask) = (days_on(days), days_on(days - ASK_DAYS));
            Ends { happens, expires: Some(expires), ask: Some(ask) }
        }
    }
}

/// A post that still stands: what is reviewed is reviewed now, anything else stays as many days from now as
/// a new one of its kind.
#[must_use]
pub fn renewed(post: &Post, now: Timestamp, circle: &Zone) -> Post {
    let until = days_more(post, circle).map(|days| add_days(now, days, circle));
    Post { reviewed: Some(now), until, ..post.clone() }
}

/// How many days a post stays that still stands, from when its author says so; nothing, if it stays until it
/// is ended.
#[must_use]
pub fn days_more(post: &Post, circle: &Zone) -> Option<i64> {
    ends(&Post { until: None, ..post.clone() }, circle).expires?;
    Some(if post.kind == PostKind::Need { NEED_DAYS } else { OFFER_DAYS })
}

/// The ends of one of several times.
#[must_use]
pub fn slot_ends(window: &Window) -> Ends {
    let end = window.ends();
    Ends { happens: Some(end), expires: Some(later(end, AFTER_WINDOW)), ask: None }
}

/// Whether `end` is over by any clock that may be trusted.
#[must_use]
pub fn over(end: Timestamp, now: Timestamp) -> bool {
    now > later(end, GRACE)
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

fn add_days(at: Timestamp, days: i64, circle: &Zone) -> Timestamp {
    circle.moment(circle.civil(at).saturating_add(Span::new().days(days)))
}
