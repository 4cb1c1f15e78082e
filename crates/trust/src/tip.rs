//! Tips: a machine's signature under the state of a document, and which of them are current.
//!
//! The changes of a document form a hash graph, so a signature under one head covers its whole
//! past. A tip comes before its changes do: it says how many there will be and how large.

use std::{collections::BTreeMap, fmt};

use closeknit_ids::{ChangeHash, CircleId, DeviceId, DocId};
use serde::{Deserialize, Serialize};

use crate::{
    device::DeviceKeys,
    digest::sha256,
    signature::{Purpose, Signature},
};

/// The most bytes of a tip, its signature included.
pub const MOST_BYTES: usize = 256;
/// The most tips of one machine in one generation: copies of a machine write side by side, but not many.
pub const MOST_PER_DEVICE: usize = 4;

const FORMAT: u8 = 1;

/// Why bytes are no tip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TipError {
    /// Written by a version of the app that this one cannot read.
    #[error("the tip has format {0}, which this version does not know")]
    NewerFormat(u8),
    /// Not the one way to write any tip.
    #[error("these bytes are not a tip")]
    Malformed,
    /// The signature is false under the key that the tip names.
    #[error("the tip was not signed by the machine that it names")]
    FalseSignature,
}

/// What a tip says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Head {
    /// In which circle.
    pub circle: CircleId,
    /// Of which document.
    pub doc: DocId,
    /// In which of its generations.
    pub generation: u32,
    /// The last change.
    pub head: ChangeHash,
    /// How many changes there are up to it, itself included.
    pub count: u32,
    /// Their bytes together.
    pub bytes: u32,
}

/// A [`Head`] that a machine signed. Whether that machine may speak for the document's owner is for
/// the roster to say.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tip {
    head: Head,
    device: DeviceId,
    bytes: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    format: u8,
    head: Head,
    device: DeviceId,
}

impl Tip {
    /// Signs a head.
    #[must_use]
    pub fn sign(keys: &DeviceKeys, head: Head) -> Self {
        let device = keys.id();
        let signed = postcard::to_stdvec(&Wire { format: FORMAT, head, device }).unwrap_or_default();
        let signature = keys.sign(Purpose::Tip, &signed);
        Self { head, device, bytes: [signed.as_slice(), &signature.0].concat() }
    }

    /// Reads a tip as it was signed and checks its signature.
    ///
    /// # Errors
    /// See [`TipError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, TipError> {
        let (tip, signed, signature) = Self::read(bytes)?;
        if signature.holds(&tip.device.0, Purpose::Tip, signed) {
            Ok(tip)
        } else {
            Err(TipError::FalseSignature)
        }
    }

    /// Reads one that was [parsed](Self::parse) before it was kept where nobody else can write: what its signature
    /// can show was checked then.
    ///
    /// # Errors
    /// Those of `parse`, but for a false signature.
    pub fn kept(bytes: &[u8]) -> Result<Self, TipError> {
        Self::read(bytes).map(|(tip, ..)| tip)
    }

    fn read(bytes: &[u8]) -> Result<(Self, &[u8], Signature), TipError> {
        match bytes.first() {
            Some(&FORMAT) if bytes.len() <= MOST_BYTES => {}
            Some(&newer) if newer > FORMAT => return Err(TipError::NewerFormat(newer)),
            _ => return Err(TipError::Malformed),
        }
        let (signed, signature) = bytes.split_last_chunk().ok_or(TipError::Malformed)?;
        let wire: Wire = postcard::from_bytes(signed).map_err(|_| TipError::Malformed)?;
        if postcard::to_stdvec(&wire).as_deref() != Ok(signed) {
            return Err(TipError::Malformed);
        }
        let tip = Self { head: wire.head, device: wire.device, bytes: bytes.to_vec() };
        Ok((tip, signed, Signature(*signature)))
    }

    /// SHA-256 of its bytes.
    #[must_use]
    pub fn id(&self) -> [u8; 32] {
        sha256("", &[&self.bytes])
    }

    /// As it was signed, byte for byte.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What it says.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// Which machine signed.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.device
    }
}

impl fmt::Debug for Tip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Head { doc, generation, head, count, .. } = self.head;
        let (doc, head, device) = (doc.short(), head.short(), self.device.short());
        write!(f, "Tip({doc}/{generation} at {head}, {count} changes, by {device})")
    }
}

/// The current tips of one generation of a document: what its machines stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tips(BTreeMap<DeviceId, Vec<Tip>>);

/// What became of a tip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is current now, instead of these older ones of the same machine.
    New {
        /// No longer of use.
        replaced: Vec<Tip>,
    },
    /// It was here, or lies in the past of one that is.
    Known,
    /// Not kept: the machine has [`MOST_PER_DEVICE`] others, and which of them all lie in each other's past is not
    /// known before their changes are here. It will be offered again.
    NotYet,
    /// The machine has [`MOST_PER_DEVICE`] tips that are not in each other's past: the document is
    /// frozen until its owner starts a new generation.
    TooMany,
}

impl Tips {
    /// Takes a tip: it replaces those of its machine that lie in its past, and is kept beside those
    /// that do not.
    ///
    /// `in_past(earlier, later)` says whether the change `earlier` lies in the past of `later` (or is
    /// it); for changes that are not here yet it says no, and an old tip stays until it is known to
    /// be one. All tips must be of one generation of one document.
    ///
    /// Changes come after their tips. So that somebody who writes much while others catch up is not taken for
    /// copies of their machine, tips whose changes are not here give way to others, those with the fewest first.
    pub fn take(&mut self, tip: Tip, in_past: impl Fn(&ChangeHash, &ChangeHash) -> bool) -> Taken {
        let tips = self.0.entry(tip.device).or_default();
        let new = tip.head.head;
        if tips.iter().any(|old| old.head == tip.head || in_past(&new, &old.head.head)) {
            return Taken::Known;
        }
        let (mut replaced, beside): (Vec<_>, Vec<_>) =
            tips.drain(..).partition(|old| in_past(&old.head.head, &new));
        *tips = beside;
        if tips.len() >= MOST_PER_DEVICE {
            let here = |tip: &Tip| in_past(&tip.head.head, &tip.head.head);
            let fewest = |tip: &&Tip| (tip.head.count, tip.head.head);
            match tips.iter().chain([&tip]).filter(|tip| !here(tip)).min_by_key(fewest).cloned() {
                None => return Taken::TooMany,
                Some(away) if away == tip => return Taken::NotYet,
                Some(away) => replaced.extend(tips.extract_if(.., |old| *old == away)),
            }
        }
        tips.push(tip);
        tips.sort_unstable();
        Taken::New { replaced }
    }

    /// All of them, machine by machine.
    pub fn iter(&self) -> impl Iterator<Item = &Tip> {
        self.0.values().flatten()
    }

    /// Machines with several tips that are not in each other's past: there are copies of them.
    pub fn copied(&self) -> impl Iterator<Item = DeviceId> {
        self.0.iter().filter(|(_, tips)| tips.len() > 1).map(|(device, _)| *device)
    }
}

impl<'a> IntoIterator for &'a Tips {
    type Item = &'a Tip;
    type IntoIter = std::iter::Flatten<std::collections::btree_map::Values<'a, DeviceId, Vec<Tip>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.values().flatten()
    }
}

/// The version of a document in a machine's catalogue: two machines with equal versions hold, or
/// want, the same changes.
///
/// `base` is the last change of the leading generation's base; for generation 0 leave it out.
#[must_use]
pub fn version<'a>(
    generation: u32,
    base: Option<ChangeHash>,
    tips: impl IntoIterator<Item = &'a Tip>,
) -> [u8; 32] {
    let mut ids: Vec<[u8; 32]> = tips.into_iter().map(Tip::id).collect();
    ids.sort_unstable();
    ids.dedup();
    let base = base.map_or([0; 32], |base| base.0);
    sha256("closeknit/version/1", &[&generation.to_le_bytes(), &base, &ids.concat()])
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng as _, rngs::StdRng};

    use super::*;

    fn keys(seed: u64) -> DeviceKeys {
        DeviceKeys::generate(&mut StdRng::seed_from_u64(seed))
    }

    fn change(n: u8) -> ChangeHash {
        ChangeHash([n; 32])
    }

    fn tip(keys: &DeviceKeys, n: u8) -> Tip {
        let head = Head {
            circle: CircleId([1; 32]),
            doc: DocId([2; 32]),
            generation: 0,
            head: change(n),
            count: u32::from(n),
            bytes: 300,
        };
        Tip::sign(keys, head)
    }

    /// Changes 1 ← 2 ← 3 …; those from 100 on stand alone.
    fn chain(earlier: &ChangeHash, later: &ChangeHash) -> bool {
        earlier == later || (later.0[0] < 100 && earlier.0[0] <= later.0[0])
    }

    #[test]
    fn one_that_was_kept_is_read_as_it_was_checked() {
        let signed = tip(&keys(1), 3);
        assert_eq!(Tip::kept(signed.bytes()).unwrap(), signed);
        let (mut altered, last) = (signed.bytes().to_vec(), signed.bytes().len() - 1);
        altered[last] ^= 1;
        assert!(Tip::kept(&altered).is_ok() && Tip::parse(&altered).is_err());
        assert!(Tip::kept(&altered[1..]).is_err() && Tip::kept(&[]).is_err());
    }

    #[test]
    fn a_signed_tip_reads_back_and_an_altered_one_does_not() {
        let signed = tip(&keys(1), 3);
        assert_eq!(Tip::parse(signed.bytes()).unwrap(), signed);
        for place in 0..signed.bytes().len() {
            for bit in 0..8 {
                let mut altered = signed.bytes().to_vec();
                altered[place] ^= 1 << bit;
                assert!(Tip::parse(&altered).is_err(), "byte {place}, bit {bit}");
            }
            assert!(Tip::parse(&signed.bytes()[..place]).is_err());
        }
        let mut longer = signed.bytes().to_vec();
        longer.push(0);
        assert!(Tip::parse(&longer).is_err());
        assert_eq!(Tip::parse(&[9, 9]), Err(TipError::NewerFormat(9)));
    }

    #[test]
    fn a_newer_tip_of_a_machine_replaces_the_older() {
        let (alices, bobs) = (keys(1), keys(2));
        let mut tips = Tips::default();
        assert_eq!(tips.take(tip(&alices, 1), chain), Taken::New { replaced: vec![] });
        assert_eq!(tips.take(tip(&alices, 3), chain), Taken::New { replaced: vec![tip(&alices, 1)] });
        assert_eq!(tips.take(tip(&alices, 2), chain), Taken::Known, "in the past of 3");
        assert_eq!(tips.take(tip(&alices, 3), chain), Taken::Known);
        assert_eq!(tips.take(tip(&bobs, 2), chain), Taken::New { replaced: vec![] }, "another machine's");
        assert_eq!(tips.iter().count(), 2);
    }

    #[test]
    fn copies_of_a_machine_stand_side_by_side_up_to_four() {
        let alices = keys(1);
        let mut tips = Tips::default();
        for n in [3, 100, 101, 102] {
            assert!(matches!(tips.take(tip(&alices, n), chain), Taken::New { .. }));
        }
        assert_eq!(tips.copied().collect::<Vec<_>>(), [alices.id()]);
        assert_eq!(tips.take(tip(&alices, 103), chain), Taken::TooMany);
        let before = tips.clone();
        assert_eq!(tips.take(tip(&alices, 103), chain), Taken::TooMany);
        assert_eq!(tips, before);
        assert_eq!(tips.take(tip(&alices, 4), chain), Taken::New { replaced: vec![tip(&alices, 3)] });
    }

    /// Alice wrote ten times before any of it came.
    #[test]
    fn tips_whose_changes_are_not_here_are_not_those_of_copies() {
        let alices = keys(1);
        let mut tips = Tips::default();
        for n in 1..=10 {
            assert!(matches!(tips.take(tip(&alices, n), |_, _| false), Taken::New { .. }), "{n}");
        }
        let kept = |tips: &Tips| tips.iter().map(|tip| tip.head.count).collect::<Vec<_>>();
        assert_eq!(kept(&tips), [7, 8, 9, 10], "the newest");
        assert_eq!(tips.take(tip(&alices, 2), |_, _| false), Taken::NotYet);
        assert_eq!(kept(&tips), [7, 8, 9, 10]);
        let Taken::New { replaced } = tips.take(tip(&alices, 11), chain) else { panic!("not taken") };
        assert_eq!((replaced.len(), kept(&tips)), (4, vec![11]), "now that they are here");
    }

    #[test]
    fn what_is_here_gives_way_to_nothing_that_may_yet_turn_out_to_follow_it() {
        let alices = keys(1);
        let here_up_to = |last: u8| {
            move |earlier: &ChangeHash, later: &ChangeHash| later.0[0] <= last && chain(earlier, later)
        };
        let mut tips = Tips::default();
        for n in [100, 101, 102] {
            tips.take(tip(&alices, n), here_up_to(102));
        }
        let Taken::New { replaced } = tips.take(tip(&alices, 110), here_up_to(102)) else { panic!() };
        assert_eq!(replaced, []);
        assert_eq!(tips.take(tip(&alices, 109), here_up_to(102)), Taken::NotYet);
        assert_eq!(
            tips.take(tip(&alices, 111), here_up_to(102)),
            Taken::New { replaced: vec![tip(&alices, 110)] }
        );
        assert_eq!(
            tips.take(tip(&alices, 103), here_up_to(103)),
            Taken::New { replaced: vec![tip(&alices, 111)] }
        );
        assert_eq!(tips.take(tip(&alices, 112), here_up_to(103)), Taken::NotYet, "four copies are here");
        assert_eq!(tips.take(tip(&alices, 112), here_up_to(112)), Taken::TooMany, "and this is the fifth");
    }

    #[test]
    fn a_version_tells_generations_and_tips_apart_and_nothing_else() {
        let [a, b] = [tip(&keys(1), 3), tip(&keys(2), 4)];
        let base = Some(change(9));
        assert_eq!(version(1, base, [&a, &b]), version(1, base, [&b, &a, &b]));
        assert_ne!(version(1, base, [&a, &b]), version(1, base, [&a]));
        assert_ne!(version(1, base, [&a]), version(2, base, [&a]));
        assert_ne!(version(1, base, [&a]), version(1, Some(change(8)), [&a]));
        assert_ne!(version(0, None, []), version(1, None, []));
    }
}
