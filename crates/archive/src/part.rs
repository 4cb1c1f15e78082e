//! The files inside a backup: their names, how large each may be, and in which order they stand.

use std::collections::BTreeSet;

use closeknit_ids::{ActorId, CircleId, MemberId, StatementId};

/// One generation of one member's document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentName {
    /// In which circle.
    pub circle: CircleId,
    /// Whose document.
    pub member: MemberId,
    /// Which generation of it.
    pub generation: u32,
}

/// A file inside a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// `bagit.txt`
    Declaration,
    /// `bag-info.txt`
    Info,
    /// A signed statement, named after its SHA-256.
    Statement(StatementId),
    /// A tip, named after its SHA-256.
    Tip([u8; 32]),
    /// A whole document, for other tools.
    Snapshot(DocumentName),
    /// One change, named after its actor and number.
    Change(DocumentName, ActorId, u64),
    /// For people, `data/readable/…`.
    Readable(String),
    /// `manifest-sha256.txt`
    Manifest,
    /// `device.pub`
    DeviceKey,
    /// `tagmanifest-sha256.txt`
    TagManifest,
    /// `tagmanifest-sha256.txt.minisig`
    Signature,
}

const STATEMENTS: &str = "data/statements/";
const TIPS: &str = "data/tips/";
const DOCUMENTS: &str = "data/documents/";
const READABLE: &str = "data/readable/";

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

impl Part {
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Declaration => "bagit.txt".into(),
            Self::Info => "bag-info.txt".into(),
            Self::Statement(id) => format!("{STATEMENTS}{id}.stmt"),
            Self::Tip(id) => format!("{TIPS}{}.tip", StatementId(*id)),
            Self::Snapshot(of) => {
                format!("{DOCUMENTS}{}/{}/{}.automerge", of.circle, of.member, of.generation)
            }
            Self::Change(of, actor, seq) => {
                format!("{DOCUMENTS}{}/{}/{}/{actor}-{seq}.change", of.circle, of.member, of.generation)
            }
            Self::Readable(name) => format!("{READABLE}{name}"),
            Self::Manifest => "manifest-sha256.txt".into(),
            Self::DeviceKey => "device.pub".into(),
            Self::TagManifest => "tagmanifest-sha256.txt".into(),
            Self::Signature => "tagmanifest-sha256.txt.minisig".into(),
        }
    }

    /// The part with this path; each has one spelling only.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let part = match path {
            "bagit.txt" => Self::Declaration,
            "bag-info.txt" => Self::Info,
            "manifest-sha256.txt" => Self::Manifest,
            "device.pub" => Self::DeviceKey,
            "tagmanifest-sha256.txt" => Self::TagManifest,
            "tagmanifest-sha256.txt.minisig" => Self::Signature,
            _ => Self::parse_payload(path)?,
        };
        (part.path() == path).then_some(part)
    }

    fn parse_payload(path: &str) -> Option<Self> {
        if let Some(name) = path.strip_prefix(STATEMENTS) {
            return Some(Self::Statement(name.strip_suffix(".stmt")?.parse().ok()?));
        }
        if let Some(name) = path.strip_prefix(TIPS) {
            let id: StatementId = name.strip_suffix(".tip")?.parse().ok()?;
            return Some(Self::Tip(id.0));
        }
        if let Some(name) = path.strip_prefix(READABLE) {
            return is_plain(name).then(|| Self::Readable(name.into()));
        }
        let mut steps = path.strip_prefix(DOCUMENTS)?.split('/');
        let circle = steps.next()?.parse().ok()?;
        let member = steps.next()?.parse().ok()?;
        let generation = steps.next()?;
        let Some(change) = steps.next() else {
            let generation = generation.strip_suffix(".automerge")?.parse().ok()?;
            return Some(Self::Snapshot(DocumentName { circle, member, generation }));
        };
        let (actor, seq) = change.strip_suffix(".change")?.split_once('-')?;
        let of = DocumentName { circle, member, generation: generation.parse().ok()? };
        Some(Self::Change(of, actor.parse().ok()?, seq.parse().ok()?))
    }

    /// The most bytes that it may have. Larger ones are refused before anything is set aside for
    /// them.
    pub(crate) fn most_bytes(&self) -> u64 {
        match self {
            Self::Declaration | Self::DeviceKey | Self::TagManifest | Self::Signature => KIB,
            Self::Info => 64 * KIB,
            Self::Statement(_) | Self::Tip(_) => 4 * KIB,
            Self::Change(..) => 256 * KIB,
            Self::Snapshot(_) => 64 * MIB,
            Self::Readable(_) => 256 * MIB,
            Self::Manifest => 4 * KIB * MIB,
        }
    }

    /// Whether it is what the bag is for, and so in `manifest-sha256.txt`.
    pub(crate) fn is_payload(&self) -> bool {
        (PAYLOAD_FROM..=PAYLOAD_TO).contains(&self.place())
    }

    /// Where it stands.
    fn place(&self) -> u8 {
        match self {
            Self::Declaration => 1,
            Self::Info => 2,
            Self::Statement(_) => PAYLOAD_FROM,
            Self::Tip(_) => 4,
            Self::Snapshot(_) | Self::Change(..) => 5,
            Self::Readable(_) => PAYLOAD_TO,
            Self::Manifest => 7,
            Self::DeviceKey => 8,
            Self::TagManifest => 9,
            Self::Signature => 10,
        }
    }
}

const PAYLOAD_FROM: u8 = 3;
const PAYLOAD_TO: u8 = 6;

/// Names that are safe on every file system: letters, digits, `-`, `_` and `.`, at most one folder.
fn is_plain(name: &str) -> bool {
    let plain = |step: &str| {
        (1..=40).contains(&step.len())
            && !step.starts_with(['.', '-'])
            && step.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    let steps = name.split('/').count();
    steps <= 2 && name.split('/').all(plain)
}

/// The most statements, and the most tips, in a backup.
pub const MOST_STATEMENTS: usize = 200_000;
/// The most changes in one generation of a document, twice what the gate admits.
pub const MOST_CHANGES: usize = 10_000;
/// The most files in a backup.
pub const MOST_FILES: u64 = 8_000_000;

/// Checks that parts come in the one order that a backup has, none twice.
///
/// Within their sections, statements, tips and the changes of a generation stand in the order in
/// which they were added: each after what it depends on. Documents and readable files are sorted.
#[derive(Debug, Default)]
pub(crate) struct Order {
    place: u8,
    files: u64,
    ids: BTreeSet<[u8; 32]>,
    document: Option<DocumentName>,
    changes: BTreeSet<(ActorId, u64)>,
    readable: String,
}

/// Why a part may not come now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Disorder {
    Misplaced(&'static str),
    TooMany(&'static str),
}

impl Order {
    pub(crate) fn next(&mut self, part: &Part) -> Result<(), Disorder> {
        let (before, place) = (self.place, part.place());
        let follows = match part {
            part if part.is_payload() => (2..=place).contains(&before),
            Part::Manifest => (PAYLOAD_FROM..=PAYLOAD_TO).contains(&before),
            _ => before + 1 == place,
        };
        if !follows {
            return Err(Disorder::Misplaced("a file is out of order or missing"));
        }
        self.place = place;
        self.files = self.files.saturating_add(1);
        if self.files > MOST_FILES {
            return Err(Disorder::TooMany("files"));
        }
        if before != place {
            self.ids.clear();
        }
        match part {
            Part::Statement(id) => self.next_id(id.0),
            Part::Tip(id) => self.next_id(*id),
            Part::Snapshot(of) => self.next_document(*of),
            Part::Change(of, actor, seq) => self.next_change(*of, *actor, *seq),
            Part::Readable(name) if *name <= self.readable => {
                Err(Disorder::Misplaced("readable files are not sorted"))
            }
            Part::Readable(name) => {
                self.readable.clone_from(name);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn next_id(&mut self, id: [u8; 32]) -> Result<(), Disorder> {
        if !self.ids.insert(id) {
            return Err(Disorder::Misplaced("a statement or tip is there twice"));
        }
        if self.ids.len() > MOST_STATEMENTS {
            return Err(Disorder::TooMany("statements or tips"));
        }
        Ok(())
    }

    fn next_document(&mut self, of: DocumentName) -> Result<(), Disorder> {
        if self.document.is_some_and(|before| before >= of) {
            return Err(Disorder::Misplaced("documents are not sorted"));
        }
        self.document = Some(of);
        self.changes.clear();
        Ok(())
    }

    fn next_change(&mut self, of: DocumentName, actor: ActorId, seq: u64) -> Result<(), Disorder> {
        if self.document != Some(of) {
            self.next_document(of)?;
        }
        if !self.changes.insert((actor, seq)) {
            return Err(Disorder::Misplaced("a change is there twice"));
        }
        if self.changes.len() > MOST_CHANGES {
            return Err(Disorder::TooMany("changes in one generation"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(generation: u32) -> DocumentName {
        DocumentName { circle: CircleId([1; 32]), member: MemberId([2; 32]), generation }
    }

    fn every_part() -> Vec<Part> {
        vec![
            Part::Declaration,
            Part::Info,
            Part::Statement(StatementId([3; 32])),
            Part::Tip([4; 32]),
            Part::Snapshot(of(0)),
            Part::Change(of(0), ActorId([5; 16]), 1),
            Part::Change(of(u32::MAX), ActorId([5; 16]), u64::MAX),
            Part::Readable("board.html".into()),
            Part::Readable("millrace/posts.csv".into()),
            Part::Manifest,
            Part::DeviceKey,
            Part::TagManifest,
            Part::Signature,
        ]
    }

    #[test]
    fn every_part_has_one_path() {
        for part in every_part() {
            assert_eq!(Part::parse(&part.path()), Some(part));
        }
        let id = "0a".repeat(32);
        let actor = "0a".repeat(16);
        let document = format!("{id}/{id}");
        for path in [
            "",
            "data/",
            "./bagit.txt",
            "data/other.txt",
            "data/readable/",
            "data/readable/../device.pub",
            "data/readable/.hidden",
            "data/readable/a/b/c",
            "data/readable/a//b",
            "data/readable/tab\tname",
            &format!("data/statements/{}.stmt", id.to_uppercase()),
            &format!("data/statements/{id}.tip"),
            &format!("data/documents/{document}/00.automerge"),
            &format!("data/documents/{document}/+1.automerge"),
            &format!("data/documents/{document}/4294967296.automerge"),
            &format!("data/documents/{document}/1/{actor}-01.change"),
            &format!("data/documents/{document}/1/{actor}-1.change/x"),
            &format!("/data/documents/{document}/1/{actor}-1.change"),
        ] {
            assert_eq!(Part::parse(path), None, "{path}");
        }
    }

    #[test]
    fn parts_have_one_order() {
        let parts = every_part();
        let admitted = |parts: &[Part]| {
            let mut order = Order::default();
            parts.iter().all(|part| order.next(part).is_ok())
        };
        assert!(admitted(&parts));
        for twice in 0..parts.len() {
            let mut parts = parts.clone();
            parts.insert(twice, parts[twice].clone());
            assert!(!admitted(&parts), "{:?} twice", parts[twice]);
        }
        for swapped in 1..parts.len() {
            let mut parts = parts.clone();
            parts.swap(swapped - 1, swapped);
            assert!(!admitted(&parts), "{:?} too early", parts[swapped - 1]);
        }
        // What is not payload may not be missing either.
        for missing in [0, 1, 9, 10, 11] {
            let mut parts = parts.clone();
            let missed = parts.remove(missing);
            assert!(!admitted(&parts), "{missed:?} missing");
        }
        assert!(!admitted(&[Part::Declaration, Part::Info, Part::Manifest]), "no payload at all");
    }

    #[test]
    fn counts_are_bounded() {
        let mut order = Order::default();
        order.next(&Part::Declaration).unwrap();
        order.next(&Part::Info).unwrap();
        let most = MOST_CHANGES as u64;
        for seq in 0..most {
            order.next(&Part::Change(of(0), ActorId([1; 16]), seq)).unwrap();
        }
        let one_more = order.next(&Part::Change(of(0), ActorId([1; 16]), most));
        assert_eq!(one_more, Err(Disorder::TooMany("changes in one generation")));
    }
}
