//! A phone's changes, from the wire to the delta engine, and what is said of each.

use fieldpost_domain::FolderId;
use fieldpost_domain::convert::mail;
use fieldpost_domain::folder::{Class, Folder, FolderType};
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::Edit;
use fieldpost_domain::sync::Snapshot;
use fieldpost_domain::sync::turn::{self, ClientChange, Outcome};
use fieldpost_eas::command::sync::request::Change;
use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::item::{Email, Item as WireItem};
use fieldpost_eas::status::sync as status;

use super::items;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// Where the changes go.
pub struct Place<'a> {
    /// The collection.
    pub folder: &'a Folder,
    /// All folders.
    pub folders: &'a [Folder],
    /// Deleted items go to Deleted Items, unless they are there.
    pub deletes_as_moves: bool,
}

impl Place<'_> {
    fn item(&self, server_id: &str) -> Option<ServerId> {
        server_id.parse().ok().filter(|id: &ServerId| id.folder == self.folder.id)
    }

    fn bin(&self) -> Option<FolderId> {
        let bin = self.folders.iter().find(|f| f.kind == FolderType::DeletedItems)?;
        (self.deletes_as_moves && bin.id != self.folder.id).then_some(bin.id)
    }
}

/// Makes the changes in their order. What succeeded is not spoken of, except for adds and fetches
/// (MS-ASCMD_R6413).
pub async fn make(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    commands: &[request::Command],
) -> Result<Vec<response::Reply>, Fault> {
    let mut replies = Vec::new();
    for command in commands {
        match command {
            request::Command::Add(add) => replies.push(refuse_add(add)),
            request::Command::Change(change) => {
                let code = make_change(cx, place, view, change).await?;
                if code != status::SUCCESS {
                    replies.push(response::Reply::Change(response::ChangeReply {
                        class: None,
                        server_id: change.server_id.clone(),
                        instance_id: change.instance_id.clone(),
                        status: code,
                        application_data: None,
                    }));
                }
            }
            request::Command::Delete(delete) => {
                let code = make_delete(cx, place, view, &delete.server_id).await?;
                if code != status::SUCCESS {
                    replies.push(response::Reply::Delete(response::DeleteReply {
                        class: None,
                        server_id: delete.server_id.clone(),
                        instance_id: delete.instance_id.clone(),
                        status: code,
                    }));
                }
            }
            request::Command::Fetch(fetch) => {
                let found = match place.item(&fetch.server_id) {
                    Some(id) => items::fetch(cx, place.folder, id.item, &view.options).await?,
                    None => None,
                };
                replies.push(response::Reply::Fetch(response::FetchReply {
                    server_id: fetch.server_id.clone(),
                    status: if found.is_some() { status::SUCCESS } else { status::NOT_FOUND },
                    application_data: found,
                }));
            }
        }
    }
    Ok(replies)
}

/// A phone can't add mail (MS-ASCMD: below 16.0), and drafts and the other classes are not kept yet:
/// the phone is told not to send the item again, and keeps it.
fn refuse_add(add: &request::Add) -> response::Reply {
    response::Reply::Add(response::AddReply {
        class: None,
        client_id: add.client_id.clone(),
        server_id: None,
        status: status::INVALID_ITEM,
        application_data: None,
    })
}

async fn make_change(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    change: &Change,
) -> Result<u8, Fault> {
    let Some(id) = place.item(&change.server_id) else {
        return Ok(status::NOT_FOUND);
    };
    let email = match &change.application_data {
        Some(WireItem::Email(email)) if place.folder.kind.class() == Class::Email => email,
        _ => return Ok(status::INVALID_ITEM),
    };
    if change.send.is_some() || change.instance_id.is_some() {
        return Ok(status::INVALID_ITEM);
    }
    let current = cx.app.backend.metas(cx.mailbox, &[id.item]).await?.pop();
    let Some(current) = current.filter(|m| m.folder == place.folder.id) else {
        return Ok(status::NOT_FOUND);
    };
    let Some(edit) = edit(email, current.state.flag.as_ref()) else {
        return Ok(status::INVALID_ITEM);
    };
    let change = ClientChange::Edit { item: id.item, edit };
    let outcome = turn::apply(&*cx.app.backend, cx.mailbox, place.folder.id, view, change).await?;
    Ok(code(outcome))
}

/// What a phone may change of a message: whether it was read, its flag, its categories. Anything else
/// in the same change makes it invalid.
fn edit(email: &Email, flag: Option<&fieldpost_domain::item::Flag>) -> Option<Edit> {
    let editable = Email {
        read: email.read,
        flag: email.flag.clone(),
        categories: email.categories.clone(),
        ..Email::default()
    };
    if editable != *email || editable == Email::default() {
        return None;
    }
    let flag = match &email.flag {
        Some(wire) => Some(mail::flag_from_wire(wire, flag).ok()?),
        None => None,
    };
    Some(Edit { read: email.read, flag, categories: email.categories.clone(), last_verb: None })
}

async fn make_delete(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    server_id: &str,
) -> Result<u8, Fault> {
    let Some(id) = place.item(server_id) else {
        return Ok(status::NOT_FOUND);
    };
    let change = ClientChange::Delete { item: id.item, into: place.bin() };
    let outcome = turn::apply(&*cx.app.backend, cx.mailbox, place.folder.id, view, change).await?;
    Ok(code(outcome))
}

fn code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Done | Outcome::Added(_) => status::SUCCESS,
        Outcome::ServerWon => status::CONFLICT,
        Outcome::NotFound => status::NOT_FOUND,
    }
}
