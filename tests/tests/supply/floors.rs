//! Known holes in what we build on, and the version that closed each. `cargo app advisories` asks the whole
//! database; what stands here is checked with every change, without a network.

use crate::read;

/// A crate of the lock file, and the least version of it that may stand there.
struct Floor {
    name: &'static str,
    /// The version that closed the hole; where older lines were mended too, the version in each, oldest first.
    least: &'static [&'static str],
    id: &'static str,
    what: &'static str,
}

const fn floor(
    name: &'static str,
    least: &'static [&'static str],
    id: &'static str,
    what: &'static str,
) -> Floor {
    Floor { name, least, id, what }
}

const FLOORS: &[Floor] = &[
    floor("aes-gcm", &["0.10.3"], "RUSTSEC-2023-0096", "plaintext was given out although the seal was wrong"),
    floor("age", &["0.11.1"], "RUSTSEC-2024-0433", "the name of a plugin could run any program"),
    floor("axum-core", &["0.3.0"], "RUSTSEC-2022-0055", "a request could be of any size"),
    floor("bytes", &["1.11.1"], "RUSTSEC-2026-0007", "an overflow in BytesMut::reserve reached past the end"),
    floor("chrono", &["0.4.20"], "RUSTSEC-2020-0159", "reading the local time could end the process"),
    floor("crossbeam-channel", &["0.5.15"], "RUSTSEC-2025-0024", "memory was freed twice"),
    floor("curve25519-dalek", &["4.1.3"], "RUSTSEC-2024-0344", "the time of a subtraction told of the key"),
    floor(
        "ed25519-dalek",
        &["2.0.0"],
        "RUSTSEC-2022-0093",
        "signing with a wrong public key gave the key away",
    ),
    floor("hickory-proto", &["0.26.1"], "RUSTSEC-2026-0119", "a message of many names took ever more time"),
    floor("hyper", &["0.14.10"], "RUSTSEC-2021-0078", "a lenient length let a request be smuggled in"),
    floor("idna", &["1.0.0"], "RUSTSEC-2024-0421", "two names that are the same passed for two"),
    floor("lru", &["0.18.2"], "RUSTSEC-2026-0253", "memory was used after a panic had freed it"),
    floor("mio", &["0.8.11"], "RUSTSEC-2024-0019", "named pipes of Windows told after they were gone"),
    // The fork of quinn that iroh builds on; it bounds how many pieces wait, as quinn-proto 0.11.15 does.
    floor(
        "noq-proto",
        &["1.4.0"],
        "RUSTSEC-2026-0185",
        "pieces of a stream with gaps between them filled the memory",
    ),
    floor("quick-xml", &["0.41.0"], "RUSTSEC-2026-0194", "a tag of many attributes took ever more time"),
    floor("rand", &["0.8.6", "0.9.3", "0.10.1"], "RUSTSEC-2026-0097", "unsound with a log that draws lots"),
    floor("regex", &["1.5.5"], "RUSTSEC-2022-0013", "a short pattern took ever more time"),
    floor("ring", &["0.17.12"], "RUSTSEC-2025-0009", "a packet of QUIC could end the process"),
    floor("rusqlite", &["0.26.2"], "RUSTSEC-2021-0128", "closures could outlive what they borrow"),
    floor("rustls", &["0.23.45"], "RUSTSEC-2026-0285", "parts of a handshake passed under the wrong keys"),
    floor(
        "rustls-webpki",
        &["0.103.13"],
        "RUSTSEC-2026-0104",
        "a list of revoked certificates ended the process",
    ),
    floor("shlex", &["1.3.0"], "RUSTSEC-2024-0006", "what was quoted could still be read as commands"),
    floor("slab", &["0.4.11"], "RUSTSEC-2025-0047", "get_disjoint_mut reached past the end"),
    floor("smallvec", &["1.6.1"], "RUSTSEC-2021-0003", "insert_many wrote past the end"),
    floor("tar", &["0.4.45"], "RUSTSEC-2026-0067", "unpacking could change the rights of other directories"),
    floor("time", &["0.3.47"], "RUSTSEC-2026-0009", "a date could exhaust the stack"),
    floor("tokio", &["1.44.2"], "RUSTSEC-2025-0023", "a broadcast copied in parallel what may not be"),
    floor("tracing-subscriber", &["0.3.20"], "RUSTSEC-2025-0055", "a logged word could command the terminal"),
    floor("zerovec", &["0.10.4"], "RUSTSEC-2024-0347", "a packed layout was relied on"),
    floor("zlib-rs", &["0.4.0"], "RUSTSEC-2024-0401", "a stream could exhaust the stack"),
];

/// The SQLite within SQLCipher, which has advisories of its own.
const SQLITE: Floor =
    floor("SQLite in sqlcipher-src", &["3.50.2"], "CVE-2025-6965", "a query corrupted memory");

/// What each lock file says stands in the app, its tests, and the fuzz targets.
const LOCKS: [&str; 2] = ["Cargo.lock", "tests/fuzz/Cargo.lock"];

type Version = [u64; 3];

fn version(text: &str) -> Version {
    let core = text.split(['-', '+']).next().unwrap();
    let mut parts =
        core.split('.').map(|part| part.parse().unwrap_or_else(|_| panic!("{text} is no version")));
    [parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap()]
}

/// Whether two versions are of one line, so that one may be taken for the other.
fn same_line(one: Version, other: Version) -> bool {
    let line = |[major, minor, _]: Version| if major > 0 { (major, 0) } else { (0, minor) };
    line(one) == line(other)
}

impl Floor {
    fn is_closed_in(&self, here: &str) -> bool {
        let here = version(here);
        let (newest, older) = self.least.split_last().unwrap();
        here >= version(newest)
            || older.iter().map(|least| version(least)).any(|least| same_line(least, here) && here >= least)
    }

    fn complaint(&self, here: &str) -> Option<String> {
        let Self { name, least, id, what } = self;
        let least = least.join(" or ");
        (!self.is_closed_in(here)).then(|| {
            format!("{name} {here}: {what} ({id}). `cargo update --package {name}@{here} --precise {least}` or newer")
        })
    }
}

/// Name and version of every package in a lock file.
fn packages(lock: &str) -> Vec<(&str, &str)> {
    let field = |block: &'_ str, name: &str| -> Option<(usize, usize)> {
        let start = block.find(&format!("\n{name} = \""))? + name.len() + 5;
        Some((start, start + block.get(start..)?.find('"')?))
    };
    let of = |block| {
        let get = |(start, end)| -> Option<&str> { str::get(block, start..end) };
        Some((get(field(block, "name")?)?, get(field(block, "version")?)?))
    };
    lock.split("[[package]]").filter_map(of).collect()
}

/// The version of SQLite that the version of sqlcipher-src tells.
fn sqlite_in(version: &str) -> Option<&str> {
    version.split_once("-sqlite-")?.1.split('-').next()
}

#[test]
fn nothing_we_build_on_is_older_than_a_hole_that_was_closed() {
    let locks = LOCKS.map(read);
    let all: Vec<(&str, &str)> = locks.iter().flat_map(|lock| packages(lock)).collect();
    let mut complaints = Vec::new();
    for floor in FLOORS {
        let here: Vec<&str> =
            all.iter().filter(|(name, _)| *name == floor.name).map(|(_, version)| *version).collect();
        assert!(!here.is_empty(), "nothing stands on {} any more: take its row out", floor.name);
        complaints.extend(here.into_iter().filter_map(|version| floor.complaint(version)));
    }
    let sqlite =
        all.iter().find(|(name, _)| *name == "sqlcipher-src").and_then(|(_, version)| sqlite_in(version));
    complaints.extend(SQLITE.complaint(sqlite.expect("sqlcipher-src says which SQLite it brings")));
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn an_older_version_is_found() {
    let lock = "version = 4\n\n[[package]]\nname = \"flour\"\nversion = \"0.9.2\"\n\n[[package]]\nname = \"salt\"\n\
                version = \"1.10.0+sea\"\n";
    assert_eq!(packages(lock), [("flour", "0.9.2"), ("salt", "1.10.0+sea")]);
    let flour = floor("flour", &["0.8.6", "0.9.3", "0.10.1"], "RUSTSEC-1", "weevils");
    for (here, is_closed) in [
        ("0.7.9", false),
        ("0.8.5", false),
        ("0.8.6", true),
        ("0.9.2", false),
        ("0.9.3", true),
        ("0.10.0", false),
        ("0.10.1", true),
        ("0.11.0-rc.1", true),
        ("1.0.0", true),
    ] {
        assert_eq!(flour.is_closed_in(here), is_closed, "{here}");
    }
    assert!(flour.complaint("0.9.2").unwrap().contains("flour 0.9.2: weevils (RUSTSEC-1)"));
    let salt = floor("salt", &["1.9.1"], "RUSTSEC-2", "damp");
    assert!(salt.is_closed_in("1.10.0+sea") && !salt.is_closed_in("1.9.0"));
    assert_eq!(sqlite_in("419.0.6+sqlcipher-4.19.0-sqlite-3.53.4-libtomcrypt-1.18.2"), Some("3.53.4"));
}
