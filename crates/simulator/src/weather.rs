//! What happens to frames on their way.
//!
//! A line carries whole frames in order, as QUIC does: what is lost there takes its line with it. Between lines
//! there is no order, and a frame may be said twice. A direction may be dead while the other works, and a machine of
//! a later version says more than this one understands.

use std::collections::BTreeSet;

use rand::{RngExt as _, rngs::StdRng};

use crate::neighbourhood::Person;

/// Kinds from here on may have fields that a later version added; those below stay as they are in all versions.
const MAY_GROW: u16 = 16;
/// A kind of frame that no version knows yet.
const UNHEARD_OF: [u8; 6] = [0x7f, 0x01, 1, 2, 3, 4];

/// The weather over all lines.
#[derive(Debug)]
pub struct Weather {
    /// What it decides by.
    pub dice: StdRng,
    /// Of a hundred frames so many are lost, each with its line.
    pub lost: u8,
    /// Of a hundred frames so many are said twice.
    pub doubled: u8,
    /// Nothing gets from the first to the second.
    pub one_way: BTreeSet<(Person, Person)>,
    /// Machines of a later version.
    pub newer: BTreeSet<Person>,
    /// What became of frames so far.
    pub seen: Fates,
}

/// How often each thing became of a frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fates {
    /// Lost with its line.
    pub lost: u32,
    /// Said twice.
    pub doubled: u32,
    /// Arrived before something that was sent earlier over another line.
    pub overtook: u32,
    /// Waited, because its direction was dead.
    pub held_up: u32,
    /// Had fields, or was of a kind, that this version does not know.
    pub newer: u32,
}

/// What becomes of one frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Arrives,
    Twice,
    Lost,
}

impl Weather {
    /// No wind, and nothing decided yet.
    #[must_use]
    pub fn calm(dice: StdRng) -> Self {
        let (one_way, newer) = (BTreeSet::new(), BTreeSet::new());
        Self { dice, lost: 0, doubled: 0, one_way, newer, seen: Fates::default() }
    }

    /// Which of so many things on their way comes next.
    pub(crate) fn pick(&mut self, many: usize) -> usize {
        let picked = if many > 1 { self.dice.random_range(0..many) } else { 0 };
        self.seen.overtook += u32::from(picked > 0);
        picked
    }

    pub(crate) fn fate(&mut self) -> Fate {
        let of_hundred = self.dice.random_range(0..100_u8);
        if of_hundred < self.lost {
            self.seen.lost += 1;
            Fate::Lost
        } else if of_hundred >= 100 - self.doubled {
            self.seen.doubled += 1;
            Fate::Twice
        } else {
            Fate::Arrives
        }
    }

    /// As a later version would say it: with more than this one knows, and now and then with something before it
    /// that this one knows nothing of.
    pub(crate) fn as_said_by(&mut self, person: Person, mut bytes: Vec<u8>) -> Vec<Vec<u8>> {
        let may_grow = bytes.first_chunk().is_some_and(|kind| u16::from_be_bytes(*kind) >= MAY_GROW);
        if !may_grow || !self.newer.contains(&person) {
            return vec![bytes];
        }
        self.seen.newer += 1;
        if bytes.len() + 8 < closeknit_net::MAX_FRAME {
            bytes.extend([0xab; 8]);
        }
        if self.dice.random_range(0..4) == 0 { vec![UNHEARD_OF.to_vec(), bytes] } else { vec![bytes] }
    }
}
