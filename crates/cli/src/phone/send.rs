//! `fieldpost phone send`: a message leaves the phone.

use std::path::PathBuf;

use clap::Args;
use fieldpost_phone::command::send_mail::Sent;
use fieldpost_phone::compose::Letter;
use fieldpost_phone::scenario::{self, Observer, Silent, Step};

use super::steps::Steps;
use super::target::Target;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};

/// Send a message, with a copy in Sent Items
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost phone send --server https://mail.example.org --user alice@example.org \\
      --password-file alice.txt --to bob@example.org --subject Hello --body \"How are you?\"
  fieldpost phone send --server https://mail.example.org --user alice --password-file alice.txt \\
      --file message.eml")]
pub struct SendArgs {
    #[command(flatten)]
    target: Target,
    /// Address of a recipient; can be given again
    #[arg(long = "to", value_name = "ADDRESS", required_unless_present = "file")]
    to: Vec<String>,
    /// Address of the author; without it, the name to sign in with
    #[arg(long, value_name = "ADDRESS")]
    from: Option<String>,
    /// Subject
    #[arg(long, default_value = "")]
    subject: String,
    /// Text
    #[arg(long, default_value = "")]
    body: String,
    /// Send this message (RFC 5322) as it is
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "subject", "body", "from"])]
    file: Option<PathBuf>,
}

/// Runs it.
pub async fn run(globals: &Globals, args: SendArgs) -> Result<Exit, Failure> {
    let raw = match &args.file {
        Some(file) => Some(
            std::fs::read(file).map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?,
        ),
        None => None,
    };
    let mut phone = args.target.phone(None)?;
    let mut steps = Steps::new(globals.json);
    scenario::connect(&mut phone, args.target.speak(), &mut Silent).await.map_err(Failure::failed)?;
    let sent = match raw {
        Some(mime) => {
            let sent = phone.send_mail(mime).await;
            sent.map(|sent| steps.step(Step::Sent { to: Vec::new(), before: sent == Sent::Before }))
        }
        None => {
            let to: Vec<&str> = args.to.iter().map(String::as_str).collect();
            let from = args.from.as_deref().unwrap_or(&args.target.user);
            let letter = Letter { from, to: &to, subject: &args.subject, text: &args.body };
            scenario::send(&mut phone, &letter, &mut steps).await.map(drop)
        }
    };
    sent.map_err(Failure::failed)?;
    Ok(Exit::Done)
}
