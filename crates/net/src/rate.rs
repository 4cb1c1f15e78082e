//! How often a source address may try a handshake.

use std::{
    collections::HashMap,
    net::IpAddr,
    time::{Duration, Instant},
};

/// So many handshakes at once from one source,
const BURST: f64 = 20.0;
/// and so many more each second.
const PER_SECOND: f64 = 4.0;
/// So many sources are told apart; the rest share one allowance.
const MAX_SOURCES: usize = 1024;

/// What to do with an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Handshake,
    /// Too many in this name: let the source prove first that it is there. Costs us one packet and
    /// no memory, and whoever borrows a neighbour's address does not shut that neighbour out.
    Prove,
    /// Too many by one who is there.
    Ignore,
}

/// Token buckets by source; what has not proved its address draws from others than what has.
#[derive(Debug, Default)]
pub(crate) struct Rate {
    buckets: HashMap<(Option<IpAddr>, bool), Bucket>,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    fn refill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.filled).as_secs_f64();
        self.tokens = (self.tokens + passed * PER_SECOND).min(BURST);
        self.filled = now;
    }
}

impl Rate {
    pub(crate) fn ask(&mut self, source: IpAddr, proved: bool, now: Instant) -> Verdict {
        let mut key = (Some(network(source)), proved);
        if !self.buckets.contains_key(&key) && self.buckets.len() >= MAX_SOURCES {
            self.buckets.retain(|_, bucket| {
                let idle = now.saturating_duration_since(bucket.filled);
                idle < Duration::from_secs_f64(BURST / PER_SECOND)
            });
            if self.buckets.len() >= MAX_SOURCES {
                key = (None, proved);
            }
        }
        let bucket = self.buckets.entry(key).or_insert(Bucket { tokens: BURST, filled: now });
        bucket.refill(now);
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            Verdict::Handshake
        } else if proved {
            Verdict::Ignore
        } else {
            Verdict::Prove
        }
    }
}

/// One machine may have a whole /64 of IPv6.
fn network(source: IpAddr) -> IpAddr {
    match source.to_canonical() {
        IpAddr::V6(ip) => IpAddr::V6((ip.to_bits() >> 64 << 64).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn handshakes(rate: &mut Rate, source: &str, proved: bool, now: Instant) -> u32 {
        let mut passed = 0;
        while rate.ask(ip(source), proved, now) == Verdict::Handshake {
            passed += 1;
        }
        passed
    }

    #[test]
    fn a_burst_then_a_trickle() {
        let (mut rate, now) = (Rate::default(), Instant::now());
        assert_eq!(handshakes(&mut rate, "10.0.0.1", false, now), 20);
        assert_eq!(rate.ask(ip("10.0.0.1"), false, now), Verdict::Prove);
        assert_eq!(handshakes(&mut rate, "10.0.0.1", false, now + Duration::from_secs(1)), 4);
    }

    #[test]
    fn who_borrows_bobs_address_does_not_shut_bob_out() {
        let (mut rate, now) = (Rate::default(), Instant::now());
        handshakes(&mut rate, "10.0.0.2", false, now);
        assert_eq!(rate.ask(ip("10.0.0.2"), false, now), Verdict::Prove);
        assert_eq!(rate.ask(ip("10.0.0.2"), true, now), Verdict::Handshake);
        handshakes(&mut rate, "10.0.0.2", true, now);
        assert_eq!(rate.ask(ip("10.0.0.2"), true, now), Verdict::Ignore);
        assert_eq!(rate.ask(ip("10.0.0.3"), false, now), Verdict::Handshake, "carol is not concerned");
    }

    #[test]
    fn a_thousand_addresses_of_one_machine_are_one() {
        let (mut rate, now) = (Rate::default(), Instant::now());
        let passed: u32 = (0..100).map(|n| handshakes(&mut rate, &format!("fd00::{n:x}"), false, now)).sum();
        assert_eq!(passed, 20);
        assert_eq!(handshakes(&mut rate, "::ffff:10.0.0.1", false, now), 20);
        assert_eq!(handshakes(&mut rate, "10.0.0.1", false, now), 0, "written otherwise, the same");
    }

    #[test]
    fn the_table_is_bounded_and_heals() {
        let (mut rate, now) = (Rate::default(), Instant::now());
        let passed = (0..5000_u32)
            .filter(|n| rate.ask(IpAddr::V4((0x0a00_0000 + n).into()), false, now) == Verdict::Handshake)
            .count();
        assert_eq!(passed, MAX_SOURCES + 20);
        assert!(rate.buckets.len() <= MAX_SOURCES + 2);
        let later = now + Duration::from_secs(10);
        assert_eq!(rate.ask(ip("10.9.9.9"), false, later), Verdict::Handshake);
        assert!(rate.buckets.len() <= 2);
    }
}
