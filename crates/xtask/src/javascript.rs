//! JavaScript packages for this repository alone: those that tests compare with, and Node.js where it is missing.

use std::{env, ffi::OsString, fs, path::Path, process::Command};

use crate::{
    node::{Node, TOOLS},
    run::{Result, run},
    say,
};

/// What npm does to install exactly what a lock file says: each package is compared with its hash, and none of its
/// scripts is run.
pub(crate) const INSTALL: [&str; 4] = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];

/// A package of npm in one version, and what it is needed for. It stands on no other.
pub(crate) struct JavaScriptPackage {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// The hash of its archive, as a lock file of npm has it.
    pub(crate) integrity: &'static str,
    pub(crate) why: &'static str,
}

/// Installs packages that tests compare with, if one is missing.
pub(crate) fn ready(packages: &[JavaScriptPackage]) -> Result {
    let place = Path::new(TOOLS).join("javascript");
    if packages.is_empty() || are_here(packages, &place) {
        return Ok(());
    }
    install(packages, &place, Node::ready()?.npm_in(&place))
}

/// Whether these packages, and no others, are in a directory.
pub(crate) fn are_here(packages: &[JavaScriptPackage], place: &Path) -> bool {
    let wanted = lock(packages);
    let is_here = |package: &JavaScriptPackage| place.join("node_modules").join(package.name).is_dir();
    fs::read_to_string(place.join("package-lock.json")).is_ok_and(|here| here == wanted)
        && packages.iter().all(is_here)
}

/// Makes a directory anew with these packages in it, by an npm that works there.
pub(crate) fn install(packages: &[JavaScriptPackage], place: &Path, mut npm: Command) -> Result {
    for JavaScriptPackage { name, version, why, .. } in packages {
        say::step(&format!("npm ci of {name} {version} in {}", place.display()), why);
    }
    let cannot = |why: std::io::Error| format!("{}: {why}", place.display());
    if place.exists() {
        fs::remove_dir_all(place).map_err(cannot)?;
    }
    fs::create_dir_all(place).map_err(cannot)?;
    fs::write(place.join("package.json"), manifest(packages)).map_err(cannot)?;
    fs::write(place.join("package-lock.json"), lock(packages)).map_err(cannot)?;
    run(npm.args(INSTALL))
}

/// `"name":"version"` of each.
fn versions(packages: &[JavaScriptPackage]) -> String {
    let each =
        packages.iter().map(|JavaScriptPackage { name, version, .. }| format!("\"{name}\":\"{version}\""));
    each.collect::<Vec<_>>().join(",")
}

fn manifest(packages: &[JavaScriptPackage]) -> String {
    format!("{{\"private\":true,\"dependencies\":{{{}}}}}\n", versions(packages))
}

fn lock(packages: &[JavaScriptPackage]) -> String {
    let each = packages.iter().map(|JavaScriptPackage { name, version, integrity, .. }| {
        format!("\"node_modules/{name}\":{{\"version\":\"{version}\",\"integrity\":\"{integrity}\"}}")
    });
    let root = format!("\"\":{{\"dependencies\":{{{}}}}}", versions(packages));
    let all = std::iter::once(root).chain(each).collect::<Vec<_>>().join(",");
    format!("{{\"lockfileVersion\":3,\"requires\":true,\"packages\":{{{all}}}}}\n")
}

/// The value of `NODE_PATH` by which programs find the packages.
pub(crate) fn path() -> Option<OsString> {
    Some(env::current_dir().ok()?.join(TOOLS).join("javascript/node_modules").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{node, tiers::TIERS};

    #[test]
    fn a_lock_file_names_version_and_hash_of_each() {
        let bread =
            JavaScriptPackage { name: "@oven/bread", version: "1.2.3", integrity: "sha512-x", why: "" };
        assert_eq!(
            lock(&[bread]),
            r#"{"lockfileVersion":3,"requires":true,"packages":{"":{"dependencies":{"@oven/bread":"1.2.3"}},"node_modules/@oven/bread":{"version":"1.2.3","integrity":"sha512-x"}}}
"#
        );
    }

    #[test]
    fn no_script_of_a_package_is_run() {
        assert!(INSTALL.contains(&"ci") && INSTALL.contains(&"--ignore-scripts"));
    }

    #[test]
    fn every_package_is_named_with_one_version_and_its_hash() {
        let packages =
            TIERS.iter().flat_map(|tier| tier.javascript).chain(node::PROGRAMS.iter().map(|(_, it)| it));
        let mut seen = 0;
        for JavaScriptPackage { name, version, integrity, .. } in packages {
            let digits = version.split('.').all(|part| part.parse::<u32>().is_ok());
            assert!(digits, "{name} {version} is not one version");
            // 64 bytes as Base64.
            let hash = integrity.strip_prefix("sha512-").unwrap_or_default();
            assert_eq!(hash.len(), 88, "{name} {version} has no SHA-512");
            seen += 1;
        }
        assert!(seen > 1, "npm packages are listed elsewhere now");
    }
}
