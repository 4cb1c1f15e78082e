//! Files that leave and enter: the signed backup, the parcel, and own promises as a [`calendar`].
//!
//! A backup is four public formats inside one another (design, *Signed backup*): age v1 around a
//! POSIX ustar archive, around a BagIt bag, with a minisign signature of the device that made it.
//! `age`, `tar`, `sha256sum`, `minisign` and `bagit.py` open every layer.
//!
//! * [`write()`] fills a temporary file, reads it back, verifies it, and only then gives it its name.
//! * [`open`] verifies a whole file before anything of it is handed out; [`Backup::items`] then
//!   hands over statements, tips and changes. They are bytes of strangers still: the gate decides.
//! * [`write_parcel`] and [`open_parcel`] are the sealed file around a parcel's frames.
//! * [`Table`] makes what people read: JSON, CSV and a plain page.
//!
//! Of every bag there is one spelling only, so that no byte of the plain archive escapes the
//! signature; sizes, depths and counts are bounded before anything is set aside for them.
//!
//! ```
//! use std::{fs::File, ops::ControlFlow};
//!
//! use closeknit_archive::{About, ArchiveError, Item, OpenWith, SealTo, open, write};
//! use closeknit_trust::device::DeviceKeys;
//! use rand::SeedableRng;
//!
//! let mut rng = rand::rngs::StdRng::seed_from_u64(1);
//! let laptop = DeviceKeys::generate(&mut rng);
//! let recovery = DeviceKeys::generate(&mut rng).identity();
//! let directory = tempfile::tempdir()?;
//! let path = directory.path().join("rosa-2025-06-15.closeknit.age");
//!
//! let about =
//!     About { written: "2025-06-15T15:06:40Z".parse()?, app: "Closeknit 0.1.0".into(), circles: vec![] };
//! let mut watch = |_| ControlFlow::Continue(());
//! let recipients = [recovery.recipient()];
//! write(&path, &about, SealTo::Recipients(&recipients), &laptop, &mut watch, |bag| {
//!     bag.statement(b"signed by Rosa")
//! })?;
//!
//! let mut backup = open(File::open(&path)?, OpenWith::Identities(&[recovery]), &mut watch)?;
//! assert_eq!(backup.signer().key, laptop.minisign_key());
//! backup.items(&mut watch, |item| {
//!     assert!(matches!(item, Item::Statement { .. }));
//!     Ok::<_, ArchiveError>(())
//! })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bag;
pub mod calendar;
mod error;
mod info;
mod parcel;
mod part;
mod passphrase;
mod place;
mod progress;
mod read;
mod sealing;
mod table;
mod tarball;
mod write;

pub use bag::Signer;
pub use error::ArchiveError;
pub use info::{About, CircleInfo, FORMAT, Info, MOST_CIRCLES};
pub use parcel::{MOST_PARCEL_RECIPIENTS, OpenParcel, Put, open_parcel, write_parcel};
pub use part::{DocumentName, MOST_CHANGES, MOST_FILES, MOST_STATEMENTS};
pub use passphrase::{open_secret, seal_secret};
pub use progress::{Progress, Step, Watch};
pub use read::{Backup, Contents, Item, open};
pub use sealing::{MOST_RECIPIENTS, OpenWith, SealTo};
pub use table::Table;
pub use write::{Filling, Written, write};
