//! What it costs to fetch a few changes of a large Inbox or calendar: it should not depend on its size.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fieldpost_eas::Version;
use fieldpost_eas::item::{Event, Item};
use serde::Serialize;

use super::courier::{Courier, Route};
use super::hold_pings::Progress;
use super::{BenchError, Distribution, Target, fleet, process};
use crate::phone::Phone;
use crate::state::{Collection, Edit, FolderType, Held, Progress as Incoming, SyncOptions};

/// What the changes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// New messages.
    Delivered(Route),
    /// Messages marked read or unread on another phone of the same account.
    Marked,
    /// Events of the calendar given another subject, on another phone of the same account.
    Events,
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
    /// Items in the folder, before the first change.
    pub items: usize,
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
    let folder = folder(&phone, bench)?;
    let items = held(&phone, &folder);
    let mut changer = Changer::open(target, bench, &folder, items).await?;

    let (mut wall, mut cpu, mut bytes, mut complete) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for n in 0..bench.repeats.max(1) {
        changer.change(target, bench.count, n).await?;
        tokio::time::sleep(SETTLE).await;
        let before = phone.traffic().received;
        let (start, cpu_before) = (Instant::now(), process::cpu_time(&target.server_pids)?);
        let outcome = phone.sync(&[&folder]).await?;
        wall.push(start.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(SETTLE).await;
        if let Some((b, a)) = cpu_before.zip(process::cpu_time(&target.server_pids)?) {
            cpu.push(a.since(&b).as_secs_f64() * 1000.0);
        }
        bytes.push((phone.traffic().received - before) as f64);
        let came = outcome.collections.get(&folder).map_or(0, Incoming::incoming);
        complete += usize::from(came == bench.count);
        progress("times fetched", n + 1);
        // What did not fit, or came late, must not count next time.
        phone.sync_all(&[&folder], |_, _| ()).await?;
    }
    Ok(Report {
        items,
        changes: bench.count,
        complete,
        repeats: wall.len(),
        wall_ms: Distribution::of(&wall),
        server_cpu_ms: Distribution::of(&cpu),
        bytes: Distribution::of(&bytes),
    })
}

/// The folder in which something changes.
fn folder(phone: &Phone, bench: &DeltaSync) -> Result<String, BenchError> {
    match bench.changes {
        Changes::Delivered(_) | Changes::Marked => fleet::inbox(phone),
        Changes::Events => {
            phone.state.folder_of_type(FolderType::CALENDAR).map(str::to_owned).ok_or(BenchError::NoCalendar)
        }
    }
}

/// How many items the phone holds of it.
fn held(phone: &Phone, folder: &str) -> usize {
    phone.state.collections.get(folder).map_or(0, |c| c.items.len() + c.others.len())
}

/// A fresh phone whose folder is up to date.
async fn ready(target: &Target, bench: &DeltaSync, progress: Progress<'_>) -> Result<Phone, BenchError> {
    let mut identity = target.identity(0)?;
    identity.device_id = crate::entropy::device_id().parse().map_err(crate::PhoneError::from)?;
    let mut phone = Phone::with_connector(identity, target.connector()?);
    phone.folder_sync().await?;
    let folder = folder(&phone, bench)?;
    phone.state.collection_mut(&folder).options = bench.options.clone();
    let mut fetched = 0;
    phone
        .sync_all(&[&folder], |_, round| {
            fetched += round.collections.get(&folder).map_or(0, Incoming::incoming);
            progress("items fetched", fetched);
        })
        .await?;
    Ok(phone)
}

/// Changes the mailbox behind the measured phone's back.
enum Changer {
    Courier(Courier),
    Phone { phone: Box<Phone>, folder: String, events: bool },
}

impl Changer {
    async fn open(
        target: &Target,
        bench: &DeltaSync,
        folder: &str,
        items: usize,
    ) -> Result<Changer, BenchError> {
        match &bench.changes {
            Changes::Delivered(route) => Ok(Changer::Courier(Courier::open(route, target).await?)),
            Changes::Marked | Changes::Events if items < bench.count => Err(BenchError::TooFewItems {
                user: target.login(0)?.user.clone(),
                has: items,
                needs: bench.count,
            }),
            Changes::Marked | Changes::Events => {
                let phone = Box::new(ready(target, bench, &|_, _| ()).await?);
                let events = bench.changes == Changes::Events;
                Ok(Changer::Phone { phone, folder: folder.to_owned(), events })
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
            Changer::Phone { phone, folder, events } => {
                phone.sync_all(&[folder], |_, _| ()).await?;
                let whole = phone.version() < Version::V16_0;
                let collection = phone.state.collection_mut(folder);
                let edits = if *events {
                    subjects(collection, count, round, whole)
                } else {
                    marks(collection, count)
                };
                for edit in edits {
                    collection.edit(edit);
                }
                phone.sync_all(&[folder], |_, _| ()).await?;
            }
        }
        Ok(())
    }
}

/// Ids of the newest and oldest alike: spread over the whole folder.
fn spread<T>(items: &BTreeMap<String, T>, count: usize) -> impl Iterator<Item = (&String, &T)> {
    items.iter().step_by((items.len() / count.max(1)).max(1)).take(count)
}

fn marks(collection: &Collection, count: usize) -> Vec<Edit> {
    let chosen = spread(&collection.items, count);
    chosen.map(|(id, email)| Edit::Read { id: id.clone(), read: !email.read }).collect()
}

/// Other subjects for events. `whole`: as versions before 16.0 want it, where what is left out is taken away.
fn subjects(collection: &Collection, count: usize, round: usize, whole: bool) -> Vec<Edit> {
    let chosen = spread(&collection.others, count);
    chosen
        .filter_map(|(id, held)| {
            let mut event = if whole { held.event()?.clone() } else { Event::default() };
            event.subject = Some(format!("Changed in round {round}"));
            let item = Held(Item::Event(Box::new(event)));
            Some(Edit::Change { id: id.clone(), instance: None, item: Some(item), send: false })
        })
        .collect()
}
