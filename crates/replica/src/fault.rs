//! Why a validly signed change is not taken in. It is the fault of the document's owner.

use closeknit_ids::{ActorId, ChangeHash};

/// What is wrong with a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The header or a column cannot be read.
    #[error("{0} cannot be read")]
    Malformed(&'static str),
    /// A column that this format does not have, deflated, or out of order.
    #[error("it has an unknown, deflated or misplaced column")]
    Column,
    /// Message and extra bytes are to be empty.
    #[error("it carries a message or extra bytes")]
    Extra,
    /// Nothing in it.
    #[error("it holds no operation")]
    Empty,
    /// Dependencies are sorted, each named once.
    #[error("its dependencies are not in order")]
    DepsOrder,
    /// More than a limit allows.
    #[error("too many {0}")]
    Limit(Limit),
    /// The base of a generation is a chain of at most eight changes by one actor, and only its
    /// first change stands on nothing.
    #[error("the base of the generation is no chain by one actor")]
    Base,
    /// A dependency is not here.
    #[error("it depends on a change that is not here")]
    MissingDep,
    /// Sequence numbers have no gaps, and a change stands on its actor's previous one.
    #[error("its sequence number does not follow its actor's last")]
    Seq,
    /// The actor used this sequence number for another change: a copied key and profile, or fraud.
    #[error("its actor used sequence number {seq} twice")]
    Forked {
        /// Whose number.
        actor: ActorId,
        /// The number.
        seq: u32,
        /// The change that is held.
        held: ChangeHash,
    },
    /// Operation numbers follow the highest in the past.
    #[error("its first operation number does not follow its past")]
    StartOp,
    /// It refers to an actor or an operation outside its past.
    #[error("it refers to what is not in its past")]
    Reference,
    /// The past of the head has more changes or bytes than its signature says.
    #[error("there is more before the signed head than the signature says")]
    Signed,
    /// Automerge panicked over it.
    #[error("it breaks the document")]
    Panicked,
    /// Automerge does not take it.
    #[error("it cannot be applied")]
    NotApplied,
    /// Automerge writes it down differently than it came.
    #[error("it is not in canonical form")]
    NotCanonical,
}

/// Which limit of [`crate::Limits`] or [`crate::ChangeLimits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of one change.
    ChangeBytes,
    /// Operations or predecessors of one change.
    ChangeOps,
    /// Bytes of names in one change.
    Names,
    /// Dependencies of one change.
    Deps,
    /// Operation numbers.
    StartOp,
    /// Changes of a generation.
    Changes,
    /// Actors of a generation.
    Actors,
    /// Bytes of a generation.
    Bytes,
    /// Operations of a generation.
    Ops,
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::ChangeBytes => "bytes in one change",
            Self::ChangeOps => "operations in one change",
            Self::Names => "bytes of names in one change",
            Self::Deps => "dependencies",
            Self::StartOp => "operation numbers used up",
            Self::Changes => "changes in one generation",
            Self::Actors => "actors in one generation",
            Self::Bytes => "bytes in one generation",
            Self::Ops => "operations in one generation",
        })
    }
}
