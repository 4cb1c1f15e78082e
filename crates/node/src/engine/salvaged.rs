//! What a salvage brought back and is not what it was: rows that are lost, or still read and say something else. Put right
//! before the circles are loaded.

use closeknit_ids::{DeviceId, MemberId};
use closeknit_store::{self as store, Durability, Stage, Store, View};
use closeknit_trust::{
    circle::draft_circle,
    statement::{Body, Statement},
    tip::Tip,
    words::Nonce,
};

use super::{
    failure::Outcome,
    secrets::Secrets,
    settings,
    start::{MOST_DRAFTS, draft_nonce},
};

/// What a draft is called of which nobody knows that any more.
const NAMELESS: &str = "?";

/// What was lost may be what the own member signed last.
pub(super) fn behind(store: &mut Store) -> Outcome<()> {
    let circles = store.view().circles()?;
    store.write(Durability::Full, |batch| {
        circles.iter().try_for_each(|circle| settings::set_behind(batch, circle.id, true))
    })
}

/// A circle whose row is lost comes back as one that was founded. A draft is told by its id: another circle came of it, or
/// the words made it.
pub(super) fn drafts(store: &mut Store, secrets: &Secrets) -> Outcome<()> {
    let rows = store.view().circles()?;
    for row in rows.iter().filter(|row| row.stage == Stage::Real) {
        let mut became = None;
        for other in rows.iter().filter(|other| other.id != row.id) {
            let member = settings::member(store.view(), other.id)?;
            became = became.or(member.filter(|member| draft_circle(*member) == row.id).map(|_| other.id));
        }
        let stage = match became {
            Some(became) => Stage::Past { became },
            None if drafted(row, secrets).is_some() => Stage::Draft,
            None => continue,
        };
        let name = if row.name.is_empty() { NAMELESS.to_owned() } else { row.name.clone() };
        let mended = store::Circle { stage, name, ..row.clone() };
        store.write(Durability::Full, |batch| batch.put_circle(&mended))?;
    }
    Ok(())
}

/// Where the row of a change says otherwise which circle it is of, a circle comes back that never was: without a name, a
/// statement, or a member. It goes, for nothing in it would ever be forgotten.
pub(super) fn circles_of_nobody(store: &mut Store) -> Outcome<()> {
    for row in store.view().circles()? {
        let view = store.view();
        let of_nobody = row.stage == Stage::Real
            && row.name.is_empty()
            && settings::member(view, row.id)?.is_none()
            && view.statements(row.id)?.is_empty();
        if of_nobody {
            store.write(Durability::Full, |batch| batch.remove_circle(row.id))?;
        }
    }
    Ok(())
}

/// Finds out again whom this profile speaks for in circles where that note is lost or altered: this machine's own
/// enrolment names the member, and the number that their key is made from. Of a draft the words say both.
pub(super) fn members(store: &mut Store, secrets: &Secrets) -> Outcome<()> {
    for row in store.view().circles()? {
        let known = settings::member(store.view(), row.id)?.zip(settings::nonce(store.view(), row.id).ok());
        let own = match row.stage {
            Stage::Draft => drafted(&row, secrets).map(|(me, nonce)| (me, Some(nonce))).into_iter().collect(),
            Stage::Real | Stage::Past { .. } => enrolled(store.view(), &row, secrets.device.id())?,
        };
        let is_so = |(member, nonce): (MemberId, Nonce)| {
            own.iter().any(|(own, of)| *own == member && of.is_none_or(|of| of == nonce))
        };
        // Whoever came back is somebody new: the last.
        let last = own.iter().rev().find_map(|(member, nonce)| Some((*member, (*nonce)?)));
        if let Some((member, nonce)) = last.filter(|_| !known.is_some_and(is_so)) {
            store.write(Durability::Full, |batch| settings::set_member(batch, row.id, member, nonce))?;
        }
    }
    Ok(())
}

/// For whom this machine is enrolled, in the order in which that came; the number stands in what the words signed.
fn enrolled(
    view: View<'_>,
    row: &store::Circle,
    device: DeviceId,
) -> Outcome<Vec<(MemberId, Option<Nonce>)>> {
    let statements = view.statements(row.id)?;
    let own = statements.iter().filter_map(|row| {
        let statement = Statement::parse(&row.bytes).ok()?;
        match statement.body() {
            Body::Enrol(enrol) if enrol.machine.device == device => {
                Some((statement.member(), enrol.words.as_ref().map(|words| words.nonce)))
            }
            _ => None,
        }
    });
    Ok(own.collect())
}

fn drafted(row: &store::Circle, secrets: &Secrets) -> Option<(MemberId, Nonce)> {
    let words = secrets.words()?;
    let of = |number| {
        let nonce = draft_nonce(words, number);
        (words.member_key(&nonce).id(), nonce)
    };
    (0..MOST_DRAFTS).map(of).find(|(member, _)| draft_circle(*member) == row.id)
}

/// What is no tip any more, or not that of its row, goes: a neighbour has it whole.
pub(super) fn tips(store: &mut Store) -> Outcome<()> {
    for circle in store.view().circles()? {
        let mut altered = store.view().tips(circle.id)?;
        altered.retain(|row| {
            // What was left behind may be kept under another number.
            let of = |tip: &Tip| (tip.head().circle, tip.head().doc, tip.device(), tip.head().head);
            Tip::parse(&row.bytes).map(|tip| of(&tip)) != Ok((circle.id, row.doc, row.device, row.head))
        });
        store.write(Durability::Full, |batch| {
            altered.iter().try_for_each(|row| {
                batch.remove_tip(circle.id, row.doc, row.generation, row.device, row.head)
            })
        })?;
    }
    Ok(())
}
