//! `cargo xtask test`: the one command that runs all tests.
//!
//! Some tests talk to other programs: a PostgreSQL server, a Python client of the protocol, an XML validator, a
//! browser.
//! [`packages`] sees that they are installed, [`python`] and [`axe`] keep what they fetch in the cache, [`postgres`]
//! runs a cluster of our own in a temporary directory. Where one of them can't be had, the tests that need it
//! say `skipped: ...`, and the summary repeats that.

mod axe;
mod outcome;
mod packages;
mod postgres;
mod python;

use std::process::{Command, Stdio};

use crate::test::outcome::Outcome;
use crate::test::postgres::Cluster;
use crate::{Trouble, workspace};

/// Runs the tests whose name contains `only`, or all, of these packages, or of all; `with_postgres` also those
/// that need the database.
pub fn run(only: Option<&str>, packages: &[String], with_postgres: bool) -> Result<bool, Trouble> {
    // Before anything is installed or started: does it compile?
    let built = cargo_test(packages).arg("--no-run").status()?;
    if !built.success() {
        return Ok(false);
    }

    packages::install_missing(with_postgres);
    let mut tests = cargo_test(packages);
    tests.arg("--no-fail-fast").args(["--", "--show-output"]).args(only);
    if let Some(shared) = workspace::shared() {
        tests.env("FIELDPOST_SHARED", shared);
    } else {
        eprintln!(
            "note: no shared material at ../shared; set FIELDPOST_SHARED to run the tests that need it"
        );
    }
    match python::environment() {
        Ok(python) => {
            tests.env("FIELDPOST_TEST_PYTHON", python);
        }
        Err(trouble) => eprintln!("note: no Python client, its tests will be skipped: {trouble}"),
    }
    match axe::file() {
        Ok(file) => {
            tests.env("FIELDPOST_TEST_AXE", file);
        }
        Err(trouble) => eprintln!("note: no axe-core, its rules will not be checked: {trouble}"),
    }
    // Lives until the tests have ended, whatever their outcome.
    let cluster = with_postgres.then(Cluster::start).and_then(|cluster| match cluster {
        Ok(cluster) => Some(cluster),
        Err(trouble) => {
            eprintln!("note: no PostgreSQL, its tests will be skipped: {trouble}");
            None
        }
    });
    match &cluster {
        Some(cluster) => tests.env("FIELDPOST_TEST_POSTGRES", cluster.url()),
        None => tests.env_remove("FIELDPOST_TEST_POSTGRES"),
    };

    let mut child = tests.stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().ok_or("the tests have no output")?;
    let outcome = Outcome::follow(output, |line| println!("{line}"))?;
    let status = child.wait()?;
    drop(cluster);
    outcome.print();
    Ok(status.success())
}

fn cargo_test(packages: &[String]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace::root()).arg("test");
    if packages.is_empty() {
        command.arg("--workspace");
    }
    for package in packages {
        command.args(["--package", package]);
    }
    command
}
