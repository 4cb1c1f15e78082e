//! The rules once more, word for word and without a thought for speed, to compare the fold with.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use closeknit_ids::{ChangeHash, DeviceId, MemberId, MemberKind, StatementId};
use closeknit_trust::{
    roster::MOST_ADMISSIONS,
    statement::{Body, Statement},
};

type Key = (DeviceId, MemberId);

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Naive {
    pub(crate) voters: BTreeSet<MemberId>,
    pub(crate) removed: BTreeSet<MemberId>,
    /// And were not removed.
    pub(crate) left: BTreeSet<MemberId>,
    pub(crate) active: BTreeSet<MemberId>,
    pub(crate) void: BTreeSet<StatementId>,
    pub(crate) machines: BTreeSet<Key>,
    pub(crate) dropped: BTreeSet<Key>,
    /// By member: number and base of each counting generation.
    pub(crate) generations: BTreeMap<MemberId, BTreeSet<(u32, ChangeHash)>>,
}

const K: usize = 2;

pub(crate) struct Rules<'a> {
    statements: Vec<&'a Statement>,
    pasts: HashMap<StatementId, BTreeSet<StatementId>>,
}

impl<'a> Rules<'a> {
    /// `statements` each after its past.
    pub(crate) fn new(statements: impl IntoIterator<Item = &'a Statement>) -> Self {
        let statements: Vec<_> = statements.into_iter().collect();
        let mut pasts: HashMap<StatementId, BTreeSet<StatementId>> = HashMap::new();
        for statement in &statements {
            let mut past = BTreeSet::new();
            for prev in statement.prev() {
                past.insert(*prev);
                past.extend(&pasts[prev]);
            }
            pasts.insert(statement.id(), past);
        }
        Self { statements, pasts }
    }

    pub(crate) fn in_past(&self, earlier: &Statement, later: &Statement) -> bool {
        self.pasts[&later.id()].contains(&earlier.id())
    }

    pub(crate) fn naive(&self) -> Naive {
        let Some(Body::Found(found)) = self.statements.first().map(|statement| statement.body()) else {
            return Naive::default();
        };
        let founders: BTreeSet<_> = found.founders.iter().map(|founder| founder.member).collect();
        let voters = self.voters(&founders);
        let removed: BTreeSet<_> =
            self.everybody().into_iter().filter(|member| self.is_removed(*member, &voters)).collect();
        let left =
            self.statements.iter().filter(|s| matches!(s.body(), Body::Leave) && s.signed_by_member_key());
        let left: BTreeSet<_> = left.map(|statement| statement.member()).collect();
        let left: BTreeSet<_> = left.difference(&removed).copied().collect();
        let machines = self.machines();
        let admits: Vec<&Statement> = self.of_kind(|body| matches!(body, Body::Admit(_)));
        let void =
            admits.iter().filter(|admit| self.is_void(admit, &voters)).map(|admit| admit.id()).collect();
        let admitted = self.admitted(&admits, &voters, &void, &machines);
        let vouched = |member: &MemberId| self.vouchers(*member, &voters, false).len() >= K;
        let active = self.everybody().into_iter().filter(|member| {
            let belongs = founders.contains(member) || admitted.contains(member) || vouched(member);
            belongs && !removed.contains(member) && !left.contains(member)
        });
        Naive {
            active: active.collect(),
            generations: self.generations(&machines),
            dropped: self.dropped().into_iter().filter(|key| machines.contains(key)).collect(),
            voters,
            removed,
            left,
            void,
            machines,
        }
    }

    fn of_kind(&self, kind: impl Fn(&Body) -> bool) -> Vec<&'a Statement> {
        self.statements.iter().copied().filter(|statement| kind(statement.body())).collect()
    }

    fn everybody(&self) -> BTreeSet<MemberId> {
        let named = self.statements.iter().flat_map(|statement| match statement.body() {
            Body::Found(found) => found.founders.iter().map(|founder| founder.member).collect(),
            Body::Admit(admit) => vec![admit.member],
            Body::Vouch(vouch) => vec![vouch.member],
            Body::Remove(remove) => vec![remove.member],
            _ => vec![],
        });
        named.chain(self.statements.iter().map(|statement| statement.member())).collect()
    }

    fn vouchers(&self, member: MemberId, voters: &BTreeSet<MemberId>, for_vote: bool) -> BTreeSet<MemberId> {
        let vouches = self.statements.iter().filter(|statement| match statement.body() {
            Body::Vouch(vouch) => {
                vouch.member == member && !(for_vote && vouch.kind == MemberKind::Organisation)
            }
            _ => false,
        });
        vouches
            .map(|statement| statement.member())
            .filter(|by| *by != member && voters.contains(by))
            .collect()
    }

    fn voters(&self, founders: &BTreeSet<MemberId>) -> BTreeSet<MemberId> {
        let mut voters = founders.clone();
        loop {
            let known = |member: &MemberId| self.vouchers(*member, &voters, true).len() >= K;
            let new: Vec<_> = self
                .everybody()
                .into_iter()
                .filter(|member| !voters.contains(member) && known(member))
                .collect();
            if new.is_empty() {
                return voters;
            }
            voters.extend(new);
        }
    }

    /// By case, the votes of voters against a member other than themselves.
    fn cases(
        &self,
        member: MemberId,
        voters: &BTreeSet<MemberId>,
    ) -> BTreeMap<StatementId, Vec<&'a Statement>> {
        let mut cases: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for statement in &self.statements {
            if let Body::Remove(remove) = statement.body()
                && remove.member == member
                && statement.member() != member
                && voters.contains(&statement.member())
            {
                cases.entry(remove.case.unwrap_or(statement.id())).or_default().push(*statement);
            }
        }
        cases
    }

    fn is_removed(&self, member: MemberId, voters: &BTreeSet<MemberId>) -> bool {
        self.cases(member, voters).values().any(|votes| distinct(votes) >= K)
    }

    fn is_void(&self, admit: &Statement, voters: &BTreeSet<MemberId>) -> bool {
        self.cases(admit.member(), voters).values().any(|votes| {
            let unseen: Vec<_> = votes.iter().copied().filter(|vote| !self.in_past(admit, vote)).collect();
            distinct(&unseen) >= K
        })
    }

    fn valid_drops(&self) -> Vec<(&'a Statement, Key)> {
        let drops = self.statements.iter().filter_map(|statement| match statement.body() {
            Body::Drop(drop) => Some((*statement, (drop.device, statement.member()))),
            _ => None,
        });
        drops
            .filter(|(drop, (device, member))| {
                device.0 != member.0 && (drop.signed_by_member_key() || drop.device() == *device)
            })
            .collect()
    }

    fn dropped(&self) -> BTreeSet<Key> {
        self.valid_drops().into_iter().map(|(_, key)| key).collect()
    }

    fn void_by_drop(&self, act: &Statement) -> bool {
        self.valid_drops().into_iter().any(|(drop, key)| {
            key == (act.device(), act.member())
                && if drop.signed_by_member_key() {
                    !self.in_past(act, drop)
                } else {
                    self.in_past(drop, act)
                }
        })
    }

    fn machines(&self) -> BTreeSet<Key> {
        let mut machines: BTreeSet<Key> = BTreeSet::new();
        loop {
            let before = machines.len();
            for statement in &self.statements {
                if let Body::Enrol(enrol) = statement.body()
                    && self.speaks(statement, &machines)
                {
                    machines.insert((enrol.machine.device, statement.member()));
                }
            }
            if machines.len() == before {
                return machines;
            }
        }
    }

    fn speaks(&self, act: &Statement, machines: &BTreeSet<Key>) -> bool {
        let key = act.signed_by_member_key() || machines.contains(&(act.device(), act.member()));
        key && !self.void_by_drop(act)
    }

    fn admitted(
        &self,
        admits: &[&Statement],
        voters: &BTreeSet<MemberId>,
        void: &BTreeSet<StatementId>,
        machines: &BTreeSet<Key>,
    ) -> BTreeSet<MemberId> {
        let subject = |admit: &Statement| match admit.body() {
            Body::Admit(admit) => admit.member,
            _ => unreachable!(),
        };
        let stands = |admit: &&&Statement| {
            voters.contains(&admit.member()) && !void.contains(&admit.id()) && self.speaks(admit, machines)
        };
        let standing: Vec<_> = admits.iter().filter(stands).collect();
        let mut admitted = BTreeSet::new();
        for by in voters {
            let unknown = |admit: &&&&Statement| {
                admit.member() == *by && self.vouchers(subject(admit), voters, false).len() < K
            };
            let mut theirs: Vec<_> = standing.iter().filter(unknown).collect();
            theirs.sort_by_key(|admit| (admit.index(), admit.id()));
            admitted.extend(theirs.into_iter().take(MOST_ADMISSIONS).map(|admit| subject(admit)));
        }
        admitted
    }

    fn generations(&self, machines: &BTreeSet<Key>) -> BTreeMap<MemberId, BTreeSet<(u32, ChangeHash)>> {
        let mut counting: Vec<(&Statement, u32, ChangeHash)> = Vec::new();
        for statement in &self.statements {
            if let Body::Generation(new) = statement.body()
                && self.speaks(statement, machines)
            {
                let before = counting
                    .iter()
                    .filter(|(old, ..)| old.member() == statement.member() && self.in_past(old, statement));
                if new.n == 1 + before.map(|(_, n, _)| *n).max().unwrap_or(0) {
                    counting.push((statement, new.n, new.base));
                }
            }
        }
        let mut generations: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (statement, n, base) in counting {
            generations.entry(statement.member()).or_default().insert((n, base));
        }
        generations
    }
}

fn distinct(votes: &[&Statement]) -> usize {
    votes.iter().map(|vote| vote.member()).collect::<BTreeSet<_>>().len()
}
