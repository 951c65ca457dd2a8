//! Runs the queue of messages for elsewhere.
//!
//! An entry is one message to one recipient. Entries lie in the store from the moment that the phone
//! was told "sent"; here they are taken, a few at a time, under a lease that runs out by itself should
//! the process die, and each ends in one of three ways: the smarthost took it, it is put off, or its
//! sender gets a bounce in the same transaction that removes it. Nothing polls: the task sleeps until
//! the next entry is due, or [`App::outbound`] tells of a new one.

use std::sync::Arc;
use std::time::Duration;

use fieldpost_domain::item::MailState;
use fieldpost_store::{Delivery, Queued, StoreError};
use futures_util::StreamExt as _;
use jiff::{SignedDuration, Timestamp};

use super::ingest::Ingested;
use super::recipient::{self, Recipient};
pub use super::schedule::Schedule;
use super::smarthost::{Sent, Smarthost, SmarthostError, Transport};
use crate::automatic_reply::{self, Arrival};
use crate::mail::bounce::{self, Failure, Origin};
use crate::{App, entropy, up_to_date};

/// Entries that are worked on at a time.
const AT_A_TIME: usize = 4;
/// For one attempt. Shorter than the lease, so that nobody else begins while it runs.
const ATTEMPT: Duration = Duration::from_secs(270);
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// After trouble with the store.
const PAUSE: Duration = Duration::from_secs(15);
/// The longest sleep: the machine's clock may be set.
const NAP: Duration = Duration::from_secs(3_600);

/// What the queue is told.
#[derive(Debug, Clone)]
pub struct Outbound {
    /// The name by which this server greets others and signs bounces.
    pub hostname: String,
    /// Where mail goes; none: it bounces, saying so.
    pub smarthost: Option<Smarthost>,
    /// When to try again.
    pub schedule: Schedule,
}

/// Starts the queue's task, which ends when [`App::tasks`] is drained.
pub fn start(app: &Arc<App>, settings: Outbound) -> Result<(), SmarthostError> {
    let connections = u32::try_from(AT_A_TIME).unwrap_or(u32::MAX);
    let transport = settings
        .smarthost
        .as_ref()
        .map(|smarthost| Transport::new(smarthost, &settings.hostname, connections, ATTEMPT))
        .transpose()?;
    let runner = Runner { app: Arc::clone(app), settings, transport };
    app.tasks.spawn("outbound queue", runner.run());
    Ok(())
}

struct Runner {
    app: Arc<App>,
    settings: Outbound,
    transport: Option<Transport>,
}

/// How an attempt ended.
enum Outcome {
    Sent,
    Later(String),
    /// It is delivered here.
    Here(Box<Delivery>),
    Never(Never),
}

struct Never {
    status: String,
    reason: &'static str,
    diagnostic: Option<String>,
}

impl Runner {
    async fn run(self) {
        let draining = self.app.tasks.draining().clone();
        while !draining.is_cancelled() {
            let pause = match self.round().await {
                Ok(Some(pause)) => pause,
                Ok(None) => continue,
                Err(error) => {
                    tracing::error!(%error, "the outbound queue can't be read");
                    PAUSE
                }
            };
            tokio::select! {
                () = draining.cancelled() => {}
                () = self.app.outbound.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Works on what is due; when nothing is, tells how long to sleep.
    async fn round(&self) -> Result<Option<Duration>, StoreError> {
        let now = self.app.clock.now();
        let lease = now.checked_add(LEASE).unwrap_or(now);
        let due = self.app.store.due_outgoing(now, lease, AT_A_TIME).await?;
        if due.is_empty() {
            let next = self.app.store.next_due().await?;
            return Ok(Some(next.map_or(NAP, |next| pause_until(next, now))));
        }
        let attempts = futures_util::stream::iter(due).map(|entry| self.attempt(entry));
        let results: Vec<_> = attempts.buffer_unordered(AT_A_TIME).collect().await;
        results.into_iter().collect::<Result<(), _>>()?;
        Ok(None)
    }

    async fn attempt(&self, entry: Queued) -> Result<(), StoreError> {
        let outcome = self.try_once(&entry).await?;
        let attempt = entry.attempts.saturating_add(1);
        let now = self.app.clock.now();
        match outcome {
            Outcome::Sent => {
                tracing::info!(entry = %entry.id, recipient = entry.recipient, attempt, "mail sent");
                self.app.store.finish_outgoing(entry.id).await
            }
            Outcome::Here(delivery) => {
                tracing::info!(entry = %entry.id, recipient = entry.recipient, "mail delivered here");
                self.app.store.bounce_outgoing(entry.id, Some(*delivery)).await?;
                self.answer(&entry).await
            }
            Outcome::Later(error) => {
                let schedule = &self.settings.schedule;
                match schedule.next(entry.created, attempt, now, &*self.app.entropy) {
                    Some(next) => {
                        tracing::warn!(
                            entry = %entry.id,
                            recipient = entry.recipient,
                            attempt,
                            error,
                            %next,
                            "mail could not be sent, it is tried again"
                        );
                        self.app.store.retry_outgoing(entry.id, next, &error).await
                    }
                    None => self.give_up(&entry, too_late(error), now).await,
                }
            }
            Outcome::Never(never) => self.give_up(&entry, never, now).await,
        }
    }

    async fn try_once(&self, entry: &Queued) -> Result<Outcome, StoreError> {
        match recipient::resolve(&self.app, &entry.recipient).await? {
            Recipient::Local(account) => {
                let message = Ingested::new(entry.content.clone(), self.app.clock.now());
                Ok(Outcome::Here(Box::new(message.delivery(&account, &entry.recipient))))
            }
            // Groups are expanded before mail is queued: this address has become one since.
            Recipient::Group(_) | Recipient::Unknown => Ok(Outcome::Never(unknown_here())),
            Recipient::Elsewhere => Ok(self.send(entry).await),
        }
    }

    /// Whoever has moved here, and is away, answers as if it had come by SMTP.
    async fn answer(&self, entry: &Queued) -> Result<(), StoreError> {
        if let Some(account) = self.app.store.account_by_address(&entry.recipient).await? {
            let (sender, content) = (entry.sender.as_str(), &entry.content[..]);
            let arrival = Arrival { account: &account, recipient: &entry.recipient, sender, content };
            automatic_reply::consider(&self.app, arrival).await;
            up_to_date::consider(&self.app, &account).await;
        }
        Ok(())
    }

    async fn send(&self, entry: &Queued) -> Outcome {
        let Some(transport) = &self.transport else { return Outcome::Never(no_smarthost()) };
        match transport.send(&entry.sender, &entry.recipient, &entry.content).await {
            Sent::Taken => Outcome::Sent,
            Sent::Later(error) => Outcome::Later(error),
            Sent::Never { status, diagnostic } => Outcome::Never(refused(status, diagnostic)),
        }
    }

    /// Removes the entry and tells its sender. A bounce is not bounced: nobody would read it.
    async fn give_up(&self, entry: &Queued, never: Never, now: Timestamp) -> Result<(), StoreError> {
        tracing::warn!(
            entry = %entry.id,
            recipient = entry.recipient,
            status = never.status,
            diagnostic = never.diagnostic,
            "mail is given back to its sender"
        );
        if entry.sender.is_empty() {
            return self.app.store.bounce_outgoing(entry.id, None).await;
        }
        let failure = Failure {
            recipient: &entry.recipient,
            status: &never.status,
            reason: never.reason,
            said: never.diagnostic.as_deref(),
        };
        let token = entropy::token(&*self.app.entropy);
        let domain = self.app.settings.domains.first().unwrap_or(&self.settings.hostname);
        let origin = Origin { host: &self.settings.hostname, domain, token: &token, now };
        let content = bounce::message(&entry.content, &entry.sender, &[failure], origin);
        let delivery = Ingested::new(content, now).delivery_to(entry.mailbox, MailState::default());
        self.app.store.bounce_outgoing(entry.id, Some(delivery)).await
    }
}

/// How long to sleep until `next`, a little over so as not to wake before it.
fn pause_until(next: Timestamp, now: Timestamp) -> Duration {
    let pause = next.duration_since(now).unsigned_abs() + Duration::from_millis(1);
    if next <= now { Duration::ZERO } else { pause.min(NAP) }
}

fn no_smarthost() -> Never {
    Never {
        status: "5.3.5".into(),
        reason: "This server is not set up to send mail to other servers. Ask whoever runs it to configure a smarthost, then send the message again.",
        diagnostic: None,
    }
}

fn unknown_here() -> Never {
    Never {
        status: "5.1.1".into(),
        reason: "There is nobody of that address here. Check how it is spelled.",
        diagnostic: None,
    }
}

fn refused(status: String, diagnostic: String) -> Never {
    let reason = match status.as_str() {
        "5.1.0" | "5.1.1" | "5.1.2" | "5.1.3" | "5.1.6" | "5.1.10" => {
            "The address does not exist or takes no mail. Check how it is spelled."
        }
        "5.2.2" => {
            "The mailbox is full. Tell the recipient in another way, and send the message again later."
        }
        "5.2.3" | "5.3.4" => {
            "The message is too large for the other server. Send it again with fewer or smaller attachments."
        }
        _ => "The other server refused the message. What it said may tell why.",
    };
    Never { status, reason, diagnostic: Some(diagnostic) }
}

fn too_late(error: String) -> Never {
    Never {
        status: "4.4.7".into(),
        reason: "The message could not be passed on for too long. Send it again later, or ask whoever runs your mail server.",
        diagnostic: Some(error),
    }
}
