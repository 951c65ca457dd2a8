//! `cargo xtask ledger`: which of the protocol's requirements the tests cite.
//!
//! [`tables`] reads the requirement tables, [`citations`] collects the ids that tests name, [`scope`] reads what
//! is said of the others, [`report`] writes docs/CONFORMANCE.md from them. The tables are not part of the repository, and no text of theirs goes into
//! the report: only ids, sections and counts.

mod citations;
mod report;
mod scope;
mod tables;

use std::fs;

use crate::{Trouble, workspace};

/// Where the report lies, from the root of the workspace.
const REPORT: &str = "docs/CONFORMANCE.md";
/// Where it is said why requirements are not cited.
const SCOPE: &str = "docs/out-of-scope.toml";

/// Writes the report, or with `check` says whether it is as it would be written.
pub fn run(check: bool) -> Result<bool, Trouble> {
    let Some(directory) = workspace::shared().map(|shared| shared.join("eas/requirements")) else {
        println!(
            "skipped: no requirement tables; set FIELDPOST_SHARED to the directory that holds eas/requirements"
        );
        return Ok(true);
    };
    let tables = tables::read(&directory)?;
    let citations = citations::collect()?;

    let unknown: Vec<_> = citations.iter().filter(|citation| !tables.holds(&citation.id)).collect();
    for citation in &unknown {
        println!(
            "{}:{}: there is no requirement {}; correct the id",
            citation.path.display(),
            citation.line,
            citation.id
        );
    }
    if !unknown.is_empty() {
        return Ok(false);
    }

    let (scope, troubles) = scope::read(&workspace::root().join(SCOPE), &tables, &scope::cited(&citations))?;
    for trouble in &troubles {
        println!("{SCOPE}:1: {trouble}");
    }
    if !troubles.is_empty() {
        return Ok(false);
    }

    let report = report::write(&tables, &citations, &scope);
    let path = workspace::root().join(REPORT);
    if !check {
        fs::create_dir_all(path.parent().ok_or("the report has no directory")?)?;
        fs::write(&path, report)?;
        println!("wrote {REPORT}");
        return Ok(true);
    }
    let is_current = fs::read_to_string(&path).is_ok_and(|text| text == report);
    if is_current {
        println!("ledger: {REPORT} is current");
    } else {
        println!("{REPORT}:1: is not what the tests cite; run `cargo xtask ledger` and commit the file");
    }
    Ok(is_current)
}
