//! `fieldpost phone send`: a message leaves the phone.

use std::path::PathBuf;

use clap::Args;
use fieldpost_phone::command::send_mail::Sent;
use mail_builder::MessageBuilder;

use super::target::Target;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

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
    let mime = match &args.file {
        Some(file) => {
            std::fs::read(file).map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?
        }
        None => MessageBuilder::new()
            .from(args.from.clone().unwrap_or_else(|| args.target.user.clone()))
            .to(args.to.clone())
            .subject(args.subject)
            .text_body(args.body)
            .write_to_vec()
            .map_err(Failure::failed)?,
    };
    let mut phone = args.target.phone(None).await?;
    let sent = phone.send_mail(mime).await.map_err(Failure::failed)?;
    let text = match sent {
        Sent::Now => "sent",
        Sent::Before => "had been sent before",
    };
    output::show(globals.json, &serde_json::json!({ "outcome": text }), &text)?;
    Ok(Exit::Done)
}
