//! The second step of the gate somewhere else: what it needs as bytes, and the same gate over them.
//!
//! A change that ended the program twice is tried in a process of its own first, where it can end
//! nothing else. Starting that process is the business of the program; here are the bytes alone.

use closeknit_ids::ChangeHash;
use serde::{Deserialize, Serialize};

use super::{Refusal, Room, screen::Screened};
use crate::{
    change::{Framing, RawChange},
    document::{Document, RebuildError},
    vector::{Extent, SignedHead},
};

/// A document as it is held, and what is to be taken in on top of it.
#[derive(Debug, Serialize, Deserialize)]
struct Trial<'a> {
    base: SignedHead,
    #[serde(borrow)]
    log: Vec<&'a [u8]>,
    heads: Vec<SignedHead>,
    #[serde(borrow)]
    chunks: Vec<&'a [u8]>,
}

/// Why what was tried is not to be taken in.
#[derive(Debug, thiserror::Error)]
pub enum Unsound {
    /// The bytes are no trial: whoever asked for it is another version.
    #[error("this cannot be tried: {0}")]
    Unreadable(#[from] postcard::Error),
    /// The document itself does not stand.
    #[error(transparent)]
    Log(#[from] RebuildError),
    /// A chunk is none.
    #[error(transparent)]
    Framing(#[from] Framing),
    /// The gate refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Not all of it came through.
    #[error("change {0} was left over")]
    Left(ChangeHash),
}

impl Screened<'_> {
    /// What [`Screened::apply`] would do, as bytes for [`try_out`] in another process.
    ///
    /// # Errors
    /// If they cannot be written, which takes more memory than there is.
    pub fn trial(&self) -> Result<Vec<u8>, postcard::Error> {
        let signed = |hash: &ChangeHash| {
            let Extent { count, bytes } = self.history.past(*hash).unwrap_or_default();
            SignedHead { hash: *hash, count, bytes }
        };
        postcard::to_stdvec(&Trial {
            base: self.document.base,
            log: self.document.changes().map(RawChange::bytes).collect(),
            heads: self.history.heads().iter().map(signed).collect(),
            chunks: self.ready.iter().map(|ready| ready.change.bytes()).collect(),
        })
    }
}

/// Takes in what [`Screened::trial`] wrote, through the same gate. Whatever it does to this process,
/// the one that asked goes on.
///
/// # Errors
/// If any of it is not taken in.
pub fn try_out(trial: &[u8]) -> Result<(), Unsound> {
    let Trial { base, log, heads, chunks } = postcard::from_bytes(trial)?;
    let log: Vec<RawChange> = log.into_iter().map(RawChange::new).collect::<Result<_, _>>()?;
    let document = Document::rebuild(base, log)?;
    let mut room = Room::default();
    heads.into_iter().for_each(|head| room.expect(head));
    let wanted: Vec<ChangeHash> =
        chunks.into_iter().map(|chunk| room.put(chunk)).collect::<Result<_, _>>()?;
    let admission = room.screen(&document).apply();
    if let Some(refusal) = admission.refusal {
        return Err(refusal.into());
    }
    match wanted.into_iter().find(|hash| !admission.document.holds(*hash)) {
        Some(left) => Err(Unsound::Left(left)),
        None => Ok(()),
    }
}
