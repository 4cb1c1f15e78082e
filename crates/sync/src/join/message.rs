//! The frames of version 1 of joining.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Outdated, bounded,
    message::{Hello, LONGEST_STATEMENT, Statements, messages},
};

/// The longest proof and the longest word about a person, in bytes.
pub(super) const LONGEST_ABOUT: usize = 2048;

messages! {
    /// What newcomer and inviter say to each other.
    pub enum JoinMessage {
        /// Which versions the sender speaks.
        1 Hello(Hello),
        /// The newcomer asks to be let in.
        64 Ask(Ask),
        /// The inviter takes the invitation for good.
        65 Welcome(Welcome),
        /// The newcomer's promise of a nonce.
        66 Commitment([u8; 32]),
        /// The promised nonce; the inviter's first.
        67 Nonce([u8; 32]),
        /// The sender's person says that both codes are the same.
        68 Confirmed(()),
        /// Of a draft: the Found that would begin the circle, signed by the inviter.
        69 Offer(Bytes),
        /// The newcomer's signature over that Found.
        70 Signature(Bytes),
        /// The Found of the circle, as it counts.
        71 Circle(Bytes),
        /// The newcomer's Enrol.
        72 Enrol(Bytes),
        /// All statements of the circle, frame by frame.
        73 Statements(Statements),
        /// The last were taken: the next, please.
        74 Next(()),
        /// The newcomer has everything.
        75 Done(()),
        /// No, and why.
        76 Refusal(Refusal),
    }
}

/// Who asks, and by what right. Opaque here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// That the sender holds the invitation, for this inviter's machine alone.
    #[serde(serialize_with = "bounded::write_blob", deserialize_with = "bounded::blob::<LONGEST_ABOUT, _>")]
    pub proof: Vec<u8>,
    /// Who comes: member, kind, recipient, name.
    #[serde(serialize_with = "bounded::write_blob", deserialize_with = "bounded::blob::<LONGEST_ABOUT, _>")]
    pub about: Vec<u8>,
}

/// Who invites. Opaque here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Who invites: member, name, circle.
    #[serde(serialize_with = "bounded::write_blob", deserialize_with = "bounded::blob::<LONGEST_ABOUT, _>")]
    pub about: Vec<u8>,
    /// The inviter's promise of a nonce.
    pub commitment: [u8; 32],
}

/// A statement or a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bytes(
    #[serde(serialize_with = "bounded::write_blob")]
    #[serde(deserialize_with = "bounded::blob::<LONGEST_STATEMENT, _>")]
    pub Vec<u8>,
);

/// Why nobody joined. Both screens show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The invitation is not one of the inviter's.
    WrongToken,
    /// The invitation has let somebody in already.
    Used,
    /// The invitation was not used in time.
    Expired,
    /// A person said no, or the codes were not the same.
    Declined,
    /// The other side went away: the connection ended.
    Left,
    /// The other side took too long.
    TooLate,
    /// No version is spoken by both.
    Version(Outdated),
    /// The inviter may not let anybody in, or has no circle any more.
    NotAllowed,
    /// The inviter is busy with another newcomer.
    Busy,
    /// What the other side sent makes no sense, or its promises do not hold.
    Broken,
    /// A reason of a later version.
    Other(u16),
}

impl Refusal {
    const fn code(self) -> u16 {
        match self {
            Self::WrongToken => 1,
            Self::Used => 2,
            Self::Expired => 3,
            Self::Declined => 4,
            Self::Left => 5,
            Self::TooLate => 6,
            Self::Version(Outdated::Here) => 7,
            Self::Version(Outdated::There) => 8,
            Self::NotAllowed => 9,
            Self::Busy => 10,
            Self::Broken => 11,
            Self::Other(code) => code,
        }
    }

    /// As the receiver sees it: whoever is "here" for the sender is "there" for the receiver.
    const fn heard(code: u16) -> Self {
        match code {
            1 => Self::WrongToken,
            2 => Self::Used,
            3 => Self::Expired,
            4 => Self::Declined,
            5 => Self::Left,
            6 => Self::TooLate,
            7 => Self::Version(Outdated::There),
            8 => Self::Version(Outdated::Here),
            9 => Self::NotAllowed,
            10 => Self::Busy,
            11 => Self::Broken,
            other => Self::Other(other),
        }
    }
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.code().serialize(to)
    }
}

impl<'de> Deserialize<'de> for Refusal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        u16::deserialize(from).map(Self::heard)
    }
}
