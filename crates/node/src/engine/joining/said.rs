//! What the two sides tell about themselves, and how a refusal is said.

use closeknit_api::Phrase;
use closeknit_domain::{MemberKind, text::Name};
use closeknit_ids::{MemberId, StatementId};
use closeknit_sync::join::Refusal;
use serde::{Deserialize, Serialize};

use super::pairing::Handed;

/// Who comes, and who invites.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct About {
    pub(super) member: MemberId,
    pub(super) kind: MemberKind,
    pub(super) name: Name,
}

impl About {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// The same with what a new machine of one's own is told beside it.
    pub(super) fn with_handed(&self, handed: &Handed) -> Vec<u8> {
        postcard::to_stdvec(&(self, handed)).unwrap_or_default()
    }

    pub(super) fn read_handed(bytes: &[u8]) -> Option<(Self, Handed)> {
        postcard::from_bytes(bytes).ok()
    }
}

/// What the key of whoever comes back signed last: an inviter's [`About`] is followed by it, because
/// their next statement has to continue it. Who is new has signed nothing.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Signed {
    pub(super) index: u16,
    pub(super) statement: StatementId,
}

impl Signed {
    pub(super) fn after(mut about: Vec<u8>, signed: Option<Self>) -> Vec<u8> {
        about.extend(signed.and_then(|signed| postcard::to_stdvec(&signed).ok()).unwrap_or_default());
        about
    }

    pub(super) fn read(about: &[u8]) -> Option<Self> {
        let (_, rest) = postcard::take_from_bytes::<About>(about).ok()?;
        postcard::from_bytes(rest).ok()
    }
}

/// Why it ended, for the newcomer's screen.
pub(super) fn to_newcomer(why: Refusal, here: bool) -> Phrase {
    Phrase::new(format!("joining-refused-{}", word(why, here)))
}

/// Why it ended, for the inviter's screen.
pub(super) fn to_inviter(why: Refusal, here: bool, name: &str) -> Phrase {
    let word = match word(why, here) {
        // Seen from here, the other one said no, and the other way round.
        "person" if !here => "not-same",
        "not-same" => "person",
        other => other,
    };
    Phrase::new(format!("door-refused-{word}")).text("name", name)
}

const fn word(why: Refusal, here: bool) -> &'static str {
    match why {
        Refusal::WrongToken => "wrong",
        Refusal::Used => "used",
        Refusal::Expired => "expired",
        Refusal::Declined if here => "not-same",
        Refusal::Declined => "person",
        Refusal::Left | Refusal::TooLate => "left",
        Refusal::Version(_) => "version",
        Refusal::NotAllowed => "not-a-voter",
        Refusal::Busy => "busy",
        Refusal::Broken | Refusal::Other(_) => "broken",
    }
}
