//! What an import took and what it could not take.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

/// Something that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The file.
    pub path: PathBuf,
    /// Which message of an mbox file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<u64>,
    /// Why.
    pub reason: String,
}

impl Refusal {
    /// A whole file.
    #[expect(clippy::needless_pass_by_value, reason = "errors come as values")]
    pub fn new(path: &Path, reason: impl ToString) -> Refusal {
        Refusal { path: path.to_owned(), message: None, reason: reason.to_string() }
    }

    /// A message of an mbox file.
    #[expect(clippy::needless_pass_by_value, reason = "errors come as values")]
    pub fn message(path: &Path, number: Option<u64>, reason: impl ToString) -> Refusal {
        Refusal { path: path.to_owned(), message: number, reason: reason.to_string() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(number) = self.message {
            write!(f, ", message {number}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// The outcome of an import.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Messages that are new in the mailbox.
    pub added: u64,
    /// Messages that an earlier import, or an earlier file of this one, had brought.
    pub known: u64,
    /// What was not taken.
    pub refused: Vec<Refusal>,
}

impl Report {
    /// Nothing was refused, and there was something.
    pub fn is_complete(&self) -> bool {
        self.refused.is_empty() && self.added + self.known > 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for refusal in &self.refused {
            writeln!(f, "not taken: {refusal}")?;
        }
        write!(f, "{} imported, {} there already, {} not taken", self.added, self.known, self.refused.len())
    }
}
