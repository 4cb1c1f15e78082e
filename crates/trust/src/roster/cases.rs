//! Cases against members, and what they do to the admissions of the accused (rules 3 and 4).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use closeknit_ids::{MemberId, StatementId};

use super::{
    said::{AllSaid, Said},
    votes::Votes,
};
use crate::{
    ledger::{Entry, Pasts, Place},
    statement::{Admit, Remove},
};

/// The votes that somebody should go, each by a voter other than the accused.
#[derive(Debug, Default)]
pub(super) struct Cases<'a> {
    by_accused: BTreeMap<MemberId, BTreeMap<StatementId, Vec<Said<'a, Remove>>>>,
    k: usize,
}

impl<'a> Cases<'a> {
    pub(super) fn open(said: &AllSaid<'a>, votes: &Votes, k: usize) -> Self {
        let mut cases = Self { k, ..Self::default() };
        for vote in &said.removes {
            let accused = vote.body.member;
            if votes.is_voter(vote.by()) && vote.by() != accused {
                let case = vote.body.case.unwrap_or_else(|| vote.statement.id());
                cases.by_accused.entry(accused).or_default().entry(case).or_default().push(*vote);
            }
        }
        cases
    }

    /// Everybody against whom there is a case.
    pub(super) fn accused(&self) -> impl Iterator<Item = MemberId> {
        self.by_accused.keys().copied()
    }

    /// Who voted in each case against a member.
    pub(super) fn against(&self, member: MemberId) -> BTreeMap<StatementId, BTreeSet<MemberId>> {
        let cases = self.by_accused.get(&member).into_iter().flatten();
        cases.map(|(case, votes)| (*case, votes.iter().map(Said::by).collect())).collect()
    }

    /// Members against whom enough distinct voters voted in one case.
    pub(super) fn convicted(&self) -> BTreeSet<MemberId> {
        let convicted =
            |cases: &BTreeMap<_, Vec<_>>| cases.values().any(|votes| distinct(votes.iter()) >= self.k);
        self.by_accused.iter().filter(|(_, cases)| convicted(cases)).map(|(accused, _)| *accused).collect()
    }

    /// Admissions by the convicted that enough distinct voters of one case had not in their past.
    pub(super) fn void(&self, entries: &[Entry], admits: &[Said<'_, Admit>]) -> BTreeSet<Place> {
        let mut admits_by: HashMap<MemberId, Vec<Place>> = HashMap::new();
        for admit in admits {
            admits_by.entry(admit.by()).or_default().push(admit.place);
        }
        let mut void = BTreeSet::new();
        for accused in self.convicted() {
            let admits = admits_by.remove(&accused).unwrap_or_default();
            let cases = self.by_accused.get(&accused).into_iter().flat_map(BTreeMap::values);
            let cases: Vec<_> = cases.filter(|votes| distinct(votes.iter()) >= self.k).collect();
            let votes: Vec<Place> = cases.iter().copied().flatten().map(|vote| vote.place).collect();
            let pasts = Pasts::new(entries, &admits, &votes);
            let unseen = |admit: Place, votes: &[Said<'_, Remove>]| {
                distinct(votes.iter().filter(|vote| !pasts.holds(admit, vote.place))) >= self.k
            };
            void.extend(admits.into_iter().filter(|admit| cases.iter().any(|votes| unseen(*admit, votes))));
        }
        void
    }
}

fn distinct<'a>(votes: impl Iterator<Item = &'a Said<'a, Remove>>) -> usize {
    votes.map(Said::by).collect::<BTreeSet<_>>().len()
}
