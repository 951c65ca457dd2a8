//! The command line of `fieldpost import`.

use std::path::PathBuf;

use clap::Args;
use fieldpost_server::clock::{Clock, SystemClock};

use super::{Plan, import, progress};
use crate::account;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Bring mail, calendars and contacts that lie in files into an account
///
/// PATH is a maildir with its subfolders, an mbox file, a message file, an .ics or .vcf file, or a folder
/// of any of these. Folders of mail are kept: those named Sent, Trash and Drafts become the folders of
/// that purpose. Events, tasks, notes and contacts go into the folder of their kind, each as it came.
/// What was imported before is recognised, so an import that was interrupted is just run again. What
/// can't be taken is reported by name, and the rest arrives.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost import alice@example.org ~/Maildir
  fieldpost import alice@example.org old-mail.mbox --folder Archive/2019 --read
  fieldpost import alice@example.org calendar.ics --folder \"Office\"
  fieldpost import alice@example.org backup/ --map \"Gesendet=Sent\" --map \"Papierkorb=Trash\"

Exit code: 0 all was taken, 1 the import stopped, 2 wrong usage, 3 there was nothing, or a part was not
taken.")]
pub struct ImportArgs {
    /// Address of the account
    account: String,
    /// What to import
    path: PathBuf,
    /// Put everything into this folder, with / between a folder and one within it
    #[arg(long, value_name = "FOLDER")]
    folder: Option<String>,
    /// Put what lies in folder FROM into folder TO
    #[arg(long = "map", value_name = "FROM=TO", value_parser = mapping, conflicts_with = "folder")]
    map: Vec<(String, String)>,
    /// Count every message as read
    #[arg(long)]
    read: bool,
}

fn mapping(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((from, to)) if !from.is_empty() && !to.is_empty() => Ok((from.to_owned(), to.to_owned())),
        _ => Err("write it as FROM=TO".to_owned()),
    }
}

/// Runs it.
pub async fn run(globals: &Globals, args: ImportArgs) -> Result<Exit, Failure> {
    let loaded = globals.load()?;
    let store = account::open_store(&loaded.config).await?;
    let account = account::find(&store, &args.account).await?;
    let plan = Plan { path: args.path, folder: args.folder, renamed: args.map, read: args.read };
    let report = import(&store, &account, &plan, &progress(), SystemClock.now()).await;
    store.close().await;
    let report = report?;
    output::show(globals.json, &report, &report)?;
    Ok(if report.is_complete() { Exit::Done } else { Exit::Partial })
}
