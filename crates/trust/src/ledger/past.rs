//! Which statements lie in the past of which.

use std::collections::HashMap;

use super::{Entry, Place};

/// For chosen pairs of statements: whether the first lies in the past of the second.
///
/// Found by passing over the set once for every 64 chosen firsts, carrying one bit for each, so it
/// needs no memory between folds and little time.
#[derive(Debug, Default)]
pub(crate) struct Pasts {
    columns: HashMap<Place, usize>,
    rows: HashMap<Place, Vec<u64>>,
}

impl Pasts {
    pub(crate) fn new(entries: &[Entry], earlier: &[Place], later: &[Place]) -> Self {
        let columns = earlier.iter().enumerate().map(|(column, place)| (*place, column)).collect();
        let mut rows: HashMap<Place, Vec<u64>> = later.iter().map(|place| (*place, Vec::new())).collect();
        let end = later.iter().max().map_or(0, |last| *last as usize + 1);
        for group in earlier.chunks(64) {
            let seen = pass(entries.get(..end).unwrap_or(entries), group);
            for (place, row) in &mut rows {
                let prev = entries.get(*place as usize).map(|entry| &*entry.prev).unwrap_or_default();
                row.push(union(&seen, prev));
            }
        }
        Self { columns, rows }
    }

    /// Whether `earlier` lies in the past of `later`. Both must have been chosen.
    pub(crate) fn holds(&self, earlier: Place, later: Place) -> bool {
        let word = |column: usize| self.rows.get(&later).and_then(|row| row.get(column / 64));
        self.columns
            .get(&earlier)
            .is_some_and(|column| word(*column).is_some_and(|word| word >> (column % 64) & 1 == 1))
    }
}

/// For each statement, which of `group` are it or lie in its past.
fn pass(entries: &[Entry], group: &[Place]) -> Vec<u64> {
    let mut seen = vec![0; entries.len()];
    for (bit, place) in group.iter().enumerate() {
        if let Some(word) = seen.get_mut(*place as usize) {
            *word |= 1 << bit;
        }
    }
    let first = group.iter().min().map_or(0, |place| *place as usize);
    for (place, entry) in entries.iter().enumerate().skip(first) {
        let inherited = union(&seen, &entry.prev);
        if let Some(word) = seen.get_mut(place) {
            *word |= inherited;
        }
    }
    seen
}

fn union(seen: &[u64], places: &[Place]) -> u64 {
    places.iter().filter_map(|place| seen.get(*place as usize)).fold(0, |all, word| all | word)
}
