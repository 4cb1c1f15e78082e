//! What is remembered of a machine beyond a connection: strikes, and what it has used up.

use std::collections::BTreeMap;

use closeknit_ids::DeviceId;

use crate::limits::{Limits, MOST_REMEMBERED, STRIKES};

const HOUR_MS: u64 = 3_600_000;

/// How each machine has behaved lately.
#[derive(Debug, Clone)]
pub(crate) struct Conduct {
    limits: Limits,
    machines: BTreeMap<DeviceId, Record>,
}

#[derive(Debug, Clone, Default)]
struct Record {
    strikes: Vec<u64>,
    shunned_until: u64,
    hour_began: u64,
    bytes: u64,
    documents: u32,
}

impl Conduct {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, machines: BTreeMap::new() }
    }

    pub(crate) fn shun(&mut self, now: u64, device: DeviceId, until: u64) {
        self.record(now, device).shunned_until = until;
    }

    pub(crate) fn is_shunned(&self, now: u64, device: DeviceId) -> bool {
        self.machines.get(&device).is_some_and(|record| now < record.shunned_until)
    }

    /// Counts a strike; if it is one too many, says until when the machine is shunned.
    pub(crate) fn strike(&mut self, now: u64, device: DeviceId) -> Option<u64> {
        let shun_ms = self.limits.shun_ms;
        let record = self.record(now, device);
        record.strikes.retain(|at| now.saturating_sub(*at) < shun_ms);
        record.strikes.push(now);
        if record.strikes.len() < STRIKES {
            return None;
        }
        record.strikes.clear();
        record.shunned_until = now.saturating_add(shun_ms);
        Some(record.shunned_until)
    }

    /// Counts bytes; says whether the machine may go on.
    pub(crate) fn spend(&mut self, now: u64, device: DeviceId, bytes: u64) -> bool {
        let most = self.limits.bytes_an_hour;
        let record = self.record(now, device);
        record.bytes = record.bytes.saturating_add(bytes);
        record.bytes <= most
    }

    /// Counts a document of which nothing was here; says whether it may be asked for.
    pub(crate) fn new_document(&mut self, now: u64, device: DeviceId) -> bool {
        let most = self.limits.documents_an_hour;
        let record = self.record(now, device);
        record.documents = record.documents.saturating_add(1);
        record.documents <= most
    }

    fn record(&mut self, now: u64, device: DeviceId) -> &mut Record {
        if self.machines.len() >= MOST_REMEMBERED && !self.machines.contains_key(&device) {
            self.forget(now);
        }
        let record = self.machines.entry(device).or_default();
        if now.saturating_sub(record.hour_began) >= HOUR_MS {
            (record.hour_began, record.bytes, record.documents) = (now, 0, 0);
        }
        record
    }

    /// Makes room: those of whom nothing bad is remembered go, or else all.
    fn forget(&mut self, now: u64) {
        self.machines.retain(|_, record| now < record.shunned_until || !record.strikes.is_empty());
        if self.machines.len() >= MOST_REMEMBERED {
            self.machines.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MALLORY: DeviceId = DeviceId([9; 32]);

    #[test]
    fn three_strikes_within_a_day_and_a_machine_is_shunned_for_one() {
        let day = Limits::default().shun_ms;
        let mut conduct = Conduct::new(Limits::default());
        assert_eq!(conduct.strike(0, MALLORY), None);
        assert_eq!(conduct.strike(day - 1, MALLORY), None);
        assert_eq!(conduct.strike(day, MALLORY), None, "the first is forgiven by now");
        assert!(!conduct.is_shunned(day, MALLORY));
        assert_eq!(conduct.strike(day + 1, MALLORY), Some(2 * day + 1));
        assert!(conduct.is_shunned(2 * day, MALLORY));
        assert!(!conduct.is_shunned(2 * day + 1, MALLORY));
        assert_eq!(conduct.strike(2 * day + 1, MALLORY), None, "and begins anew");
    }

    #[test]
    fn an_hour_has_its_bounds_and_the_next_its_own() {
        let limits = Limits { bytes_an_hour: 100, documents_an_hour: 2, ..Limits::default() };
        let mut conduct = Conduct::new(limits);
        let start = 5 * HOUR_MS;
        assert!(conduct.spend(start, MALLORY, 100));
        assert!(!conduct.spend(start + HOUR_MS - 1, MALLORY, 1));
        assert!(conduct.spend(start + HOUR_MS, MALLORY, 1));
        let allowed: Vec<bool> = (0..3).map(|_| conduct.new_document(start + HOUR_MS, MALLORY)).collect();
        assert_eq!(allowed, [true, true, false]);
    }

    #[test]
    fn many_machines_do_not_fill_the_memory_nor_push_out_a_shunned_one() {
        let mut conduct = Conduct::new(Limits::default());
        conduct.shun(0, MALLORY, 1_000_000);
        for n in 0..20_000_u32 {
            let mut id = [0; 32];
            id[..4].copy_from_slice(&n.to_be_bytes());
            conduct.spend(1, DeviceId(id), 1);
        }
        assert!(conduct.machines.len() <= MOST_REMEMBERED);
        assert!(conduct.is_shunned(2, MALLORY));
    }
}
