//! A virtual environment with `pyactivesync`, a client of the protocol that others wrote: what it can do with
//! our server, no mistake that our own phone shares can hide.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Trouble, workspace};

/// The client and its version.
const PACKAGE: &str = "pyactivesync";
const VERSION: &str = "0.17.0";

/// The interpreter of the environment, which is made in the cache at the first time.
pub fn environment() -> Result<PathBuf, Trouble> {
    let directory = workspace::cache()?.join(format!("python-{PACKAGE}-{VERSION}"));
    let python = directory.join("bin/python");
    if is_ready(&python) {
        return Ok(python);
    }
    eprintln!("making a Python environment with {PACKAGE} {VERSION} in {}", directory.display());
    run(OsStr::new("python3"), &[OsStr::new("-m"), OsStr::new("venv"), directory.as_os_str()])?;
    let package = format!("{PACKAGE}=={VERSION}");
    let arguments = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", &package];
    run(python.as_os_str(), &arguments.map(OsStr::new))?;
    if is_ready(&python) { Ok(python) } else { Err(format!("{PACKAGE} is not there after all").into()) }
}

fn is_ready(python: &Path) -> bool {
    let script = format!("import importlib.metadata as m; assert m.version('{PACKAGE}') == '{VERSION}'");
    Command::new(python).args(["-c", &script]).output().is_ok_and(|output| output.status.success())
}

fn run(program: &OsStr, arguments: &[&OsStr]) -> Result<(), Trouble> {
    let status = Command::new(program).args(arguments).status();
    let status = status.map_err(|error| format!("can't run {}: {error}", program.display()))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed: {status}", program.display()).into()) }
}
