//! Who belongs to a circle and who may write what: a pure function of the set of statements.
//!
//! No clock, no order of arrival, no seniority, no administrator. Two machines with equal sets have
//! equal rosters (trust-and-sync, *The fold*).

mod cases;
mod drops;
mod fold;
mod lineage;
mod said;
mod votes;

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{ChangeHash, CircleId, DeviceId, DocId, MemberId, MemberKind, StatementId};

pub(crate) use drops::Speakers;
pub use lineage::{Counted, Lineage};
pub(crate) use votes::Votes;

use crate::{
    circle::{doc_id, draft_circle},
    invitation::TokenKey,
    minisign_key::MinisignKey,
    seal::Recipient,
    statement::{Body, Cut, Machine, Statement, WordsSide},
    text::{CircleName, DeviceLabel, ZoneName},
};

/// The most members who are not vouched for that one voter's word keeps in the circle.
pub const MOST_ADMISSIONS: usize = 30;

/// Who belongs to a circle, and what each may write.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    circle: Option<CircleId>,
    name: Option<CircleName>,
    zone: Option<ZoneName>,
    members: BTreeMap<MemberId, Member>,
    machines: BTreeMap<DeviceId, Vec<Enrolled>>,
    /// The same by owner, so that asking for everybody's machines is not asking everybody about all.
    devices: BTreeMap<MemberId, BTreeSet<DeviceId>>,
    dropped: BTreeMap<(DeviceId, MemberId), Dropped>,
    convicted: BTreeSet<MemberId>,
    docs: BTreeMap<DocId, MemberId>,
    lineages: BTreeMap<DocId, Lineage>,
    void: BTreeSet<StatementId>,
    /// Enrolments and admissions that a Drop made void.
    struck: BTreeSet<StatementId>,
    /// Those that stand although their machine was dropped or their author convicted.
    standing: BTreeSet<StatementId>,
}

/// Somebody of whom the circle's statements speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// What most voters say they are; a person, as long as none says anything.
    pub kind: MemberKind,
    /// Whether they belong.
    pub standing: Standing,
    /// Whether they began the circle.
    pub founder: bool,
    /// Whether their word counts. It counts for ever, also after they left.
    pub voter: bool,
    /// What their words say: the nonce of their member key and whom to seal to.
    pub words: Option<WordsSide>,
    /// The voters who admitted them, also where it does not count.
    pub admissions: Vec<Admission>,
    /// The voters who know them.
    pub vouched_by: BTreeSet<MemberId>,
    /// The voters who want them to go, by case.
    pub cases: BTreeMap<StatementId, BTreeSet<MemberId>>,
}

/// Whether a member belongs to the circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Reads, posts, and is seen.
    Active,
    /// Heard of, but nobody's admission of them counts (any more). Hidden, never purged.
    NotAdmitted,
    /// Went of their own accord, for good.
    Left,
    /// Enough voters wanted them to go, for good.
    Removed,
}

impl Standing {
    /// Whether they went, or had to, and do not come back as who they were.
    #[must_use]
    pub const fn is_gone_for_good(self) -> bool {
        matches!(self, Self::Left | Self::Removed)
    }
}

/// One voter's word that a newcomer may read and post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Admission {
    /// The Admit.
    pub statement: StatementId,
    /// In whose name.
    pub by: MemberId,
    /// With which invitation.
    pub token: TokenKey,
    /// Whether it counts.
    pub counts: bool,
    /// Whether this invitation was used for several members, which should be told.
    pub token_used_again: bool,
}

/// A machine of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// Which.
    pub device: DeviceId,
    /// Whose.
    pub member: MemberId,
    /// As its owner calls it.
    pub label: DeviceLabel,
    /// Whom to seal to, so that it can open it.
    pub recipient: Recipient,
    /// The key that signs its files.
    pub minisign: MinisignKey,
    /// The key that enrolled it; the member's own id, if the words did.
    pub by: DeviceId,
    /// Whether it was taken away.
    pub dropped: bool,
}

/// What there is to know of a circle of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What the circle will be called.
    pub name: CircleName,
    /// The time zone its weeks will be counted in.
    pub zone: ZoneName,
    /// Whose it is.
    pub member: MemberId,
    /// What they are.
    pub kind: MemberKind,
    /// What their words say.
    pub words: WordsSide,
    /// Their machine.
    pub machine: Machine,
}

/// What a Drop left of a machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Dropped {
    /// Of each Drop that the member key signed: where the machine's writing ends.
    cuts: Vec<Vec<Cut>>,
}

/// How much a machine may say in a generation of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authority {
    /// Nothing: it is no machine of the document's owner.
    None,
    /// Everything.
    Full,
    /// It was dropped: what is or precedes a head of every one of these lists counts, nothing else.
    UpTo(Vec<Vec<ChangeHash>>),
}

impl Roster {
    /// The roster of a draft: one person alone on one machine, so that the app works before anybody
    /// else is there.
    #[must_use]
    pub fn draft(draft: Draft) -> Self {
        let Draft { name, zone, member, kind, words, machine } = draft;
        let circle = draft_circle(member);
        let enrolled = Enrolled {
            device: machine.device,
            member,
            label: machine.label,
            recipient: machine.recipient,
            minisign: machine.minisign,
            by: DeviceId(member.0),
            dropped: false,
        };
        let owner = Member {
            id: member,
            kind,
            standing: Standing::Active,
            founder: true,
            voter: false,
            words: Some(words),
            admissions: Vec::new(),
            vouched_by: BTreeSet::new(),
            cases: BTreeMap::new(),
        };
        Self {
            circle: Some(circle),
            name: Some(name),
            zone: Some(zone),
            docs: BTreeMap::from([(doc_id(circle, member), member)]),
            devices: BTreeMap::from([(member, BTreeSet::from([enrolled.device]))]),
            machines: BTreeMap::from([(enrolled.device, vec![enrolled])]),
            members: BTreeMap::from([(member, owner)]),
            ..Self::default()
        }
    }

    /// Which circle; nothing before its Found is here.
    #[must_use]
    pub const fn circle(&self) -> Option<CircleId> {
        self.circle
    }

    /// What the circle is called.
    #[must_use]
    pub const fn name(&self) -> Option<&CircleName> {
        self.name.as_ref()
    }

    /// The time zone of its weeks.
    #[must_use]
    pub const fn zone(&self) -> Option<&ZoneName> {
        self.zone.as_ref()
    }

    /// Everybody that the statements speak of, whatever their standing.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.values()
    }

    /// One of them.
    #[must_use]
    pub fn member(&self, member: MemberId) -> Option<&Member> {
        self.members.get(&member)
    }

    /// Whether they read, post and are seen.
    #[must_use]
    pub fn is_active(&self, member: MemberId) -> bool {
        self.member(member).is_some_and(|member| member.standing == Standing::Active)
    }

    /// Whether their word counts.
    #[must_use]
    pub fn is_voter(&self, member: MemberId) -> bool {
        self.member(member).is_some_and(|member| member.voter)
    }

    /// Whose machine this is. Of several (who left and came back on the same machine) the active one,
    /// and then the lowest id.
    #[must_use]
    pub fn owner_of(&self, device: DeviceId) -> Option<MemberId> {
        let enrolled = self.machines.get(&device)?;
        let current = enrolled.iter().find(|machine| !machine.dropped && self.is_active(machine.member));
        current.or_else(|| enrolled.first()).map(|machine| machine.member)
    }

    /// The machine of a member, if it is one.
    #[must_use]
    pub fn machine(&self, device: DeviceId, member: MemberId) -> Option<&Enrolled> {
        self.machines.get(&device)?.iter().find(|machine| machine.member == member)
    }

    /// Whether this is a machine, not dropped, of an active member: documents may flow to it.
    #[must_use]
    pub fn may_read(&self, device: DeviceId) -> bool {
        let machines = self.machines.get(&device).into_iter().flatten();
        machines.filter(|machine| !machine.dropped).any(|machine| self.is_active(machine.member))
    }

    /// Whether all that is known of a machine is that it belongs no more: it was dropped, or its member left or was
    /// removed.
    #[must_use]
    pub fn has_gone(&self, device: DeviceId) -> bool {
        let gone = |machine: &Enrolled| machine.dropped || self.stands(machine, Standing::is_gone_for_good);
        self.machines.get(&device).is_some_and(|all| all.iter().all(gone))
    }

    /// Whether all whose machine this is went of their own accord.
    #[must_use]
    pub fn has_left(&self, device: DeviceId) -> bool {
        let left = |machine: &Enrolled| self.stands(machine, |standing| standing == Standing::Left);
        self.machines.get(&device).is_some_and(|all| all.iter().all(left))
    }

    /// Whether the member whose machine it is stands so.
    fn stands(&self, machine: &Enrolled, so: impl Fn(Standing) -> bool) -> bool {
        self.member(machine.member).is_some_and(|member| so(member.standing))
    }

    /// The machines of a member, dropped ones too.
    pub fn machines_of(&self, member: MemberId) -> impl Iterator<Item = &Enrolled> {
        let devices = self.devices.get(&member).into_iter().flatten();
        let machines = devices.filter_map(|device| self.machines.get(device)).flatten();
        machines.filter(move |machine| machine.member == member)
    }

    /// Whom to seal to for a member: their words and each machine that was not dropped.
    #[must_use]
    pub fn recipients_of(&self, member: MemberId) -> Vec<Recipient> {
        let words = self.member(member).and_then(|member| member.words).map(|words| words.recipient);
        let machines = self.machines_of(member).filter(|machine| !machine.dropped);
        words.into_iter().chain(machines.map(|machine| machine.recipient)).collect()
    }

    /// Whose document this is.
    #[must_use]
    pub fn owner_of_doc(&self, doc: DocId) -> Option<MemberId> {
        self.docs.get(&doc).copied()
    }

    /// The generations of a document. Before the first it is at generation 0, of which no statement speaks.
    #[must_use]
    pub fn lineage(&self, doc: DocId) -> Option<&Lineage> {
        self.lineages.get(&doc)
    }

    /// How much a machine's tips count in a generation of a document. Whether the document's owner is
    /// active is another question.
    #[must_use]
    pub fn authority(&self, device: DeviceId, doc: DocId, generation: u32) -> Authority {
        let owner = self.owner_of_doc(doc).filter(|owner| self.machine(device, *owner).is_some());
        let Some(owner) = owner else { return Authority::None };
        match self.dropped.get(&(device, owner)) {
            Some(dropped) if !dropped.cuts.is_empty() => {
                Authority::UpTo(dropped.cuts.iter().map(|cuts| heads_in(cuts, generation)).collect())
            }
            _ => Authority::Full,
        }
    }

    /// Admits that a case against their author made void (rule 4).
    #[must_use]
    pub const fn void_admissions(&self) -> &BTreeSet<StatementId> {
        &self.void
    }

    /// Whether what is known makes an enrolment or admission void, also one that is not known itself:
    /// a Drop by the words spares only what it has seen, and so do the voters of a case.
    #[must_use]
    pub fn speaks_against(&self, statement: &Statement) -> bool {
        let dropped = self.dropped.get(&(statement.device(), statement.member()));
        let cut = dropped.is_some_and(|dropped| !dropped.cuts.is_empty());
        let convicted = self.convicted.contains(&statement.member());
        let touched = match statement.body() {
            Body::Enrol(_) => cut,
            Body::Admit(_) => cut || convicted,
            _ => false,
        };
        self.struck.contains(&statement.id()) || touched && !self.standing.contains(&statement.id())
    }
}

fn heads_in(cuts: &[Cut], generation: u32) -> Vec<ChangeHash> {
    cuts.iter().filter(|cut| cut.generation == generation).flat_map(|cut| cut.heads.iter().copied()).collect()
}
