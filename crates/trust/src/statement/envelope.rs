//! What is the same in every statement, whatever its kind.

use closeknit_ids::{CircleId, DeviceId, MemberId, StatementId};
use serde::{Deserialize, Serialize};

use super::{Body, Found, MOST_INDEX, MOST_PREV, StatementError};

/// The format of statements that this version writes and reads.
pub(super) const FORMAT: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Envelope {
    pub(super) format: u8,
    pub(super) circle: CircleId,
    pub(super) kind: u16,
    pub(super) member: MemberId,
    pub(super) device: DeviceId,
    pub(super) index: u16,
    pub(super) prev: Vec<StatementId>,
    pub(super) argument: Vec<u8>,
}

impl Envelope {
    /// Splits a statement's bytes into envelope and signatures.
    pub(super) fn read(bytes: &[u8]) -> Result<(Self, &[u8]), StatementError> {
        match bytes.first() {
            Some(&FORMAT) => {}
            Some(&newer) if newer > FORMAT => return Err(StatementError::NewerFormat(newer)),
            _ => return Err(StatementError::Malformed),
        }
        let (envelope, signatures) =
            postcard::take_from_bytes::<Self>(bytes).map_err(|_| StatementError::Malformed)?;
        // Numbers have longer spellings that read the same.
        if bytes.strip_suffix(signatures) == Some(envelope.to_bytes()?.as_slice()) {
            Ok((envelope, signatures))
        } else {
            Err(StatementError::Malformed)
        }
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, StatementError> {
        postcard::to_stdvec(self).map_err(|_| StatementError::Malformed)
    }

    /// The one envelope of these terms. It names no circle, since its own id will be the circle's.
    pub(super) fn of_found(found: &Found) -> Result<Self, StatementError> {
        let body = Body::Found(found.clone());
        let [first, _] = &found.founders;
        Ok(Self {
            format: FORMAT,
            circle: CircleId([0; 32]),
            kind: body.kind(),
            member: first.member,
            device: DeviceId(first.member.0),
            index: 0,
            prev: Vec::new(),
            argument: body.argument().map_err(|_| StatementError::Malformed)?,
        })
    }

    /// Whether it may be that of a statement other than Found.
    pub(super) fn is_sound(&self) -> bool {
        let ascending = self.prev.is_sorted_by(|a, b| a < b);
        (1..=MOST_PREV).contains(&self.prev.len()) && ascending && (1..=MOST_INDEX).contains(&self.index)
    }
}
