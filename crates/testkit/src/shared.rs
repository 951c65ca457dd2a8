//! Data that tests use and that is not part of the repository: schemas, requirement lists, a corpus.

use std::path::{Path, PathBuf};

/// The path of something in the shared folder: `FIELDPOST_SHARED`, or `../shared` beside the workspace.
/// Where it is missing the test says so in one line and has nothing to do.
pub fn path(within: &str) -> Option<PathBuf> {
    let root = match std::env::var_os("FIELDPOST_SHARED") {
        Some(root) => PathBuf::from(root),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    let path = root.join(within);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} does not exist; set FIELDPOST_SHARED", path.display());
    None
}
