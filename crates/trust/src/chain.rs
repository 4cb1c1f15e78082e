//! The chain of statements by which a machine shows to one that never heard of it that it belongs.
//!
//! Two members admitted by different voters may meet before either has heard of the other. Each
//! shows the few statements that lead from the circle's Found to its own enrolment; that opens the
//! exchange of statements, and only the roster of the complete set opens documents.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use closeknit_ids::{CircleId, DeviceId, MemberId, MemberKind, StatementId};

use crate::{
    ledger::Ledger,
    roster::{Roster, Speakers, Votes},
    statement::{Admit, Body, Enrol, Found, K, Statement, StatementError, Vouch},
};

/// The most bytes of a chain's statements together.
pub const MOST_BYTES: usize = 64 * 1024;

/// Why a machine cannot show, or did not, that it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// More than [`MOST_BYTES`].
    #[error("the chain is longer than {MOST_BYTES} bytes")]
    TooLong,
    /// One of its statements is none.
    #[error(transparent)]
    Statement(#[from] StatementError),
    /// One of its statements belongs to another circle, or the circle's Found is not among them.
    #[error("the chain does not begin with this circle")]
    OtherCircle,
    /// It does not lead to the machine.
    #[error("the chain does not show whose machine this is")]
    NotEnrolled,
    /// It does not show that the machine's member was admitted, or what is known speaks against it.
    #[error("the chain does not show that its member belongs to the circle")]
    NotAdmitted,
    /// The member was removed or left.
    #[error("its member does not belong to the circle any more")]
    Gone,
    /// The machine was taken away from its member.
    #[error("this machine was dropped")]
    Dropped,
}

/// The statements that show that `device` belongs to an active member, each after those it rests on.
///
/// `roster` must be the fold of `ledger`.
///
/// # Errors
/// If it does not belong, or that takes too many statements to show.
pub fn prove(ledger: &Ledger, roster: &Roster, device: DeviceId) -> Result<Vec<Statement>, ChainError> {
    let member = roster.owner_of(device).ok_or(ChainError::NotEnrolled)?;
    let mut proof = Proof::new(ledger, roster).ok_or(ChainError::OtherCircle)?;
    proof.show_active(member).ok_or(ChainError::NotAdmitted)?;
    proof.show_key((device, member), false).ok_or(ChainError::NotEnrolled)?;
    let chain: Vec<Statement> =
        ledger.iter().filter(|statement| proof.shown.contains(&statement.id())).cloned().collect();
    if chain.iter().map(|statement| statement.bytes().len()).sum::<usize>() > MOST_BYTES {
        return Err(ChainError::TooLong);
    }
    Ok(chain)
}

/// Whose machine `device` is, if `chain` shows that it belongs to `circle` and nothing in `known`
/// speaks against it. The past of the statements need not be there.
///
/// # Errors
/// See [`ChainError`]. A [`ChainError::Statement`] is the fault of who sent it.
pub fn check(
    circle: CircleId,
    chain: &[impl AsRef<[u8]>],
    device: DeviceId,
    known: &Roster,
) -> Result<MemberId, ChainError> {
    if chain.iter().map(|bytes| bytes.as_ref().len()).sum::<usize>() > MOST_BYTES {
        return Err(ChainError::TooLong);
    }
    let chain: Vec<Statement> =
        chain.iter().map(|bytes| Statement::parse(bytes.as_ref())).collect::<Result<_, _>>()?;
    if chain.iter().any(|statement| statement.circle() != circle) {
        return Err(ChainError::OtherCircle);
    }
    let found = chain.iter().find_map(found).ok_or(ChainError::OtherCircle)?;
    let enrols =
        || chain.iter().filter_map(|statement| enrol(statement).map(|enrol| (key(statement), enrol)));
    // Votes count for ever, whatever was dropped; admissions and machines do not.
    let ever = Speakers::of(enrols());
    let unopposed = chain.iter().filter(|statement| !known.speaks_against(statement));
    let now = Speakers::of(
        unopposed.clone().filter_map(|statement| enrol(statement).map(|enrol| (key(statement), enrol))),
    );
    let vouches = chain
        .iter()
        .filter(|statement| ever.holds(key(statement)))
        .filter_map(|statement| vouch(statement).map(|vouch| (statement.member(), vouch)));
    let votes = Votes::count(found, vouches);
    let mut owners =
        enrols().filter(|(_, enrol)| enrol.machine.device == device).map(|((_, member), _)| member);
    let member = owners.find(|member| now.holds((device, *member))).ok_or(ChainError::NotEnrolled)?;
    check_standing(known, device, member)?;
    let admits = |statement: &Statement| {
        admit(statement).is_some_and(|admit| admit.member == member)
            && votes.is_voter(statement.member())
            && now.holds(key(statement))
    };
    let founder = found.founders.iter().any(|founder| founder.member == member);
    if founder || votes.is_vouched_for(member) || unopposed.clone().any(admits) {
        Ok(member)
    } else {
        Err(ChainError::NotAdmitted)
    }
}

fn check_standing(known: &Roster, device: DeviceId, member: MemberId) -> Result<(), ChainError> {
    if known.member(member).is_some_and(|member| member.standing.is_gone_for_good()) {
        return Err(ChainError::Gone);
    }
    if known.machine(device, member).is_some_and(|machine| machine.dropped) {
        return Err(ChainError::Dropped);
    }
    Ok(())
}

type Key = (DeviceId, MemberId);

/// Collects the statements that show something. Each `show_…` gives nothing if it is not so.
struct Proof<'a> {
    roster: &'a Roster,
    founders: [MemberId; 2],
    /// Enrolments by the key that they enrol.
    enrols: HashMap<Key, Vec<&'a Statement>>,
    admits: HashMap<MemberId, Vec<&'a Statement>>,
    /// Of those who have a vote, for whom and by whom.
    vouches: HashMap<MemberId, BTreeMap<MemberId, &'a Statement>>,
    /// How many steps from the founders each voter's vote is.
    steps: BTreeMap<MemberId, usize>,
    shown: BTreeSet<StatementId>,
}

impl<'a> Proof<'a> {
    fn new(ledger: &'a Ledger, roster: &'a Roster) -> Option<Self> {
        let begun = ledger.iter().find(|statement| found(statement).is_some())?;
        let mut proof = Self {
            roster,
            founders: found(begun)?.founders.map(|founder| founder.member),
            enrols: HashMap::new(),
            admits: HashMap::new(),
            vouches: HashMap::new(),
            steps: BTreeMap::new(),
            shown: BTreeSet::from([begun.id()]),
        };
        for statement in ledger.iter() {
            proof.sort(statement);
        }
        proof.steps = proof.count_steps();
        Some(proof)
    }

    fn sort(&mut self, statement: &'a Statement) {
        let by = statement.member();
        match statement.body() {
            Body::Enrol(enrol) => self.enrols.entry((enrol.machine.device, by)).or_default().push(statement),
            Body::Admit(admit) => self.admits.entry(admit.member).or_default().push(statement),
            Body::Vouch(vouch) if self.roster.is_voter(by) && by != vouch.member => {
                let vouches = self.vouches.entry(vouch.member).or_default();
                let old = vouches.get(&by).copied();
                // One that gives a vote serves for everything that one that does not serves for.
                if old.is_none_or(|old| !gives_vote(old)) {
                    vouches.insert(by, statement);
                }
            }
            _ => {}
        }
    }

    fn count_steps(&self) -> BTreeMap<MemberId, usize> {
        let mut known_to: HashMap<MemberId, usize> = HashMap::new();
        let mut vouched_by: HashMap<MemberId, Vec<MemberId>> = HashMap::new();
        for (member, vouches) in &self.vouches {
            for (by, _) in vouches.iter().filter(|(_, statement)| gives_vote(statement)) {
                vouched_by.entry(*by).or_default().push(*member);
            }
        }
        let mut steps: BTreeMap<MemberId, usize> =
            self.founders.iter().map(|founder| (*founder, 0)).collect();
        let mut ahead: VecDeque<MemberId> = self.founders.into();
        while let Some(voter) = ahead.pop_front() {
            let next = steps.get(&voter).copied().unwrap_or_default() + 1;
            for member in vouched_by.remove(&voter).unwrap_or_default() {
                let known_to = known_to.entry(member).or_default();
                *known_to += 1;
                if *known_to >= usize::from(K) && !steps.contains_key(&member) {
                    steps.insert(member, next);
                    ahead.push_back(member);
                }
            }
        }
        steps
    }

    /// By an admission if there is one that counts, else by enough vouches.
    fn show_active(&mut self, member: MemberId) -> Option<()> {
        if self.founders.contains(&member) {
            return Some(());
        }
        let mut voters = match self.nearest_admit(member) {
            Some(admit) => {
                self.shown.insert(admit.id());
                self.show_key(key(admit), false)?;
                vec![admit.member()]
            }
            None => self.show_vouches(member, |_| true)?,
        };
        // Those who gave a voter the vote are nearer to the founders, so this ends.
        while let Some(voter) = voters.pop() {
            if !self.founders.contains(&voter) {
                voters.extend(self.show_vouches(voter, gives_vote)?);
            }
        }
        Some(())
    }

    fn nearest_admit(&self, member: MemberId) -> Option<&'a Statement> {
        let admissions = self.roster.member(member)?.admissions.iter();
        let counts: BTreeSet<StatementId> =
            admissions.filter(|admission| admission.counts).map(|admission| admission.statement).collect();
        let admits = self.admits.get(&member)?.iter().copied();
        admits
            .filter(|admit| counts.contains(&admit.id()))
            .min_by_key(|admit| (self.steps.get(&admit.member()), admit.id()))
    }

    /// Enough vouches for a member, by those voters who are nearest to the founders; returns the
    /// voters who were not shown to be such yet.
    fn show_vouches(
        &mut self,
        member: MemberId,
        which: impl Fn(&Statement) -> bool,
    ) -> Option<Vec<MemberId>> {
        let mut vouches: Vec<&Statement> =
            self.vouches.get(&member)?.values().copied().filter(|statement| which(statement)).collect();
        vouches.sort_unstable_by_key(|statement| (self.steps.get(&statement.member()), statement.id()));
        vouches.truncate(usize::from(K));
        if vouches.len() < usize::from(K) {
            return None;
        }
        let mut voters = Vec::new();
        for vouch in vouches {
            if self.shown.insert(vouch.id()) {
                self.show_key(key(vouch), true)?;
                voters.push(vouch.member());
            }
        }
        Some(voters)
    }

    /// The enrolments that lead from the member's key to `wanted`; for votes also those that a Drop
    /// made void.
    fn show_key(&mut self, wanted: Key, for_vote: bool) -> Option<()> {
        let mut ahead = VecDeque::from([(wanted, Vec::new())]);
        let mut seen = BTreeSet::from([wanted]);
        while let Some((key, path)) = ahead.pop_front() {
            if key.0.0 == key.1.0 {
                self.shown.extend(path);
                return Some(());
            }
            for enrol in self.enrols.get(&key).into_iter().flatten() {
                let signer = (enrol.device(), enrol.member());
                if (for_vote || !self.roster.speaks_against(enrol)) && seen.insert(signer) {
                    ahead.push_back((signer, path.iter().copied().chain([enrol.id()]).collect()));
                }
            }
        }
        None
    }
}

fn key(statement: &Statement) -> Key {
    (statement.device(), statement.member())
}

fn gives_vote(statement: &Statement) -> bool {
    vouch(statement).is_some_and(|vouch| vouch.kind != MemberKind::Organisation)
}

fn found(statement: &Statement) -> Option<&Found> {
    match statement.body() {
        Body::Found(found) => Some(found),
        _ => None,
    }
}

fn enrol(statement: &Statement) -> Option<&Enrol> {
    match statement.body() {
        Body::Enrol(enrol) => Some(enrol),
        _ => None,
    }
}

fn vouch(statement: &Statement) -> Option<&Vouch> {
    match statement.body() {
        Body::Vouch(vouch) => Some(vouch),
        _ => None,
    }
}

fn admit(statement: &Statement) -> Option<&Admit> {
    match statement.body() {
        Body::Admit(admit) => Some(admit),
        _ => None,
    }
}
