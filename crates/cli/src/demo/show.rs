//! What the simulated phone does, printed as it happens: it signs in, takes the policy, synchronises,
//! waits, is pushed a message that arrives by LMTP, and fetches it.

use std::time::{Duration, Instant};

use fieldpost_eas::Version;
use fieldpost_phone::command::ping::PingOutcome;
use fieldpost_phone::compose::Letter;
use fieldpost_phone::lmtp::{MailClient, Protocol};
use fieldpost_phone::scenario::{self, Speak, Step};
use fieldpost_phone::state::FolderType;
use fieldpost_phone::{Identity, Phone, Timeouts, Trust};

use super::people::Person;
use crate::exit::Failure;
use crate::output;
use crate::phone::steps::Said;
use crate::serve::Addresses;

/// Seconds that the phone's Ping waits at most; a server that wants less is obeyed.
const HEARTBEAT: u32 = 900;
/// How long the message that is to be pushed is held back, so that the phone waits by then.
const HELD_BACK: Duration = Duration::from_millis(500);
/// How long anything may take before the demo gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the phone.
///
/// # Errors
/// What did not work.
pub async fn show(addresses: &Addresses, people: &[Person]) -> Result<(), Failure> {
    let [anna, ben, ..] = people else { return Err(Failure::failed("the demo has no accounts")) };
    output::line(&format!("A simulated phone signs in as {}:", anna.address))?;
    tokio::time::timeout(PATIENCE, run(addresses, anna, ben))
        .await
        .map_err(|_| Failure::failed(format!("the phone was not done within {} s", PATIENCE.as_secs())))?
}

async fn run(addresses: &Addresses, anna: &Person, ben: &Person) -> Result<(), Failure> {
    let mut phone = phone(addresses, anna)?;
    let mut steps = Steps(Instant::now());
    let mut observe = |step: Step| steps.tell(&Said(&step).to_string());
    scenario::connect(&mut phone, Speak::AtMost(Version::V16_1), &mut observe)
        .await
        .map_err(Failure::failed)?;
    scenario::sync_all_mail(&mut phone, &mut observe).await.map_err(Failure::failed)?;
    let inbox = phone.state.folders.values().find(|folder| folder.r#type == FolderType::INBOX);
    let inbox = inbox.ok_or_else(|| Failure::failed("the phone was shown no Inbox"))?.server_id.clone();

    steps.tell(&format!("parks a Ping: the server may answer within {} min", HEARTBEAT / 60));
    let mut parked = phone.park(HEARTBEAT, &[&inbox]).map_err(Failure::failed)?;
    parked.connect().await.map_err(Failure::failed)?;
    let wait = async {
        let outcome = parked.wait().await.map_err(Failure::failed)?;
        Ok((outcome, Instant::now()))
    };
    let ((outcome, at), (started, acknowledged)) = tokio::try_join!(wait, deliver(addresses, anna, ben))?;
    match outcome {
        PingOutcome::Changed(folders) if folders.contains(&inbox) => {}
        other => return Err(Failure::failed(format!("the Ping ended with {other:?}"))),
    }
    steps.tell(&format!(
        "{} hands in a message by LMTP, which the server accepts after {}",
        ben.name,
        milliseconds(acknowledged.saturating_duration_since(started))
    ));
    steps.tell(&format!(
        "is told of it {} after its first byte was handed in",
        milliseconds(at.saturating_duration_since(started))
    ));
    phone.unpark(parked);
    fetch(&mut phone, &inbox, &mut steps).await
}

fn phone(addresses: &Addresses, anna: &Person) -> Result<Phone, Failure> {
    let address =
        addresses.https.first().ok_or_else(|| Failure::failed("the server has no HTTPS address"))?;
    let trust = match &addresses.authority {
        Some(file) => Trust::authorities_from_pem(&std::fs::read(file)?).map_err(Failure::failed)?,
        None => Trust::System,
    };
    let identity = Identity::new(&anna.address, anna.password.clone()).map_err(Failure::failed)?;
    let url = format!("https://localhost:{}", address.port());
    Phone::new(identity, &url, &trust, Timeouts::default()).map_err(Failure::failed)
}

/// When the delivery began, and when the server had acknowledged it.
async fn deliver(addresses: &Addresses, anna: &Person, ben: &Person) -> Result<(Instant, Instant), Failure> {
    let address = addresses.lmtp.first().ok_or_else(|| Failure::failed("the server has no LMTP address"))?;
    tokio::time::sleep(HELD_BACK).await;
    let letter = Letter {
        from: &ben.address,
        to: &[&anna.address],
        subject: "Lunch at twelve?",
        text: "The place by the river has opened again.\r\n\r\nBen\r\n",
    };
    let to = address.to_string();
    let mut client = MailClient::connect(&to, Protocol::Lmtp, PATIENCE).await.map_err(Failure::failed)?;
    let delivered =
        client.deliver(&ben.address, &[&anna.address], &letter.write_now()).await.map_err(Failure::failed)?;
    client.quit().await.map_err(Failure::failed)?;
    Ok((delivered.started, delivered.acknowledged))
}

async fn fetch(phone: &mut Phone, inbox: &str, steps: &mut Steps) -> Result<(), Failure> {
    let outcome = phone.sync_all(&[inbox], |_, _| ()).await.map_err(Failure::failed)?;
    let added = outcome.collections.get(inbox).map(|progress| progress.added.as_slice()).unwrap_or_default();
    let items = phone.state.collections.get(inbox).map(|collection| &collection.items);
    let found = added.iter().filter_map(|id| items?.get(id)).next();
    let email =
        found.ok_or_else(|| Failure::failed("the message that was pushed did not come with the Sync"))?;
    steps.tell(&format!("fetches it: \"{}\" from {}", email.subject, email.from));
    Ok(())
}

/// Prints steps, each with the time since the one before.
struct Steps(Instant);

impl Steps {
    fn tell(&mut self, text: &str) {
        let since = std::mem::replace(&mut self.0, Instant::now()).elapsed();
        // A reader that went away does not keep the phone from its work.
        let _ = output::line(&format!("  ✓ {text} ({})", milliseconds(since)));
    }
}

fn milliseconds(duration: Duration) -> String {
    let milliseconds = duration.as_secs_f64() * 1000.0;
    if milliseconds < 10.0 { format!("{milliseconds:.1} ms") } else { format!("{milliseconds:.0} ms") }
}
