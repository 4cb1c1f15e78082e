//! How far what the member wrote has come: on which machines it is known to be, and who has seen it.
//!
//! Machines are known from exchanges that ended equal, people from the marks in their documents
//! (`replica`'s [`Mark`]). Both are remembered here, so that what was true once is not unsaid when a
//! document starts afresh. Everything said is *at least*: more may have come about elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_api::{Phrase, Tag, Value, calls, views::MeView};
use closeknit_domain::Record;
use closeknit_ids::{CircleId, DeviceId, MemberId, RecordId};
use closeknit_replica::{Act, Mark};
use closeknit_store::Durability;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::{Engine, Moment, circle::Circle, document::load, failure::Outcome, records, settings};

/// Marks are rewritten no more often than this, and when the program ends.
const MARKS_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// So many are named before the rest is counted.
const NAMED: usize = 3;

/// Own records that are known to have come so far.
#[derive(Debug, Default)]
pub(super) struct Reach {
    on: BTreeMap<(CircleId, DeviceId), BTreeSet<RecordId>>,
    seen: BTreeMap<(CircleId, MemberId), BTreeSet<RecordId>>,
    /// Circles that were looked at since marks were last written.
    looked_at: BTreeSet<CircleId>,
}

impl Reach {
    /// The circle is not on this machine any more.
    pub(super) fn forget(&mut self, id: CircleId) {
        self.on.retain(|(circle, _), _| *circle != id);
        self.seen.retain(|(circle, _), _| *circle != id);
        self.looked_at.remove(&id);
    }
}

impl Engine {
    /// Remembers what was known when the program ended.
    pub(super) fn recall_reach(&mut self) -> Outcome<()> {
        let (view, own) = (self.store.view(), self.secrets.device.id());
        for (id, circle) in &self.circles {
            for machine in circle.other_machines(own) {
                self.reach.on.insert((*id, machine), settings::sent(view, *id, machine)?);
            }
            for member in circle.active_members() {
                self.reach.seen.insert((*id, member), settings::seen_by(view, *id, member)?);
            }
        }
        Ok(())
    }

    /// Another machine holds all that this one does: everything of ours is there now.
    pub(super) fn note_reached(&mut self, id: CircleId, device: DeviceId) -> Outcome<()> {
        let own = self.circle(id)?.own_said();
        let on = self.reach.on.entry((id, device)).or_default();
        if *on == own {
            return Ok(());
        }
        on.clone_from(&own);
        self.store.write(Durability::Normal, |batch| settings::set_sent(batch, id, device, &own))?;
        self.tag(Tag::Board);
        Ok(())
    }

    /// Somebody's document has grown, and says how far they have seen what this member wrote.
    pub(super) fn note_seen(&mut self, id: CircleId, owner: MemberId, mark: &Mark) -> Outcome<()> {
        let circle = self.circle(id)?;
        if owner == circle.me {
            return Ok(());
        }
        let Some(held) = circle.held.get(&circle.doc(circle.me)) else { return Ok(()) };
        // Of an earlier generation it is not known here any more what it covers.
        if mark.generation != held.generation {
            return Ok(());
        }
        let own = load(self.store.view(), id, circle.doc(circle.me), held)?;
        let said = circle.own_said();
        let within = own.within(mark.heads()).into_iter().filter(|record| said.contains(record));
        let seen = self.reach.seen.entry((id, owner)).or_default();
        let before = seen.len();
        seen.extend(within);
        if seen.len() != before {
            self.store.write(Durability::Normal, |batch| settings::set_seen_by(batch, id, owner, seen))?;
            self.tag(Tag::Board);
        }
        Ok(())
    }

    /// These own records read otherwise now: nobody has them as they are.
    pub(super) fn forget_reach(&mut self, id: CircleId, edited: &BTreeSet<RecordId>) -> Outcome<()> {
        let without = |known: &mut BTreeSet<RecordId>| {
            let before = known.len();
            known.retain(|record| !edited.contains(record));
            known.len() != before
        };
        let Reach { on, seen, .. } = &mut self.reach;
        let on = on.iter_mut().filter(|((circle, _), _)| *circle == id);
        let on: Vec<_> =
            on.filter_map(|((_, device), known)| without(known).then_some((*device, known))).collect();
        let seen = seen.iter_mut().filter(|((circle, _), _)| *circle == id);
        let seen: Vec<_> =
            seen.filter_map(|((_, member), known)| without(known).then_some((*member, known))).collect();
        if on.is_empty() && seen.is_empty() {
            return Ok(());
        }
        self.store.write(Durability::Normal, |batch| {
            on.iter().try_for_each(|(device, known)| settings::set_sent(batch, id, *device, known))?;
            seen.iter().try_for_each(|(member, known)| settings::set_seen_by(batch, id, *member, known))
        })
    }

    /// Whether an own record is known to be on another machine.
    pub(super) fn is_elsewhere(&self, id: CircleId, record: RecordId) -> bool {
        let Reach { on, seen, .. } = &self.reach;
        let on = on.iter().filter(|((circle, _), _)| *circle == id).map(|(_, known)| known);
        let seen = seen.iter().filter(|((circle, _), _)| *circle == id).map(|(_, known)| known);
        on.chain(seen).any(|known| known.contains(&record))
    }

    /// How far an own record has come, in words.
    pub(super) fn reached(&self, circle: &Circle, now: Timestamp, record: RecordId) -> Phrase {
        if circle.is_draft() {
            return Phrase::new("delivery-draft");
        }
        let holds = |(id, known): (CircleId, &BTreeSet<RecordId>)| id == circle.id && known.contains(&record);
        let seen = self.reach.seen.iter().filter(|((id, _), known)| holds((*id, known)));
        let seen = seen.map(|((_, member), _)| *member);
        let seen: Vec<MemberId> =
            seen.filter(|member| *member != circle.me && circle.roster.is_active(*member)).collect();
        let own = self.secrets.device.id();
        let on = self.reach.on.iter().filter(|((id, _), known)| holds((*id, known)));
        let on = on.map(|((_, device), _)| *device);
        let on: BTreeSet<DeviceId> =
            on.filter(|device| *device != own && circle.has_machine(*device)).collect();
        // Whoever has seen it has it on a machine, of which nothing else may be known.
        let elsewhere = seen.iter().filter(|member| {
            !circle.roster.machines_of(**member).any(|machine| on.contains(&machine.device))
        });
        let count = on.len() + elsewhere.count();
        let all = circle.other_machines(own).count();
        let left = all.saturating_sub(count);
        let said = |id: &str| Phrase::new(id).number("count", count).number("all", all).number("left", left);
        let reader = circle.reader(now);
        let names: Vec<String> = seen.iter().filter_map(|member| reader.name(*member)).collect();
        match (count, names.len()) {
            (0, _) => Phrase::new("delivery-here"),
            (_, 0) => said("delivery-sent"),
            (_, number) if number > NAMED => said("delivery-seen-many").number("seen", number),
            _ => said("delivery-seen").with("names", Value::Names(names)),
        }
    }

    /// Somebody looks at what is in a circle.
    pub(super) fn look_at(&mut self, id: CircleId) {
        self.reach.looked_at.insert(id);
    }

    /// Says in the own documents what was seen, where an hour has passed since that was last said.
    pub(super) fn mark_hourly(&mut self, at: Moment) -> Outcome<()> {
        let looked_at: Vec<CircleId> = self.reach.looked_at.iter().copied().collect();
        for id in looked_at {
            let last = settings::marked_at(self.store.view(), id)?;
            // A clock that was set back must not put it off for long.
            let due = last.is_none_or(|last| at.now.duration_since(last).abs() >= MARKS_EVERY);
            if due {
                self.mark_seen(at, id)?;
            }
        }
        Ok(())
    }

    /// The same at once, for the end of the program.
    pub(super) fn mark_all(&mut self, at: Moment) -> Outcome<()> {
        let looked_at: Vec<CircleId> = self.reach.looked_at.iter().copied().collect();
        looked_at.into_iter().try_for_each(|id| self.mark_seen(at, id))
    }

    fn mark_seen(&mut self, at: Moment, id: CircleId) -> Outcome<()> {
        self.reach.looked_at.remove(&id);
        let view = self.store.view();
        if !settings::tells_seen(view)? {
            return Ok(());
        }
        let circle = self.circle(id)?;
        if !circle.belongs() {
            return Ok(());
        }
        let mut acts = Vec::new();
        let mut looks = Vec::new();
        for (doc, held) in &circle.held {
            let whole = held.lacking.is_empty() && held.tips.iter().next().is_some();
            if held.owner == circle.me || !circle.roster.is_active(held.owner) || !whole {
                continue;
            }
            // Only what their owner wrote for others to read is worth a mark: marks about marks never end.
            let look = look(circle, held.owner);
            if settings::marked_look(view, id, *doc)? == Some(look) {
                continue;
            }
            let heads = held.tips.iter().map(|tip| tip.head().head);
            acts.push(Act::mark(held.owner, Mark::new(held.generation, heads)));
            looks.push((*doc, look));
        }
        if !acts.is_empty() && !circle.is_draft() {
            self.write(at, id, &acts)?;
        }
        self.store.write(Durability::Normal, |batch| {
            looks.iter().try_for_each(|(doc, look)| settings::set_marked_look(batch, id, *doc, look))?;
            settings::set_marked_at(batch, id, at.now)
        })
    }

    /// Whether others are told what this member has seen.
    pub(super) fn tell_seen(&mut self, at: Moment, id: CircleId, call: &calls::TellSeen) -> Outcome<MeView> {
        self.store.write(Durability::Normal, |batch| settings::set_tells_seen(batch, call.on))?;
        self.tag(Tag::Me);
        self.me(at, id, &calls::Me {})
    }
}

impl Circle {
    /// What the member wrote here for others: of this it is said how far it has come.
    pub(super) fn own_said(&self) -> BTreeSet<RecordId> {
        let own = self.own_records().into_iter().flatten();
        let said = own.filter(|(_, record)| {
            !matches!(record, Record::Profile(_) | Record::Capacity(_) | Record::Shown(_))
        });
        said.map(|(id, _)| *id).collect()
    }
}

/// What a member's records look like: two looks are equal if nothing was written in between.
fn look(circle: &Circle, member: MemberId) -> [u8; 32] {
    let mut hash = Sha256::new();
    if let Some(written) = circle.records_of(member) {
        for row in records::rows(written) {
            hash.update(row.record.as_bytes());
            hash.update(Sha256::digest(&row.body));
        }
    }
    hash.finalize().into()
}
