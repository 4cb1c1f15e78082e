//! Crowds: strangers who knock, and members who give as much as a member may. A member's machine stays what it is:
//! it answers, its memory and its disk have bounds, and its friends reach it.
//!
//! Each story prints rows of the table in docs/reliability.md.
#![cfg(test)]

#[path = "../member/mod.rs"]
mod member;
mod stranger;
mod watch;

mod hoards;
mod knocks;
