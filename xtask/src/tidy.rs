//! `cargo xtask tidy`: checks what compiler and clippy can't see. Every finding is a line with file, line and
//! what to do.
//!
//! [`arrows`]: which crate may use which; [`modules`]: module comments and file lengths; [`words`]: clock,
//! randomness, tasks and `unsafe` outside their homes.

mod arrows;
mod modules;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::{Trouble, source, workspace};

/// Something that is not as it should be.
struct Finding {
    path: PathBuf,
    line: usize,
    /// What is wrong and what to do about it.
    advice: String,
}

impl Finding {
    fn new(path: &Path, line: usize, advice: impl Into<String>) -> Finding {
        Finding { path: path.to_path_buf(), line, advice: advice.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path.display(), self.line, self.advice)
    }
}

/// Checks everything; whether all is well.
pub fn run() -> Result<bool, Trouble> {
    let mut findings = arrows::check()?;
    let mut long = Vec::new();
    let mut files = workspace::rust_files("crates")?;
    files.extend(workspace::rust_files("xtask")?);
    files.extend(workspace::rust_files("fuzz")?);
    for path in &files {
        let text = workspace::read(path)?;
        let lines = source::lines(path, &text);
        findings.extend(modules::check(path, &text));
        findings.extend(words::check(path, &lines));
        long.extend(modules::length(path, lines.len()));
    }
    for warning in &long {
        println!("warning: {warning}");
    }
    for finding in &findings {
        println!("{finding}");
    }
    println!("tidy: {} files, {} findings, {} warnings", files.len(), findings.len(), long.len());
    Ok(findings.is_empty())
}
