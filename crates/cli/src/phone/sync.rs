//! `fieldpost phone sync`: all mail folders, to the end.

use std::fmt;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use fieldpost_phone::Phone;
use fieldpost_phone::command::sync::SyncOutcome;
use fieldpost_phone::state::Progress;
use serde::Serialize;

use super::target::{Memory, Target};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Synchronise the mail folders and say what came
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost phone sync --server https://mail.example.org --user alice --password-file alice.txt
  fieldpost phone sync --server https://127.0.0.1:8443 --user alice --password-file alice.txt \\
      --authority certificate/authority.pem --version 12.1 --state alice.json --json

With --state, the next run with the same file brings only what changed since.

Exit code: 0 all folders were synchronised, 1 not, 2 wrong usage, 3 some were not.")]
pub struct SyncArgs {
    #[command(flatten)]
    target: Target,
    /// Only this folder, by name; can be given again
    #[arg(long = "folder", value_name = "NAME")]
    folders: Vec<String>,
    /// Remember what was synchronised in this file
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

/// What a run brought.
#[derive(Debug, Serialize)]
struct Report {
    version: &'static str,
    seconds: f64,
    requests: u64,
    bytes_received: u64,
    folders: Vec<FolderReport>,
}

#[derive(Debug, Serialize)]
struct FolderReport {
    name: String,
    id: String,
    items: usize,
    added: usize,
    changed: usize,
    deleted: usize,
    /// Why it was not synchronised.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u8>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for folder in &self.folders {
            let FolderReport { name, items, added, changed, deleted, status, .. } = folder;
            match status {
                None => writeln!(f, "{name}: {items} messages ({added} new, {changed} changed, {deleted} gone)")?,
                Some(status) => writeln!(f, "{name}: refused with status {status}")?,
            }
        }
        write!(
            f,
            "version {}, {} requests, {} bytes received, {:.3} s",
            self.version, self.requests, self.bytes_received, self.seconds
        )
    }
}

/// Runs it.
pub async fn run(globals: &Globals, args: SyncArgs) -> Result<Exit, Failure> {
    let started = Instant::now();
    let memory = args.state.as_deref().map(Memory::load).transpose()?.flatten();
    let mut phone = args.target.phone(memory).await?;
    phone.folder_sync().await.map_err(Failure::failed)?;
    let chosen = choose(&phone, &args.folders)?;
    let ids: Vec<&str> = chosen.iter().map(|(id, _)| id.as_str()).collect();
    let outcome = phone.sync_all(&ids, |_| {}).await;
    // What did come is remembered, whatever became of the rest.
    if let Some(path) = &args.state {
        Memory::save(&phone, path)?;
    }
    let outcome = outcome.map_err(Failure::failed)?;
    let report = report(&phone, chosen, &outcome, started);
    output::show(globals.json, &report, &report)?;
    let all = report.folders.iter().all(|folder| folder.status.is_none());
    Ok(if all { Exit::Done } else { Exit::Partial })
}

/// Id and name of the mail folders that are wanted.
pub fn choose(phone: &Phone, names: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let folders = phone.state.mail_folders(phone.version());
    let chosen: Vec<(String, String)> = folders
        .iter()
        .filter(|folder| names.is_empty() || names.iter().any(|name| name.eq_ignore_ascii_case(&folder.name)))
        .map(|folder| (folder.server_id.clone(), folder.name.clone()))
        .collect();
    if chosen.is_empty() {
        let there: Vec<&str> = folders.iter().map(|folder| folder.name.as_str()).collect();
        return Err(Failure::usage(format!("no such folder; the server has {}", there.join(", "))));
    }
    Ok(chosen)
}

fn report(phone: &Phone, chosen: Vec<(String, String)>, outcome: &SyncOutcome, started: Instant) -> Report {
    let nothing = Progress::default();
    let folders = chosen
        .into_iter()
        .map(|(id, name)| {
            let progress = outcome.collections.get(&id).unwrap_or(&nothing);
            FolderReport {
                items: phone.state.collections.get(&id).map_or(0, |collection| collection.items.len()),
                added: progress.added.len(),
                changed: progress.changed.len(),
                deleted: progress.deleted.len() + progress.soft_deleted.len(),
                status: outcome.failed.iter().find(|(failed, _)| *failed == id).map(|(_, status)| *status),
                name,
                id,
            }
        })
        .collect();
    let traffic = phone.traffic();
    Report {
        version: phone.version().name(),
        seconds: started.elapsed().as_secs_f64(),
        requests: traffic.requests,
        bytes_received: traffic.received,
        folders,
    }
}
