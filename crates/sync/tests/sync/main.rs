//! Machines of one circle that talk over links in memory.

mod cost;
mod stories;
mod village;
mod weather;
