//! The fold itself: rules 1 to 5, each once, in an order in which none needs a later one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use closeknit_ids::{DeviceId, MemberId, MemberKind, StatementId};

use super::{
    Admission, Enrolled, MOST_ADMISSIONS, Member, Roster, Standing,
    cases::Cases,
    drops::{Speakers, Voided},
    lineage::lineages,
    said::{AllSaid, Said},
    votes::Votes,
};
use crate::{
    circle::doc_id,
    ledger::{Ledger, Place},
    statement::{Admit, Enrol, Found, WordsSide},
};

impl Roster {
    /// The roster of a set of statements. It costs a few passes over the set.
    #[must_use]
    pub fn fold(ledger: &Ledger) -> Self {
        let said = AllSaid::sort(ledger.entries());
        match said.found {
            Some(found) => Fold::new(ledger, said, found).roster(),
            None => Self::default(),
        }
    }
}

/// What the rules found out, for the roster to be put together from.
struct Fold<'a> {
    ledger: &'a Ledger,
    said: AllSaid<'a>,
    found: &'a Found,
    votes: Votes,
    voided: Voided,
    speakers: Speakers,
    cases: Cases<'a>,
    convicted: BTreeSet<MemberId>,
    void_admits: BTreeSet<Place>,
    counted_admits: BTreeSet<Place>,
}

impl<'a> Fold<'a> {
    fn new(ledger: &'a Ledger, said: AllSaid<'a>, found: &'a Found) -> Self {
        let entries = ledger.entries();
        let votes = Votes::count(found, said.vouches.iter().map(|vouch| (vouch.by(), vouch.body)));
        let voided = Voided::by_drops(entries, &said);
        let enrols = said.enrols.iter().filter(|enrol| !voided.holds(enrol.place));
        let speakers = Speakers::of(enrols.map(|enrol| (enrol.key(), enrol.body)));
        let cases = Cases::open(&said, &votes, usize::from(found.k));
        let convicted = cases.convicted();
        let void_admits = cases.void(entries, &said.admits);
        let mut fold = Self {
            ledger,
            said,
            found,
            votes,
            voided,
            speakers,
            cases,
            convicted,
            void_admits,
            counted_admits: BTreeSet::new(),
        };
        fold.counted_admits = fold.count_admits();
        fold
    }

    /// Whether a statement's key speaks for its member and no Drop made it void.
    fn speaks<T>(&self, said: &Said<'_, T>) -> bool {
        self.speakers.holds(said.key()) && !self.voided.holds(said.place)
    }

    /// Admits by voters that are not void; of one voter's for members who are not vouched for, the
    /// first few.
    fn count_admits(&self) -> BTreeSet<Place> {
        let stands = |admit: &&Said<'_, Admit>| {
            self.votes.is_voter(admit.by()) && self.speaks(admit) && !self.void_admits.contains(&admit.place)
        };
        let mut counted = BTreeSet::new();
        let mut limited: HashMap<MemberId, Vec<&Said<'_, Admit>>> = HashMap::new();
        for admit in self.said.admits.iter().filter(stands) {
            if self.votes.is_vouched_for(admit.body.member) {
                counted.insert(admit.place);
            } else {
                limited.entry(admit.by()).or_default().push(admit);
            }
        }
        for mut admits in limited.into_values() {
            admits.sort_unstable_by_key(|admit| (admit.statement.index(), admit.statement.id()));
            counted.extend(admits.iter().take(MOST_ADMISSIONS).map(|admit| admit.place));
        }
        counted
    }

    fn roster(self) -> Roster {
        let circle = self.ledger.circle();
        let members = self.members();
        let machines = self.machines();
        let mut devices: BTreeMap<MemberId, BTreeSet<DeviceId>> = BTreeMap::new();
        for machine in machines.values().flatten() {
            devices.entry(machine.member).or_default().insert(machine.device);
        }
        let generations = self.said.generations.iter().filter(|said| self.speaks(said)).copied().collect();
        let lineages = lineages(self.ledger, generations);
        Roster {
            circle: Some(circle),
            name: Some(self.found.name.clone()),
            zone: Some(self.found.zone.clone()),
            docs: members.keys().map(|member| (doc_id(circle, *member), *member)).collect(),
            lineages: lineages
                .into_iter()
                .map(|(member, lineage)| (doc_id(circle, member), lineage))
                .collect(),
            machines,
            devices,
            void: self.admits_at(|admit| self.void_admits.contains(&admit.place)),
            struck: self.struck(),
            standing: self.standing(),
            dropped: self.voided.dropped,
            convicted: self.convicted,
            members,
        }
    }

    fn admits_at(&self, which: impl Fn(&Said<'_, Admit>) -> bool) -> BTreeSet<StatementId> {
        self.said.admits.iter().filter(|admit| which(admit)).map(|admit| admit.statement.id()).collect()
    }

    fn enrols_at(&self, which: impl Fn(&Said<'_, Enrol>) -> bool) -> BTreeSet<StatementId> {
        self.said.enrols.iter().filter(|enrol| which(enrol)).map(|enrol| enrol.statement.id()).collect()
    }

    /// Enrolments and admissions that a Drop made void.
    fn struck(&self) -> BTreeSet<StatementId> {
        let mut struck = self.enrols_at(|enrol| self.voided.holds(enrol.place));
        struck.extend(self.admits_at(|admit| self.voided.holds(admit.place)));
        struck
    }

    /// Enrolments and admissions that stand although their machine was dropped or their author convicted.
    fn standing(&self) -> BTreeSet<StatementId> {
        let dropped = |key| self.voided.dropped.contains_key(&key);
        let mut standing = self.enrols_at(|enrol| dropped(enrol.key()) && !self.voided.holds(enrol.place));
        standing.extend(self.admits_at(|admit| {
            let void = self.voided.holds(admit.place) || self.void_admits.contains(&admit.place);
            (dropped(admit.key()) || self.convicted.contains(&admit.by())) && !void
        }));
        standing
    }

    fn machines(&self) -> BTreeMap<DeviceId, Vec<Enrolled>> {
        let mut latest: BTreeMap<_, &Said<'_, Enrol>> = BTreeMap::new();
        let order = |enrol: &Said<'_, Enrol>| (enrol.statement.index(), enrol.statement.id());
        for enrol in self.said.enrols.iter().filter(|enrol| self.speaks(enrol)) {
            let machine = latest.entry((enrol.body.machine.device, enrol.by())).or_insert(enrol);
            if order(machine) < order(enrol) {
                *machine = enrol;
            }
        }
        let mut machines: BTreeMap<_, Vec<Enrolled>> = BTreeMap::new();
        for ((device, member), enrol) in latest {
            let machine = &enrol.body.machine;
            machines.entry(device).or_default().push(Enrolled {
                device,
                member,
                label: machine.label.clone(),
                recipient: machine.recipient,
                minisign: machine.minisign,
                by: enrol.statement.device(),
                dropped: self.voided.dropped.contains_key(&(device, member)),
            });
        }
        machines
    }

    fn members(&self) -> BTreeMap<MemberId, Member> {
        let left: BTreeSet<MemberId> = self.said.leaves.iter().copied().collect();
        let mut words = self.words();
        let mut admissions = self.admissions();
        let kinds = self.kinds();
        let founders = self.found.founders.iter().map(|founder| founder.member);
        let enrolled = self.said.enrols.iter().map(Said::by);
        let admitted = self.said.admits.iter().map(|admit| admit.body.member);
        let vouched = self.votes.vouched_by.keys().copied();
        let gone = self.cases.accused().chain(left.iter().copied());
        let everybody: BTreeSet<MemberId> =
            founders.chain(enrolled).chain(admitted).chain(vouched).chain(gone).collect();
        let member = |id: MemberId| {
            let founder = self.found.founders.iter().any(|founder| founder.member == id);
            let admissions = admissions.remove(&id).unwrap_or_default();
            let belongs = founder
                || self.votes.is_vouched_for(id)
                || admissions.iter().any(|admission| admission.counts);
            let standing = match () {
                () if self.convicted.contains(&id) => Standing::Removed,
                () if left.contains(&id) => Standing::Left,
                () if belongs => Standing::Active,
                () => Standing::NotAdmitted,
            };
            let member = Member {
                id,
                kind: kinds.get(&id).copied().unwrap_or(MemberKind::Person),
                standing,
                founder,
                voter: self.votes.is_voter(id),
                words: words.remove(&id),
                admissions,
                vouched_by: self.votes.vouched_by.get(&id).cloned().unwrap_or_default(),
                cases: self.cases.against(id),
            };
            (id, member)
        };
        everybody.into_iter().map(member).collect()
    }

    /// What each member's words say; if they were ever to disagree with themselves, the first.
    fn words(&self) -> BTreeMap<MemberId, WordsSide> {
        let mut said: Vec<_> = self.said.enrols.iter().collect();
        said.sort_unstable_by_key(|enrol| std::cmp::Reverse((enrol.statement.index(), enrol.statement.id())));
        said.into_iter().filter_map(|enrol| enrol.body.words.map(|words| (enrol.by(), words))).collect()
    }

    fn admissions(&self) -> BTreeMap<MemberId, Vec<Admission>> {
        let by_voters = || self.said.admits.iter().filter(|admit| self.votes.is_voter(admit.by()));
        let mut used: HashMap<_, BTreeSet<MemberId>> = HashMap::new();
        for admit in by_voters() {
            used.entry(admit.body.proof.token).or_default().insert(admit.body.member);
        }
        let mut admissions: BTreeMap<MemberId, Vec<Admission>> = BTreeMap::new();
        for admit in by_voters() {
            let token = admit.body.proof.token;
            admissions.entry(admit.body.member).or_default().push(Admission {
                statement: admit.statement.id(),
                by: admit.by(),
                token,
                counts: self.counted_admits.contains(&admit.place),
                token_used_again: used.get(&token).is_some_and(|members| members.len() > 1),
            });
        }
        admissions.values_mut().for_each(|admissions| admissions.sort_unstable());
        admissions
    }

    /// What most voters say that each member is, in admitting or knowing them; of equal ones the
    /// first. Who has a vote is not an organisation.
    fn kinds(&self) -> BTreeMap<MemberId, MemberKind> {
        let vouches = self.said.vouches.iter().map(|vouch| (vouch.by(), vouch.body.member, vouch.body.kind));
        let admits = self.said.admits.iter().map(|admit| (admit.by(), admit.body.member, admit.body.kind));
        let mut words: BTreeMap<MemberId, BTreeMap<MemberKind, BTreeSet<MemberId>>> = BTreeMap::new();
        for (by, member, kind) in vouches.chain(admits) {
            let may_be = kind != MemberKind::Organisation || !self.votes.is_voter(member);
            if may_be && self.votes.is_voter(by) && by != member {
                words.entry(member).or_default().entry(kind).or_default().insert(by);
            }
        }
        let most = |said: &BTreeMap<MemberKind, BTreeSet<MemberId>>| {
            said.iter().max_by_key(|(kind, by)| (by.len(), std::cmp::Reverse(**kind))).map(|(kind, _)| *kind)
        };
        let mut kinds: BTreeMap<_, _> =
            words.iter().filter_map(|(member, said)| Some((*member, most(said)?))).collect();
        kinds.extend(self.found.founders.iter().map(|founder| (founder.member, founder.kind)));
        kinds
    }
}
