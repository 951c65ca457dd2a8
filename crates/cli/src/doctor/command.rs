//! The command line of `fieldpost doctor`, and the order in which it looks.

use clap::Args;
use fieldpost_server::clock::{Clock, SystemClock};

use super::finding::Findings;
use super::{certificate, files, ports, smarthost, storage, time};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Check configuration, ports, certificate, time and storage, and say what to do
///
/// Run it as the user that the server runs as. It changes nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost doctor
  fieldpost doctor --config /etc/fieldpost/fieldpost.toml --json

Exit code: 0 nothing keeps the server from working, 1 something does.")]
pub struct DoctorArgs {}

/// Runs it.
pub async fn run(globals: &Globals, _args: DoctorArgs) -> Result<Exit, Failure> {
    let mut findings = Findings::default();
    match globals.load() {
        // What the rest would say rests on defaults then, and would mislead.
        Err(error) => error.problems.iter().for_each(|problem| findings.bad("configuration", problem)),
        Ok(loaded) => {
            let now = SystemClock.now();
            let file = loaded.file.as_ref().map_or_else(
                || "no file: every setting is at its default or comes from the environment".to_owned(),
                |file| format!("{} is in order", file.display()),
            );
            findings.good("configuration", file);
            if loaded.config.mail.domains.is_empty() {
                findings.warning(
                    "configuration",
                    "no mail is taken in, since there are no domains: set domains in section [mail]",
                );
            }
            files::check(&mut findings);
            time::check(&loaded.config, now, &mut findings);
            ports::check(&loaded.config, &mut findings);
            certificate::check(&loaded.config, now, &mut findings);
            storage::check(&loaded.config, &mut findings).await;
            smarthost::check(&loaded.config, &mut findings).await;
        }
    }
    output::show(globals.json, &findings, &findings)?;
    Ok(if findings.count_bad() == 0 { Exit::Done } else { Exit::Failed })
}
