//! Why somebody stands on a proposed rota, in words.

use closeknit_ids::MemberId;

use super::sentence::sentences;
use crate::rota::{Missing, Why};

sentences! {
    /// A sentence about one turn of a proposed rota.
    OnRota:

    /// "{helper}: placed here by you."
    "rota-pinned" Pinned { helper: MemberId }
    /// "{helper}: placed here by you, though it is more than they said they can do."
    "rota-pinned-over" PinnedOver { helper: MemberId }
    /// "{helper}: placed here by you, though they are somewhere else at that time."
    "rota-pinned-elsewhere" PinnedElsewhere { helper: MemberId }
    /// "{helper}: of {of} who can, the one with most time left."
    "rota-most-room" MostRoom { helper: MemberId, of: u32 }
    /// "{helper}: nobody else can."
    "rota-nobody-else" NobodyElse { helper: MemberId }
    /// "{missing} more wanted. Nobody else is free then."
    "rota-missing-nobody-free" MissingNobodyFree { missing: u32 }
    /// "{missing} more wanted. Everybody else who is free then has enough already."
    "rota-missing-all-full" MissingAllFull { missing: u32 }
}

impl OnRota {
    pub(crate) const fn because(helper: MemberId, why: Why) -> Self {
        match why {
            Why::Pinned { elsewhere: true, .. } => Self::PinnedElsewhere { helper },
            Why::Pinned { over: true, .. } => Self::PinnedOver { helper },
            Why::Pinned { .. } => Self::Pinned { helper },
            Why::MostRoom { of } => Self::MostRoom { helper, of },
            Why::NobodyElse => Self::NobodyElse { helper },
        }
    }

    pub(crate) const fn missing(missing: u32, why: Missing) -> Self {
        match why {
            Missing::NobodyFree => Self::MissingNobodyFree { missing },
            Missing::AllFull => Self::MissingAllFull { missing },
        }
    }
}
