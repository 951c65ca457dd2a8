//! What is wrong with a configuration: one line each, with the place and what to do.

use std::fmt;

use super::source::Origin;

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub struct Problem {
    origin: Option<Origin>,
    what: String,
}

impl Problem {
    /// At a place.
    pub fn new(origin: Origin, what: impl Into<String>) -> Problem {
        Problem { origin: Some(origin), what: what.into() }
    }

    /// With the configuration as a whole.
    pub fn general(what: impl Into<String>) -> Problem {
        Problem { origin: None, what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Some(origin) if *origin != Origin::Default => write!(f, "{origin}: {}", self.what),
            _ => f.write_str(&self.what),
        }
    }
}

/// The configuration can't be used.
#[derive(Debug, thiserror::Error)]
pub struct ConfigError {
    /// All that is wrong; never empty.
    pub problems: Vec<Problem>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

/// The known name that is most like `name`, if one is like it at all.
pub fn nearest(name: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let like = |known: &String| strsim::jaro_winkler(&name.to_lowercase(), &known.to_lowercase());
    known
        .map(|known| (like(&known), known))
        .filter(|(likeness, _)| *likeness >= 0.75)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, known)| known)
}
