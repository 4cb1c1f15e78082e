//! The generations of a document: which count, and which leads.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use closeknit_ids::{ChangeHash, MemberId, RecordId, StatementId};

use super::said::Said;
use crate::{
    ledger::{Entry, Ledger, Pasts, Place},
    statement::Generation,
};

/// The generations of one document that count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lineage {
    /// In ascending order of number and base; the last one leads.
    counting: Vec<Counted>,
    forgotten: BTreeSet<RecordId>,
}

/// A generation that counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// Its number.
    pub n: u32,
    /// The last change of its base.
    pub base: ChangeHash,
    /// The statement.
    pub statement: StatementId,
    /// The generation that it took the place of: of those known to its signer the one that led. Nothing means
    /// generation 0.
    pub follows: Option<StatementId>,
    /// How many changes its base has.
    pub count: u32,
    /// Their bytes together.
    pub bytes: u32,
    /// The heads of the generation before that it absorbed.
    pub closes: Vec<ChangeHash>,
    /// Whether the member key signed: then the generation before goes at once.
    pub by_member_key: bool,
}

impl Lineage {
    /// The generation that is read and written: the highest number, and of equal ones the higher
    /// base. Nothing means generation 0.
    #[must_use]
    pub fn leading(&self) -> Option<&Counted> {
        self.counting.last()
    }

    /// The number of the leading generation.
    #[must_use]
    pub fn n(&self) -> u32 {
        self.leading().map_or(0, |leading| leading.n)
    }

    /// Others with the number of the leading one, until a machine of the owner merges them into the next.
    pub fn rivals(&self) -> impl Iterator<Item = &Counted> {
        let leading = self.leading();
        self.counting.iter().filter(move |other| {
            leading.is_some_and(|leading| leading.n == other.n && leading.base != other.base)
        })
    }

    /// The leading generation and those that it came from, the newest first.
    pub fn line(&self) -> impl Iterator<Item = &Counted> {
        let before = |counted: &&Counted| {
            let follows = counted.follows?;
            self.counting.iter().find(|earlier| earlier.statement == follows)
        };
        std::iter::successors(self.leading(), before)
    }

    /// All that count, the leading one last.
    #[must_use]
    pub fn counting(&self) -> &[Counted] {
        &self.counting
    }

    /// Records that shall never show again, of every counting generation.
    #[must_use]
    pub const fn forgotten(&self) -> &BTreeSet<RecordId> {
        &self.forgotten
    }
}

/// How many statements are traced together, so that few passes over the set do for many members.
const BATCH: usize = 64;

/// The lineage of every member who started a generation. `said` are those that speak for their
/// member and are not void.
pub(super) fn lineages(ledger: &Ledger, said: Vec<Said<'_, Generation>>) -> BTreeMap<MemberId, Lineage> {
    let entries = ledger.entries();
    let mut by_member: BTreeMap<MemberId, Vec<Said<'_, Generation>>> = BTreeMap::new();
    for generation in said {
        by_member.entry(generation.by()).or_default().push(generation);
    }
    let mut lineages = BTreeMap::new();
    let mut batch = Vec::new();
    for (member, said) in by_member {
        if is_one_chain(ledger, &said) {
            lineages.insert(member, trace(&said, |_, _| true));
        } else {
            batch.push((member, said));
        }
        if batch.iter().map(|(_, said)| said.len()).sum::<usize>() >= BATCH {
            trace_batch(entries, &mut batch, &mut lineages);
        }
    }
    trace_batch(entries, &mut batch, &mut lineages);
    lineages
}

fn trace_batch(
    entries: &[Entry],
    batch: &mut Vec<(MemberId, Vec<Said<'_, Generation>>)>,
    lineages: &mut BTreeMap<MemberId, Lineage>,
) {
    let places: Vec<Place> = batch.iter().flat_map(|(_, said)| said).map(|said| said.place).collect();
    let pasts = Pasts::new(entries, &places, &places);
    for (member, said) in batch.drain(..) {
        lineages.insert(member, trace(&said, |earlier, later| pasts.holds(earlier, later)));
    }
}

/// Whether one key signed them all and no copy of it ever signed beside it: then each has those before it in its
/// past. That their indices differ says nothing: two copies may each have begun a generation at their own time.
fn is_one_chain(ledger: &Ledger, said: &[Said<'_, Generation>]) -> bool {
    let keys: HashSet<_> = said.iter().map(Said::key).collect();
    keys.len() == 1 && keys.iter().all(|(device, _)| !ledger.was_copied(*device))
}

/// A generation counts if its number follows the highest counting one in its past. `said` is in an
/// order in which each comes after its past.
fn trace(said: &[Said<'_, Generation>], in_past: impl Fn(Place, Place) -> bool) -> Lineage {
    let mut counting: Vec<(&Said<'_, Generation>, Option<StatementId>)> = Vec::new();
    for new in said {
        let before = counting.iter().map(|(old, _)| *old).filter(|old| in_past(old.place, new.place));
        let led = before.max_by_key(|old| (old.body.n, old.body.base, old.statement.id()));
        if led.map_or(0, |led| led.body.n).checked_add(1) == Some(new.body.n) {
            counting.push((new, led.map(|led| led.statement.id())));
        }
    }
    let forgotten = counting.iter().flat_map(|(said, _)| said.body.forgotten.iter().copied()).collect();
    let mut counting: Vec<Counted> =
        counting.into_iter().map(|(said, follows)| Counted::new(said, follows)).collect();
    counting.sort_unstable();
    Lineage { counting, forgotten }
}

impl Counted {
    fn new(said: &Said<'_, Generation>, follows: Option<StatementId>) -> Self {
        let Generation { n, base, count, bytes, closes, .. } = said.body;
        Self {
            n: *n,
            base: *base,
            statement: said.statement.id(),
            follows,
            count: *count,
            bytes: *bytes,
            closes: closes.clone(),
            by_member_key: said.statement.signed_by_member_key(),
        }
    }
}
