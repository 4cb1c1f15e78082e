//! Doorstep details go to the machines that the helper had when they were written. When there is one more,
//! their author is asked whether it may read them too; nothing is sent by itself (trust-and-sync, *Sealing*).

use std::collections::BTreeSet;

use closeknit_api::{
    ErrorCode, Phrase, calls,
    views::{PostView, TodayDoorstep},
};
use closeknit_domain::{Board, CommitmentRef, Verdict};
use closeknit_ids::{CircleId, DeviceId, MemberId};
use closeknit_store::Durability;
use jiff::Timestamp;

use super::{
    Engine, Moment,
    acts::new_record,
    board,
    circle::Circle,
    failure::{Failure, Outcome},
    settings,
};

/// Doorstep details as their reader sees them.
pub(crate) struct Opened {
    pub(crate) text: String,
    /// The reader wrote them, and the helper has a machine now that cannot open them.
    pub(crate) again: bool,
}

impl Engine {
    /// Remembers which machines of the helper can open what was just written.
    pub(super) fn note_doorstep(&mut self, id: CircleId, promise: CommitmentRef) -> Outcome<()> {
        let machines = self.circle(id)?.machines_in_use(promise.helper);
        self.store.write(Durability::Normal, |batch| settings::set_doorstep(batch, id, promise, &machines))
    }

    /// Whether the helper has a machine that the author was not asked about yet. Of details that were written
    /// on another machine of the author's that one knows.
    pub(super) fn is_new_to(&self, circle: &Circle, promise: CommitmentRef) -> Outcome<bool> {
        let asked = settings::doorstep(self.store.view(), circle.id, promise)?;
        Ok(asked.is_some_and(|asked| !circle.machines_in_use(promise.helper).is_subset(&asked)))
    }

    /// Sends doorstep details to the machine that the helper has now, too; or not, and is not asked again.
    pub(super) fn send_doorstep(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::SendDoorstep,
    ) -> Outcome<PostView> {
        let fresh = new_record(&mut self.rng);
        let circle = self.circle(id)?;
        let states = circle.board(at.now);
        let promise = circle.promise_named(&states, &call.id)?;
        let whose = states.commitment(promise).map(|state| state.counts_for);
        let whose = whose.ok_or_else(|| Failure::not_found(&call.id))?;
        if whose.author != circle.me {
            return Err(Failure::new(ErrorCode::NotYours));
        }
        let opened = self.open_doorstep(circle, &states, at.now, promise);
        let opened = opened.ok_or_else(|| Failure::not_found(&call.id))?;
        if call.yes {
            let sealed = circle.seal_to("doorstep", opened.text.as_bytes(), promise.helper)?;
            let acts = circle.answering(fresh, at.now, whose, promise, Verdict::Accept, Some(sealed));
            self.write(at, id, &acts)?;
        }
        self.note_doorstep(id, promise)?;
        self.shown(at, id, whose)
    }

    /// Promises whose author is to be asked.
    pub(super) fn doorsteps_to_send(
        &self,
        circle: &Circle,
        states: &Board,
        now: Timestamp,
    ) -> Vec<TodayDoorstep> {
        let known = circle.known(now);
        let own = states.commitments().filter(|(_, state)| state.counts_for.author == circle.me);
        let asked = own.filter_map(|(promise, state)| {
            self.open_doorstep(circle, states, now, promise).filter(|opened| opened.again)?;
            let title = known.post(state.counts_for)?.title.to_string();
            let says = new_machine(circle, now, promise.helper);
            Some(TodayDoorstep { post: board::post_id(state.counts_for), title, says })
        });
        asked.collect()
    }
}

/// That a helper has a new machine, and the question.
fn new_machine(circle: &Circle, now: Timestamp, helper: MemberId) -> Phrase {
    Phrase::new("doorstep-new-machine").with("name", circle.reader(now).named(helper))
}

impl Circle {
    fn machines_in_use(&self, member: MemberId) -> BTreeSet<DeviceId> {
        let machines = self.roster.machines_of(member).filter(|machine| !machine.dropped);
        machines.map(|machine| machine.device).collect()
    }
}
