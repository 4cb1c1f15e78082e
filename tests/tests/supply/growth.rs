//! How much there is of what others made. Each number has a bound a little above it, so that whoever makes it grow
//! notices, and can say in the same change what for.

use std::{collections::BTreeSet, env, process::Command};

use crate::{npm, top};

/// A crate of ours, and how many crates of others it may stand on when it is built for Linux, those that take part
/// in building it by macros included.
struct Bound {
    what: &'static str,
    package: &'static str,
    without: Option<&'static str>,
    most: usize,
}

const BOUNDS: &[Bound] = &[
    Bound { what: "the rules", package: "closeknit-domain", without: None, most: 29 },
    Bound {
        what: "the core, without the network",
        package: "closeknit-node",
        without: Some("closeknit-net"),
        most: 316,
    },
    Bound { what: "the core", package: "closeknit-node", without: None, most: 445 },
    Bound { what: "the command line", package: "closeknit-cli", without: None, most: 463 },
    Bound { what: "the window", package: "closeknit-app", without: None, most: 588 },
];

/// npm packages that may have a part in the page as it ships, and all that are needed to build and test it.
const MOST_IN_THE_PAGE: usize = 23;
const MOST_AROUND_THE_PAGE: usize = 123;

/// The same on every machine.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// The crates of others that one of ours stands on.
fn crates(package: &str, without: Option<&str>) -> BTreeSet<String> {
    let mut tree = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    tree.current_dir(top()).args(["tree", "--locked", "--package", package, "--edges", "normal"]);
    tree.args(["--target", TARGET, "--prefix", "none", "--format", "{p}"]);
    if let Some(without) = without {
        tree.args(["--prune", without]);
    }
    let output = tree.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    of_others(&String::from_utf8(output.stdout).unwrap())
}

/// Name and version in each line of `cargo tree` that is not one of ours.
fn of_others(tree: &str) -> BTreeSet<String> {
    let lines = tree.lines().filter(|line| !line.is_empty() && !line.starts_with("closeknit-"));
    lines.map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect()
}

/// What is wrong with a count: it is past its bound, or so far below that growth would go unseen.
fn complaint(what: &str, count: usize, most: usize) -> Option<String> {
    if count > most {
        return Some(format!(
            "{what}: {count}, and {most} is the most. Is there a way with less? If not, move the bound to a tenth \
             above the count and say in the message of the change what for."
        ));
    }
    (most * 5 > count * 6 + 20).then(|| format!("{what}: only {count} by now; lower its bound of {most}"))
}

#[test]
fn what_we_build_on_does_not_grow_unnoticed() {
    let counts = BOUNDS.iter().map(|bound| {
        (format!("crates under {}", bound.what), crates(bound.package, bound.without).len(), bound.most)
    });
    let packages = [
        ("npm packages that may be in the page".to_owned(), npm::in_the_page().len(), MOST_IN_THE_PAGE),
        ("npm packages around it".to_owned(), npm::all().len(), MOST_AROUND_THE_PAGE),
    ];
    let mut complaints = Vec::new();
    for (what, count, most) in counts.chain(packages) {
        println!("{what:<48}{count:>4} of at most {most}");
        complaints.extend(complaint(&what, count, most));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn growth_is_found_and_so_is_a_bound_that_nothing_comes_near() {
    assert_eq!(complaint("flour", 100, 110), None);
    assert_eq!(complaint("flour", 110, 110), None);
    assert!(complaint("flour", 111, 110).unwrap().contains("110 is the most"));
    assert!(complaint("flour", 80, 110).unwrap().contains("lower its bound"));
    let tree = "closeknit-node v0.1.0 (/there)\nflour v1.0.0\nsalt v2.0.0 (proc-macro)\n\nflour v1.0.0 (*)\n";
    assert_eq!(of_others(tree).into_iter().collect::<Vec<_>>(), ["flour v1.0.0", "salt v2.0.0"]);
}
