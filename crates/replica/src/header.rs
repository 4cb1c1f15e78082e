//! What stands before the operations of a change: read without Automerge, in time and memory
//! bounded by the number of bytes (trust-and-sync, *The gate*, 4 and 5).

use closeknit_ids::{ActorId, ChangeHash};

use crate::{
    change::RawChange,
    fault::{Fault, Limit},
    limits::{ChangeLimits, LIMITS},
    operations,
    reader::Reader,
};

/// The facts of a change that decide whether it is admissible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    /// Sorted, each once.
    pub(crate) deps: Vec<ChangeHash>,
    pub(crate) actor: ActorId,
    pub(crate) seq: u32,
    pub(crate) start_op: u32,
    pub(crate) ops: u32,
    pub(crate) preds: u32,
    /// The other actors it names, sorted, each with the highest of their operations it refers to.
    pub(crate) refers: Vec<(ActorId, u32)>,
}

impl Header {
    /// Reads a change, within the limits of a base.
    pub(crate) fn read(change: &RawChange) -> Result<Self, Fault> {
        const HEADER: Fault = Fault::Malformed("the header");
        let mut reader = Reader::new(change.body());
        let deps = read_deps(&mut reader)?;
        let actor = read_actor(&mut reader)?;
        let seq = reader.unsigned().and_then(|seq| u32::try_from(seq).ok()).ok_or(HEADER)?;
        let start_op = reader.unsigned().ok_or(HEADER)?;
        if start_op >= LIMITS.start_op {
            return Err(Fault::Limit(Limit::StartOp));
        }
        if seq == 0 || start_op == 0 {
            return Err(HEADER);
        }
        let time = reader.signed().ok_or(HEADER)?;
        if time.unsigned_abs() >= LIMITS.time {
            return Err(Fault::Malformed("the time"));
        }
        if !reader.prefixed().ok_or(HEADER)?.is_empty() {
            return Err(Fault::Extra);
        }
        let others = read_others(&mut reader)?;
        let operations = operations::read(&mut reader, others.len().saturating_add(1), start_op)?;
        let refers = others.into_iter().zip(operations.refers.iter().skip(1));
        Ok(Self {
            deps,
            actor,
            seq,
            start_op: number(start_op)?,
            ops: number(operations.count)?,
            preds: number(operations.preds)?,
            refers: refers.map(|(actor, op)| Ok((actor, number(*op)?))).collect::<Result<_, Fault>>()?,
        })
    }

    /// Whether a change of this many bytes keeps to `limits`.
    pub(crate) fn within(&self, size: u64, limits: ChangeLimits) -> Result<(), Fault> {
        if size > limits.bytes as u64 {
            Err(Fault::Limit(Limit::ChangeBytes))
        } else if u64::from(self.ops.max(self.preds)) > limits.ops {
            Err(Fault::Limit(Limit::ChangeOps))
        } else {
            Ok(())
        }
    }

    /// The number of the last operation.
    pub(crate) const fn max_op(&self) -> u32 {
        self.start_op.saturating_add(self.ops).saturating_sub(1)
    }
}

fn number(number: u64) -> Result<u32, Fault> {
    u32::try_from(number).map_err(|_| Fault::Limit(Limit::StartOp))
}

fn read_deps(reader: &mut Reader<'_>) -> Result<Vec<ChangeHash>, Fault> {
    const DEPS: Fault = Fault::Malformed("the dependencies");
    let count = reader.unsigned().ok_or(DEPS)?;
    if count > LIMITS.deps {
        return Err(Fault::Limit(Limit::Deps));
    }
    let deps: Vec<_> =
        (0..count).map(|_| reader.array().map(ChangeHash)).collect::<Option<_>>().ok_or(DEPS)?;
    if deps.is_sorted_by(|a, b| a < b) { Ok(deps) } else { Err(Fault::DepsOrder) }
}

fn read_actor(reader: &mut Reader<'_>) -> Result<ActorId, Fault> {
    reader.prefixed().and_then(ActorId::from_slice).ok_or(Fault::Malformed("an actor"))
}

fn read_others(reader: &mut Reader<'_>) -> Result<Vec<ActorId>, Fault> {
    let count = reader.length().ok_or(Fault::Malformed("an actor"))?;
    if count > LIMITS.actors {
        return Err(Fault::Limit(Limit::Actors));
    }
    let others: Vec<_> = (0..count).map(|_| read_actor(reader)).collect::<Result<_, _>>()?;
    if others.is_sorted_by(|a, b| a < b) { Ok(others) } else { Err(Fault::Malformed("the actors")) }
}
