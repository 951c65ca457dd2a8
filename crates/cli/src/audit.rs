//! `fieldpost audit`: the transaction log, read and verified in the store or over the API of a server.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use fieldpost_domain::audit::{Entry, Event, Head, Outcome, export};
use jiff::Timestamp;
use serde::Deserialize;

use crate::acts::{Acts, query, text};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::remote::Over;

/// Entries that are read at once.
const PAGE: usize = 1000;

/// Verify, list and export the transaction log
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost audit verify
  fieldpost audit list --device ApplDNQXK1 --limit 20
  fieldpost audit export --format csv --from 2026-01-01T00:00:00Z --output log.csv")]
pub enum AuditCommand {
    /// Walk the whole log and say whether it is as it was written
    #[command(after_help = "\
Prints the newest entry's number and hash. Note them elsewhere now and then: with --noted, the log is also held \
against what was noted, which shows even a log that was written anew as a whole.

Examples:
  fieldpost audit verify
  fieldpost audit verify --noted 1204:6f0c0f5cb1a1b4e9a6a9c3f2f6a3d7f0b0a0c9e8d7f6a5b4c3d2e1f0a9b8c7d6")]
    Verify {
        /// NUMBER:HASH of an entry, as an earlier verify printed it
        #[arg(long, value_name = "NUMBER:HASH", value_parser = noted)]
        noted: Option<Head>,
    },
    /// List entries, newest first
    #[command(after_help = "\
Examples:
  fieldpost audit list --mailbox alice@example.org
  fieldpost audit list --action device.wipe --outcome denied --json")]
    List {
        #[command(flatten)]
        filter: FilterArgs,
        /// Most entries
        #[arg(long, default_value_t = 50, value_name = "COUNT")]
        limit: usize,
    },
    /// Write all entries that pass the filter, newest first
    #[command(after_help = "\
Examples:
  fieldpost audit export --format csv --output log.csv
  fieldpost audit export --format json --actor anna@example.org | jq .action")]
    Export {
        #[command(flatten)]
        filter: FilterArgs,
        /// The form
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
        /// The file; without one, standard output
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// How entries are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// A header, then a line for each entry
    Csv,
    /// An object on each line
    Json,
}

/// Which entries are looked for.
#[derive(Debug, Args)]
pub struct FilterArgs {
    /// From then on: 2026-01-31T08:00:00Z
    #[arg(long, value_name = "TIME")]
    from: Option<Timestamp>,
    /// Until before then
    #[arg(long, value_name = "TIME")]
    until: Option<Timestamp>,
    /// By this administrator
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// About the mailbox with this address
    #[arg(long, value_name = "ADDRESS")]
    mailbox: Option<String>,
    /// About the device with this id
    #[arg(long, value_name = "ID")]
    device: Option<String>,
    /// Of this kind: device.wipe, rules.put
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// With this outcome: done, denied, failed
    #[arg(long, value_name = "OUTCOME", value_parser = outcome)]
    outcome: Option<Outcome>,
}

impl FilterArgs {
    /// One page of the log: `limit` entries, after those that came before.
    async fn page(&self, acts: &mut Acts, limit: usize, after: Option<String>) -> Result<Page, Failure> {
        let asked = query(&[
            ("from", self.from.map(|time| time.to_string())),
            ("until", self.until.map(|time| time.to_string())),
            ("actor", self.actor.clone()),
            ("mailbox", self.mailbox.clone()),
            ("device_id", self.device.clone()),
            ("action", self.action.clone()),
            ("outcome", self.outcome.map(|outcome| outcome.name().to_owned())),
            ("limit", Some(limit.clamp(1, PAGE).to_string())),
            ("after", after),
        ]);
        let page = acts.get(&format!("/log{asked}")).await?;
        serde_json::from_value(page).map_err(Failure::failed)
    }
}

/// A part of the log, newest first.
#[derive(Debug, Deserialize)]
struct Page {
    entries: Vec<Entry>,
    next: Option<String>,
}

fn outcome(text: &str) -> Result<Outcome, String> {
    Outcome::from_name(text).ok_or_else(|| "an outcome is done, denied or failed".to_owned())
}

fn noted(text: &str) -> Result<Head, String> {
    Head::parse(text)
        .ok_or_else(|| "give what an earlier verify printed: a number, a colon, and 64 digits".to_owned())
}

/// Runs it.
pub async fn run(globals: &Globals, over: Over<AuditCommand>) -> Result<Exit, Failure> {
    let mut acts = Acts::open(globals, &over.server).await?;
    let done = act(globals, &mut acts, over.command).await;
    acts.close().await;
    done
}

async fn act(globals: &Globals, acts: &mut Acts, command: AuditCommand) -> Result<Exit, Failure> {
    match command {
        AuditCommand::Verify { noted } => verify(globals, acts, noted).await,
        AuditCommand::List { filter, limit } => list(globals, acts, &filter, limit).await,
        AuditCommand::Export { filter, format, output } => {
            let mut out: Box<dyn Write> = match output {
                Some(path) => Box::new(File::create(&path).map_err(|error| {
                    Failure::failed(format!("{} can't be written: {error}", path.display()))
                })?),
                None => Box::new(io::stdout().lock()),
            };
            match write_all(acts, &filter, format, &mut *out).await {
                // A reader that went away is no error.
                Err(Failure::Failed(what)) if what.contains("Broken pipe") => Ok(Exit::Done),
                Err(failure) => Err(failure),
                Ok(()) => Ok(Exit::Done),
            }
        }
    }
}

async fn list(
    globals: &Globals,
    acts: &mut Acts,
    filter: &FilterArgs,
    limit: usize,
) -> Result<Exit, Failure> {
    let (mut all, mut after) = (Vec::new(), None);
    while all.len() < limit {
        let page = filter.page(acts, limit - all.len(), after).await?;
        all.extend(page.entries);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    output::list(globals.json, &all, line)?;
    if all.is_empty() {
        eprintln!("no entry passes the filter");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

async fn verify(globals: &Globals, acts: &mut Acts, noted: Option<Head>) -> Result<Exit, Failure> {
    let against = query(&[("noted", noted.map(|head| head.to_string()))]);
    let asked = format!("/log/verification{against}");
    let verified = output::waiting("walking the log", acts.get(&asked)).await?;
    let is_intact = verified.get("intact").and_then(serde_json::Value::as_bool) == Some(true);
    let shown = match is_intact {
        true => {
            let entries = verified.get("entries").and_then(serde_json::Value::as_i64).unwrap_or_default();
            format!("the log is as it was written, {entries} entries; newest: {}", text(&verified, "head"))
        }
        false => format!("the log is not as it was written: {}", text(&verified, "damage")),
    };
    output::show(globals.json, &verified, &shown)?;
    Ok(if is_intact { Exit::Done } else { Exit::Failed })
}

/// One entry for people.
fn line(entry: &Entry) -> String {
    let Entry { number, time, event } = entry;
    let Event { actor, through, address, mailbox, device_id, action, detail, outcome, .. } = event;
    let whence = if address.is_empty() { through.clone() } else { format!("{through} {address}") };
    let parts = [mailbox, device_id, detail].map(String::as_str);
    let about: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    // A text from a phone stays on its line, and away from the terminal's controls.
    let about: String =
        about.join("\t").chars().map(|c| if c.is_control() && c != '\t' { ' ' } else { c }).collect();
    format!("{number}\t{time}\t{actor} ({whence})\t{action}\t{}\t{about}", outcome.name())
}

async fn write_all(
    acts: &mut Acts,
    filter: &FilterArgs,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if matches!(format, Format::Csv) {
        out.write_all(export::CSV_HEADER.as_bytes())?;
    }
    let (mut after, mut count) = (None, 0);
    let bar = output::spinner("");
    loop {
        let page = filter.page(acts, PAGE, after).await?;
        count += page.entries.len();
        bar.set_message(format!("{count} entries written"));
        bar.tick();
        for entry in &page.entries {
            let line = match format {
                Format::Csv => export::csv(entry),
                Format::Json => export::json(entry),
            };
            out.write_all(line.as_bytes())?;
        }
        after = page.next;
        if after.is_none() {
            bar.finish_and_clear();
            return Ok(out.flush()?);
        }
    }
}
