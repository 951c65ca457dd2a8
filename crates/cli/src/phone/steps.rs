//! Shows what a simulated phone does, step by step, as it happens: lines for people, or one JSON object
//! a line.

use std::fmt;

use fieldpost_phone::scenario::{Observer, Step};

use crate::output;

/// Prints each step, and remembers whether a folder failed.
pub struct Steps {
    json: bool,
    /// A folder could not be synchronised.
    pub failed: bool,
    /// Messages that arrived.
    pub arrived: usize,
}

impl Steps {
    /// Prints JSON, or text.
    pub fn new(json: bool) -> Steps {
        Steps { json, failed: false, arrived: 0 }
    }
}

impl Observer for Steps {
    fn step(&mut self, step: Step) {
        self.failed |= matches!(step, Step::Failed { .. });
        self.arrived += usize::from(matches!(step, Step::Arrived { .. }));
        // A reader that went away does not keep the phone from its work.
        let _ = output::show(self.json, &step, &Said(&step));
    }
}

/// A step in words.
pub struct Said<'a>(pub &'a Step);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Step::Negotiated { offered, version } => {
                write!(f, "the server speaks {}; this phone takes {version}", offered.join(", "))
            }
            Step::Provisioned { policy: true } => f.write_str("took the server's policy"),
            Step::Provisioned { policy: false } => f.write_str("the server has no policy"),
            Step::Folders { total, .. } => write!(f, "knows {total} folders"),
            Step::Synced { folder, added, changed, deleted, total, more } => {
                write!(f, "{folder}: {added} new, {changed} changed, {deleted} gone; {total} messages")?;
                if *more { f.write_str(", and there is more") } else { Ok(()) }
            }
            Step::Restarted { folder } => write!(f, "{folder}: the server asks to begin again"),
            Step::Failed { folder, status } => write!(f, "{folder}: refused with status {status}"),
            Step::UpToDate { messages, seconds, traffic } => write!(
                f,
                "up to date: {messages} messages, {} requests, {} bytes received, {seconds:.3} s",
                traffic.requests, traffic.received
            ),
            Step::Waiting { heartbeat, folders } => {
                write!(f, "waits up to {heartbeat} s for news in {folders} folders")
            }
            Step::Pushed { folders } => write!(f, "is told of news in {}", folders.join(", ")),
            Step::Arrived { folder, from, subject } => write!(f, "{folder}: {subject} (from {from})"),
            Step::Interrupted { reason, retry_after } => {
                write!(f, "interrupted: {reason}; tries again after {retry_after} s")
            }
            Step::Sent { to, .. } if to.is_empty() => f.write_str("sent"),
            Step::Sent { to, before: false } => write!(f, "sent to {}", to.join(", ")),
            Step::Sent { to, before: true } => write!(f, "had been sent to {} before", to.join(", ")),
        }
    }
}
