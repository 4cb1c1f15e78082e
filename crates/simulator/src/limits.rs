//! Nobody holds more of a member than a member may have (trust-and-sync, *The gate* and *Statements*).

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{CircleId, DeviceId, DocId, MemberId};
use closeknit_replica::LIMITS;
use closeknit_store::{Stage, View};
use closeknit_trust::{
    circle::doc_id,
    ledger::{Ledger, MOST_MACHINES, Outcome},
    roster::Roster,
    statement::{Body, MOST_INDEX, Statement},
};

use crate::world::{Machine, World, Wrong};

impl World {
    /// Of no document, and of no member's statements, is more here than there may be.
    pub(crate) fn limits_hold(&mut self, machines: &[Machine]) -> Result<(), Wrong> {
        // All hold the same, but for what liars wrote.
        let lied = self.counts.of("a hostile member lied") > 0;
        let salvaged = self.counts.of("a damaged database was set aside") > 0;
        for machine in &machines[..if lied { machines.len() } else { 1 }] {
            let copy = self.street.copied_store(machine.person);
            let view = copy.store.view();
            for circle in view.circles().unwrap().into_iter().filter(|circle| circle.stage == Stage::Real) {
                documents_within_limits(view, circle.id)?;
                if !salvaged {
                    generations_were_begun(view, circle.id)?;
                }
                statements_within_limits(view, circle.id, salvaged)?;
            }
        }
        Ok(())
    }
}

fn documents_within_limits(view: View<'_>, circle: CircleId) -> Result<(), Wrong> {
    for held in view.documents(circle).unwrap() {
        let actors = view.vector(circle, held.doc, held.generation).unwrap().len();
        let changes = usize::try_from(held.changes).unwrap_or(usize::MAX);
        if held.bytes > LIMITS.bytes || changes > LIMITS.changes || actors > LIMITS.actors {
            return Err(format!("too much is held: {held:?} of {actors} actors"));
        }
    }
    Ok(())
}

/// Of each member one document, and of that what was begun: what is left behind stays for a while. A damaged database
/// may have lost whose it is, and who began it.
fn generations_were_begun(view: View<'_>, circle: CircleId) -> Result<(), Wrong> {
    let (ledger, _) = ledger_of(view, circle);
    let roster = Roster::fold(&ledger);
    let mut begun: BTreeMap<DocId, usize> =
        roster.members().map(|member| (doc_id(circle, member.id), 1)).collect();
    for statement in ledger.iter().filter(|statement| matches!(statement.body(), Body::Generation(_))) {
        *begun.entry(doc_id(circle, statement.member())).or_default() += 1;
    }
    for held in view.documents(circle).unwrap() {
        match begun.get_mut(&held.doc) {
            Some(left) if *left > 0 => *left -= 1,
            Some(_) => return Err(format!("{held:?} is held beside all that was begun")),
            None => return Err(format!("{held:?} is nobody's")),
        }
    }
    Ok(())
}

/// Also that each follows from others that are here. A damaged database may lack what others of its statements name:
/// those wait, and are passed on to nobody.
fn statements_within_limits(view: View<'_>, circle: CircleId, salvaged: bool) -> Result<(), Wrong> {
    let (ledger, waiting) = ledger_of(view, circle);
    if waiting > 0 && !salvaged {
        return Err(format!("{waiting} statements are held that do not follow"));
    }
    let mut machines: BTreeMap<MemberId, BTreeSet<DeviceId>> = BTreeMap::new();
    for statement in ledger.iter() {
        if statement.index() > MOST_INDEX {
            return Err(format!("{:?} said too much", statement.device()));
        }
        if let Body::Enrol(enrol) = statement.body() {
            machines.entry(statement.member()).or_default().insert(enrol.machine.device);
        }
    }
    match machines.into_iter().find(|(_, theirs)| theirs.len() > MOST_MACHINES) {
        Some((member, theirs)) => Err(format!("{} machines of {member:?}", theirs.len())),
        None => Ok(()),
    }
}

/// The statements of a circle that a database holds, and how many of them do not follow from the others. After a
/// database was salvaged they came in another order.
pub(crate) fn ledger_of(view: View<'_>, circle: CircleId) -> (Ledger, usize) {
    let rows = view.statements(circle).unwrap();
    let mut waiting: Vec<Statement> =
        rows.into_iter().map(|row| Statement::kept(&row.bytes).unwrap()).collect();
    let mut ledger = Ledger::new(circle);
    loop {
        let before = waiting.len();
        waiting
            .retain(|statement| !matches!(ledger.insert(statement.clone()), Outcome::New | Outcome::Known));
        if waiting.len() == before {
            return (ledger, waiting.len());
        }
    }
}
