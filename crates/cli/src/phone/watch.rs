//! `fieldpost phone watch`: waits for news as a phone does, and says what came.

use std::fmt;

use clap::Args;
use fieldpost_phone::Phone;
use fieldpost_phone::command::ping::PingOutcome;
use fieldpost_phone::state::StoredEmail;
use serde::Serialize;

use super::sync::choose;
use super::target::Target;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Wait for news with Ping, fetch what is new, and print it as it comes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost phone watch --server https://mail.example.org --user alice --password-file alice.txt
  fieldpost phone watch --server https://mail.example.org --user alice --password-file alice.txt \\
      --folder Inbox --count 1 --json

It runs until it is interrupted, or has seen --count messages.")]
pub struct WatchArgs {
    #[command(flatten)]
    target: Target,
    /// Only this folder, by name; can be given again
    #[arg(long = "folder", value_name = "NAME")]
    folders: Vec<String>,
    /// Seconds that one Ping waits
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    heartbeat: u32,
    /// End after so many messages
    #[arg(long, value_name = "NUMBER")]
    count: Option<usize>,
}

/// A message that came.
#[derive(Debug, Serialize)]
struct Arrived {
    folder: String,
    id: String,
    subject: String,
    from: String,
    received: Option<String>,
}

impl fmt::Display for Arrived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (from {})", self.folder, self.subject, self.from)
    }
}

/// Runs it.
pub async fn run(globals: &Globals, args: WatchArgs) -> Result<Exit, Failure> {
    let mut phone = args.target.phone(None).await?;
    phone.folder_sync().await.map_err(Failure::failed)?;
    let chosen = choose(&phone, &args.folders)?;
    let ids: Vec<&str> = chosen.iter().map(|(id, _)| id.as_str()).collect();
    phone.sync_all(&ids, |_| {}).await.map_err(Failure::failed)?;
    eprintln!("waiting for news in {} folders", ids.len());
    let (mut heartbeat, mut seen) = (args.heartbeat, 0);
    loop {
        match phone.ping(heartbeat, &ids).await.map_err(Failure::failed)? {
            PingOutcome::Changed(changed) => {
                for arrived in fetch(&mut phone, &changed, &chosen).await? {
                    output::show(globals.json, &arrived, &arrived)?;
                    seen += 1;
                    if args.count.is_some_and(|count| seen >= count) {
                        return Ok(Exit::Done);
                    }
                }
            }
            PingOutcome::Quiet | PingOutcome::Incomplete => {}
            PingOutcome::Interval(seconds) => heartbeat = seconds,
            PingOutcome::HierarchyChanged => {
                phone.folder_sync().await.map_err(Failure::failed)?;
            }
            PingOutcome::TooManyFolders(most) => {
                let most = most.map_or("fewer".to_owned(), |most| most.to_string());
                return Err(Failure::usage(format!("the server watches {most} folders: choose with --folder")));
            }
        }
    }
}

async fn fetch(
    phone: &mut Phone,
    changed: &[String],
    names: &[(String, String)],
) -> Result<Vec<Arrived>, Failure> {
    let ids: Vec<&str> = changed.iter().map(String::as_str).collect();
    let outcome = phone.sync_all(&ids, |_| {}).await.map_err(Failure::failed)?;
    let mut arrived = Vec::new();
    for (folder, progress) in outcome.collections {
        let name = names.iter().find(|(id, _)| *id == folder).map_or(&folder, |(_, name)| name).clone();
        for id in progress.added {
            let unknown = StoredEmail::default();
            let items = phone.state.collections.get(&folder).map(|collection| &collection.items);
            let email = items.and_then(|items| items.get(&id)).unwrap_or(&unknown);
            arrived.push(Arrived {
                folder: name.clone(),
                subject: email.subject.clone(),
                from: email.from.clone(),
                received: email.received.map(|time| time.to_string()),
                id,
            });
        }
    }
    Ok(arrived)
}
