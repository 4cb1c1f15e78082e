//! What time it is on other machines, as they say: shown where it is not the time here. All that
//! follows is that nothing is forgotten by itself unless one of them agrees.

use std::collections::BTreeMap;

use closeknit_api::{Phrase, Tag, Value};
use closeknit_domain::clock::{Compared, Looks};
use closeknit_ids::{CircleId, DeviceId, MemberId};
use closeknit_net::ConnId;
use closeknit_store::Durability;
use jiff::{SignedDuration, Timestamp};

use super::{Engine, Moment, circle::Circle, failure::Outcome, settings};

/// When the clock runs away from the steady one by so much, it was set, or the machine slept: what was
/// compared before says nothing more.
const JUMP: SignedDuration = SignedDuration::from_mins(10);
/// Said in days from so many hours on.
const DAYS_FROM: u64 = 36;

/// Other machines' clocks.
#[derive(Debug, Default)]
pub(super) struct Clocks {
    /// How far each is ahead, and when that was seen, in seconds.
    seen: BTreeMap<CircleId, BTreeMap<DeviceId, (i64, i64)>>,
    before: Option<Moment>,
}

impl Clocks {
    fn jumped(&mut self, at: Moment) -> bool {
        self.before.replace(at).is_some_and(|before| {
            let steady = i64::try_from(at.steady_ms.saturating_sub(before.steady_ms)).unwrap_or(i64::MAX);
            let passed = at.now.duration_since(before.now);
            passed
                .checked_sub(SignedDuration::from_millis(steady))
                .is_none_or(|away| away.unsigned_abs() > JUMP.unsigned_abs())
        })
    }
}

impl Engine {
    /// Remembers what was compared before the program began.
    pub(super) fn recall_clocks(&mut self) -> Outcome<()> {
        for id in self.circles.keys() {
            self.clocks.seen.insert(*id, settings::clocks(self.store.view(), *id)?);
        }
        Ok(())
    }

    /// Another machine said what time it is there.
    pub(super) fn note_clock(&mut self, at: Moment, id: CircleId, conn: ConnId, seconds: i64) -> Outcome<()> {
        let Some(device) = self.connections.get(&conn).map(|connection| connection.device) else {
            return Ok(());
        };
        let now = at.now.as_second();
        let seen = self.clocks.seen.entry(id).or_default();
        seen.insert(device, (seconds.saturating_sub(now), now));
        self.store.write(Durability::Normal, |batch| settings::set_clocks(batch, id, seen))?;
        self.tag(Tag::Status);
        Ok(())
    }

    /// Forgets what was compared when the own clock jumps.
    pub(super) fn heed_clock(&mut self, at: Moment) -> Outcome<()> {
        if !self.clocks.jumped(at) || self.clocks.seen.values().all(BTreeMap::is_empty) {
            return Ok(());
        }
        self.clocks.seen.values_mut().for_each(BTreeMap::clear);
        let seen = &self.clocks.seen;
        self.store.write(Durability::Normal, |batch| {
            seen.iter().try_for_each(|(id, seen)| settings::set_clocks(batch, *id, seen))
        })?;
        self.tag(Tag::Status);
        Ok(())
    }

    /// How the clock looks beside those of a circle's machines.
    pub(super) fn clock_looks(&self, circle: &Circle, now: Timestamp) -> Looks {
        let Some(seen) = self.clocks.seen.get(&circle.id) else { return Looks::Unknown };
        let members = circle.active_members();
        let machines = members.iter().flat_map(|member| {
            circle
                .roster
                .machines_of(*member)
                .filter(|machine| !machine.dropped)
                .map(|machine| (*member, machine.device))
        });
        // One voice each, or whoever has many machines would say what time it is.
        let mut latest: BTreeMap<MemberId, Compared> = BTreeMap::new();
        for (whose, device) in machines {
            let Some((ahead, met)) = seen.get(&device).copied() else { continue };
            let Ok(met) = Timestamp::from_second(met) else { continue };
            let compared = Compared { whose, ahead: SignedDuration::from_secs(ahead), met };
            let last = latest.entry(whose).or_insert(compared);
            if last.met <= met {
                *last = compared;
            }
        }
        Looks::of(&latest.into_values().collect::<Vec<_>>(), now)
    }

    /// That the clock looks wrong, in a sentence.
    pub(super) fn clock_says(&self, circle: &Circle, now: Timestamp) -> Option<Phrase> {
        match self.clock_looks(circle, now) {
            Looks::Unknown | Looks::Well => None,
            Looks::Ahead(by) => Some(far(if by.is_negative() { "behind" } else { "ahead" }, by)),
            Looks::Differs(whose, by) => {
                let name = circle.reader(now).name(whose);
                let name = name.map_or_else(|| Value::Message("former-member".into()), Value::Text);
                Some(far("differs", by).with("name", name))
            }
        }
    }
}

/// How far, in whole days or hours.
fn far(how: &str, by: SignedDuration) -> Phrase {
    let hours = by.unsigned_abs().as_secs().saturating_add(1_800) / 3_600;
    let (unit, count) =
        if hours >= DAYS_FROM { ("days", hours.saturating_add(12) / 24) } else { ("hours", hours) };
    Phrase::new(format!("notice-clock-{how}-{unit}")).number("count", count)
}

/// Whether it was done within a day of now, also where the clock was set back since: what is looked at once a day.
pub(super) fn is_today(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_some_and(|last| now.duration_since(last).abs() < SignedDuration::from_hours(24))
}
