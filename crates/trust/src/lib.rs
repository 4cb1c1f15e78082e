//! Who may write what: keys, signed statements, the roster, tips, invitations and sealing. No I/O,
//! no clock; randomness is passed in, except where age draws its own ([`seal`]).
//!
//! The specification is trust-and-sync; where these pages and the code say more, they follow from it.
//!
//! - [`words`], [`device`]: the keys of a person (24 words) and of a machine.
//! - [`statement`]: what members sign about membership, as bytes that have one spelling.
//! - [`ledger`]: the set of a circle's statements, which only grows; writes the next one, too.
//! - [`roster`]: who belongs and who may write what, a pure function of that set.
//! - [`chain`]: the few statements that show a stranger's machine that one belongs.
//! - [`tip`]: a machine's signature under the state of a document; which tips are current.
//! - [`invitation`], [`code`]: the line of text that lets somebody in, and the digits that two people
//!   compare before it does.
//! - [`seal`]: encryption to chosen people.
//! - [`circle`]: names derived from a circle's id.
//!
//! Invariants, each with its test in `tests/all`:
//!
//! 1. Whether a statement enters depends on its bytes and its past alone (`ledger`).
//! 2. Equal sets give equal rosters, in whatever order they came (`fold`).
//! 3. One voter, with any number of others who have no vote, decides nothing (`fold`).
//! 4. A Drop never changes a vote (`fold`).
//! 5. What a later version says is carried byte for byte and changes nothing (`fold`, `frozen`).
//!
//! ```
//! use closeknit_ids::MemberKind;
//! use closeknit_trust::{
//!     device::DeviceKeys,
//!     ledger::Ledger,
//!     roster::Roster,
//!     statement::{Body, Enrol, Found, Founder, Pen, Statement},
//!     text::{CircleName, DeviceLabel, ZoneName},
//!     words::{Nonce, Words},
//! };
//! # use rand::{SeedableRng as _, rngs::StdRng};
//! # let rng = &mut StdRng::seed_from_u64(1);
//!
//! // Rosa and Sam each have words, and are somebody in this circle.
//! let (rosas, sams) = (Words::generate(rng), Words::generate(rng));
//! let (nonce, his) = (Nonce::generate(rng), Nonce::generate(rng));
//! let (rosa, sam) = (rosas.member_key(&nonce), sams.member_key(&his));
//!
//! // Both sign its beginning, which gives it its id.
//! let founder = |member| Founder { member, kind: MemberKind::Person };
//! let terms = Found::new(
//!     CircleName::new("Millrace")?,
//!     ZoneName::new("Europe/Vienna")?,
//!     Nonce::generate(rng),
//!     founder(rosa.id()),
//!     founder(sam.id()),
//! );
//! let found = Statement::found(&terms, [terms.sign(&rosa)?, terms.sign(&sam)?])?;
//! let mut ledger = Ledger::new(found.circle());
//! ledger.insert(found);
//!
//! // With her words Rosa enrols her laptop, which speaks for her from now on.
//! let laptop = DeviceKeys::generate(rng);
//! let machine = laptop.machine(ledger.circle(), rosa.id(), DeviceLabel::new("Rosa's laptop")?);
//! let enrol = Body::Enrol(Enrol::by_words(machine, &rosas, nonce));
//! ledger.insert(ledger.write(Pen::Member(&rosa), &enrol)?);
//!
//! let roster = Roster::fold(&ledger);
//! assert!(roster.is_active(sam.id()) && roster.is_voter(rosa.id()));
//! assert_eq!(roster.owner_of(laptop.id()), Some(rosa.id()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod chain;
pub mod circle;
pub mod code;
pub mod device;
mod digest;
pub mod invitation;
pub mod ledger;
pub mod minisign_key;
pub mod roster;
pub mod seal;
pub mod signature;
pub mod statement;
pub mod text;
pub mod tip;
pub mod words;
