//! Whom the switchboard calls, and when.

use std::time::{Duration, Instant};

use closeknit_ids::{CircleId, DeviceId};
use tokio::task;

use super::{Switchboard, TRY_AGAIN, UnderWay};
use crate::{
    Alpn, Dial, DialError, MAX_DIALLED, MAX_LIVE, NetEvent, Purpose, Whereabouts,
    call::{self, Answer, Call, Called},
    live::Ends,
    networks,
};

impl Switchboard {
    /// How many more to dial on our own account. In a full room one, when it is somebody's turn to give way: two groups
    /// that are both full would never meet.
    fn room(&self, now: Instant) -> usize {
        let (live, dialled) = self.live.count();
        let under_way = self.under_way.len();
        let ours = MAX_DIALLED.saturating_sub(dialled.saturating_add(under_way));
        let turn = self.live.next_turn().is_some_and(|turn| turn <= now);
        let places = MAX_LIVE + usize::from(turn);
        ours.min(places.saturating_sub(live.saturating_add(under_way)))
    }

    /// When to look again, if nothing happens.
    pub(super) fn next(&self, now: Instant) -> Instant {
        let later = now + Duration::from_secs(3600);
        let wanted = self.wanted.next();
        let dial = if self.room(now) > 0 {
            wanted
        } else {
            self.live.next_turn().filter(|turn| *turn > now).and_then(|turn| wanted.map(|at| at.max(turn)))
        };
        let retry = (!self.station.settled()).then(|| now + TRY_AGAIN);
        dial.into_iter().chain(retry).min().unwrap_or(later)
    }

    pub(super) async fn on_time(&mut self) {
        if !self.station.settled() {
            self.moved_to(networks::now().await).await;
        }
        let now = Instant::now();
        for due in self.wanted.due(now, self.room(now)) {
            let (circle, device) = due.member;
            let doors = due.salts.iter().map(|salt| Alpn::circle(circle, *salt)).collect();
            let called = (Purpose::Circle(circle), device);
            self.call(Call { called, addresses: due.addresses, doors }, false);
        }
    }

    pub(super) fn dial_as_asked(&mut self, dial: Dial) {
        let called = (dial.purpose(), dial.device());
        if let Some(under_way) = self.under_way.get_mut(&called) {
            under_way.asked = true;
            return;
        }
        if self.live.is_up(&called.1, &called.0) {
            return;
        }
        let (addresses, doors) = match dial {
            Dial::Circle { circle, to: Whereabouts { salt, addresses, .. } } => {
                (addresses, vec![Alpn::circle(circle, salt)])
            }
            Dial::Join { alpn, addresses, .. } => (addresses, vec![alpn]),
        };
        self.call(Call { called, addresses, doors }, true);
    }

    fn call(&mut self, mut call: Call, asked: bool) {
        let some = !call.addresses.is_empty();
        call.addresses.retain(|address| self.station.reaches(*address));
        let called = call.called.clone();
        let impossible = if called.1 == self.us {
            Some(DialError::NotAnother)
        } else if call.addresses.is_empty() {
            Some(if some { DialError::NotLocal } else { DialError::NoAddress })
        } else {
            None
        };
        if let Some(why) = impossible {
            self.failed(called, why, asked);
            return;
        }
        let abort = self.dials.spawn(call::dial(self.station.endpoint(), call));
        self.under_way.insert(called, UnderWay { abort, asked });
    }

    /// Ends a dial to where a machine is not any more.
    pub(super) fn hang_up(&mut self, circle: CircleId, device: DeviceId) {
        let purpose = Purpose::Circle(circle);
        let Some(in_vain) = self.under_way.remove(&(purpose.clone(), device)) else { return };
        in_vain.abort.abort();
        if in_vain.asked {
            self.tell(NetEvent::DialFailed { device, purpose, why: DialError::NobodyAnswered });
        }
    }

    pub(super) fn answered(&mut self, call: task::Id, answer: Answer) {
        // A dial that was aborted, and ended all the same, is not wanted any more.
        let under_way = self.under_way.get(&answer.called);
        if under_way.is_none_or(|under_way| under_way.abort.id() != call) {
            return;
        }
        let Some(UnderWay { asked, .. }) = self.under_way.remove(&answer.called) else { return };
        let (purpose, device) = answer.called;
        match answer.outcome {
            Ok((connection, address)) => {
                let ends = Ends { device, purpose, dialled: true };
                self.admit(connection, address, ends, asked);
            }
            Err(why) => self.failed((purpose, device), why, asked),
        }
    }

    pub(super) fn failed(&mut self, (purpose, device): Called, why: DialError, asked: bool) {
        tracing::debug!(device = %device.short(), %why, "not connected");
        if let Purpose::Circle(circle) = purpose {
            let busy = why == DialError::Busy;
            self.wanted.failed((circle, device), busy, Instant::now(), &mut self.rng);
        }
        if asked && !self.live.is_up(&device, &purpose) {
            self.tell(NetEvent::DialFailed { device, purpose, why });
        }
    }
}
