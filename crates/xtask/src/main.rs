//! `cargo app`: the repository's own commands.
fn main() {}
