//! Where things are: the workspace, its source files, the shared material, the cache outside the checkout.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Trouble;

/// The root of the workspace.
pub fn root() -> PathBuf {
    // Cargo sets this for `cargo run`; the directory of xtask lies right below the root.
    let xtask = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("xtask"), PathBuf::from);
    xtask.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// The material that is not part of the repository (requirement tables, schemas, corpus), if it is there:
/// `FIELDPOST_SHARED`, or `../shared` beside the workspace.
pub fn shared() -> Option<PathBuf> {
    let path = env::var_os("FIELDPOST_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    path.canonicalize().ok().filter(|path| path.is_dir())
}

/// A directory that outlives the checkout: `FIELDPOST_CACHE`, or `~/.cache/fieldpost`.
pub fn cache() -> Result<PathBuf, Trouble> {
    let path = match env::var_os("FIELDPOST_CACHE") {
        Some(path) => PathBuf::from(path),
        None => PathBuf::from(env::var_os("HOME").ok_or("HOME is not set; set FIELDPOST_CACHE instead")?)
            .join(".cache/fieldpost"),
    };
    fs::create_dir_all(&path).map_err(|error| format!("can't create {}: {error}", path.display()))?;
    Ok(path)
}

/// Every Rust file below `directory` of the workspace, as paths relative to the root, sorted. Nothing if there
/// is no such directory.
pub fn rust_files(directory: &str) -> Result<Vec<PathBuf>, Trouble> {
    let root = root();
    let mut files = Vec::new();
    let mut pending = vec![root.join(directory)];
    while let Some(directory) = pending.pop() {
        let Ok(entries) = fs::read_dir(&directory) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                if !path.ends_with("target") {
                    pending.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path.strip_prefix(&root)?.to_path_buf());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The text of a file of the workspace.
pub fn read(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(root().join(path))
        .map_err(|error| format!("can't read {}: {error}", path.display()).into())
}
