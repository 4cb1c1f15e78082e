//! Real members, each on a machine of its own, on networks that are as networks are: cables are pulled, addresses
//! change, packets are lost. Whatever happens, in the end all hold the same. Needs root.
//!
//! Each story prints a row of the table in docs/reliability.md.
#![cfg(test)]

#[path = "../member/mod.rs"]
mod member;
mod village;

mod crowd;
mod moving;
mod outage;
mod weather;
