//! Documents as their owners and their neighbours meet them.
#![cfg(test)]

mod any;
mod frozen;
mod gate;
mod generations;
mod histories;
mod locked;
mod marks;
mod notes;
mod records;
mod slim;
mod support;
mod trial;
