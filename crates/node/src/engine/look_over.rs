//! What should be known of a post before it is posted.

use closeknit_api::{
    ErrorCode, Phrase, calls,
    views::{LookedOver, TellKind, TellView},
};
use closeknit_domain::{
    expiry,
    private::{self, Kind},
};
use closeknit_ids::CircleId;

use super::{
    Engine, Moment, board,
    circle::Circle,
    failure::{Failure, Outcome},
    typed::{self, Now},
};

/// More than all fields of a post together hold.
const MOST_TEXT: usize = 64 * 1024;

impl Engine {
    pub(super) fn look_over(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::LookOver,
    ) -> Outcome<LookedOver> {
        if call.text.len() > MOST_TEXT {
            let failure = Failure::new(ErrorCode::BadInput).with("field", "text");
            return Err(failure.with("reason", "too-long").with("most", MOST_TEXT));
        }
        let circle = self.circle(id)?;
        let now = Now { at: at.now, zone: &circle.zone };
        let drafted = call.post.as_ref().and_then(|post| typed::draft(post, now).ok());
        let ends = drafted.as_ref().map(|post| expiry::ends(post, &circle.zone)).unwrap_or_default();
        let day = |at| circle.zone.civil(at).date().to_string();
        Ok(LookedOver {
            tells: private::tells(&call.text).iter().map(|tell| view(&call.text, tell)).collect(),
            holders: circle.machines(),
            mode: drafted.as_ref().map(|post| board::mode_of(typed::usual_mode(post.category))),
            ends: ends.expires.map(day),
            review: ends.ask.filter(|_| ends.expires.is_none()).map(day),
        })
    }
}

impl Circle {
    /// How many machines hold what is posted here.
    fn machines(&self) -> u32 {
        let members = self.active_members();
        let machines = members.iter().flat_map(|member| self.roster.machines_of(*member));
        u32::try_from(machines.filter(|machine| !machine.dropped).count()).unwrap_or(u32::MAX)
    }
}

fn view(text: &str, tell: &private::Tell) -> TellView {
    let piece = text.get(tell.span.clone()).unwrap_or_default();
    let says = Phrase::new(format!("private-{}", tell.kind.slug())).text("piece", piece);
    TellView { kind: kind_of(tell.kind), says }
}

const fn kind_of(kind: Kind) -> TellKind {
    match kind {
        Kind::Phone => TellKind::Phone,
        Kind::Email => TellKind::Email,
        Kind::Address => TellKind::Address,
        Kind::Identity => TellKind::Identity,
        Kind::Account => TellKind::Account,
        Kind::Card => TellKind::Card,
        Kind::Number => TellKind::Number,
        Kind::Link => TellKind::Link,
    }
}
