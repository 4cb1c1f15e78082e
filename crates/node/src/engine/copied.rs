//! A copy of this machine's folder runs on another one: noticed, told, and harmless. Both write under names of
//! their own, so that nothing of either is lost; only the signatures show it (trust-and-sync, *Documents*).

use closeknit_api::{Phrase, Tag};
use closeknit_ids::CircleId;
use closeknit_store::Durability;
use closeknit_sync::Piece;
use closeknit_trust::{statement::Statement, tip::Tip};
use jiff::{SignedDuration, Timestamp};

use super::{Engine, Moment, circle::Circle, failure::Outcome, settings};

/// So long it is told after it was last seen.
const TOLD_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Engine {
    /// Looks whether what came bears this machine's signature beside what it signed itself.
    pub(super) fn heed_copy(&mut self, at: Moment, id: CircleId, came: Came<'_>) -> Outcome<()> {
        let own = self.secrets.device.id();
        let Some(circle) = self.circles.get(&id) else { return Ok(()) };
        let seen = match came {
            Came::Piece(piece) if piece.doc == circle.doc(circle.me) => {
                let mut tips = piece.tips.iter().filter_map(|bytes| Tip::parse(bytes).ok());
                tips.any(|tip| tip.device() == own && tip.head().doc == piece.doc)
                    && circle.is_signed_beside(own)
            }
            Came::Piece(_) => false,
            Came::Statements(stated) => {
                let forks: Vec<u16> = circle
                    .ledger
                    .iter()
                    .flat_map(|ledger| ledger.forks())
                    .filter(|fork| fork.device == own)
                    .map(|fork| fork.index)
                    .collect();
                stated.iter().any(|statement| statement.device() == own && forks.contains(&statement.index()))
            }
        };
        if !seen {
            return Ok(());
        }
        self.store.write(Durability::Normal, |batch| settings::set_copied_at(batch, id, at.now))?;
        self.tag(Tag::Status);
        Ok(())
    }

    /// That two machines go by one folder, as long as it was seen of late.
    pub(super) fn copied_says(&self, id: CircleId, now: Timestamp) -> Outcome<Option<Phrase>> {
        let seen = settings::copied_at(self.store.view(), id)?;
        let of_late = seen.is_some_and(|seen| now.duration_since(seen).abs() < TOLD_FOR);
        Ok(of_late.then(|| Phrase::new("notice-cloned")))
    }
}

/// What came from another machine.
#[derive(Debug, Clone, Copy)]
pub(super) enum Came<'a> {
    Piece(&'a Piece),
    Statements(&'a [Statement]),
}

impl Circle {
    /// Whether a machine signed states of the own document that are not in each other's past.
    fn is_signed_beside(&self, device: closeknit_ids::DeviceId) -> bool {
        let held = self.held.get(&self.doc(self.me));
        held.is_some_and(|held| held.tips.copied().any(|copied| copied == device))
    }
}
