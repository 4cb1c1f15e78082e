//! Rosa's circle, her words, and a small backup of it.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses what it needs")]

use std::{
    fs::{self, File},
    io::{Cursor, Read, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use closeknit_archive::{
    About, ArchiveError, Backup, CircleInfo, Filling, Item, OpenWith, Progress, SealTo, Written, open, write,
};
use closeknit_ids::{ActorId, CircleId, MemberId};
use closeknit_trust::{device::DeviceKeys, words::Words};
use rand::{SeedableRng, rngs::StdRng};
use tempfile::TempDir;

pub const MILLRACE: CircleId = CircleId([1; 32]);
pub const ROSA: MemberId = MemberId([0xa; 32]);
pub const SAM: MemberId = MemberId([0xb; 32]);

pub fn words() -> Words {
    Words::from_bytes(&[7; 32])
}

pub fn laptop() -> DeviceKeys {
    DeviceKeys::generate(&mut StdRng::seed_from_u64(1))
}

/// Somebody else's machine.
pub fn mallorys() -> DeviceKeys {
    DeviceKeys::generate(&mut StdRng::seed_from_u64(2))
}

pub fn about() -> About {
    About {
        written: "2025-06-15T15:06:40Z".parse().unwrap(),
        app: "Closeknit 0.1.0".into(),
        circles: vec![CircleInfo { circle: MILLRACE, name: "Millrace".into(), member: ROSA }],
    }
}

pub fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Three statements, two tips, two documents with five changes, two files for people.
pub fn fill(bag: &mut Filling<'_, '_>) -> Result<(), ArchiveError> {
    for text in ["found", "admit", "enrol"] {
        bag.statement(format!("{text}, signed").as_bytes())?;
    }
    bag.tip(b"Rosa's tip")?;
    bag.tip(b"Sam's tip")?;
    bag.document(MILLRACE, ROSA, 3, b"the whole of Rosa's document")?;
    for (actor, seq) in [(9, 1), (4, 1), (9, 2)] {
        bag.change(ActorId([actor; 16]), seq, format!("change {seq} of {actor}").as_bytes())?;
    }
    bag.document(MILLRACE, SAM, 0, b"the whole of Sam's document")?;
    for seq in 1..=2 {
        bag.change(ActorId([5; 16]), seq, &[b'x'; 700])?;
    }
    bag.readable("board.html", b"<!doctype html><title>Millrace</title>")?;
    bag.readable("posts.csv", b"title\r\nLift\r\n")
}

pub struct Shelf {
    pub directory: TempDir,
    pub path: PathBuf,
}

impl Shelf {
    pub fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("rosa-2025-06-15.closeknit.age");
        Self { directory, path }
    }

    /// A shelf with Rosa's backup on it.
    pub fn with_backup() -> Self {
        let shelf = Self::new();
        shelf.write(fill).unwrap();
        shelf
    }

    pub fn write(
        &self,
        fill: impl FnOnce(&mut Filling<'_, '_>) -> Result<(), ArchiveError>,
    ) -> Result<Written, ArchiveError> {
        let to = [words().recipient()];
        write(&self.path, &about(), SealTo::Recipients(&to), &laptop(), &mut on, fill)
    }

    pub fn bytes(&self) -> Vec<u8> {
        fs::read(&self.path).unwrap()
    }

    /// The names in the directory.
    pub fn names(&self) -> Vec<String> {
        let names = fs::read_dir(self.directory.path()).unwrap();
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    pub fn open(&self) -> Result<Backup<File>, ArchiveError> {
        open(File::open(&self.path).unwrap(), OpenWith::Identities(&[words().identity()]), &mut on)
    }
}

pub fn open_bytes(bytes: Vec<u8>) -> Result<Backup<Cursor<Vec<u8>>>, ArchiveError> {
    open(Cursor::new(bytes), OpenWith::Identities(&[words().identity()]), &mut on)
}

pub fn items<R: Read + std::io::Seek>(backup: &mut Backup<R>) -> Vec<Item> {
    let mut items = Vec::new();
    backup
        .items(&mut on, |item| {
            items.push(item);
            Ok::<_, ArchiveError>(())
        })
        .unwrap();
    items
}

/// What is inside the age layer.
pub fn unsealed(sealed: &[u8]) -> Vec<u8> {
    let identity = words().identity().to_age().unwrap();
    let decryptor = age::Decryptor::new(sealed).unwrap();
    let mut plain = Vec::new();
    decryptor.decrypt(std::iter::once(&identity as _)).unwrap().read_to_end(&mut plain).unwrap();
    plain
}

/// Anybody can seal something to Rosa: her recipient is public.
pub fn sealed(plain: &[u8]) -> Vec<u8> {
    let recipient = words().recipient().to_age().unwrap();
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as _)).unwrap();
    let mut out = encryptor.wrap_output(Vec::new()).unwrap();
    out.write_all(plain).unwrap();
    out.finish().unwrap()
}

pub fn files(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = tar::Archive::new(archive);
    let entries = archive.entries().unwrap();
    entries
        .map(|entry| {
            let mut entry = entry.unwrap();
            let path = entry.path().unwrap().to_str().unwrap().to_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (path, bytes)
        })
        .collect()
}

pub fn is_whole(path: &Path) -> bool {
    open(File::open(path).unwrap(), OpenWith::Identities(&[words().identity()]), &mut on).is_ok()
}
