//! Leaving a circle for good, and taking it off this machine.
//!
//! What was left is gone from here at once; only the statements stay, until a neighbour's machine has heard
//! that the member left, else nobody ever would, and the member's other machines have: they are strangers to
//! everybody else then.

use std::collections::BTreeSet;

use closeknit_api::{ErrorCode, Phrase, Tag, calls, views::StatusView};
use closeknit_ids::{CircleId, DeviceId};
use closeknit_net::{CloseReason, Salt};
use closeknit_store::{self as store, Durability, Stage};
use closeknit_sync::Ending;
use closeknit_trust::{
    chain,
    statement::{Body, Pen, Statement},
    words::{MemberKey, Words},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tracing::info;

use super::{
    Engine, Moment,
    circle::Circle,
    clocks::is_today,
    failure::{Failure, Outcome},
    settings,
};

/// On so many days this machine looks for somebody to tell.
const LONGEST_FAREWELL: u32 = 30;

/// A circle that was left and of which nobody has heard that yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Farewell {
    /// How this machine showed that it belonged: so it comes in once more, to say that it does not.
    pub(crate) chain: Vec<Vec<u8>>,
}

/// On how many days this machine has looked for somebody to tell. Days are counted, not the time between two: a clock
/// that is set by years makes one day, and whoever meets nobody has no other clock to ask.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Looked {
    days: u32,
    /// When the last of them began, in seconds since 1970.
    last: i64,
}

impl Engine {
    /// The circles that are shown: all but those that were left.
    pub(super) fn shown_circles(&self) -> impl Iterator<Item = &Circle> {
        self.circles.values().filter(|circle| circle.leaving.is_none())
    }

    /// Leaves, and takes the circle off this machine.
    pub(super) fn leave(&mut self, at: Moment, id: CircleId, call: &calls::Leave) -> Outcome<StatusView> {
        if self.circle(id)?.is_left_by_words() {
            let leave = self.sign_leave(id, call.words.as_deref())?;
            self.say_farewell(at, id, &leave)?;
        } else {
            self.take_off(id)?;
        }
        self.serve()?;
        for tag in Tag::ALL {
            self.tag(tag);
        }
        self.status(at, &calls::Status {})
    }

    /// Only the words can say it: whoever has the machine alone cannot.
    fn sign_leave(&self, id: CircleId, typed: Option<&str>) -> Outcome<Statement> {
        let key = self.key_of_words(id, typed, "to-leave")?;
        let ledger = self.circle(id)?.ledger.as_ref();
        let ledger = ledger.ok_or_else(|| Failure::internal("a draft is not left"))?;
        ledger.write(Pen::Member(&key), &Body::Leave).map_err(Failure::internal)
    }

    /// The member's key in a circle, from the words: those that were typed, or those that are here. `needed`
    /// says what for.
    pub(super) fn key_of_words(&self, id: CircleId, typed: Option<&str>, needed: &str) -> Outcome<MemberKey> {
        let typed = typed.map(Words::from_phrase).transpose()?;
        let words = typed.as_ref().or_else(|| self.secrets.words());
        let words = words.ok_or_else(|| Failure::new(ErrorCode::BadWords).with("reason", needed))?;
        let key = words.member_key(&settings::nonce(self.store.view(), id)?);
        if key.id() == self.circle(id)?.me { Ok(key) } else { Err(Failure::new(ErrorCode::OtherWords)) }
    }

    /// Everything of the circle goes but what it takes to tell somebody of it.
    fn say_farewell(&mut self, at: Moment, id: CircleId, leave: &Statement) -> Outcome<()> {
        let (view, device) = (self.store.view(), self.secrets.device.id());
        let circle = self.circle(id)?;
        let row = view.circle(id)?.ok_or_else(|| Failure::internal("no such circle"))?;
        let (me, nonce) = (circle.me, settings::nonce(view, id)?);
        let ledger = circle.ledger.as_ref().ok_or_else(|| Failure::internal("a draft is not left"))?;
        // Without a proof this machine dials nobody; who dials it hears of it all the same.
        let shown = chain::prove(ledger, &circle.roster, device).unwrap_or_default();
        let farewell = Farewell { chain: shown.iter().map(|statement| statement.bytes().to_vec()).collect() };
        let (statements, addresses) = (view.statements(id)?, view.addresses(id)?);
        let own_salts = settings::own_salts(view, id)?;
        let mut salts: Vec<(_, Salt)> = Vec::new();
        for machine in circle.other_machines(device) {
            salts.extend(settings::salt_of(view, id, machine)?.map(|salt| (machine, salt)));
        }
        let past = self.past_drafts(id)?;
        self.store.write(Durability::Full, |batch| {
            for gone in past.into_iter().chain([id]) {
                batch.remove_circle(gone)?;
            }
            batch.put_circle(&row)?;
            settings::set_member(batch, id, me, nonce)?;
            settings::set_leaving(batch, id, Some(&farewell))?;
            settings::set_own_salts(batch, id, &own_salts)?;
            for (machine, salt) in salts {
                settings::set_salt_of(batch, id, machine, salt)?;
            }
            for known in &addresses {
                batch.seen_at(id, known.device, &known.address, known.last_seen)?;
            }
            for statement in &statements {
                let parsed = Statement::parse(&statement.bytes).map_err(Failure::internal)?;
                batch.add_statement(id, parsed.id(), &statement.bytes)?;
            }
            batch.add_statement(id, leave.id(), leave.bytes())?;
            Ok::<_, Failure>(())
        })?;
        self.store.checkpoint()?;
        let left = Circle::load(self.store.view(), &row, &self.secrets)?;
        self.circles.insert(id, left);
        self.forget_circle(id)?;
        self.stated(at, id, std::slice::from_ref(leave), None)
    }

    /// Drafts that became this circle: their log goes with it.
    fn past_drafts(&self, id: CircleId) -> Outcome<Vec<CircleId>> {
        let circles = self.store.view().circles()?;
        let became = |row: &store::Circle| row.stage == Stage::Past { became: id };
        Ok(circles.into_iter().filter(became).map(|row| row.id).collect())
    }

    /// A circle goes from this machine with all that is known of it.
    fn take_off(&mut self, id: CircleId) -> Outcome<()> {
        let past = self.past_drafts(id)?;
        self.store.write(Durability::Full, |batch| {
            past.into_iter().chain([id]).try_for_each(|gone| batch.remove_circle(gone))
        })?;
        self.store.checkpoint()?;
        self.circles.remove(&id);
        self.exchanges.remove(&id);
        self.forget_circle(id)
    }

    /// What is kept of a circle in memory beside it, and that it is the one shown.
    fn forget_circle(&mut self, id: CircleId) -> Outcome<()> {
        self.reach.forget(id);
        self.telling.forget(id);
        self.joining.own.take_if(|own| own.is_over());
        if self.current == Some(id) {
            let next = self.shown_circles().map(|circle| circle.id).next();
            self.current = next;
            if let Some(current) = next {
                self.store.write(Durability::Normal, |batch| settings::set_current(batch, current))?;
            }
        }
        Ok(())
    }

    /// A machine ended a connection because it holds that this one's member is not in the circle. Anybody may say so: for
    /// a member it counts from whoever belongs. A leaver has been heard by whoever knows that they left, or `listened`
    /// before hanging up; nobody listens to those they hold to be removed, and others may think otherwise of that.
    pub(super) fn told_off(
        &mut self,
        device: DeviceId,
        id: CircleId,
        reason: CloseReason,
        listened: bool,
    ) -> Outcome<()> {
        let left = reason == CloseReason::Theirs(Ending::Left.code());
        let out = left || reason == CloseReason::Theirs(Ending::NotActive.code());
        let Some(circle) = self.circles.get_mut(&id).filter(|_| out) else { return Ok(()) };
        if circle.leaving.is_some() {
            return if left || listened { self.heard_of_leaving(id, device) } else { Ok(()) };
        }
        if circle.roster.may_read(device) && circle.belongs() && !circle.put_out {
            circle.put_out = true;
            self.store.write(Durability::Normal, |batch| settings::set_put_out(batch, id, true))?;
            self.tag(Tag::Circle);
            self.tag(Tag::Status);
        }
        Ok(())
    }

    /// Once all have heard that are to, nothing of the circle is left here.
    fn heard_of_leaving(&mut self, id: CircleId, device: DeviceId) -> Outcome<()> {
        info!(circle = %id.short(), device = %device.short(), "somebody has heard that the member left");
        let mut heard = settings::heard_of_leaving(self.store.view(), id)?;
        heard.insert(device);
        if self.circle(id)?.all_heard(&heard) {
            self.take_off(id)?;
            return self.serve();
        }
        self.store.write(Durability::Normal, |batch| settings::set_heard_of_leaving(batch, id, &heard))
    }

    /// After so many days nobody is looked for any more.
    pub(super) fn end_farewells(&mut self, at: Moment) -> Outcome<()> {
        let left = self.circles.values().filter(|circle| circle.leaving.is_some());
        let left: Vec<CircleId> = left.map(|circle| circle.id).collect();
        let mut over = false;
        for id in left {
            if self.days_looked(at, id)? > LONGEST_FAREWELL {
                self.take_off(id)?;
                over = true;
            }
        }
        if over { self.serve() } else { Ok(()) }
    }

    fn days_looked(&mut self, at: Moment, id: CircleId) -> Outcome<u32> {
        let looked = settings::looked_to_leave(self.store.view(), id)?;
        let last = looked.and_then(|looked| Timestamp::from_second(looked.last).ok());
        let before = looked.unwrap_or_default().days;
        if is_today(last, at.now) {
            return Ok(before);
        }
        let looked = Looked { days: before.saturating_add(1), last: at.now.as_second() };
        self.store.write(Durability::Normal, |batch| settings::set_looked_to_leave(batch, id, &looked))?;
        Ok(looked.days)
    }
}

impl Circle {
    /// The member's other machines in a circle that was left.
    pub(super) fn own_to_tell(&self) -> impl Iterator<Item = DeviceId> {
        let own = self.leaving.iter().flat_map(|_| self.roster.machines_of(self.me));
        own.filter(|machine| !machine.dropped && machine.device != self.device).map(|machine| machine.device)
    }

    /// Whether the other own machines have heard that the member left, and a neighbour's has, if there is any.
    fn all_heard(&self, heard: &BTreeSet<DeviceId>) -> bool {
        let neighbours = |device: &DeviceId| self.roster.machine(*device, self.me).is_none();
        self.own_to_tell().all(|own| heard.contains(&own))
            && (heard.iter().any(neighbours) || self.other_machines(self.device).next().is_none())
    }

    /// Whether leaving has to be said: a draft nobody else knows, and of another circle the member may be out
    /// already.
    pub(super) fn is_left_by_words(&self) -> bool {
        !self.is_draft() && self.belongs()
    }

    /// What leaving would do.
    pub(super) fn leaving_says(&self) -> Vec<Phrase> {
        let ids: &[&str] = match () {
            () if self.is_draft() => &["leaving-draft", "leaving-backup"],
            () if self.is_taken_away() => &["leaving-taken-away"],
            () if !self.belongs() => &["leaving-taken-off"],
            () => &["leaving-does", "leaving-for-good", "leaving-backup"],
        };
        ids.iter().map(|id| Phrase::new(*id)).collect()
    }
}
