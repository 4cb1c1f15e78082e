//! Opening a backup: first everything is verified and nothing handed out, then it is read again
//! and handed over.

use std::{
    fmt,
    io::{Read, Seek, SeekFrom},
};

use closeknit_ids::StatementId;
use closeknit_trust::minisign_key::MinisignKey;
use sha2::{Digest, Sha256};

use crate::{
    ArchiveError, Info, OpenWith, Signer, Step, Watch,
    bag::{DECLARATION, Hash, Tally, hash, read_key, verify},
    part::{Disorder, DocumentName, Order, Part},
    progress::Pace,
    sealing::{KnownKey, MOST_RECIPIENTS, unseal, unseal_again},
    tarball::{TarEntry, TarReader},
};

/// How much is in a backup.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    /// Signed statements.
    pub statements: u64,
    /// Tips.
    pub tips: u64,
    /// Documents with changes, each generation counted.
    pub documents: u64,
    /// Changes of all documents.
    pub changes: u64,
    /// Bytes of statements, tips and changes.
    pub bytes: u64,
}

/// Something to take in. The bag's signature says who packed it, not that it is admissible: it goes
/// through the same gate as what comes by wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A signed statement, after those that it names.
    Statement {
        /// SHA-256 of the bytes.
        id: StatementId,
        /// As signed.
        bytes: Vec<u8>,
    },
    /// A tip.
    Tip {
        /// As signed.
        bytes: Vec<u8>,
    },
    /// A change, after those that it depends on.
    Change {
        /// Where the bag has it.
        of: DocumentName,
        /// The uncompressed Automerge chunk.
        bytes: Vec<u8>,
    },
}

/// A backup that verified from the first byte to the last.
pub struct Backup<R> {
    file: R,
    key: KnownKey,
    checked: Checked,
}

impl<R> fmt::Debug for Backup<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backup").field("checked", &self.checked).finish_non_exhaustive()
    }
}

/// Verifies a whole backup. Memory is bounded whatever the file is; nothing of it is handed out
/// before all of it verified.
///
/// # Errors
/// [`ArchiveError::Damaged`] and its like say what is wrong with the file.
pub fn open<R: Read + Seek>(
    mut file: R,
    with: OpenWith<'_>,
    watch: &mut Watch<'_>,
) -> Result<Backup<R>, ArchiveError> {
    let length = file.seek(SeekFrom::End(0)).map_err(ArchiveError::reading)?;
    file.rewind().map_err(ArchiveError::reading)?;
    let (plain, key) = unseal(&mut file, &with, MOST_RECIPIENTS)?;
    let pace = Pace::new(watch, Step::Checking, Some(length));
    let checked = check(plain, pace, |_| Ok::<_, ArchiveError>(()))?;
    Ok(Backup { file, key, checked })
}

impl<R: Read + Seek> Backup<R> {
    /// What the backup says about itself, under its signer's signature.
    pub fn info(&self) -> &Info {
        &self.checked.info
    }

    /// Who signed it.
    pub fn signer(&self) -> Signer {
        Signer { device: self.checked.info.device, key: self.checked.key }
    }

    /// How much is in it.
    pub fn contents(&self) -> Contents {
        self.checked.contents
    }

    /// Hands over statements, then tips, then changes, document by document sorted by
    /// [`DocumentName`]. What is there for people and for other tools is not handed over.
    ///
    /// # Errors
    /// The first error of `take`, or [`ArchiveError::Changed`] if the file is no longer the one
    /// that was verified: what was taken before should then be undone.
    pub fn items<E: From<ArchiveError>>(
        &mut self,
        watch: &mut Watch<'_>,
        mut take: impl FnMut(Item) -> Result<(), E>,
    ) -> Result<(), E> {
        self.file.rewind().map_err(ArchiveError::reading)?;
        let plain = unseal_again(&mut self.file, &self.key)?;
        let pace = Pace::new(watch, Step::Reading, Some(self.checked.length));
        let again = check(plain, pace, &mut take)?;
        if again == self.checked { Ok(()) } else { Err(ArchiveError::Changed.into()) }
    }
}

/// What a whole bag turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    pub(crate) info: Info,
    pub(crate) key: MinisignKey,
    pub(crate) contents: Contents,
    /// Hash of all there is to sign.
    pub(crate) tag_manifest: Hash,
    /// Bytes of the files inside.
    pub(crate) length: u64,
}

/// Reads a bag to its end, verifies all of it, and gives each item to `take` on the way.
pub(crate) fn check<E: From<ArchiveError>>(
    plain: impl Read,
    pace: Pace<'_, '_>,
    take: impl FnMut(Item) -> Result<(), E>,
) -> Result<Checked, E> {
    let mut check = Check {
        tar: TarReader::new(plain),
        pace,
        take,
        order: Order::default(),
        tally: Tally::default(),
        contents: Contents::default(),
        document: None,
        mtime: None,
        info: None,
        key: None,
    };
    while check.next()? != Part::Signature {}
    check.finish().map_err(E::from)
}

struct Check<'a, 'w, R, F> {
    tar: TarReader<R>,
    pace: Pace<'a, 'w>,
    take: F,
    order: Order,
    tally: Tally,
    contents: Contents,
    document: Option<DocumentName>,
    mtime: Option<u64>,
    info: Option<Info>,
    key: Option<MinisignKey>,
}

impl<R: Read, E: From<ArchiveError>, F: FnMut(Item) -> Result<(), E>> Check<'_, '_, R, F> {
    fn next(&mut self) -> Result<Part, E> {
        let TarEntry { path, size, mtime } = self.tar.next()?;
        let part = Part::parse(&path).ok_or(ArchiveError::Damaged("a file that no backup has"))?;
        if size > part.most_bytes() {
            return Err(ArchiveError::TooLarge("a file inside").into());
        }
        if *self.mtime.get_or_insert(mtime) != mtime {
            return Err(ArchiveError::Damaged("the time of a file inside").into());
        }
        self.order.next(&part).map_err(|disorder| match disorder {
            Disorder::Misplaced(what) => ArchiveError::Damaged(what),
            Disorder::TooMany(what) => ArchiveError::TooLarge(what),
        })?;
        match part {
            Part::Snapshot(_) | Part::Readable(_) | Part::Manifest => self.next_long(&part, size)?,
            _ => self.next_short(&part, size)?,
        }
        Ok(part)
    }

    /// A file of which only the hash is of interest.
    fn next_long(&mut self, part: &Part, size: u64) -> Result<(), ArchiveError> {
        let mut hash = Sha256::new();
        let pace = &mut self.pace;
        self.tar.content(size, |piece| {
            hash.update(piece);
            pace.advance(piece.len() as u64)
        })?;
        let hash: Hash = hash.finalize().into();
        if *part == Part::Manifest && (size, hash) != self.tally.manifest() {
            return Err(ArchiveError::Damaged("its list of files"));
        }
        self.tally.note(part, &hash);
        Ok(())
    }

    /// A file that is looked at: of a few hundred KiB at most.
    fn next_short(&mut self, part: &Part, size: u64) -> Result<(), E> {
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        self.tar.content(size, |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        self.pace.advance(size)?;
        match part {
            Part::TagManifest if bytes != self.tally.tag_manifest().as_bytes() => {
                return Err(ArchiveError::Damaged("its list of lists").into());
            }
            Part::TagManifest => return Ok(()),
            Part::Signature => {
                let key = self.key.ok_or(ArchiveError::Damaged("its signature"))?;
                return Ok(verify(&key, self.tally.tag_manifest(), &bytes)?);
            }
            _ => {}
        }
        let hash = hash(&bytes);
        self.tally.note(part, &hash);
        self.look_at(part, hash, bytes)
    }

    fn look_at(&mut self, part: &Part, hash: Hash, bytes: Vec<u8>) -> Result<(), E> {
        let size = bytes.len() as u64;
        let item = match part {
            Part::Declaration if bytes != DECLARATION.as_bytes() => {
                return Err(ArchiveError::Damaged("its first file").into());
            }
            Part::Info => {
                let info = Info::parse(&bytes)?;
                if Some(info.mtime()) != self.mtime {
                    return Err(ArchiveError::Damaged("the time when it was written").into());
                }
                self.info = Some(info);
                return Ok(());
            }
            Part::DeviceKey => {
                self.key = Some(read_key(&bytes)?);
                return Ok(());
            }
            Part::Statement(StatementId(id)) | Part::Tip(id) if *id != hash => {
                return Err(ArchiveError::Damaged("a statement or tip").into());
            }
            Part::Statement(id) => {
                self.contents.statements += 1;
                Item::Statement { id: *id, bytes }
            }
            Part::Tip(_) => {
                self.contents.tips += 1;
                Item::Tip { bytes }
            }
            Part::Change(of, ..) => {
                self.contents.changes += 1;
                if self.document.replace(*of) != Some(*of) {
                    self.contents.documents += 1;
                }
                Item::Change { of: *of, bytes }
            }
            _ => return Ok(()),
        };
        self.contents.bytes = self.contents.bytes.saturating_add(size);
        (self.take)(item)
    }

    fn finish(self) -> Result<Checked, ArchiveError> {
        self.tar.finish()?;
        let (Some(info), Some(key)) = (self.info, self.key) else {
            return Err(ArchiveError::Damaged("a file is missing"));
        };
        Ok(Checked {
            info,
            key,
            contents: self.contents,
            tag_manifest: hash(self.tally.tag_manifest().as_bytes()),
            length: self.pace.done(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use closeknit_ids::{ActorId, CircleId, MemberId};
    use closeknit_trust::device::DeviceKeys;
    use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

    use super::*;
    use crate::{About, SealTo};

    /// A plain bag, as it is inside the age layer.
    fn bag() -> Vec<u8> {
        let keys = DeviceKeys::generate(&mut StdRng::seed_from_u64(1));
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("backup");
        let about = About {
            written: "2025-06-15T15:06:40Z".parse().unwrap(),
            app: "Closeknit 0.1.0".into(),
            circles: vec![],
        };
        let to = [keys.recipient()];
        crate::write(&path, &about, SealTo::Recipients(&to), &keys, &mut on, |bag| {
            bag.statement(b"found, signed")?;
            bag.tip(b"a tip")?;
            bag.document(CircleId([1; 32]), MemberId([2; 32]), 0, b"the whole document")?;
            bag.change(ActorId([3; 16]), 1, &[b'x'; 600])?;
            bag.readable("board.html", b"<!doctype html>")
        })
        .unwrap();
        let identity = OpenWith::Identities(&[keys.identity()]);
        let mut plain = Vec::new();
        let (mut stream, _) =
            unseal(std::fs::File::open(&path).unwrap(), &identity, MOST_RECIPIENTS).unwrap();
        stream.read_to_end(&mut plain).unwrap();
        plain
    }

    fn on(_: crate::Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn refused(plain: &[u8]) -> bool {
        let mut watch = on;
        let pace = Pace::new(&mut watch, Step::Checking, None);
        check(plain, pace, |_| Ok::<_, ArchiveError>(())).is_err()
    }

    #[test]
    fn no_bit_of_the_first_4_kib_can_be_flipped() {
        let mut plain = bag();
        assert!(!refused(&plain));
        for place in 0..4096 {
            for bit in 0..8 {
                plain[place] ^= 1 << bit;
                assert!(refused(&plain), "bit {bit} of byte {place}");
                plain[place] ^= 1 << bit;
            }
        }
        assert!(!refused(&plain));
    }

    #[test]
    fn nothing_can_be_flipped_or_cut_anywhere() {
        let mut plain = bag();
        let mut rng = StdRng::seed_from_u64(2_000);
        // The lists, key and signature at the end are what is left when all else was checked.
        let end = plain.len() - 6 * 1024;
        let anywhere: Vec<_> = (0..2_000).map(|_| rng.random_range(0..plain.len())).collect();
        for place in anywhere.into_iter().chain(end..plain.len()) {
            let bit = rng.random_range(0..8);
            plain[place] ^= 1 << bit;
            assert!(refused(&plain), "bit {bit} of byte {place}");
            plain[place] ^= 1 << bit;
        }
        for cut in (0..plain.len()).step_by(7) {
            assert!(refused(&plain[..cut]), "cut at {cut}");
        }
        for more in [1, 512, 1024] {
            assert!(refused(&[&plain[..], &vec![0; more]].concat()), "{more} bytes more");
        }
    }

    #[test]
    fn no_block_can_be_doubled_swapped_or_dropped() {
        let plain = bag();
        let blocks: Vec<&[u8]> = plain.chunks(512).collect();
        let (mut changed, mut same) = (0, 0);
        let mut expect = |blocks: Vec<&[u8]>, what: String| {
            let other = blocks.concat();
            if other == plain {
                same += 1;
            } else {
                changed += 1;
                assert!(refused(&other), "{what}");
            }
        };
        for block in 0..blocks.len() {
            let mut doubled = blocks.clone();
            doubled.insert(block, blocks[block]);
            expect(doubled, format!("block {block} doubled"));
            let mut dropped = blocks.clone();
            dropped.remove(block);
            expect(dropped, format!("block {block} dropped"));
            for other in 0..block {
                let mut swapped = blocks.clone();
                swapped.swap(block, other);
                expect(swapped, format!("blocks {block} and {other} swapped"));
            }
        }
        assert!(changed > 300, "{changed} changed, {same} the same");
    }
}
