//! Whom a user writes to is remembered in the recipient information cache, a folder that phones read to
//! complete what is typed. It is a convenience: mail is sent whatever becomes of it.

use std::collections::HashSet;

use fieldpost_domain::backend::{Batch, DeliverTo, Write};
use fieldpost_domain::convert::mail::{Headers, Mailbox};
use fieldpost_domain::convert::recipient;
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::id::{MailboxId, Position};
use fieldpost_domain::index::Index;
use fieldpost_domain::item::{Conversation, MailState, NewItem, Replacement, Shown};
use fieldpost_domain::{BackendError, FolderId};
use jiff::Timestamp;
use tracing::debug;

use crate::App;

/// Most people of one message who are remembered: a letter to everybody is no correspondence.
const MAX_REMEMBERED: usize = 25;
/// Most entries; those not written to for the longest time go.
const MAX_ENTRIES: usize = 500;

/// Remembers the people to whom a message went.
pub async fn remember(app: &App, mailbox: MailboxId, headers: &Headers, now: Timestamp) {
    let mut seen = HashSet::new();
    let everybody: Vec<&Mailbox> = headers
        .to
        .iter()
        .chain(&headers.cc)
        .chain(&headers.bcc)
        .filter(|person| person.address.contains('@') && seen.insert(person.address.to_lowercase()))
        .collect();
    if everybody.len() > MAX_REMEMBERED {
        return;
    }
    for person in everybody {
        if let Err(error) = count(app, mailbox, person, now).await {
            debug!(%mailbox, %error, "a recipient is not remembered");
        }
    }
}

async fn count(app: &App, mailbox: MailboxId, person: &Mailbox, now: Timestamp) -> Result<(), BackendError> {
    let folders = app.backend.folders(mailbox).await?;
    let Some(cache) = folders.iter().find(|folder| folder.kind == FolderType::RecipientCache) else {
        return Ok(());
    };
    let uid = recipient::uid(&person.address);
    let known = app.backend.by_uid(mailbox, &uid).await?;
    let known: Vec<_> = known.iter().filter(|meta| meta.folder == cache.id).map(|meta| meta.id).collect();
    let before = app.backend.fetch(mailbox, &known).await?.into_iter().next();
    let content = before.as_ref().map(|item| item.content.as_slice());
    let content = recipient::written_to(content, &person.address, person.name.as_deref())
        .map_err(|error| BackendError::Unavailable(Box::new(error)))?;
    let index = Index { uid: Some(uid.clone()), ..Index::at(now.as_millisecond()) };
    let write = match &before {
        Some(item) => {
            let expected = Some(item.meta.content_modseq);
            let replacement = Replacement { content, index, expected };
            Write::Replace { mailbox, folder: cache.id, item: item.meta.id, replacement }
        }
        None => {
            let (state, conversation) = (MailState::default(), Conversation::default());
            let item = NewItem { content, index, state, conversation, origin: Some(short(&uid)) };
            Write::Append { mailbox, folder: DeliverTo::Folder(cache.id), item }
        }
    };
    app.backend.commit(Batch { once: None, writes: vec![write], now }).await?;
    if before.is_none() { forget_oldest(app, mailbox, cache.id).await } else { Ok(()) }
}

/// An origin has at most 200 characters.
fn short(uid: &str) -> String {
    uid.chars().take(200).collect()
}

async fn forget_oldest(app: &App, mailbox: MailboxId, cache: FolderId) -> Result<(), BackendError> {
    let (newest, oldest) = (Position::NEWEST, Position::OLDEST);
    if app.backend.count(mailbox, cache, newest, oldest, Shown::ALL).await? <= MAX_ENTRIES as u64 {
        return Ok(());
    }
    let all = app.backend.older(mailbox, cache, newest, oldest, MAX_ENTRIES * 2).await?;
    let gone: Vec<_> = all.iter().skip(MAX_ENTRIES).map(|meta| meta.id).collect();
    app.backend.delete(mailbox, cache, &gone).await
}
