//! A proposal of who could go at which time of an own post: it tells whom to ask, and nobody goes by it.

use std::collections::BTreeSet;

use closeknit_api::{
    ErrorCode, calls,
    views::{PinView, RotaView, TurnPerson, TurnView},
};
use closeknit_domain::{
    SlotState, hours, matching,
    rota::{self, Filled, Turn, Why, Willing, Wishes},
};
use closeknit_ids::{CircleId, MemberId};

use super::{
    Engine, Moment,
    board::window_view,
    circle::Circle,
    failure::{Failure, Outcome},
    sentence::Reader,
    settings, times,
};

impl Engine {
    pub(super) fn rota(&mut self, at: Moment, id: CircleId, call: &calls::Rota) -> Outcome<RotaView> {
        let circle = self.circle(id)?;
        let (reader, board) = (circle.reader(at.now), circle.board(at.now));
        let whose = board.leader(circle.post_named(&call.id)?);
        if whose.author != circle.me {
            return Err(Failure::new(ErrorCode::NotYours));
        }
        let (post, state) = (reader.known.post(whose), board.post(whose));
        let (post, state) = post.zip(state).ok_or_else(|| Failure::not_found(&call.id))?;
        let open: Vec<&SlotState> =
            state.slots.iter().filter(|time| time.status.is_live() && time.window.ends() > at.now).collect();
        let turns: Vec<Turn> = open.iter().map(|time| turn(time)).collect();
        let mut wishes = Wishes {
            pinned: pairs(circle, &reader, &open, &call.pinned)?,
            forbidden: pairs(circle, &reader, &open, &call.forbidden)?,
        };
        // Who came forward for a time, or took it back, is not asked for it.
        for (number, time) in open.iter().enumerate() {
            wishes.forbidden.extend(time.line.iter().map(|(promise, _)| (number, promise.helper)));
        }
        let avoided = settings::avoided(self.store.view(), id)?;
        let others: BTreeSet<MemberId> = circle
            .active_members()
            .into_iter()
            .filter(|member| *member != circle.me && !avoided.contains(member) && post.audience.has(*member))
            .collect();
        let shows = matching::shows(&reader.known);
        let people: Vec<Willing<'_>> = others
            .iter()
            .filter_map(|member| {
                let carried = hours::carried(&reader.known, &board, *member);
                Willing::showing(*member, shows.get(member)?, post.category, carried)
            })
            .collect();
        let filled = rota::propose(&turns, &people, &wishes, &circle.zone);
        let views = open.iter().zip(&turns).zip(&filled);
        let mut people: Vec<_> = others.iter().map(|member| reader.person(*member)).collect();
        people.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(RotaView {
            turns: views.map(|((time, turn), filled)| view(&reader, time, turn, filled)).collect(),
            people,
        })
    }
}

fn turn(time: &SlotState) -> Turn {
    let wanted = time.amounts.wanted.saturating_sub(time.amounts.covered());
    Turn { window: time.window.clone(), wanted: u16::try_from(wanted).unwrap_or(u16::MAX) }
}

fn pairs(
    circle: &Circle,
    reader: &Reader<'_>,
    open: &[&SlotState],
    typed: &[PinView],
) -> Outcome<BTreeSet<(usize, MemberId)>> {
    let pair = |pin: &PinView| {
        let slot = times::named(&pin.slot, open.iter().map(|time| time.slot))?;
        let number = open.iter().position(|time| time.slot == slot);
        let number = number.ok_or_else(|| Failure::not_found(&pin.slot))?;
        Ok((number, circle.member_named(reader, &pin.person)?))
    };
    typed.iter().map(pair).collect()
}

fn view(reader: &Reader<'_>, time: &SlotState, turn: &Turn, filled: &Filled) -> TurnView {
    let mut says = filled.says().into_iter().map(|says| reader.phrase(&says));
    let people = filled.going.iter().zip(says.by_ref()).map(|((member, why), says)| TurnPerson {
        person: reader.person(*member),
        pinned: matches!(why, Why::Pinned { .. }),
        says,
    });
    TurnView {
        id: time.slot.to_string(),
        window: window_view(reader, &time.window),
        want: turn.wanted,
        people: people.collect(),
        missing: filled.missing.and_then(|_| says.next()),
    }
}
