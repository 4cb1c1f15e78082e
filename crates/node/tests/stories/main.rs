//! Neighbours, each with an engine of their own, and what must hold between them.
#![cfg(test)]

#[path = "../neighbourhood/mod.rs"]
mod neighbourhood;

mod beginning;
mod helping;
