//! One member's document, in one generation.

use automerge::{Automerge, Change};
use closeknit_ids::{ActorId, ChangeHash};

use crate::{
    change::RawChange,
    fault::{Fault, Limit},
    golden,
    header::Header,
    history::History,
    limits::{ChangeLimits, LIMITS},
    reading::{self, Reading},
    vector::{Extent, SignedHead, Vector},
    writing::{self, Act, WriteError},
};

/// Why a document could not be rebuilt from its own log: the disk changed what was once taken in, or
/// part of it is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("change {change} of the log does not fit: {fault}")]
pub struct RebuildError {
    /// The first that does not fit.
    pub change: ChangeHash,
    /// Why.
    pub fault: Fault,
}

/// One member's document: an Automerge document whose changes all passed the gate or were written
/// here, and an index of them. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) automerge: Automerge,
    pub(crate) history: History,
    pub(crate) base: SignedHead,
}

impl Document {
    /// A document at its beginning: generation 0, with the change that everybody's documents begin
    /// with and nothing else.
    #[must_use]
    pub fn found() -> Self {
        golden::document()
    }

    /// A later generation of which nothing is here yet but what its statement says about its base.
    #[must_use]
    pub fn awaiting(base: SignedHead) -> Self {
        Self { automerge: Automerge::new(), history: History::default(), base }
    }

    /// The document that the own log holds: changes that were taken in or written here, in that order.
    /// For generation 0 `base` is [`Document::golden_base`], and the log need not hold that change.
    ///
    /// # Errors
    /// If a change no longer fits onto those before it.
    pub fn rebuild(base: SignedHead, log: impl IntoIterator<Item = RawChange>) -> Result<Self, RebuildError> {
        Self::begin(base).replay(log)
    }

    /// The same of a log that has gaps: what stands on a change that is not in it any more is left out.
    ///
    /// # Errors
    /// If even the rest does not fit.
    pub fn rebuild_with_gaps(
        base: SignedHead,
        log: impl IntoIterator<Item = RawChange>,
    ) -> Result<Self, RebuildError> {
        let begin = Self::begin(base);
        let mut history = begin.history.clone();
        let fits = |change: &RawChange| {
            Header::read(change).is_ok_and(|header| history.admit(change.clone(), &header).is_ok())
        };
        let fitting: Vec<_> = log.into_iter().filter(fits).collect();
        begin.replay(fitting)
    }

    fn begin(base: SignedHead) -> Self {
        if base == Self::golden_base() { Self::found() } else { Self::awaiting(base) }
    }

    /// Takes in changes that were checked when they were logged.
    pub(crate) fn replay(mut self, log: impl IntoIterator<Item = RawChange>) -> Result<Self, RebuildError> {
        let mut changes = Vec::new();
        let mut last = self.base.hash;
        for change in log {
            let hash = change.hash();
            if self.history.holds(hash) {
                continue;
            }
            let fault = |fault| RebuildError { change: hash, fault };
            let header = Header::read(&change).map_err(fault)?;
            changes.push(Change::try_from(change.bytes()).map_err(|_| fault(Fault::NotApplied))?);
            self.history.admit(change, &header).map_err(fault)?;
            last = hash;
        }
        let applied = self.automerge.apply_changes(changes);
        if applied.is_err() || !self.is_whole() {
            return Err(RebuildError { change: last, fault: Fault::NotApplied });
        }
        Ok(self)
    }

    /// Whether Automerge holds what the index says.
    pub(crate) fn is_whole(&self) -> bool {
        let heads = self.automerge.get_heads();
        heads.iter().map(|head| head.0).eq(self.history.heads().iter().map(|head| head.0))
    }

    /// When the last of its changes was written, of those that say that it was not later than this: in seconds since
    /// 1970, by whatever clocks wrote them.
    #[must_use]
    pub fn last_written(&self, until: i64) -> Option<i64> {
        let changes = self.automerge.get_changes(&[]);
        changes.iter().map(Change::timestamp).filter(|seconds| *seconds <= until).max()
    }

    /// The base of every document's generation 0.
    #[must_use]
    pub fn golden_base() -> SignedHead {
        golden::base()
    }

    /// What this generation begins with.
    #[must_use]
    pub const fn base(&self) -> SignedHead {
        self.base
    }

    /// Whether the base is here as a whole. Before that there is nothing to show or write.
    #[must_use]
    pub fn has_base(&self) -> bool {
        self.history.holds(self.base.hash)
    }

    /// Writes `acts` as one change of `actor`, with the time in whole seconds (advisory). `None` if
    /// they change nothing. An actor is one run of one process, random, and nobody else's.
    ///
    /// # Errors
    /// If an act does not fit the document, or others would refuse the change; nothing is written then.
    pub fn write(
        &mut self,
        actor: ActorId,
        seconds: i64,
        acts: &[Act],
    ) -> Result<Option<RawChange>, WriteError> {
        let mut whole = self.clone();
        let mut changes = whole.write_in_parts(actor, seconds, acts)?;
        let change = changes.pop();
        if !changes.is_empty() {
            return Err(WriteError::Refused(Fault::Limit(Limit::ChangeOps)));
        }
        *self = whole;
        Ok(change)
    }

    /// The same in as many changes as it takes: each letter of a text that merges is an operation.
    ///
    /// # Errors
    /// As above.
    pub fn write_in_parts(
        &mut self,
        actor: ActorId,
        seconds: i64,
        acts: &[Act],
    ) -> Result<Vec<RawChange>, WriteError> {
        if !self.has_base() {
            return Err(WriteError::NoBase);
        }
        let mut whole = self.clone();
        let changes = writing::write(&mut whole.automerge, actor, seconds, acts)?;
        whole.index(&changes, ChangeLimits::ORDINARY)?;
        if whole.has_no_room(self, acts) {
            return Err(WriteError::Full);
        }
        *self = whole;
        Ok(changes)
    }

    /// The records in it.
    #[must_use]
    pub fn read(&self) -> Reading {
        reading::read(&self.automerge)
    }

    /// The changes that are in nobody's past, sorted.
    pub fn heads(&self) -> impl Iterator<Item = ChangeHash> {
        self.history.heads().iter().copied()
    }

    /// Whether this change is here.
    #[must_use]
    pub fn holds(&self, hash: ChangeHash) -> bool {
        self.history.holds(hash)
    }

    /// Who wrote a change, and as which of theirs. `None` if it is not here.
    #[must_use]
    pub fn written_by(&self, hash: ChangeHash) -> Option<(ActorId, u32)> {
        self.history.written_by(hash)
    }

    /// How much stands in the past of a change, itself included; what a tip signs. `None` if it is not
    /// here.
    #[must_use]
    pub fn past(&self, head: ChangeHash) -> Option<Extent> {
        self.history.past(head)
    }

    /// Whether `earlier` is `later` or in its past. `None` if one of them is not here.
    #[must_use]
    pub fn precedes(&self, earlier: ChangeHash, later: ChangeHash) -> Option<bool> {
        self.history.precedes(earlier, later)
    }

    /// How much of the document is here.
    #[must_use]
    pub fn vector(&self) -> Vector {
        self.history.vector()
    }

    /// Every change, each after all that it depends on.
    pub fn changes(&self) -> impl Iterator<Item = &RawChange> {
        self.history.changes()
    }

    /// The changes that somebody at `vector` lacks, each after all that it depends on.
    pub fn changes_after(&self, vector: &Vector) -> impl Iterator<Item = &RawChange> {
        self.history.changes_after(vector)
    }

    /// The same as one Automerge document, for other tools. Nothing here ever reads one.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        self.automerge.save()
    }

    /// How much is here in all.
    #[must_use]
    pub fn extent(&self) -> Extent {
        Extent { count: self.history.len() as u64, bytes: self.history.bytes() }
    }

    /// About how many bytes its live records have, as they would enter the next generation.
    #[must_use]
    pub fn live_bytes(&self) -> usize {
        reading::live_bytes(&self.automerge)
    }

    /// Whether these acts, as they are written here, made live what has no room. What was begun can be ended
    /// in a full document too, so that nobody is stuck with it.
    fn has_no_room(&self, before: &Self, acts: &[Act]) -> bool {
        let most =
            if acts.iter().all(Act::ends_something) { LIMITS.live + LIMITS.reserve } else { LIMITS.live };
        // What is live is part of what was ever written.
        let letters = self.history.ops().saturating_mul(LIMITS.letter as u64);
        if self.history.bytes().saturating_add(letters) <= most as u64 {
            return false;
        }
        let after = self.live_bytes();
        after > most && after > before.live_bytes()
    }

    /// Whether the owner should begin the next generation: half of a limit is reached (for actors 200
    /// of 256). Bytes and operations count only once an eighth of them came after the base: a generation that
    /// begins large must not ask for the next at once.
    #[must_use]
    pub fn wants_generation(&self) -> bool {
        let bytes = self.history.bytes();
        let since_base = bytes.saturating_sub(self.base.bytes);
        let ops = self.history.ops();
        let ops_since_base = ops.saturating_sub(self.history.max_op(self.base.hash).into());
        self.history.len() >= LIMITS.changes / 2
            || self.history.actors() >= WANTS_AT_ACTORS
            || self.history.heads().len() as u64 >= LIMITS.deps / 2
            || (ops >= LIMITS.ops / 2 && ops_since_base >= LIMITS.ops / 8)
            || (bytes >= LIMITS.bytes / 2 && since_base >= LIMITS.bytes / 8)
    }
}

const WANTS_AT_ACTORS: usize = 200;
