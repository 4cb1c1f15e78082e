//! Signed statements: who founded, admitted, vouched, removed, enrolled and dropped.
//!
//! A statement's bytes are an envelope in postcard followed by an ed25519 signature (two, of both
//! founders, for a Found), at most [`MOST_BYTES`] together. Its id is the SHA-256 of those bytes.
//! Bytes that are not exactly what writing the parsed statement gives are refused, so a statement
//! has one spelling and one id.

mod body;
mod envelope;

use std::{fmt, sync::Arc};

use closeknit_ids::{CircleId, DeviceId, MemberId, StatementId};

pub use body::{
    Admit, Body, Cut, DropDevice, Enrol, Found, Founder, Generation, K, Machine, Remove, Vouch, WordsSide,
};
use envelope::Envelope;

use crate::{
    device::DeviceKeys,
    digest::sha256,
    signature::{Purpose, Signature},
    words::MemberKey,
};

/// The most bytes of a statement, signatures included.
pub const MOST_BYTES: usize = 1024;
/// The most statements that one names as known to its author.
pub const MOST_PREV: usize = 16;
/// The most statements that one key signs in one circle.
pub const MOST_INDEX: u16 = 1024;

/// Why bytes are no statement, or one cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// More than [`MOST_BYTES`].
    #[error("a statement has at most {MOST_BYTES} bytes")]
    TooLong,
    /// Written by a version of the app that this one cannot read.
    #[error("the statement has format {0}, which this version does not know")]
    NewerFormat(u8),
    /// Not the one way to write any statement.
    #[error("these bytes are not a statement")]
    Malformed,
    /// The signature is false under the key that the statement names, or a machine that it enrols
    /// did not agree.
    #[error("the statement was not signed by whom it names")]
    FalseSignature,
}

/// Who signs.
#[derive(Debug, Clone, Copy)]
pub enum Pen<'a> {
    /// The member's words.
    Member(&'a MemberKey),
    /// A machine, in its member's name.
    Device(&'a DeviceKeys, MemberId),
}

impl Pen<'_> {
    /// In whose name.
    #[must_use]
    pub fn member(&self) -> MemberId {
        match self {
            Self::Member(key) => key.id(),
            Self::Device(_, member) => *member,
        }
    }

    /// The key that signs, as a statement names it.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        match self {
            Self::Member(key) => DeviceId(key.id().0),
            Self::Device(keys, _) => keys.id(),
        }
    }

    fn sign(&self, message: &[u8]) -> Signature {
        match self {
            Self::Member(key) => key.sign(Purpose::Statement, message),
            Self::Device(keys, _) => keys.sign(Purpose::Statement, message),
        }
    }
}

/// A statement that somebody signed. Cloning is cheap.
#[derive(Clone)]
pub struct Statement(Arc<Parts>);

struct Parts {
    id: StatementId,
    bytes: Vec<u8>,
    circle: CircleId,
    envelope: Envelope,
    body: Body,
}

impl Statement {
    /// Reads a statement as it was signed, and checks everything that its bytes alone can show:
    /// its spelling, its signatures, and that an enrolled machine agreed.
    ///
    /// # Errors
    /// See [`StatementError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, StatementError> {
        let (statement, signed, signatures) = Self::read(bytes)?;
        statement.check(signed, signatures)?;
        Ok(statement)
    }

    /// Reads one that was [parsed](Self::parse) before it was kept where nobody else can write: what
    /// only its signatures can show was checked then.
    ///
    /// # Errors
    /// Those of `parse`, but for false signatures.
    pub fn kept(bytes: &[u8]) -> Result<Self, StatementError> {
        let (statement, ..) = Self::read(bytes)?;
        if statement.is_sound()? { Ok(statement) } else { Err(StatementError::Malformed) }
    }

    fn read(bytes: &[u8]) -> Result<(Self, &[u8], &[u8]), StatementError> {
        if bytes.len() > MOST_BYTES {
            return Err(StatementError::TooLong);
        }
        let (envelope, signatures) = Envelope::read(bytes)?;
        let signed = bytes.get(..bytes.len() - signatures.len()).ok_or(StatementError::Malformed)?;
        let body = Body::read(envelope.kind, &envelope.argument).ok_or(StatementError::Malformed)?;
        let id = StatementId(sha256("", &[bytes]));
        let circle = if matches!(body, Body::Found(_)) { CircleId(id.0) } else { envelope.circle };
        let statement = Self(Arc::new(Parts { id, bytes: bytes.to_vec(), circle, envelope, body }));
        Ok((statement, signed, signatures))
    }

    /// Writes and signs a statement. [`Ledger::write`](crate::ledger::Ledger::write) knows which
    /// `index` and `prev` are next; this is for a newcomer who has no ledger yet.
    ///
    /// # Errors
    /// If it would be too long, or is not one that [`parse`](Self::parse) would take.
    pub fn sign(
        pen: Pen<'_>,
        circle: CircleId,
        index: u16,
        prev: &[StatementId],
        body: &Body,
    ) -> Result<Self, StatementError> {
        let argument = body.argument().map_err(|_| StatementError::Malformed)?;
        let mut prev = prev.to_vec();
        prev.sort_unstable();
        prev.dedup();
        let (member, device) = (pen.member(), pen.device());
        let envelope = Envelope {
            format: envelope::FORMAT,
            circle,
            kind: body.kind(),
            member,
            device,
            index,
            prev,
            argument,
        };
        let signed = envelope.to_bytes()?;
        Self::parse(&[signed.as_slice(), &pen.sign(&signed).0].concat())
    }

    /// Puts both founders' signatures under their terms, in whichever order they come. The id of the
    /// result is the id of the circle.
    ///
    /// # Errors
    /// If the terms are not sound or a founder's signature is missing.
    pub fn found(found: &Found, signatures: [Signature; 2]) -> Result<Self, StatementError> {
        let signed = Envelope::of_found(found)?.to_bytes()?;
        let [one, other] = signatures;
        let put = |a: Signature, b: Signature| Self::parse(&[signed.as_slice(), &a.0, &b.0].concat());
        put(one, other).or_else(|_| put(other, one))
    }

    fn is_sound(&self) -> Result<bool, StatementError> {
        let Parts { envelope, body, .. } = &*self.0;
        Ok(match body {
            Body::Found(found) => found.is_sound() && *envelope == Envelope::of_found(found)?,
            Body::Enrol(enrol) => envelope.is_sound() && enrol.words.is_some() == self.signed_by_member_key(),
            _ => envelope.is_sound(),
        })
    }

    fn check(&self, signed: &[u8], signatures: &[u8]) -> Result<(), StatementError> {
        let Parts { envelope, body, .. } = &*self.0;
        if !self.is_sound()? {
            return Err(StatementError::Malformed);
        }
        let signed_by =
            |key: &[u8; 32], signature: &Signature| signature.holds(key, Purpose::Statement, signed);
        let holds = match (body, read_signatures(signatures).as_deref()) {
            (Body::Found(Found { founders: [a, b], .. }), Some([one, other])) => {
                signed_by(&a.member.0, one) && signed_by(&b.member.0, other)
            }
            (Body::Found(_), _) => return Err(StatementError::Malformed),
            (_, Some([signature])) => {
                let agreed = match body {
                    Body::Enrol(enrol) => enrol.machine.consents(envelope.circle, envelope.member),
                    _ => true,
                };
                agreed && signed_by(&envelope.device.0, signature)
            }
            _ => return Err(StatementError::Malformed),
        };
        if holds { Ok(()) } else { Err(StatementError::FalseSignature) }
    }

    /// SHA-256 of its bytes.
    #[must_use]
    pub fn id(&self) -> StatementId {
        self.0.id
    }

    /// As it was signed, byte for byte.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// In which circle; for a Found the one that it begins.
    #[must_use]
    pub fn circle(&self) -> CircleId {
        self.0.circle
    }

    /// In whose name; for a Found the first founder.
    #[must_use]
    pub fn member(&self) -> MemberId {
        self.0.envelope.member
    }

    /// Whose key signed. Where the member key signed itself, this is the member's id.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.0.envelope.device
    }

    /// Whether the member's words signed, and not a machine.
    #[must_use]
    pub fn signed_by_member_key(&self) -> bool {
        self.device().0 == self.member().0
    }

    /// Counts what this key signed in this circle, from 1; a Found is 0.
    #[must_use]
    pub fn index(&self) -> u16 {
        self.0.envelope.index
    }

    /// What its author had seen, in ascending order. Only a Found has none.
    #[must_use]
    pub fn prev(&self) -> &[StatementId] {
        &self.0.envelope.prev
    }

    /// What it says.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.0.body
    }
}

fn read_signatures(bytes: &[u8]) -> Option<Vec<Signature>> {
    bytes.chunks(Signature::LEN).map(|chunk| chunk.try_into().ok().map(Signature)).collect()
}

impl PartialEq for Statement {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Statement {}

impl fmt::Debug for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, member, index) = (self.id().short(), self.member().short(), self.index());
        write!(f, "Statement({id} by {member} #{index}: {:?})", self.body())
    }
}
