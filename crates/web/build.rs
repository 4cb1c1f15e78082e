//! Lists the built page, so that the program carries it inside. Without `ui/dist` the program still
//! builds and says so on its page.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let dist = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../ui/dist");
    println!("cargo:rerun-if-changed={}", dist.display());
    let mut table =
        String::from("/// Path, media type, content.\npub(crate) const FILES: &[(&str, &str, &[u8])] = &[\n");
    if dist.is_dir() {
        list(&dist, &dist, &mut table)?;
    }
    table.push_str("];\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("files.rs"), table)
}

fn list(root: &Path, folder: &Path, table: &mut String) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            list(root, &path, table)?;
        } else if let Some(media) = media_type(&path) {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let file = fs::canonicalize(&path)?;
            println!("cargo:rerun-if-changed={}", file.display());
            writeln!(table, "    (\"/{name}\", \"{media}\", include_bytes!({file:?})),")
                .map_err(io::Error::other)?;
        }
    }
    Ok(())
}

fn media_type(path: &Path) -> Option<&'static str> {
    Some(match path.extension()?.to_str()? {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ftl" => "text/plain; charset=utf-8",
        "json" => "application/json",
        _ => return None,
    })
}
