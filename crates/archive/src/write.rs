//! Writing a backup: into a temporary file beside its place, read back, and only then renamed.

use std::{
    fs::File,
    io::{BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
};

use age::stream::StreamWriter;
use closeknit_ids::{ActorId, CircleId, MemberId, StatementId};
use closeknit_trust::device::DeviceKeys;
use tempfile::SpooledTempFile;

use crate::{
    About, ArchiveError, Contents, Info, SealTo, Step, Watch,
    bag::{DECLARATION, Tally, hash, sign},
    part::{Disorder, DocumentName, Order, Part},
    place::Unfinished,
    progress::Pace,
    read::check,
    sealing::{KnownKey, MOST_RECIPIENTS, unseal_again},
    tarball::TarWriter,
};

/// A backup that is safely there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Size of the file.
    pub size: u64,
    /// What is in it.
    pub contents: Contents,
}

const WRITING: &str = "writing the backup";
/// The list of files stays in memory up to here, then moves to a nameless temporary file. It names
/// ids and hashes, never contents.
const LIST_IN_MEMORY: usize = 16 * 1024 * 1024;

/// Writes a backup to `to`, replacing a file that is there. `fill` puts the contents in. The file
/// gets its name only when it is whole, on the disk, and was read back and verified; until then,
/// and after any error, an older file stands untouched.
///
/// Takes some 25 MiB of memory whatever the size (a passphrase: see [`SealTo`]).
///
/// # Errors
/// Those of `fill`; [`ArchiveError::Cancelled`] if `watch` breaks; [`ArchiveError::DiskFull`] and
/// its like.
pub fn write<E: From<ArchiveError>>(
    to: &Path,
    about: &About,
    seal: SealTo<'_>,
    keys: &DeviceKeys,
    watch: &mut Watch<'_>,
    fill: impl FnOnce(&mut Filling<'_, '_>) -> Result<(), E>,
) -> Result<Written, E> {
    let unfinished = Unfinished::begin(to, WRITING)?;
    let info = Info::new(about, keys.id(), seal.names())?;
    let (sealed, key) = seal.begin(BufWriter::new(unfinished.reopen()?), MOST_RECIPIENTS)?;
    let mut filling = Filling::begin(sealed, &info, Pace::new(watch, Step::Writing, None))?;
    fill(&mut filling)?;
    let (expected, pace) = filling.finish(keys)?;
    let contents = read_back(&unfinished, &key, &info, expected, pace.watch())?;
    let size = unfinished.publish()?;
    Ok(Written { size, contents })
}

/// Reads the finished file as a stranger's, with the key it was just encrypted under.
fn read_back(
    file: &Unfinished<'_>,
    key: &KnownKey,
    info: &Info,
    expected: Expected,
    watch: &mut Watch<'_>,
) -> Result<Contents, ArchiveError> {
    let plain = unseal_again(file.reopen()?, key)?;
    let pace = Pace::new(watch, Step::Checking, Some(expected.length));
    let checked = check(plain, pace, |_| Ok::<_, ArchiveError>(()))?;
    let found = Expected { tag_manifest: checked.tag_manifest, length: checked.length };
    if found == expected && checked.info == *info {
        Ok(checked.contents)
    } else {
        Err(ArchiveError::Damaged("what was read back is not what was written"))
    }
}

/// What reading back has to find.
#[derive(Debug, PartialEq, Eq)]
struct Expected {
    tag_manifest: [u8; 32],
    length: u64,
}

/// A backup that is being filled: first statements, then tips, then documents sorted by circle,
/// member and generation, then files for people, sorted by name. Statements and changes come after
/// what they depend on.
pub struct Filling<'a, 'w> {
    tar: TarWriter<StreamWriter<BufWriter<File>>>,
    list: SpooledTempFile,
    order: Order,
    tally: Tally,
    pace: Pace<'a, 'w>,
    document: Option<DocumentName>,
}

impl<'a, 'w> Filling<'a, 'w> {
    fn begin(
        sealed: StreamWriter<BufWriter<File>>,
        info: &Info,
        pace: Pace<'a, 'w>,
    ) -> Result<Self, ArchiveError> {
        let mut filling = Self {
            tar: TarWriter::new(sealed, info.mtime()),
            list: SpooledTempFile::new(LIST_IN_MEMORY),
            order: Order::default(),
            tally: Tally::default(),
            pace,
            document: None,
        };
        filling.add(&Part::Declaration, DECLARATION.as_bytes())?;
        filling.add(&Part::Info, info.to_text().as_bytes())?;
        Ok(filling)
    }

    /// Adds a signed statement.
    ///
    /// # Errors
    /// If it comes too late, a second time, or cannot be written.
    pub fn statement(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.add(&Part::Statement(StatementId(hash(bytes))), bytes)
    }

    /// Adds a tip.
    ///
    /// # Errors
    /// If it comes too late, a second time, or cannot be written.
    pub fn tip(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.add(&Part::Tip(hash(bytes)), bytes)
    }

    /// Begins one generation of a document; `whole` is the same as one Automerge document, for
    /// other tools.
    ///
    /// # Errors
    /// If it does not come after the one before, or cannot be written.
    pub fn document(
        &mut self,
        circle: CircleId,
        member: MemberId,
        generation: u32,
        whole: &[u8],
    ) -> Result<(), ArchiveError> {
        let document = DocumentName { circle, member, generation };
        self.document = Some(document);
        self.add(&Part::Snapshot(document), whole)
    }

    /// Adds a change to the document begun last.
    ///
    /// # Errors
    /// If there is no document yet, the change is there already, or it cannot be written.
    pub fn change(&mut self, actor: ActorId, seq: u64, bytes: &[u8]) -> Result<(), ArchiveError> {
        let document = self.document.ok_or(ArchiveError::Misplaced("a change without a document"))?;
        self.add(&Part::Change(document, actor, seq), bytes)
    }

    /// Adds a file for people to `data/readable`. The name consists of ASCII letters, digits, `-`,
    /// `_` and `.`, with at most one folder.
    ///
    /// # Errors
    /// If the name cannot be, does not come after the one before, or it cannot be written.
    pub fn readable(&mut self, name: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        let part = Part::Readable(name.into());
        if Part::parse(&part.path()).is_none() {
            return Err(ArchiveError::Misplaced("the name of a readable file"));
        }
        self.add(&part, bytes)
    }

    fn add(&mut self, part: &Part, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.place(part, bytes.len() as u64)?;
        if let Some(line) = self.tally.note(part, &hash(bytes)) {
            self.list.write_all(line.as_bytes()).map_err(ArchiveError::file(WRITING))?;
        }
        self.append(part, bytes)
    }

    fn place(&mut self, part: &Part, size: u64) -> Result<(), ArchiveError> {
        if size > part.most_bytes() {
            return Err(ArchiveError::TooLarge("a file inside"));
        }
        self.order.next(part).map_err(|disorder| match disorder {
            Disorder::Misplaced(what) => ArchiveError::Misplaced(what),
            Disorder::TooMany(what) => ArchiveError::TooLarge(what),
        })
    }

    fn append(&mut self, part: &Part, bytes: &[u8]) -> Result<(), ArchiveError> {
        let size = bytes.len() as u64;
        self.tar.append(&part.path(), size, bytes).map_err(ArchiveError::file(WRITING))?;
        self.pace.advance(size)
    }

    /// Adds the lists and the signature, and makes the file durable.
    fn finish(mut self, keys: &DeviceKeys) -> Result<(Expected, Pace<'a, 'w>), ArchiveError> {
        self.append_list()?;
        self.add(&Part::DeviceKey, keys.minisign_key().file_text().as_bytes())?;
        let tag_manifest = self.tally.tag_manifest().to_owned();
        for (part, text) in
            [(Part::TagManifest, tag_manifest.clone()), (Part::Signature, sign(&tag_manifest, keys)?)]
        {
            self.place(&part, text.len() as u64)?;
            self.append(&part, text.as_bytes())?;
        }
        let Self { tar, pace, .. } = self;
        let written = tar.finish().and_then(StreamWriter::finish).and_then(|mut buffer| {
            buffer.flush()?;
            buffer.get_ref().sync_all()
        });
        written.map_err(ArchiveError::file(WRITING))?;
        let expected = Expected { tag_manifest: hash(tag_manifest.as_bytes()), length: pace.done() };
        Ok((expected, pace))
    }

    fn append_list(&mut self) -> Result<(), ArchiveError> {
        let (size, hash) = self.tally.manifest();
        self.place(&Part::Manifest, size)?;
        self.tally.note(&Part::Manifest, &hash);
        self.list.seek(SeekFrom::Start(0)).map_err(ArchiveError::file(WRITING))?;
        self.tar
            .append(&Part::Manifest.path(), size, (&mut self.list).take(size))
            .map_err(ArchiveError::file(WRITING))?;
        self.pace.advance(size)
    }
}
