//! Calendar objects and contacts that tests read.

use std::path::{Path, PathBuf};

/// The files of a folder of the corpus, by name; none where the corpus is missing.
pub fn corpus(folder: &str) -> Vec<(String, Vec<u8>)> {
    let shared = std::env::var_os("FIELDPOST_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = shared.join("corpus").join(folder);
    if !path.is_dir() {
        println!("skipped: no corpus in {}; set FIELDPOST_SHARED", path.display());
        return Vec::new();
    }
    let mut files: Vec<_> = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}
