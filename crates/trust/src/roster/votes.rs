//! Who has a vote, and who is known to those who have one (rule 2).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use closeknit_ids::{MemberId, MemberKind};

use crate::statement::{Found, Vouch};

/// The voters, and their word about others.
#[derive(Debug, Default)]
pub(crate) struct Votes {
    pub(crate) voters: BTreeSet<MemberId>,
    /// For each member the voters who know them.
    pub(crate) vouched_by: BTreeMap<MemberId, BTreeSet<MemberId>>,
    k: usize,
}

impl Votes {
    /// Voters are both founders, and everyone whom `k` distinct voters know as a person or a
    /// household: the least such set. Vouches count whatever else was said.
    pub(crate) fn count<'a>(found: &Found, vouches: impl Iterator<Item = (MemberId, &'a Vouch)>) -> Self {
        let mut said: HashMap<MemberId, Vec<&Vouch>> = HashMap::new();
        for (by, vouch) in vouches.filter(|(by, vouch)| *by != vouch.member) {
            said.entry(by).or_default().push(vouch);
        }
        let mut votes = Self { k: usize::from(found.k), ..Self::default() };
        let mut known_to: HashMap<MemberId, BTreeSet<MemberId>> = HashMap::new();
        let mut new: Vec<MemberId> = found.founders.iter().map(|founder| founder.member).collect();
        while let Some(voter) = new.pop() {
            if !votes.voters.insert(voter) {
                continue;
            }
            for vouch in said.get(&voter).into_iter().flatten() {
                votes.vouched_by.entry(vouch.member).or_default().insert(voter);
                if vouch.kind != MemberKind::Organisation {
                    let known_to = known_to.entry(vouch.member).or_default();
                    known_to.insert(voter);
                    if known_to.len() >= votes.k {
                        new.push(vouch.member);
                    }
                }
            }
        }
        votes
    }

    pub(crate) fn is_voter(&self, member: MemberId) -> bool {
        self.voters.contains(&member)
    }

    /// Whether enough voters know them to stay without anybody's admission.
    pub(crate) fn is_vouched_for(&self, member: MemberId) -> bool {
        self.vouched_by.get(&member).is_some_and(|by| by.len() >= self.k)
    }
}
