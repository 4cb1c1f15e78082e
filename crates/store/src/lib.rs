//! The memory of one profile: a log of signed bytes, and what is computed from it, in one SQLite file.
//!
//! The log (statements, tips, changes) is the truth and holds bytes exactly as they were signed, in
//! the order of their arrival; records are a cache of it and can be rebuilt (architecture,
//! decision 4). The store knows ids and bytes, never what they mean; it has no clock.
//!
//! * [`ProfileLock`]: one process per profile.
//! * [`PageKey`]: the pages are encrypted (SQLCipher); whoever opens the profile brings the key.
//! * [`Store`]: opens the database, refuses a newer or damaged one, and one of another key; [`salvage`] sets a damaged one
//!   aside and saves what can be read.
//! * [`Store::write`]: one [`Batch`] is one transaction. What belongs together commits together.
//! * [`View`]: every way to read, outside a batch or inside it.
//!
//! ```
//! use closeknit_ids::{CircleId, StatementId};
//! use closeknit_store::{Circle, Durability, PageKey, ProfileLock, Stage, Store, StoreError};
//!
//! let directory = tempfile::tempdir()?;
//! let lock = ProfileLock::take(directory.path())?;
//! let mut store = Store::open(&lock, &PageKey::new([7; 32]))?;
//!
//! let millrace = CircleId([1; 32]);
//! store.write(Durability::Full, |batch| {
//!     batch.put_circle(&Circle {
//!         id: millrace,
//!         stage: Stage::Real,
//!         name: "Millrace".into(),
//!         zone: "Europe/London".into(),
//!         created: 1_750_000_000,
//!     })?;
//!     batch.add_statement(millrace, StatementId([2; 32]), b"signed by Rosa")?;
//!     Ok::<_, StoreError>(())
//! })?;
//! assert_eq!(store.view().statements(millrace)?.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod admission;
mod circles;
mod error;
mod invitations;
mod key;
mod log;
mod open;
mod peers;
mod profile;
mod records;
mod salvage;
mod sealing;
mod search;
mod settings;
mod staging;
mod store;

pub use admission::{InFlight, Quarantined, Refusal, TipId};
pub use circles::{Circle, Stage};
pub use error::StoreError;
pub use invitations::Invitation;
pub use key::PageKey;
pub use log::{ChangeRow, DocumentSummary, Position, StatementRow, TipRow};
pub use peers::{Address, KEPT_ADDRESSES};
pub use profile::ProfileLock;
pub use records::{RecordRow, Replaced};
pub use salvage::{Salvage, salvage};
pub use settings::Scope;
pub use staging::{Allowance, Staged};
pub use store::{Batch, Disk, Durability, Store, View};
