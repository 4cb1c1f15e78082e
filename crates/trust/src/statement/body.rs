//! What a statement says: one type per kind.
//!
//! A body is the envelope's `argument`, in postcard. Whether a statement enters the set must not
//! depend on the kinds that a version knows, so an argument that is not exactly one of these is
//! carried as [`Body::Unknown`] and says nothing. Only `Found` and `Enrol` are different: the set
//! itself needs them, so they are frozen and a malformed one is refused.

use closeknit_ids::{ChangeHash, CircleId, DeviceId, MemberId, MemberKind, RecordId, StatementId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    invitation::AdmissionProof,
    minisign_key::MinisignKey,
    seal::{Identity, Recipient},
    signature::{Purpose, Signature},
    text::{CircleName, DeviceLabel, ZoneName},
    words::{MemberKey, Nonce, Words},
};

/// How many voters' word it takes in every circle of this version.
pub const K: u8 = 2;

/// What a statement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The circle begins.
    Found(Found),
    /// One more machine of a member.
    Enrol(Enrol),
    /// A machine is taken away.
    Drop(DropDevice),
    /// A newcomer may read and post.
    Admit(Admit),
    /// "I know them."
    Vouch(Vouch),
    /// A vote that somebody should go.
    Remove(Remove),
    /// The member goes, for good.
    Leave,
    /// The member's document starts afresh.
    Generation(Generation),
    /// Something of a later version: kept and passed on, says nothing here.
    Unknown {
        /// Its kind.
        kind: u16,
        /// Its argument, as it came.
        argument: Vec<u8>,
    },
}

/// The circle begins with two members (trust-and-sync, *A circle begins with two*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What the circle is called.
    pub name: CircleName,
    /// Makes this founding different from every other.
    pub nonce: Nonce,
    /// The time zone its weeks are counted in.
    pub zone: ZoneName,
    /// How many voters' word it takes: [`K`].
    pub k: u8,
    /// The two, the lower id first.
    pub founders: [Founder; 2],
}

/// One of the two who begin a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Founder {
    /// Who.
    pub member: MemberId,
    /// A person or a household: an organisation cannot found, because it cannot vote.
    pub kind: MemberKind,
}

impl Found {
    /// The terms that two members sign; in which order they are named does not matter.
    #[must_use]
    pub fn new(name: CircleName, zone: ZoneName, nonce: Nonce, one: Founder, other: Founder) -> Self {
        Self { name, nonce, zone, k: K, founders: [one.min(other), one.max(other)] }
    }

    /// One founder's signature under these terms.
    ///
    /// # Errors
    /// If the terms are not sound, see [`is_sound`](Self::is_sound).
    pub fn sign(&self, key: &MemberKey) -> Result<Signature, super::StatementError> {
        Ok(key.sign(Purpose::Statement, &super::Envelope::of_found(self)?.to_bytes()?))
    }

    /// Whether the founders are two different persons or households in order, and `k` is [`K`].
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let [a, b] = &self.founders;
        let voters = self.founders.iter().all(|founder| founder.kind != MemberKind::Organisation);
        a.member < b.member && voters && self.k == K
    }
}

/// One more machine of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    /// The machine, as it describes itself.
    pub machine: Machine,
    /// What the words say about their owner: present exactly if the member key signs.
    pub words: Option<WordsSide>,
}

/// What only the owner of the words can say, and so stands where the member key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsSide {
    /// From which the words make the member key again.
    pub nonce: Nonce,
    /// Whom to seal to, so that the words open it.
    pub recipient: Recipient,
}

impl Enrol {
    /// To be signed by the member key that `words` make with `nonce`.
    #[must_use]
    pub fn by_words(machine: Machine, words: &Words, nonce: Nonce) -> Self {
        let recipient = Identity::recipient(&words.member_identity(&nonce));
        Self { machine, words: Some(WordsSide { nonce, recipient }) }
    }

    /// To be signed by a machine that is enrolled already.
    #[must_use]
    pub const fn by_device(machine: Machine) -> Self {
        Self { machine, words: None }
    }
}

/// A machine as it describes itself, with its signature that it belongs to a member: nobody can
/// claim a neighbour's machine as their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// Its id.
    pub device: DeviceId,
    /// Whom to seal to, so that this machine can open it.
    pub recipient: Recipient,
    /// The key that signs its files.
    pub minisign: MinisignKey,
    /// Whose laptop it is.
    pub label: DeviceLabel,
    /// Its signature under circle, member and all of the above but the label.
    pub consent: Signature,
}

impl Machine {
    pub(crate) fn consent_text(&self, circle: CircleId, member: MemberId) -> Vec<u8> {
        let keys = postcard::to_stdvec(&(self.device, self.recipient, self.minisign)).unwrap_or_default();
        [circle.as_bytes().as_slice(), member.as_bytes(), &keys].concat()
    }

    /// Whether the machine itself agreed to belong to `member` in `circle`.
    #[must_use]
    pub fn consents(&self, circle: CircleId, member: MemberId) -> bool {
        self.consent.holds(&self.device.0, Purpose::Consent, &self.consent_text(circle, member))
    }
}

/// A machine is taken away; signed by the member key, or by that machine itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropDevice {
    /// Which.
    pub device: DeviceId,
    /// What of the member's document stays of what it wrote: for each generation the heads up to
    /// which its changes count. A generation that is not named keeps nothing.
    pub cuts: Vec<Cut>,
}

/// Where a dropped machine's writing ends in one generation of its owner's document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cut {
    /// Which generation.
    pub generation: u32,
    /// What is or precedes these counts.
    pub heads: Vec<ChangeHash>,
}

/// A newcomer may read and post at once; no vote yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admit {
    /// Who.
    pub member: MemberId,
    /// What they are.
    pub kind: MemberKind,
    /// That they held an invitation.
    pub proof: AdmissionProof,
}

/// "I know them."
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vouch {
    /// Whom.
    pub member: MemberId,
    /// As what: only somebody known as a person or a household to enough voters gets a vote.
    pub kind: MemberKind,
}

/// A vote that somebody should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remove {
    /// Who.
    pub member: MemberId,
    /// The first vote of the case, or nothing if this is the first: then it gives the case its id.
    pub case: Option<StatementId>,
}

/// The member's document starts afresh. Which document needs no saying: a member has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// The number of this generation; zero is the document's beginning and needs no statement.
    pub n: u32,
    /// The last change of the base, which covers the others.
    pub base: ChangeHash,
    /// How many changes the base has.
    pub count: u32,
    /// Their bytes together.
    pub bytes: u32,
    /// The heads of the generation before that it absorbed.
    pub closes: Vec<ChangeHash>,
    /// Records that shall never show again.
    pub forgotten: Vec<RecordId>,
}

mod kind {
    pub(super) const FOUND: u16 = 1;
    pub(super) const ENROL: u16 = 2;
    pub(super) const DROP: u16 = 3;
    pub(super) const ADMIT: u16 = 4;
    pub(super) const VOUCH: u16 = 5;
    pub(super) const REMOVE: u16 = 6;
    pub(super) const LEAVE: u16 = 7;
    pub(super) const GENERATION: u16 = 8;
}

impl Body {
    /// The number of its kind.
    #[must_use]
    pub const fn kind(&self) -> u16 {
        match self {
            Self::Found(_) => kind::FOUND,
            Self::Enrol(_) => kind::ENROL,
            Self::Drop(_) => kind::DROP,
            Self::Admit(_) => kind::ADMIT,
            Self::Vouch(_) => kind::VOUCH,
            Self::Remove(_) => kind::REMOVE,
            Self::Leave => kind::LEAVE,
            Self::Generation(_) => kind::GENERATION,
            Self::Unknown { kind, .. } => *kind,
        }
    }

    /// Reads an argument; nothing if it is a malformed Found or Enrol.
    pub(super) fn read(kind: u16, argument: &[u8]) -> Option<Self> {
        match kind {
            kind::FOUND => exactly(argument).map(Self::Found),
            kind::ENROL => exactly(argument).map(Self::Enrol),
            _ => Some(
                Self::read_free(kind, argument)
                    .unwrap_or_else(|| Self::Unknown { kind, argument: argument.to_vec() }),
            ),
        }
    }

    fn read_free(kind: u16, argument: &[u8]) -> Option<Self> {
        match kind {
            kind::DROP => exactly(argument).map(Self::Drop),
            kind::ADMIT => exactly(argument).map(Self::Admit),
            kind::VOUCH => exactly(argument).map(Self::Vouch),
            kind::REMOVE => exactly(argument).map(Self::Remove),
            kind::LEAVE => argument.is_empty().then_some(Self::Leave),
            kind::GENERATION => exactly(argument).map(Self::Generation),
            _ => None,
        }
    }

    pub(super) fn argument(&self) -> postcard::Result<Vec<u8>> {
        match self {
            Self::Found(found) => postcard::to_stdvec(found),
            Self::Enrol(enrol) => postcard::to_stdvec(enrol),
            Self::Drop(drop) => postcard::to_stdvec(drop),
            Self::Admit(admit) => postcard::to_stdvec(admit),
            Self::Vouch(vouch) => postcard::to_stdvec(vouch),
            Self::Remove(remove) => postcard::to_stdvec(remove),
            Self::Leave => Ok(Vec::new()),
            Self::Generation(generation) => postcard::to_stdvec(generation),
            Self::Unknown { argument, .. } => Ok(argument.clone()),
        }
    }
}

/// Reads bytes that are what writing the value gives, and nothing more.
fn exactly<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Option<T> {
    let value: T = postcard::from_bytes(bytes).ok()?;
    (postcard::to_stdvec(&value).ok()? == bytes).then_some(value)
}
