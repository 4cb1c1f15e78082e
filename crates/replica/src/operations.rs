//! The operation columns of a change: how many operations there are, and what they refer to.
//!
//! Automerge expands run lengths as it reads and looks up whatever an operation names. Here both are
//! bounded first: every column has as many rows as there are operations, and every operation refers
//! to operations before it. Together with [`crate::History`] this makes a change admissible or not
//! by its bytes and its past alone, whatever else has arrived.

use crate::{
    fault::{Fault, Limit},
    limits::{ChangeLimits, LIMITS},
    reader::Reader,
    runs::{Broken, Deltas, Rows, Runs, boolean_rows},
};

/// What the columns come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Operations {
    pub(crate) count: u64,
    /// How many predecessors they name, all together.
    pub(crate) preds: u64,
    /// For each actor that the change names, itself first, the highest operation number referred to;
    /// 0 if none is.
    pub(crate) refers: Vec<u64>,
}

impl From<Broken> for Fault {
    fn from(_: Broken) -> Self {
        Self::Malformed("a column")
    }
}

/// Reads the table of columns and the columns, to the end of the change.
///
/// `actors` is how many the change names, itself included; `start_op` the number of the first operation.
pub(crate) fn read(reader: &mut Reader<'_>, actors: usize, start_op: u64) -> Result<Operations, Fault> {
    let columns = Columns::read(reader)?;
    let (count, preds) = columns.count()?;
    let refers = columns.references(count, actors, start_op)?;
    Ok(Operations { count, preds, refers })
}

/// The columns of a change; one that is missing is empty (automerge.org, *binary format*).
#[derive(Debug, Clone, Default)]
struct Columns<'a> {
    object_actor: &'a [u8],
    object_counter: &'a [u8],
    key_actor: &'a [u8],
    key_counter: &'a [u8],
    key_name: &'a [u8],
    insert: &'a [u8],
    action: &'a [u8],
    value_meta: &'a [u8],
    value: &'a [u8],
    pred_count: &'a [u8],
    pred_actor: &'a [u8],
    pred_counter: &'a [u8],
    expand: &'a [u8],
    mark_name: &'a [u8],
}

impl<'a> Columns<'a> {
    /// How many kinds there are.
    const KINDS: u64 = 14;

    fn read(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        const TABLE: Fault = Fault::Malformed("the table of columns");
        let kinds = reader.unsigned().ok_or(TABLE)?;
        if kinds > Self::KINDS {
            return Err(Fault::Column);
        }
        let mut table = Vec::new();
        for _ in 0..kinds {
            let kind = reader.unsigned().ok_or(TABLE)?;
            let length = reader.length().filter(|length| *length > 0).ok_or(TABLE)?;
            if table.last().is_some_and(|(before, _)| *before >= kind) {
                return Err(Fault::Column);
            }
            table.push((kind, length));
        }
        let mut columns = Self::default();
        for (kind, length) in table {
            *columns.slot(kind)? = reader.take(length).ok_or(TABLE)?;
        }
        if reader.is_empty() { Ok(columns) } else { Err(Fault::Extra) }
    }

    /// The column number stands in the upper bits, the deflate bit is 8, the type in the lower three.
    fn slot(&mut self, kind: u64) -> Result<&mut &'a [u8], Fault> {
        Ok(match kind {
            0x01 => &mut self.object_actor,
            0x02 => &mut self.object_counter,
            0x11 => &mut self.key_actor,
            0x13 => &mut self.key_counter,
            0x15 => &mut self.key_name,
            0x34 => &mut self.insert,
            0x42 => &mut self.action,
            0x56 => &mut self.value_meta,
            0x57 => &mut self.value,
            0x70 => &mut self.pred_count,
            0x71 => &mut self.pred_actor,
            0x73 => &mut self.pred_counter,
            0x94 => &mut self.expand,
            0xa5 => &mut self.mark_name,
            _ => return Err(Fault::Column),
        })
    }

    /// How many operations there are, by the action column, and predecessors; every other column agrees.
    fn count(&self) -> Result<(u64, u64), Fault> {
        let ops = Runs::rows::<u64>(self.action)?;
        if ops == 0 {
            return Err(Fault::Empty);
        }
        let names = |name: &'a [u8]| name.len() as u64;
        let keys = Runs::sum(self.key_name, names)?;
        let marks = Runs::sum(self.mark_name, names)?;
        let values = Runs::sum(self.value_meta, |meta: u64| meta >> 4)?;
        let preds = Runs::sum(self.pred_count, |count: u64| count)?;
        if ops > ChangeLimits::BASE.ops || preds.weight > ChangeLimits::BASE.ops {
            return Err(Fault::Limit(Limit::ChangeOps));
        }
        if keys.weight.saturating_add(marks.weight) > LIMITS.names {
            return Err(Fault::Limit(Limit::Names));
        }
        let per_operation = [
            Runs::rows::<u64>(self.object_actor)?,
            Runs::rows::<u64>(self.object_counter)?,
            Runs::rows::<u64>(self.key_actor)?,
            Runs::rows::<i64>(self.key_counter)?,
            keys.rows,
            boolean_rows(self.insert)?,
            values.rows,
            preds.rows,
            boolean_rows(self.expand)?,
            marks.rows,
        ];
        let per_pred = [Runs::rows::<u64>(self.pred_actor)?, Runs::rows::<i64>(self.pred_counter)?];
        let even = per_operation.iter().all(|rows| *rows == 0 || *rows == ops)
            && per_pred.iter().all(|rows| *rows == preds.weight)
            && values.weight == self.value.len() as u64;
        if even { Ok((ops, preds.weight)) } else { Err(Fault::Malformed("a column")) }
    }

    /// The highest operation number referred to, for each actor. Whoever calls has counted the rows.
    fn references(&self, ops: u64, actors: usize, start_op: u64) -> Result<Vec<u64>, Fault> {
        let mut highest = vec![0; actors];
        let mut refer = |actor: Option<u64>, counter: Option<u64>, before: u64| match (actor, counter) {
            (None, None) => Ok(()),
            (Some(actor), Some(counter)) if (1..before).contains(&counter) => {
                let slot = usize::try_from(actor).ok().and_then(|actor| highest.get_mut(actor));
                let slot = slot.ok_or(Fault::Reference)?;
                *slot = counter.max(*slot);
                Ok(())
            }
            _ => Err(Fault::Reference),
        };
        let (mut object_actor, mut object_counter) =
            (Rows::new(self.object_actor), Rows::new(self.object_counter));
        let (mut key_actor, mut key_counter) = (Rows::new(self.key_actor), Deltas::new(self.key_counter));
        let (mut pred_actor, mut pred_counter) = (Rows::new(self.pred_actor), Deltas::new(self.pred_counter));
        let mut preds = Rows::<u64>::new(self.pred_count);
        for op in start_op..start_op.saturating_add(ops) {
            refer(object_actor.next()?, object_counter.next()?, op)?;
            // The place before the first element of a list has number 0 and no actor.
            let key = (key_actor.next()?, counter(key_counter.next()?)?);
            if key != (None, Some(0)) {
                refer(key.0, key.1, op)?;
            }
            for _ in 0..preds.next()?.unwrap_or(0) {
                refer(pred_actor.next()?, counter(pred_counter.next()?)?, op)?;
            }
        }
        Ok(highest)
    }
}

fn counter(counter: Option<i64>) -> Result<Option<u64>, Fault> {
    counter.map(|counter| u64::try_from(counter).map_err(|_| Fault::Reference)).transpose()
}
