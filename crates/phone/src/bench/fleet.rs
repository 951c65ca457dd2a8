//! Many phones, set up a few at a time: each has its folders and an Inbox that is up to date, so that
//! a Ping has nothing to tell at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::task::JoinSet;

use super::{BenchError, Target};
use crate::phone::Phone;
use crate::state::{FolderType, SyncOptions};
use crate::transport::Transport;

/// Phones that are set up at the same time.
const WORKERS: usize = 16;

/// A phone that is ready to wait.
#[derive(Debug)]
pub(super) struct Member {
    pub number: usize,
    pub phone: Phone,
    pub inbox: String,
}

/// As a phone asks that wants only what is new and little of it.
pub(super) fn sparing() -> SyncOptions {
    SyncOptions {
        filter: Some(1),
        window: Some(512),
        body_type: 1,
        truncation: Some(512),
        ..SyncOptions::default()
    }
}

/// Sets up `count` phones; `progress` is told how many are ready. Their connections are closed.
pub(super) async fn enlist(
    target: &Target,
    count: usize,
    progress: &(dyn Fn(usize) + Send + Sync),
) -> Result<Vec<Member>, BenchError> {
    let next = Arc::new(AtomicUsize::new(0));
    let connector = target.connector()?;
    let (tell, mut ready) = tokio::sync::mpsc::channel(WORKERS);
    let mut workers: JoinSet<Result<(), BenchError>> = JoinSet::new();
    for _ in 0..WORKERS.min(count) {
        let (next, connector, tell, target) =
            (Arc::clone(&next), Arc::clone(&connector), tell.clone(), target.clone());
        workers.spawn(async move {
            // One connection serves all phones of a worker: a request says itself who it is from.
            let mut line = Transport::new(Arc::clone(&connector));
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return Ok(());
                }
                let mut phone = Phone::with_connector(target.identity(number)?, Arc::clone(&connector));
                phone.swap_line(&mut line);
                let member = prepare(number, phone).await;
                let mut member = member.map_err(|e| name(e, number, &target))?;
                member.phone.swap_line(&mut line);
                if tell.send(member).await.is_err() {
                    return Ok(());
                }
            }
        });
    }
    drop(tell);
    let mut members = Vec::with_capacity(count);
    while let Some(member) = ready.recv().await {
        members.push(member);
        progress(members.len());
    }
    while let Some(done) = workers.join_next().await {
        done.map_err(|_| BenchError::NothingMeasured("a worker that sets up phones died"))??;
    }
    members.sort_by_key(|m| m.number);
    Ok(members)
}

fn name(error: BenchError, number: usize, target: &Target) -> BenchError {
    match (error, target.login(number)) {
        (BenchError::Any(source), Ok(login)) => {
            BenchError::Phone { number, user: login.user.clone(), source }
        }
        (other, _) => other,
    }
}

async fn prepare(number: usize, mut phone: Phone) -> Result<Member, BenchError> {
    phone.folder_sync().await?;
    let inbox = inbox(&phone)?;
    phone.state.collection_mut(&inbox).options = sparing();
    phone.sync_all(&[&inbox], |_, _| ()).await?;
    forget_items(&mut phone, &inbox);
    // The Inbox alone is needed from here on.
    phone.state.folders.retain(|id, _| *id == inbox);
    Ok(Member { number, phone, inbox })
}

pub(super) fn inbox(phone: &Phone) -> Result<String, BenchError> {
    let id = phone.state.folder_of_type(FolderType::INBOX);
    id.map(String::from).ok_or_else(|| BenchError::NoInbox(phone.identity.user.clone()))
}

/// Drops what the phone has of the messages: thousands of phones live in this process.
pub(super) fn forget_items(phone: &mut Phone, inbox: &str) {
    phone.state.collection_mut(inbox).items = std::collections::BTreeMap::new();
}
