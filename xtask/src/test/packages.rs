//! The programs of the operating system that tests need.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::test::postgres;

/// Sees that the programs are there, and installs those that are not where that can be done: as root on a
/// system with apt. Elsewhere it says what to install. Never fails: tests can do without.
pub fn install_missing(with_postgres: bool) {
    let mut missing = Vec::new();
    if with_postgres && postgres::binaries().is_none() {
        missing.push("postgresql-15");
    }
    if !is_in_path("xmllint") {
        missing.push("libxml2-utils");
    }
    if !can_make_venv() {
        missing.push("python3-venv");
    }
    if !is_in_path("chromium") {
        missing.push("chromium");
    }
    if !is_in_path("chromedriver") {
        missing.push("chromium-driver");
    }
    if !is_in_path("npm") {
        missing.push("npm");
    }
    if missing.is_empty() {
        return;
    }
    let list = missing.join(" ");
    if !is_root() || !is_in_path("apt-get") {
        eprintln!(
            "note: tests that need one of these packages will be skipped; to run them, install: {list}"
        );
        return;
    }
    eprintln!("installing with apt-get: {list}");
    let apt = |arguments: &[&str]| {
        let status =
            Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments).status();
        status.is_ok_and(|status| status.success())
    };
    let mut install = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    install.extend(missing);
    // The lists may be absent or old.
    if !(apt(&["update", "--quiet"]) && apt(&install)) {
        eprintln!("note: apt-get could not install {list}; the tests that need them will be skipped");
    }
}

/// Whether we are root.
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Whether a program of this name is in `PATH`.
pub fn is_in_path(program: &str) -> bool {
    find_in_path(program).is_some()
}

/// The path of a program in `PATH`.
pub fn find_in_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|directory| directory.join(program)).find(|file| Path::is_file(file))
}

/// Debian splits the part of Python that makes virtual environments off.
fn can_make_venv() -> bool {
    let output = Command::new("python3").args(["-c", "import venv, ensurepip"]).output();
    output.is_ok_and(|output| output.status.success())
}
