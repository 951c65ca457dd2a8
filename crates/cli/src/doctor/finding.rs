//! What doctor found: one line each, which says what to do where something is wrong.

use std::fmt;
use std::io::IsTerminal;

use serde::Serialize;

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should be.
    Good,
    /// It works, and yet should be looked at.
    Warning,
    /// It does not work.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// What was looked at: `ports`, `certificate`, and so on.
    pub check: &'static str,
    /// How it is.
    pub verdict: Verdict,
    /// One sentence or two.
    pub text: String,
}

/// All that was found, in order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// All is well.
    pub fn good(&mut self, check: &'static str, text: impl ToString) {
        self.add(check, Verdict::Good, text);
    }

    /// Something should be looked at.
    pub fn warning(&mut self, check: &'static str, text: impl ToString) {
        self.add(check, Verdict::Warning, text);
    }

    /// Something does not work.
    pub fn bad(&mut self, check: &'static str, text: impl ToString) {
        self.add(check, Verdict::Bad, text);
    }

    #[expect(clippy::needless_pass_by_value, reason = "errors come as values")]
    fn add(&mut self, check: &'static str, verdict: Verdict, text: impl ToString) {
        self.0.push(Finding { check, verdict, text: text.to_string() });
    }

    /// How many things do not work.
    pub fn count_bad(&self) -> usize {
        self.0.iter().filter(|finding| finding.verdict == Verdict::Bad).count()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        for Finding { check, verdict, text } in &self.0 {
            let (sign, code) = match verdict {
                Verdict::Good => ("✓", "32"),
                Verdict::Warning => ("!", "33"),
                Verdict::Bad => ("✗", "31"),
            };
            let text = text.replace('\n', "\n                ");
            if colour {
                writeln!(f, "\u{1b}[{code}m{sign}\u{1b}[0m {check:<13} {text}")?;
            } else {
                writeln!(f, "{sign} {check:<13} {text}")?;
            }
        }
        match self.count_bad() {
            0 => write!(f, "Nothing keeps the server from working."),
            1 => write!(f, "One thing does not work."),
            bad => write!(f, "{bad} things do not work."),
        }
    }
}
