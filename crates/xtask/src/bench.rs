//! `cargo app bench`: how fast it is, beside others that do the same.

use crate::{
    Call, debian, open,
    run::{Result, cargo, run},
    rust, say,
    tiers::WINDOWS,
};

/// The part that opens the app itself.
const WINDOW: &str = "window";

pub(crate) fn bench(call: Call) -> Result {
    let name = match call.words.as_slice() {
        [] => None,
        [name] if !name.to_string_lossy().starts_with('-') => Some(name),
        _ => return Err("It is `cargo app bench [NAME]`; without a name all of them.".to_owned()),
    };
    rust::ready()?;
    debian::ready(debian::COMPILER)?;
    if name.is_none_or(|name| *name == *WINDOW) {
        WINDOWS.ready()?;
        open::build_page()?;
        say::step("cargo build --release --package closeknit-app", "the app as it is shipped");
        run(cargo().args(["build", "--release", "--package", "closeknit-app"]))?;
    }
    say::step("cargo build --release --package closeknit-bench", "as it is shipped; samod beside it");
    run(cargo().args(["build", "--release", "--package", "closeknit-bench"]))?;
    say::step(
        "the benchmarks",
        "each beside what it is compared with; some minutes, best on a quiet machine",
    );
    run(cargo().args(["run", "--quiet", "--release", "--package", "closeknit-bench", "--"]).args(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_one_name_is_refused_before_anything_is_built() {
        for words in [vec!["cold", "live"], vec!["--fast"]] {
            let words = words.into_iter().map(Into::into).collect();
            let why = bench(Call { words, from: ".".into() }).unwrap_err();
            assert!(why.contains("cargo app bench [NAME]"), "{why}");
        }
    }
}
