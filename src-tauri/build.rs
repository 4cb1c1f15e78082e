//! Names the two commands the page may call, and lets checks run before the page is built.
use std::{fs, path::Path};

fn main() -> std::io::Result<()> {
    let page = Path::new("../ui/dist/index.html");
    if !page.exists() {
        fs::create_dir_all("../ui/dist")?;
        fs::write(page, "<!doctype html><title>The page is not built yet</title>")?;
    }
    let attributes = tauri_build::Attributes::new()
        .app_manifest(tauri_build::AppManifest::new().commands(&["call", "choose_file"]));
    tauri_build::try_build(attributes).map_err(std::io::Error::other)
}
