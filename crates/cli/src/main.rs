//! `closeknit`: the same member without a window.
fn main() {}
