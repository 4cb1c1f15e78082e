//! The words and rules of mutual aid: what people write down, and what follows from it.
//!
//! Every record has one writer, and nobody writes a status (mutual-aid, *Records*). A record is one
//! of the types in [`record`]; what the screens show is computed from all of them and the time now.
//! There is no I/O here, no Automerge, and no clock.
//!
//! - [`Known`] is all that the rules look at, and [`Board::of`] computes from it how every post and
//!   every promise stands ([`state`]): two machines that know the same show the same.
//! - [`words`] says it: a [`Sentence`] for a post or a promise and for whoever looks, and what
//!   happens next.
//! - [`Board::basis`] is what a new promise says about what its helper knew; it orders claims without
//!   clocks ([`basis_fields`] is its half that shows when a post changed).
//! - [`Today`] is what wants somebody now, [`Notice`] what they may be told of.
//! - [`to_accept`] is what a machine does by itself, [`Load`] what a week holds, [`expiry`] when posts
//!   end, [`when`] times as people type them, [`weekly`] when they are usually free, [`week`] where in a
//!   calendar's week they fall.
//! - [`matching`] finds who might answer which need, and why; [`rota`] proposes who goes when;
//!   [`capacity`] says when it is too much, and what the circle has of what members show ([`shown`]).
//! - [`audience`] says who alone may read what.
//! - [`clock`] says whether this computer's clock looks wrong.
//! - [`private`] finds what a text gives away, before it is posted.
//!
//! ```
//! use std::collections::{BTreeMap, BTreeSet};
//!
//! use closeknit_domain::{
//!     Amount, Answer, Audience, Board, Category, Commitment, CommitmentRef, Known, MemberRecords, Mode, Part,
//!     Post, PostKind, PostRef, Record, Roles, Sentence, Unit, Verdict, Want, When, Zone, basis, text::Title, when,
//!     words,
//! };
//! use closeknit_ids::{MemberId, RecordId};
//!
//! let (zone, now) = (Zone::new("Europe/Madrid")?, "2026-11-23T09:00Z".parse()?);
//! let (rosa, sam) = (MemberId([1; 32]), MemberId([2; 32]));
//! let need = PostRef { author: rosa, id: RecordId([1; 16]) };
//! let promise = CommitmentRef { helper: sam, id: RecordId([2; 16]) };
//! let headline = |members: &BTreeMap<MemberId, MemberRecords>, viewer| {
//!     let known = Known { members, former: &BTreeSet::new(), now, zone: &zone };
//!     words::post(&known, &Board::of(&known), need, viewer).map(|words| words.headline)
//! };
//!
//! // Rosa needs a lift on Thursday, and chooses who drives.
//! let lift = Post {
//!     kind: PostKind::Need,
//!     category: Category::Ride,
//!     title: Title::new("Lift to the eye clinic and back")?,
//!     detail: None,
//!     urgent: false,
//!     when: When::Once(when::window("thursday 9:20-12:30", now, &zone)?),
//!     place: None,
//!     want: Want { amount: Amount::ONE, unit: Unit::Helpers },
//!     roles: Roles::default(),
//!     lend: None,
//!     mode: Mode::Choose,
//!     proxy: None,
//!     standing: false,
//!     resting: false,
//!     reviewed: None,
//!     audience: Audience::Circle,
//!     changed: None,
//!     until: None,
//!     posted: now,
//! };
//! // Sam promises, and says what he knew.
//! let knew = basis(&lift, &Part::Whole, sam, []);
//! let (part, amount) = (Part::Whole, Amount::ONE);
//! let come = Commitment { post: need, part, amount, role: None, say: None, basis: knew, made: now };
//! let mut members = BTreeMap::from([
//!     (rosa, BTreeMap::from([(need.id, Record::Post(lift))])),
//!     (sam, BTreeMap::from([(promise.id, Record::Commitment(come))])),
//! ]);
//! assert_eq!(headline(&members, sam), Some(Sentence::YouCameForward { author: rosa }));
//!
//! // Rosa says yes.
//! let yes = Answer { post: need.id, commitment: promise, verdict: Verdict::Accept, doorstep: None, at: now };
//! members.entry(rosa).or_default().insert(RecordId([3; 16]), Record::Answer(yes));
//! assert_eq!(headline(&members, sam), Some(Sentence::YouAreGoing {}));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod audience;
mod basis;
mod board;
pub mod capacity;
pub mod category;
mod changed;
pub mod clock;
pub mod doorstep;
pub mod expiry;
mod first;
mod flags;
mod fold;
mod groups;
pub mod history;
pub mod hours;
mod known;
mod languages;
pub mod matching;
mod one_each;
mod order;
mod outcomes;
pub mod over;
pub mod plain;
mod pool;
pub mod private;
pub mod record;
pub mod repeat;
pub mod rota;
mod seats;
pub mod shown;
pub mod slots;
pub mod state;
mod tell;
pub mod text;
pub mod time;
pub mod today;
pub mod week;
pub mod weekly;
pub mod when;
pub mod words;

pub use basis::{basis, basis_fields};
pub use board::Board;
pub use category::Category;
pub use closeknit_ids::MemberKind;
pub use first::{Accept, to_accept};
pub use hours::Load;
pub use known::Known;
pub use record::{
    Amount, Answer, Audience, Basis, Capacity, Chosen, Closed, Closure, Commitment, CommitmentRef, Days, How,
    Kind, Locked, MemberRecords, Mode, Note, OpenInvitation, Outcome, Part, Phrases, Post, PostKind, PostRef,
    Profile, Proxy, Record, Role, Roles, Sealed, Thanks, Unit, Verdict, Want, Withdrawal,
};
pub use repeat::Repeat;
pub use seats::Seat;
pub use shown::{Level, Shown};
pub use slots::{SlotId, SlotIds, Slots, When};
pub use state::{
    Amounts, AnswerRef, CommitmentState, CommitmentStatus, PostFlag, PostState, PostStatus, SlotState, Void,
};
pub use tell::{Thanked, ToTell, thanks_to, to_tell, to_thank};
pub use time::{Window, Zone};
pub use today::{Notice, Today};
pub use weekly::Weekly;
pub use words::Sentence;
