//! What a phone's mail app does, strung together from commands: set itself up, fetch all mail, wait
//! for more, send. An [`Observer`] is told of each step, so that a program can show them as they
//! happen.

use std::time::{Duration, Instant};

use serde::Serialize;

use fieldpost_eas::command::CommandName;
use fieldpost_eas::version::Version;

use crate::command::ping::PingOutcome;
use crate::command::provision::Provisioned;
use crate::command::send_mail::Sent;
use crate::command::sync::SyncOutcome;
use crate::compose::Letter;
use crate::error::PhoneError;
use crate::phone::{Phone, Traffic};
use crate::policy::Obedience;
use crate::state::hierarchy::HierarchyProgress;
use crate::state::{FIRST_KEY, State};

/// Something that a phone has just done or is about to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// The server said what it offers, and a version was chosen.
    Negotiated {
        /// The server's versions.
        offered: Vec<String>,
        /// The one that the phone speaks from now on.
        version: String,
    },
    /// The phone obeys the server's policy.
    Provisioned {
        /// Whether there is a policy at all.
        policy: bool,
    },
    /// The phone knows the folders.
    Folders {
        /// What changed.
        #[serde(flatten)]
        progress: HierarchyProgress,
        /// How many there are now.
        total: usize,
    },
    /// One answer brought changes of a folder.
    Synced {
        /// The folder's name.
        folder: String,
        /// New messages.
        added: usize,
        /// Changed messages.
        changed: usize,
        /// Messages that went away.
        deleted: usize,
        /// How many messages the phone has of it now.
        total: usize,
        /// The server has more.
        more: bool,
    },
    /// The server refused a folder's key: the phone fetches it again.
    Restarted {
        /// The folder's name.
        folder: String,
    },
    /// A folder could not be synchronised.
    Failed {
        /// The folder's name.
        folder: String,
        /// Why.
        status: u8,
    },
    /// All folders are up to date.
    UpToDate {
        /// Messages on the phone.
        messages: usize,
        /// Since when, in seconds.
        seconds: f64,
        /// What that took on the wire.
        #[serde(flatten)]
        traffic: Traffic,
    },
    /// The phone waits for news.
    Waiting {
        /// At most so many seconds.
        heartbeat: u32,
        /// Folders watched.
        folders: usize,
    },
    /// The server says that something changed.
    Pushed {
        /// Names of the folders.
        folders: Vec<String>,
    },
    /// A message arrived while the phone waited.
    Arrived {
        /// The folder's name.
        folder: String,
        /// Its author.
        from: String,
        /// Its subject.
        subject: String,
    },
    /// The connection broke; the phone tries again.
    Interrupted {
        /// Why.
        reason: String,
        /// After so many seconds.
        retry_after: f64,
    },
    /// A message was sent.
    Sent {
        /// To whom.
        to: Vec<String>,
        /// The server had it already, from a request whose answer was lost.
        before: bool,
    },
}

/// Is told of steps.
pub trait Observer {
    /// One step.
    fn step(&mut self, step: Step);
}

impl<F: FnMut(Step)> Observer for F {
    fn step(&mut self, step: Step) {
        self(step);
    }
}

/// Is told, and shrugs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn step(&mut self, _: Step) {}
}

/// Which version a phone settles on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speak {
    /// The highest that the server has, this one at most.
    AtMost(Version),
    /// This one. The server is not asked.
    Exactly(Version),
}

/// Sets the phone up: version, policy, folders. Nothing is synchronised yet.
pub async fn connect(phone: &mut Phone, speak: Speak, observer: &mut dyn Observer) -> Result<(), PhoneError> {
    match speak {
        Speak::Exactly(version) => phone.identity.version = version,
        Speak::AtMost(version) => {
            let offer = phone.negotiate(version).await?;
            let version = phone.version().to_string();
            observer.step(Step::Negotiated { offered: offer.versions, version });
        }
    }
    if phone.obedience != Obedience::Ignorant {
        let provisioned = phone.provision().await?;
        observer.step(Step::Provisioned { policy: matches!(provisioned, Provisioned::Policy(_)) });
    }
    // Provision carries this from 14.1 on, and 2.5 has no place for it.
    if (Version::V12_0..=Version::V14_0).contains(&phone.version()) {
        phone.tell_device_information().await?;
    }
    folders(phone, observer).await
}

async fn folders(phone: &mut Phone, observer: &mut dyn Observer) -> Result<(), PhoneError> {
    let progress = phone.folder_sync().await?;
    observer.step(Step::Folders { progress, total: phone.state.folders.len() });
    Ok(())
}

/// Brings all mail folders up to date. Folders that change meanwhile are looked at again.
pub async fn sync_all_mail(phone: &mut Phone, observer: &mut dyn Observer) -> Result<(), PhoneError> {
    let (start, before) = (Instant::now(), phone.traffic());
    for _ in 0..MAX_HIERARCHY_CHANGES {
        let ids = mail_folder_ids(phone);
        let changed = sync_folders(phone, &ids, observer).await?.hierarchy_changed;
        if !changed {
            break;
        }
        folders(phone, observer).await?;
    }
    let now = phone.traffic();
    observer.step(Step::UpToDate {
        messages: phone.state.collections.values().map(|c| c.items.len()).sum(),
        seconds: start.elapsed().as_secs_f64(),
        traffic: Traffic {
            requests: now.requests - before.requests,
            sent: now.sent - before.sent,
            received: now.received - before.received,
        },
    });
    Ok(())
}

/// How often the folders may change while all of them are synchronised.
const MAX_HIERARCHY_CHANGES: usize = 5;

fn mail_folder_ids(phone: &Phone) -> Vec<String> {
    phone.state.mail_folders(phone.version()).iter().map(|f| f.server_id.clone()).collect()
}

fn name(state: &State, id: &str) -> String {
    state.folders.get(id).map_or_else(|| id.to_owned(), |f| f.name.clone())
}

/// Syncs one folder after the other, as phones do that show each as soon as it is there.
async fn sync_folders(
    phone: &mut Phone,
    ids: &[String],
    observer: &mut dyn Observer,
) -> Result<SyncOutcome, PhoneError> {
    let mut whole = SyncOutcome::default();
    for id in ids {
        let round = |state: &State, round: &SyncOutcome| tell(state, round, observer);
        let outcome = phone.sync_all(&[id], round).await?;
        let stop = outcome.hierarchy_changed;
        whole.extend(outcome);
        if stop {
            break;
        }
    }
    Ok(whole)
}

fn tell(state: &State, round: &SyncOutcome, observer: &mut dyn Observer) {
    for (id, p) in &round.collections {
        if p.is_empty() && p.accepted == 0 {
            continue;
        }
        observer.step(Step::Synced {
            folder: name(state, id),
            added: p.added.len() + p.replaced.len(),
            changed: p.changed.len(),
            deleted: p.deleted.len() + p.soft_deleted.len(),
            total: state.items(id).count(),
            more: p.more_available,
        });
    }
    for id in &round.restarted {
        observer.step(Step::Restarted { folder: name(state, id) });
    }
    for (id, status) in &round.failed {
        observer.step(Step::Failed { folder: name(state, id), status: *status });
    }
}

/// How long and how persistently a phone watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// Seconds that one Ping may wait. The server's bounds are taken over when it names them.
    pub heartbeat: u32,
    /// End after this many pushes; `None` goes on.
    pub pushes: Option<usize>,
    /// End after so many failures in a row; `None` goes on for ever, as phones do.
    pub failures: Option<usize>,
}

impl Default for Watch {
    fn default() -> Self {
        Watch { heartbeat: 540, pushes: None, failures: None }
    }
}

/// First and longest pause after a failure.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// Waits for news of all mail folders and fetches them, until `watch` says that it is enough. The
/// phone must have been through [`connect`] and [`sync_all_mail`]. Dropping the future ends it any
/// time, the connection with it.
pub async fn watch(
    phone: &mut Phone,
    mut watch: Watch,
    observer: &mut dyn Observer,
) -> Result<(), PhoneError> {
    let (mut pushes, mut failures, mut pause) = (0, 0, PAUSES.0);
    while watch.pushes.is_none_or(|most| pushes < most) {
        match watch_once(phone, &mut watch.heartbeat, observer).await {
            Ok(pushed) => {
                pushes += usize::from(pushed);
                (failures, pause) = (0, PAUSES.0);
            }
            Err(error @ (PhoneError::Transport(_) | PhoneError::Unavailable { .. })) => {
                failures += 1;
                if watch.failures.is_some_and(|most| failures >= most) {
                    return Err(error);
                }
                let retry_after = pause.as_secs_f64();
                observer.step(Step::Interrupted { reason: error.to_string(), retry_after });
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(PAUSES.1);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// One Ping and what follows from it. Returns whether something was pushed.
async fn watch_once(
    phone: &mut Phone,
    heartbeat: &mut u32,
    observer: &mut dyn Observer,
) -> Result<bool, PhoneError> {
    let ids = watched(phone);
    let refs: Vec<&str> = ids.iter().map(String::as_str).collect();
    observer.step(Step::Waiting { heartbeat: *heartbeat, folders: ids.len() });
    // The server remembers what was watched last: saying it again is left out, as phones do.
    let same = phone
        .state
        .last_ping
        .as_ref()
        .is_some_and(|last| last.heartbeat == *heartbeat && last.folders == ids);
    let outcome = match same {
        true => phone.ping_again().await?,
        false => phone.ping(*heartbeat, &refs).await?,
    };
    match outcome {
        PingOutcome::Quiet | PingOutcome::Incomplete => Ok(false),
        PingOutcome::Interval(bound) => {
            *heartbeat = bound;
            Ok(false)
        }
        PingOutcome::TooManyFolders(_) => Err(PhoneError::Status { command: CommandName::Ping, status: 6 }),
        PingOutcome::HierarchyChanged => {
            folders(phone, observer).await?;
            sync_all_mail(phone, observer).await?;
            Ok(false)
        }
        PingOutcome::Changed(changed) => {
            let names = changed.iter().map(|id| name(&phone.state, id)).collect();
            observer.step(Step::Pushed { folders: names });
            let outcome = sync_folders(phone, &changed, observer).await?;
            announce(&phone.state, &outcome, observer);
            if outcome.hierarchy_changed {
                folders(phone, observer).await?;
            }
            Ok(true)
        }
    }
}

/// Folders that the phone watches: those that have been synchronised once. A server ignores others,
/// or answers at once again and again.
fn watched(phone: &Phone) -> Vec<String> {
    let known = |id: &String| phone.state.collections.get(id).is_some_and(|c| c.sync_key != FIRST_KEY);
    mail_folder_ids(phone).into_iter().filter(known).collect()
}

fn announce(state: &State, outcome: &SyncOutcome, observer: &mut dyn Observer) {
    for (id, progress) in &outcome.collections {
        let items = state.collections.get(id).map(|c| &c.items);
        for email in progress.added.iter().filter_map(|item| items?.get(item)) {
            observer.step(Step::Arrived {
                folder: name(state, id),
                from: email.from.clone(),
                subject: email.subject.clone(),
            });
        }
    }
}

/// Sends a plain-text message from `from`, the user's own address, with a copy in Sent Items. An
/// answer that was lost is asked for again, from 14.0 on, where that can not send it twice.
pub async fn send(
    phone: &mut Phone,
    letter: &Letter<'_>,
    observer: &mut dyn Observer,
) -> Result<Sent, PhoneError> {
    let message = phone.new_message(letter.write_now());
    let mut sent = phone.send_message(&message).await;
    if sent.as_ref().is_err_and(PhoneError::may_have_been_acted_on) && phone.version() >= Version::V14_0 {
        sent = phone.send_message(&message).await;
    }
    let sent = sent?;
    let to = letter.to.iter().map(|to| (*to).to_owned()).collect();
    observer.step(Step::Sent { to, before: sent == Sent::Before });
    Ok(sent)
}
