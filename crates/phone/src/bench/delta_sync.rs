//! What it costs to fetch a few changes of a large Inbox: it should not depend on its size.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::courier::{Courier, Route};
use super::hold_pings::Progress;
use super::{BenchError, Distribution, Target, fleet, process};
use crate::phone::Phone;
use crate::state::{Edit, Progress as Incoming, SyncOptions};

/// What the changes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// New messages.
    Delivered(Route),
    /// Messages marked read or unread on another phone of the same account.
    Marked,
}

/// What to measure.
#[derive(Debug, Clone)]
pub struct DeltaSync {
    /// How the phone wants the messages.
    pub options: SyncOptions,
    /// What changes.
    pub changes: Changes,
    /// How many changes each Sync fetches.
    pub count: usize,
    /// How often. The median counts.
    pub repeats: usize,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Messages in the Inbox, before the first change.
    pub messages: usize,
    /// Changes that each Sync was to fetch.
    pub changes: usize,
    /// Times that exactly so many came in one answer.
    pub complete: usize,
    /// Times in all.
    pub repeats: usize,
    /// Milliseconds of the Sync.
    pub wall_ms: Option<Distribution>,
    /// Milliseconds of the server's CPU.
    pub server_cpu_ms: Option<Distribution>,
    /// Bytes of the answer.
    pub bytes: Option<Distribution>,
}

/// The server may still be busy with what it has answered.
const SETTLE: Duration = Duration::from_millis(200);

/// Measures, with the first account.
pub async fn run(target: &Target, bench: &DeltaSync, progress: Progress<'_>) -> Result<Report, BenchError> {
    let mut phone = ready(target, bench, progress).await?;
    let inbox = fleet::inbox(&phone)?;
    let messages = phone.state.items(&inbox).count();
    let mut changer = Changer::open(target, bench, &inbox, messages).await?;

    let (mut wall, mut cpu, mut bytes, mut complete) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for n in 0..bench.repeats.max(1) {
        changer.change(target, bench.count, n).await?;
        tokio::time::sleep(SETTLE).await;
        let before = phone.traffic().received;
        let (start, cpu_before) = (Instant::now(), process::cpu_time(&target.server_pids)?);
        let outcome = phone.sync(&[&inbox]).await?;
        wall.push(start.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(SETTLE).await;
        if let Some((b, a)) = cpu_before.zip(process::cpu_time(&target.server_pids)?) {
            cpu.push(a.since(&b).as_secs_f64() * 1000.0);
        }
        bytes.push((phone.traffic().received - before) as f64);
        let came = outcome.collections.get(&inbox).map_or(0, Incoming::incoming);
        complete += usize::from(came == bench.count);
        progress("times fetched", n + 1);
        // What did not fit, or came late, must not count next time.
        phone.sync_all(&[&inbox], |_, _| ()).await?;
    }
    Ok(Report {
        messages,
        changes: bench.count,
        complete,
        repeats: wall.len(),
        wall_ms: Distribution::of(&wall),
        server_cpu_ms: Distribution::of(&cpu),
        bytes: Distribution::of(&bytes),
    })
}

/// A fresh phone whose Inbox is up to date.
async fn ready(target: &Target, bench: &DeltaSync, progress: Progress<'_>) -> Result<Phone, BenchError> {
    let mut identity = target.identity(0)?;
    identity.device_id = crate::entropy::device_id().parse().map_err(crate::PhoneError::from)?;
    let mut phone = Phone::with_connector(identity, target.connector()?);
    phone.folder_sync().await?;
    let inbox = fleet::inbox(&phone)?;
    phone.state.collection_mut(&inbox).options = bench.options.clone();
    phone.sync_all(&[&inbox], |state, _| progress("messages fetched", state.items(&inbox).count())).await?;
    Ok(phone)
}

/// Changes the mailbox behind the measured phone's back.
enum Changer {
    Courier(Courier),
    Phone { phone: Box<Phone>, inbox: String },
}

impl Changer {
    async fn open(
        target: &Target,
        bench: &DeltaSync,
        inbox: &str,
        messages: usize,
    ) -> Result<Changer, BenchError> {
        match &bench.changes {
            Changes::Delivered(route) => Ok(Changer::Courier(Courier::open(route, target).await?)),
            Changes::Marked if messages < bench.count => Err(BenchError::TooFewMessages {
                user: target.login(0)?.user.clone(),
                has: messages,
                needs: bench.count,
            }),
            Changes::Marked => {
                let phone = Box::new(ready(target, bench, &|_, _| ()).await?);
                Ok(Changer::Phone { phone, inbox: inbox.to_owned() })
            }
        }
    }

    async fn change(&mut self, target: &Target, count: usize, round: usize) -> Result<(), BenchError> {
        match self {
            Changer::Courier(courier) => {
                let address = &target.login(0)?.address;
                for n in 0..count {
                    courier.bring(address, &format!("change {round}.{n}")).await?;
                }
            }
            Changer::Phone { phone, inbox } => {
                phone.sync_all(&[inbox], |_, _| ()).await?;
                // Newest and oldest alike: the ids are spread over the whole folder.
                let collection = phone.state.collection_mut(inbox);
                let step = (collection.items.len() / count.max(1)).max(1);
                let ids: Vec<String> = collection.items.keys().step_by(step).take(count).cloned().collect();
                for id in ids {
                    let was = collection.items.get(&id).is_some_and(|e| e.read);
                    collection.edit(Edit::Read { id, read: !was });
                }
                phone.sync_all(&[inbox], |_, _| ()).await?;
            }
        }
        Ok(())
    }
}
