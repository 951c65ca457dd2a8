//! Sets up the log: where it goes, in which form, and how much of it.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::section::log::{Format, Log};
use crate::exit::Failure;

/// Libraries that say much at their lower levels that is about themselves.
const QUIET: &str = "sqlx=warn,hyper=warn,hyper_util=warn,rustls=warn,lettre=warn,html5ever=error";

/// Starts logging to standard error.
pub fn start(log: &Log) -> Result<(), Failure> {
    let filter = filter(&log.level)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match log.format {
        Format::Json => builder.json().flatten_event(true).try_init(),
        Format::Human => {
            let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            builder.with_ansi(colour).with_target(false).try_init()
        }
    };
    started.map_err(Failure::failed)
}

/// A level alone is meant for our own crates; whoever writes a filter says it all.
fn filter(level: &str) -> Result<EnvFilter, Failure> {
    let alone = !level.contains([',', '=']);
    let known = ["error", "warn", "info", "debug", "trace", "off"];
    if alone && !known.contains(&level.to_ascii_lowercase().as_str()) {
        return Err(Failure::usage(format!("[log] level: {level:?} is none of {}", known.join(", "))));
    }
    let text = if alone { format!("{level},{QUIET}") } else { level.to_owned() };
    EnvFilter::try_new(text).map_err(|error| Failure::usage(format!("[log] level: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_filters_are_read() {
        for good in ["info", "DEBUG", "off", "warn,fieldpost_server=trace"] {
            filter(good).unwrap();
        }
        for bad in ["loud", "", "fieldpost_server=loud"] {
            assert!(filter(bad).is_err(), "{bad}");
        }
    }
}
