//! What the page is built with: one version of each package, known by its hash, and none of its scripts run.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{read, top};

const LOCK: &str = "ui/package-lock.json";
const REGISTRY: &str = "https://registry.npmjs.org/";

/// Packages with a script of their own for when they are installed, and why it is not missed.
const WITH_SCRIPTS: &[(&str, &str)] =
    &[("fsevents", "for macOS; what its script would build is in it, ready-made")];

fn lock() -> Value {
    serde_json::from_str(&read(LOCK)).unwrap()
}

/// Every package of a lock file by its place, such as `node_modules/svelte/node_modules/magic-string`.
fn packages(lock: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let packages = lock["packages"].as_object().unwrap();
    packages.iter().map(|(place, package)| (place.as_str(), package)).filter(|(place, _)| !place.is_empty())
}

/// All packages of the page.
pub(crate) fn all() -> BTreeSet<String> {
    packages(&lock()).map(|(place, _)| place.to_owned()).collect()
}

/// Those that something of the page imports, with all that they stand on: no more than these can be in what ships.
pub(crate) fn in_the_page() -> BTreeSet<String> {
    let lock = lock();
    let mut found = BTreeSet::new();
    for name in imported(&top().join("ui/src")) {
        add(&lock, "", &name, &mut found);
    }
    found
}

/// Adds a package as somebody at a place finds it, and all that it stands on.
fn add(lock: &Value, from: &str, name: &str, found: &mut BTreeSet<String>) {
    let place =
        [from, ""].map(|from| format!("{from}/node_modules/{name}").trim_start_matches('/').to_owned());
    let place = place.into_iter().find(|place| lock["packages"].get(place).is_some());
    let place = place.unwrap_or_else(|| panic!("{name} is not in {LOCK}"));
    let stands_on = lock["packages"][&place]["dependencies"].as_object();
    if found.insert(place.clone()) {
        for name in stands_on.into_iter().flat_map(|names| names.keys()) {
            add(lock, &place, name, found);
        }
    }
}

/// The packages that the files of a directory import by name.
fn imported(directory: &Path) -> BTreeSet<String> {
    let files = files(directory);
    let texts = files.iter().map(|path| fs::read_to_string(path).unwrap());
    texts.flat_map(|text| names(&text)).collect()
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let of = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    let is_script = |path: &PathBuf| path.extension().is_some_and(|end| end == "ts" || end == "svelte");
    entries.flat_map(of).filter(is_script).collect()
}

/// The packages that a text imports by name.
fn names(text: &str) -> Vec<String> {
    let after = |word| text.split(word).skip(1).filter_map(|rest| rest.split('\'').next());
    let paths = ["from '", "import '", "import('"].into_iter().flat_map(after);
    let parts = |path: &str| if path.starts_with('@') { 2 } else { 1 };
    let name = |path: &str| path.split('/').take(parts(path)).collect::<Vec<_>>().join("/");
    paths.filter(|path| !path.starts_with('.') && !path.contains(char::is_whitespace)).map(name).collect()
}

/// What is wrong with a package of the lock file.
fn complaint(place: &str, package: &Value) -> Option<String> {
    let text = |field: &str| package[field].as_str().unwrap_or_default();
    let name = place.rsplit("node_modules/").next().unwrap();
    let is_named = WITH_SCRIPTS.iter().any(|(known, _)| *known == name);
    // A lock file made with another registry names no address: the hash says all that counts.
    let is_from_registry = package.get("resolved").is_none() || text("resolved").starts_with(REGISTRY);
    let wrong = if !text("integrity").starts_with("sha512-") {
        "has no hash by which it is known"
    } else if !is_from_registry || package["link"] == true {
        "is not from the registry"
    } else if package["hasInstallScript"] == true && !is_named {
        "would run a script when it is installed: name it here with the reason why it works without, or do without it"
    } else {
        return None;
    };
    Some(format!("{place} {} {wrong}", text("version")))
}

#[test]
fn every_package_is_known_by_its_hash_and_comes_from_the_registry() {
    let lock = lock();
    assert_eq!(lock["lockfileVersion"], 3);
    let complaints: Vec<String> =
        packages(&lock).filter_map(|(place, package)| complaint(place, package)).collect();
    assert!(complaints.is_empty(), "in {LOCK}:\n{}", complaints.join("\n"));
}

#[test]
fn the_page_names_one_version_of_each_package() {
    let manifest: Value = serde_json::from_str(&read("ui/package.json")).unwrap();
    let lock = lock();
    let mut seen = 0;
    for kind in ["dependencies", "devDependencies"] {
        for (name, version) in manifest[kind].as_object().into_iter().flatten() {
            let version = version.as_str().unwrap();
            assert!(
                version.split('.').all(|part| part.parse::<u32>().is_ok()),
                "{name} {version} is not one version"
            );
            let locked = &lock["packages"][format!("node_modules/{name}")]["version"];
            assert_eq!(version, locked, "{name} in ui/package.json and in {LOCK}");
            seen += 1;
        }
    }
    assert!(seen > 0, "ui/package.json names no packages any more");
}

#[test]
fn npm_runs_no_script_of_a_package_even_by_hand() {
    let settings = read("ui/.npmrc");
    for setting in ["ignore-scripts=true", "save-exact=true"] {
        assert!(settings.lines().any(|line| line == setting), "ui/.npmrc does not say {setting}");
    }
}

#[test]
fn each_kind_of_wrong_package_is_found() {
    let wrong = |name: &str, package: &str| {
        complaint(&format!("node_modules/{name}"), &serde_json::from_str(package).unwrap())
    };
    let hash = r#""version": "1.0.0", "integrity": "sha512-x""#;
    assert_eq!(wrong("flour", &format!("{{{hash}}}")), None);
    assert_eq!(
        wrong("flour", &format!(r#"{{{hash}, "resolved": "{REGISTRY}flour/-/flour-1.0.0.tgz"}}"#)),
        None
    );
    assert_eq!(wrong("fsevents", &format!(r#"{{{hash}, "hasInstallScript": true}}"#)), None);
    assert!(wrong("flour", r#"{"version": "1.0.0", "integrity": "sha1-x"}"#).unwrap().contains("no hash"));
    assert!(wrong("flour", r#"{"version": "1.0.0"}"#).unwrap().contains("no hash"));
    let elsewhere = format!(r#"{{{hash}, "resolved": "git+ssh://git@example.org/flour.git"}}"#);
    assert!(wrong("flour", &elsewhere).unwrap().contains("not from the registry"));
    assert!(
        wrong("flour", &format!(r#"{{{hash}, "hasInstallScript": true}}"#))
            .unwrap()
            .contains("would run a script")
    );
    let text = "import { mount } from 'svelte';\nimport './look.css';\nawait import('@oven/bread/crust');\n\
                import type { A } from 'svelte/elements';\nimport x from './x';\n// from 'here to there'\n";
    assert_eq!(names(text), ["svelte", "svelte", "@oven/bread"]);
}
