//! `axe-core`, the rules of accessibility that every page of the web tool is held against: one file of script
//! that the tests run in the browser.

use std::path::PathBuf;
use std::process::Command;

use crate::{Trouble, workspace};

/// The package and its version.
const PACKAGE: &str = "axe-core";
const VERSION: &str = "4.14.1";

/// The file, which is installed into the cache at the first time.
pub fn file() -> Result<PathBuf, Trouble> {
    let directory = workspace::cache()?.join(format!("{PACKAGE}-{VERSION}"));
    let file = directory.join("node_modules").join(PACKAGE).join("axe.min.js");
    if file.is_file() {
        return Ok(file);
    }
    eprintln!("installing {PACKAGE} {VERSION} in {}", directory.display());
    std::fs::create_dir_all(&directory)?;
    let package = format!("{PACKAGE}@{VERSION}");
    let status = Command::new("npm")
        .args(["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(&directory)
        .arg(&package)
        .status()
        .map_err(|error| format!("can't run npm: {error}"))?;
    if status.success() && file.is_file() { Ok(file) } else { Err(format!("npm failed: {status}").into()) }
}
