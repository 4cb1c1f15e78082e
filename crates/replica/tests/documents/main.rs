//! Documents as their owners and their neighbours meet them.
#![cfg(test)]

mod gate;
mod generations;
mod histories;
mod records;
mod support;
mod trial;
