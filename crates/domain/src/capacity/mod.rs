//! What members can carry, beyond the hours of one week ([`crate::Load`]): what single promises weigh, when a
//! promise would be too much and which one to release, and what the circle has, added up from what members
//! show (mutual-aid, *Capacity and matching*).

mod balance;
mod find;
mod over;
mod resources;
mod weights;

pub use balance::Balance;
pub use find::{Found, find};
pub use over::{Overfull, Release, Visit, before_promise, overfull, visits};
pub use resources::{Have, ResourceMap};
pub use weights::{WeightError, Weights};
