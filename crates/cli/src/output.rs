//! What commands print on standard output: text for people, or JSON for scripts; and the files that they read.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::exit::Failure;

/// Prints either the JSON form on one line, or the text.
pub fn show(json: bool, value: &impl Serialize, text: &impl Display) -> Result<(), Failure> {
    if json { line(&serde_json::to_string(value).map_err(Failure::failed)?) } else { line(&text.to_string()) }
}

/// Prints several: as a JSON list on one line, or `text` of each on a line of its own.
pub fn list<T: Serialize>(json: bool, all: &[T], text: impl Fn(&T) -> String) -> Result<(), Failure> {
    if json {
        return line(&serde_json::to_string(all).map_err(Failure::failed)?);
    }
    all.iter().try_for_each(|one| line(&text(one)))
}

/// Says what was done, to scripts: people see by the exit code that it was.
pub fn done(json: bool, what: &serde_json::Value) -> Result<(), Failure> {
    if json { line(&what.to_string()) } else { Ok(()) }
}

/// What moves while something takes long: on a terminal, and nowhere else.
pub fn spinner(what: impl Into<Cow<'static, str>>) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style).with_message(what)
}

/// Awaits what takes long, with a [`spinner`] that moves.
pub async fn waiting<T>(what: &'static str, long: impl Future<Output = T>) -> T {
    let bar = spinner(what);
    let mut long = std::pin::pin!(long);
    let mut ticks = tokio::time::interval(Duration::from_millis(200));
    let done = loop {
        tokio::select! {
            done = &mut long => break done,
            _ = ticks.tick() => bar.tick(),
        }
    };
    bar.finish_and_clear();
    done
}

/// Prints a line. A reader that went away is no error: `fieldpost account list | head -1`.
pub fn line(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// The text of a file, or with `-` of standard input.
pub fn read(file: &Path) -> Result<String, Failure> {
    match file.to_str() {
        Some("-") => Ok(io::read_to_string(io::stdin())?),
        _ => std::fs::read_to_string(file)
            .map_err(|error| Failure::usage(format!("{} can't be read: {error}", file.display()))),
    }
}
