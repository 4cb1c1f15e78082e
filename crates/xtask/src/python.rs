//! Python packages that tests compare with, for this repository alone.

use std::{env, ffi::OsString, fs, iter::once, path::Path, process::Command};

use crate::{
    debian::{self, Package},
    node::TOOLS,
    run::{Result, answer, run},
    say,
};

/// A package of PyPI in one version, and what it is needed for.
pub(crate) struct PythonPackage {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// The hash of its wheel, or of its source where it has none.
    pub(crate) sha256: &'static str,
    pub(crate) why: &'static str,
}

/// Installs the package if it is missing, once its hash is the one we know.
pub(crate) fn ready(package: &PythonPackage) -> Result {
    let PythonPackage { name, version, sha256, why } = package;
    let place = Path::new(TOOLS).join("python");
    if place.join(format!("{name}-{version}.dist-info")).is_dir() {
        return Ok(());
    }
    if answer(Command::new("python3").args(["-m", "pip", "--version"])).is_none() {
        debian::ready(&[Package("python3-pip", "installs what is compared with")])?;
    }
    say::step(&format!("pip install {name} {version} into {}", place.display()), why);
    // pip takes hashes from a file alone.
    let list = place.with_extension("txt");
    fs::create_dir_all(TOOLS)
        .and_then(|()| fs::write(&list, format!("{name}=={version} --hash=sha256:{sha256}\n")))
        .map_err(|why| format!("{}: {why}", list.display()))?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--upgrade", "--target"]);
    run(pip.arg(place).arg("--requirement").arg(list).env("PIP_ROOT_USER_ACTION", "ignore"))
}

/// The value of `PYTHONPATH` by which programs find the packages.
pub(crate) fn path() -> Option<OsString> {
    let place = env::current_dir().ok()?.join(TOOLS).join("python");
    let before = env::var_os("PYTHONPATH").unwrap_or_default();
    let before: Vec<_> = env::split_paths(&before).filter(|path| !path.as_os_str().is_empty()).collect();
    env::join_paths(once(place).chain(before)).ok()
}

#[cfg(test)]
mod tests {
    use super::PythonPackage;
    use crate::tiers::TIERS;

    #[test]
    fn every_package_is_named_with_one_version_and_its_hash() {
        let mut seen = 0;
        for PythonPackage { name, version, sha256, .. } in TIERS.iter().flat_map(|tier| tier.python) {
            let digits = version.split('.').all(|part| part.parse::<u32>().is_ok());
            assert!(digits, "{name} {version} is not one version");
            let hash = sha256.chars().filter(char::is_ascii_hexdigit).count();
            assert_eq!((hash, sha256.len()), (64, 64), "{name} {version} has no SHA-256");
            seen += 1;
        }
        assert!(seen > 1, "Python packages are listed elsewhere now");
    }
}
