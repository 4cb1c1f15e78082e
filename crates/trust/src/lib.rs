//! Keys, signed statements, the roster fold, tips, invitations, sealing

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
