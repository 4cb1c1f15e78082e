//! Public tools open every layer of a real backup, also by the commands of docs/backup.md as they stand there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]
#![cfg(unix)]

mod story;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use story::*;

/// Runs a tool in `directory`; the test fails with a sentence if it is not installed.
fn run(directory: &Path, tool: &str, arguments: &[&str], install: &str) -> Output {
    let output = Command::new(tool).args(arguments).current_dir(directory).output();
    output.unwrap_or_else(|error| panic!("{tool} does not run ({error}): {install}"))
}

#[track_caller]
fn succeeds(output: &Output) {
    let said = [&output.stdout[..], &output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}

/// A backup, opened with `age` and unpacked with `tar` alone.
fn unpacked() -> Shelf {
    let shelf = Shelf::with_backup();
    let directory = shelf.directory.path();
    fs::write(directory.join("words.txt"), format!("{}\n", &**words().identity().to_text().unwrap()))
        .unwrap();
    let backup = shelf.path.file_name().unwrap().to_str().unwrap();
    let install = "apt-get install age";
    succeeds(&run(directory, "age", &["-d", "-i", "words.txt", "-o", "bag.tar", backup], install));
    fs::create_dir(directory.join("bag")).unwrap();
    let untar = run(directory, "tar", &["-x", "-f", "bag.tar", "-C", "bag"], "apt-get install tar");
    succeeds(&untar);
    assert_eq!(String::from_utf8_lossy(&untar.stderr), "", "tar has nothing to complain about");
    shelf
}

#[test]
#[ignore = "machine: needs age, minisign and bagit beside tar and sha256sum"]
fn age_and_tar_unpack_it() {
    let shelf = unpacked();
    let bag = shelf.directory.path().join("bag");
    for (path, bytes) in files(&unsealed(&shelf.bytes())) {
        assert_eq!(fs::read(bag.join(&path)).unwrap(), bytes, "{path}");
    }
    let listing = run(&bag, "find", &[".", "-type", "f"], "apt-get install findutils");
    let listing = String::from_utf8(listing.stdout).unwrap();
    let mut found: Vec<_> = listing.lines().map(|line| line.trim_start_matches("./").to_owned()).collect();
    found.sort();
    let mut packed: Vec<_> = files(&unsealed(&shelf.bytes())).into_iter().map(|(path, _)| path).collect();
    packed.sort();
    assert_eq!(found, packed);
}

#[test]
#[ignore = "machine: needs age, minisign and bagit beside tar and sha256sum"]
fn sha256sum_checks_every_file() {
    let shelf = unpacked();
    let bag = shelf.directory.path().join("bag");
    let check = |list: &str| run(&bag, "sha256sum", &["-c", "--strict", list], "apt-get install coreutils");
    for (list, files) in [("manifest-sha256.txt", 14), ("tagmanifest-sha256.txt", 4)] {
        let checked = check(list);
        succeeds(&checked);
        assert_eq!(String::from_utf8_lossy(&checked.stdout).lines().count(), files, "{list}");
    }
    fs::write(bag.join("data/readable/board.html"), b"altered").unwrap();
    assert!(!check("manifest-sha256.txt").status.success());
}

#[test]
#[ignore = "machine: needs age, minisign and bagit beside tar and sha256sum"]
fn minisign_verifies_who_made_it() {
    let shelf = unpacked();
    let bag = shelf.directory.path().join("bag");
    let verify = ["-V", "-p", "device.pub", "-m", "tagmanifest-sha256.txt"];
    let verified = run(&bag, "minisign", &verify, "apt-get install minisign");
    succeeds(&verified);
    assert!(String::from_utf8_lossy(&verified.stdout).contains("Trusted comment: Closeknit backup"));
    let list = bag.join("tagmanifest-sha256.txt");
    fs::write(&list, [fs::read(&list).unwrap(), b"\n".to_vec()].concat()).unwrap();
    assert!(!run(&bag, "minisign", &verify, "apt-get install minisign").status.success());
}

#[test]
#[ignore = "machine: needs age, minisign and bagit beside tar and sha256sum"]
fn bagit_validates_it() {
    let shelf = unpacked();
    let install = "apt-get install python3, then pip install bagit";
    let directory = shelf.directory.path();
    let there = run(directory, "python3", &["-c", "import bagit"], install);
    assert!(there.status.success(), "python3 has no bagit: pip install bagit");
    let script = "import bagit, sys\n\
                  bag = bagit.Bag('bag')\n\
                  assert bag.version == '1.0', bag.version\n\
                  assert bag.info['Bag-Software-Agent'] == 'Closeknit 0.1.0', bag.info\n\
                  bag.validate()\n";
    succeeds(&run(directory, "python3", &["-c", script], install));
    fs::remove_file(directory.join("bag/data/readable/posts.csv")).unwrap();
    assert!(!run(directory, "python3", &["-c", script], install).status.success());
}

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The blocks of docs/backup.md in one language.
fn blocks(language: &str) -> Vec<String> {
    let text = fs::read_to_string(format!("{REPOSITORY}/docs/backup.md")).unwrap();
    let fence = format!("\n```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

/// All words of such sheets: a sheet begins with the word of its first eleven bits.
fn word_list() -> String {
    let first_word = |index: u16| {
        let mut secret = [0; 32];
        secret[..2].copy_from_slice(&(index << 5).to_be_bytes());
        let phrase = closeknit_trust::words::Words::from_bytes(&secret).phrase();
        phrase.split(' ').next().unwrap().to_owned()
    };
    (0..2048).map(first_word).collect::<Vec<_>>().join("\n")
}

#[test]
#[ignore = "machine: needs age, minisign, bagit and automerge beside tar and sha256sum"]
fn the_commands_for_engineers_open_a_backup_from_the_words_alone() {
    let directory = tempfile::tempdir().unwrap();
    let golden = |name: &str| format!("{REPOSITORY}/tests/golden/format-1/{name}");
    for name in ["alice.closeknit.age", "words.txt"] {
        fs::copy(golden(name), directory.path().join(name)).unwrap();
    }
    let put = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    put("english.txt", &word_list());
    put("key.py", &blocks("python")[0]);
    put("titles.js", &blocks("js")[0]);
    let [open, titles] = blocks("sh").try_into().unwrap();
    // The second stands in the directory where the first has ended.
    let script = format!("set -e\n{open}\n{}\n", titles.replace("titles.js", "../titles.js"));
    let install = "pip install bagit; npm install @automerge/automerge";
    let output = run(directory.path(), "sh", &["-c", &script], install);
    succeeds(&output);
    let said = String::from_utf8(output.stdout).unwrap();
    let mut listed: Vec<_> =
        said.lines().filter(|line| line.contains("Lift") || line.contains("Soup")).collect();
    listed.sort_unstable();
    assert_eq!(listed, ["Lift to the eye clinic", "Soup for Thursday"], "{said}");
    let readable = directory.path().join("bag/data/readable");
    let own = fs::read_dir(readable).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    assert!(own.into_iter().all(|text| text.contains("Lift to the eye clinic")));
}
