//! Drafts that a phone writes and sends with Sync (16.0): Add and Change in the folder Drafts.
//!
//! A draft that is sent goes the way of all mail, [`crate::mail::submit`], and its removal is part of the
//! same transaction; the phone is told of it as of any deletion.

use fieldpost_domain::ItemId;
use fieldpost_domain::backend::{Batch, BatchOutcome, Once, Write};
use fieldpost_domain::convert::mail;
use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::{Item, ItemMeta, MailState, NewItem};
use fieldpost_domain::sync::Snapshot;
use fieldpost_domain::sync::turn::{ClientChange, Outcome, Rewrite};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Opaque;
use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::item::{Email, Item as WireItem};
use fieldpost_eas::status::{Common, sync as status};

use super::changes::{ATTEMPTS, Place, apply, code, edit, origin, refused, tell_back};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::item::change;
use crate::entropy::token;
use crate::mail::draft::{self, Draft};
use crate::mail::submit::{Letter, submit};
use crate::meeting;

/// Whether phones may write drafts there.
pub fn are_kept(cx: &Context, place: &Place<'_>) -> bool {
    cx.version >= Version::V16_0 && place.folder.kind == FolderType::Drafts
}

/// Adds a draft, and sends it where that is asked for.
pub async fn add(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    add: &request::Add,
) -> Result<response::AddReply, Fault> {
    let reply = |status| response::AddReply {
        class: None,
        client_id: add.client_id.clone(),
        server_id: None,
        status,
        application_data: None,
    };
    let WireItem::Email(email) = &add.application_data else {
        return Ok(reply(status::INVALID_ITEM));
    };
    let host = cx.account.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let id = format!("{}@{host}", token(&*cx.app.entropy));
    let draft = draft::create(email, &meeting::user(&cx.app, &cx.account), &id, cx.now);
    let (draft, state) = match (draft, state_of(email)) {
        (Ok(draft), Some(state)) => (draft, state),
        (Err(reason), _) => {
            refused(cx, place, &reason);
            return Ok(reply(status::INVALID_ITEM));
        }
        (Ok(_), None) => return Ok(reply(status::INVALID_ITEM)),
    };
    let content = draft.content.clone();
    if let Some(code) = unfit(cx, &content, add.send.is_some()) {
        return Ok(reply(code));
    }
    let received = cx.now.as_millisecond();
    let origin = origin(cx, place, view, &add.client_id);
    let item = NewItem {
        conversation: mail::conversation(&content, received),
        index: change::index(cx, Class::Email, &content),
        content,
        state,
        origin: Some(origin.clone()),
    };
    let conversation = item.conversation.clone();
    let change =
        ClientChange::Add { client_id: add.client_id.clone(), item: Box::new(item), also: Vec::new() };
    let item = match apply(cx, place, view, change).await? {
        Outcome::Added(item) => item,
        other => return Ok(reply(code(other))),
    };
    let status = match add.send {
        Some(_) => send(cx, place, item, &origin, draft.content.clone()).await?,
        None => status::SUCCESS,
    };
    if status != status::SUCCESS {
        cx.backend.delete(cx.mailbox, place.folder.id, &[item]).await?;
        view.note_own_delete(item);
        return Ok(reply(status));
    }
    let answer = Email {
        conversation_id: Some(Opaque(conversation.id.to_vec())),
        conversation_index: Some(Opaque(conversation.index)),
        attachments: draft.answer(item),
        ..Email::default()
    };
    Ok(response::AddReply {
        server_id: Some(ServerId { folder: place.folder.id, item }.to_string()),
        application_data: Some(WireItem::Email(Box::new(answer))),
        ..reply(status::SUCCESS)
    })
}

/// Changes a draft, and sends it where that is asked for. None: the item is no draft.
pub async fn change(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    item: ItemId,
    change: &request::Change,
) -> Result<Option<response::ChangeReply>, Fault> {
    let reply = |status| response::ChangeReply {
        class: None,
        server_id: change.server_id.clone(),
        instance_id: None,
        status,
        application_data: None,
    };
    let empty = Email::default();
    let email = match &change.application_data {
        None => &empty,
        Some(WireItem::Email(email)) => email,
        Some(_) => return Ok(Some(reply(status::INVALID_ITEM))),
    };
    let key = format!("{}/send", origin(cx, place, view, &item.to_string()));
    for _ in 0..ATTEMPTS {
        let found = cx.backend.fetch(cx.mailbox, &[item]).await?.pop();
        let Some(found) = found.filter(|found| found.meta.folder == place.folder.id) else {
            let was_sent = change.send.is_some() && was_done(cx, key).await?;
            let status = if was_sent { status::SUCCESS } else { status::NOT_FOUND };
            return Ok(Some(reply(status)));
        };
        if !found.meta.state.draft {
            return Ok(None);
        }
        let draft = match draft::patch(&found.content, email) {
            Ok(draft) => draft,
            Err(reason) => {
                refused(cx, place, &reason);
                return Ok(Some(reply(status::INVALID_ITEM)));
            }
        };
        if let Some(code) = unfit(cx, &draft.content, change.send.is_some()) {
            return Ok(Some(reply(code)));
        }
        if change.send.is_some() {
            return Ok(Some(reply(send(cx, place, item, &key, draft.content).await?)));
        }
        match store(cx, place, view, &found, &draft, email).await? {
            Outcome::Stale => {}
            outcome => {
                let attachments = draft.answer(item);
                let answer = Email { attachments, ..Email::default() };
                let told = (!answer.attachments.is_empty() && outcome == Outcome::Done)
                    .then(|| WireItem::Email(Box::new(answer)));
                return Ok(Some(response::ChangeReply { application_data: told, ..reply(code(outcome)) }));
            }
        }
    }
    Ok(Some(reply(status::SERVER_ERROR)))
}

/// Stores a changed draft.
async fn store(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    found: &Item,
    draft: &Draft,
    email: &Email,
) -> Result<Outcome, Fault> {
    let state = Email {
        read: email.read,
        flag: email.flag.clone(),
        categories: email.categories.clone(),
        ..Email::default()
    };
    let item = found.meta.id;
    let edit = edit(&state, found.meta.state.flag.as_ref(), false);
    if draft.content == found.content {
        return match edit {
            Some(edit) => apply(cx, place, view, ClientChange::Edit { item, edit }).await,
            None => Ok(Outcome::Done),
        };
    }
    let known = view.echoes.get(&item.0).copied();
    let index = change::index(cx, Class::Email, &draft.content);
    let new = Rewrite { content: draft.content.clone(), index, edit, also: Vec::new() };
    let current: Box<ItemMeta> = Box::new(found.meta.clone());
    let outcome = apply(cx, place, view, ClientChange::Replace { current, new: Box::new(new) }).await?;
    if draft.moved_files() && outcome == Outcome::Done {
        // References to the other attachments are new: the phone is told the draft as it is now.
        tell_back(view, item, known);
    }
    Ok(outcome)
}

/// Sends a draft, and removes it.
async fn send(
    cx: &Context,
    place: &Place<'_>,
    item: ItemId,
    key: &str,
    content: Vec<u8>,
) -> Result<u8, Fault> {
    let (mailbox, folder) = (cx.mailbox, place.folder.id);
    let gone = Write::Delete { mailbox, folder, items: vec![item] };
    let letter =
        Letter { content, keep_copy: true, key: Some(key.to_owned()), about: None, also: vec![gone.clone()] };
    match submit(&cx.app, &cx.account, letter, cx.now).await {
        Ok(crate::mail::submit::Submitted::Done) => Ok(status::SUCCESS),
        // It was sent before; an item that was added again meanwhile goes.
        Ok(crate::mail::submit::Submitted::Duplicate) => {
            cx.backend.delete(mailbox, folder, &[item]).await?;
            Ok(status::SUCCESS)
        }
        Err(Fault::Refused(Common::MessageHasNoRecipient | Common::MessageRecipientUnresolved)) => {
            Ok(Common::InvalidRecipients.code())
        }
        Err(Fault::Refused(other)) => Ok(other.code()),
        Err(other) => Err(other),
    }
}

/// Whether something with this key was done before.
async fn was_done(cx: &Context, key: String) -> Result<bool, Fault> {
    let once = Some(Once { mailbox: cx.mailbox, key });
    let outcome = cx.backend.commit(Batch { once, writes: Vec::new(), now: cx.now }).await?;
    Ok(outcome == BatchOutcome::Duplicate)
}

/// Why a draft can't be taken, or can't be sent.
fn unfit(cx: &Context, content: &[u8], to_send: bool) -> Option<u8> {
    if content.len() > cx.app.settings.message_limit {
        return Some(Common::AttachmentIsTooLarge.code());
    }
    (to_send && !draft::is_addressed(content)).then(|| Common::InvalidRecipients.code())
}

/// What the user has done with a new draft; none where it makes no sense.
pub fn state_of(email: &Email) -> Option<MailState> {
    let flag = match &email.flag {
        Some(flag) => mail::flag_from_wire(flag, None, false).ok()?,
        None => None,
    };
    Some(MailState {
        read: email.read.unwrap_or(true),
        flag,
        categories: email.categories.clone().unwrap_or_default(),
        draft: true,
        ..MailState::default()
    })
}
