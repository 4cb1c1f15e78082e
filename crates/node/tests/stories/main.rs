//! Neighbours, each with an engine of their own, and what must hold between them.
#![cfg(test)]

mod apart;
mod at_rest;
mod backup;
mod bad_input;
mod beginning;
mod belonging;
mod calendar;
mod capacity;
mod carrying;
mod chosen;
mod clocks;
mod damage;
mod doorkeepers;
mod endings;
mod finding;
mod forgetting;
mod golden;
mod harm;
mod helping;
mod hostile_files;
mod law;
mod looked_over;
mod lost_machines;
mod lost_pages;
mod machines;
mod matching;
mod notes;
mod own_machines;
mod parcel;
mod seen;
mod telling;
mod times;
mod today;
mod words_alone;
mod wrong_clocks;
