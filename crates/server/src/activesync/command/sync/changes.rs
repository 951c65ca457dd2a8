//! A phone's changes, from the wire to the delta engine, and what is said of each.

use fieldpost_domain::backend::Write;
use fieldpost_domain::convert::{Ghosting, InvalidItem, mail};
use fieldpost_domain::folder::{Class, Folder, FolderType};
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::{Conversation, Edit, MailState, NewItem};
use fieldpost_domain::sync::Snapshot;
use fieldpost_domain::sync::turn::{self, ClientChange, Outcome, Rewrite};
use fieldpost_domain::{FolderId, ItemId};
use fieldpost_eas::command::sync::request::Change;
use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::item::{Email, Item as WireItem};
use fieldpost_eas::status::sync as status;
use sha2::{Digest as _, Sha256};
use tracing::debug;

use super::{drafts, items};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::item::change;
use crate::meeting::{self, post};

/// Where the changes go.
pub struct Place<'a> {
    /// The collection.
    pub folder: &'a Folder,
    /// All folders.
    pub folders: &'a [Folder],
    /// Deleted items go to Deleted Items, unless they are there.
    pub deletes_as_moves: bool,
    /// What elements mean that a change leaves out.
    pub ghosting: &'a Ghosting,
}

impl Place<'_> {
    fn item(&self, server_id: &str) -> Option<ServerId> {
        server_id.parse().ok().filter(|id: &ServerId| id.folder == self.folder.id)
    }

    /// Where a deleted item goes. Deleted Items is a folder of mail: phones would not be shown another
    /// item there, so that it is deleted for good.
    fn bin(&self) -> Option<FolderId> {
        if self.folder.kind.class() != Class::Email {
            return None;
        }
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
            request::Command::Add(add) => {
                replies.push(response::Reply::Add(make_add(cx, place, view, add).await?));
            }
            request::Command::Change(change) => {
                let reply = make_change(cx, place, view, change).await?;
                if reply.status != status::SUCCESS || reply.application_data.is_some() {
                    replies.push(response::Reply::Change(reply));
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

/// Adds an item. One that is added again, because the answer was lost, is found: its origin names the
/// request that it first came with.
async fn make_add(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    add: &request::Add,
) -> Result<response::AddReply, Fault> {
    let reply = |status, server_id| response::AddReply {
        class: None,
        client_id: add.client_id.clone(),
        server_id,
        status,
        application_data: None,
    };
    let class = place.folder.kind.class();
    if !of_class(add.class.as_deref(), class) {
        return Ok(reply(status::PROTOCOL_ERROR, None));
    }
    if drafts::are_kept(cx, place) {
        return drafts::add(cx, place, view, add).await;
    }
    // Other mail does not come this way.
    if class == Class::Email || add.send.is_some() {
        return Ok(reply(status::INVALID_ITEM, None));
    }
    let origin = origin(cx, place, view, &add.client_id);
    let content = change::classify(add.application_data.clone(), class)
        .and_then(|wire| change::create(cx, &uid(&origin), &wire));
    let content = match content {
        Ok(content) => content,
        Err(reason) => {
            refused(cx, place, &reason);
            return Ok(reply(status::INVALID_ITEM, None));
        }
    };
    let Scheduled { content, also } = scheduled(cx, class, None, Some(content)).await?;
    let content = content.unwrap_or_default();
    let item = NewItem {
        index: change::index(cx, class, &content),
        content,
        state: MailState::default(),
        conversation: Conversation::default(),
        origin: Some(origin),
    };
    let change = ClientChange::Add { client_id: add.client_id.clone(), item: Box::new(item), also };
    match apply(cx, place, view, change).await? {
        Outcome::Added(item) => {
            let id = ServerId { folder: place.folder.id, item };
            Ok(reply(status::SUCCESS, Some(id.to_string())))
        }
        other => Ok(reply(code(other), None)),
    }
}

/// What is to be stored, and what else follows.
struct Scheduled {
    content: Option<Vec<u8>>,
    also: Vec<Write>,
}

/// Those who come to a meeting are told what a phone changed of it, where that is the server's part.
async fn scheduled(
    cx: &Context,
    class: Class,
    before: Option<&[u8]>,
    after: Option<Vec<u8>>,
) -> Result<Scheduled, Fault> {
    if class != Class::Calendar {
        return Ok(Scheduled { content: after, also: Vec::new() });
    }
    let told = meeting::outgoing(cx, before, after.as_deref()).await?;
    Ok(Scheduled { content: told.content.or(after), also: told.writes })
}

/// Whether a command's class is that of its folder.
fn of_class(named: Option<&str>, class: Class) -> bool {
    named.is_none_or(|named| Some(named) == class.name())
}

/// Names an add: the same when the same request is sent again, and another one whenever a phone begins
/// to count its client ids anew.
pub fn origin(cx: &Context, place: &Place<'_>, view: &Snapshot, client_id: &str) -> String {
    let client_id = match client_id.len() {
        // Whatever a phone says, it is kept short.
        ..=64 => client_id.to_owned(),
        _ => hex(&Sha256::digest(client_id)),
    };
    format!("{}/{}/{}/{client_id}", cx.device_id(), place.folder.id, view.key)
}

/// The UID of an item that a phone adds: the same whenever the same request is sent.
fn uid(origin: &str) -> String {
    let digest = hex(&Sha256::digest(origin));
    digest.get(..40).unwrap_or(&digest).to_owned()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Notes why what a phone says is not taken.
pub fn refused(cx: &Context, place: &Place<'_>, reason: &InvalidItem) {
    debug!(
        account = %cx.account.address, device = cx.device_id(), folder = %place.folder.name, %reason,
        "what the phone says can't be stored"
    );
}

/// Makes a change in the collection.
pub async fn apply(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    change: ClientChange,
) -> Result<Outcome, Fault> {
    let leaves = match &change {
        ClientChange::Add { also, .. } | ClientChange::Delete { also, .. } => post::leaves_the_house(also),
        ClientChange::Replace { new, .. } => post::leaves_the_house(&new.also),
        ClientChange::Edit { .. } => false,
    };
    let made = turn::apply(&*cx.app.backend, cx.mailbox, place.folder.id, view, change, cx.now).await?;
    if leaves {
        cx.app.outbound.notify_one();
    }
    Ok(made)
}

async fn make_change(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    change: &Change,
) -> Result<response::ChangeReply, Fault> {
    let reply = |status| response::ChangeReply {
        class: None,
        server_id: change.server_id.clone(),
        instance_id: change.instance_id.clone(),
        status,
        application_data: None,
    };
    let Some(id) = place.item(&change.server_id) else {
        return Ok(reply(status::NOT_FOUND));
    };
    if drafts::are_kept(cx, place)
        && change.instance_id.is_none()
        && let Some(reply) = drafts::change(cx, place, view, id.item, change).await?
    {
        return Ok(reply);
    }
    Ok(reply(change_item(cx, place, view, id, change).await?))
}

/// Changes an item that is no draft, and tells the status.
async fn change_item(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    id: ServerId,
    change: &Change,
) -> Result<u8, Fault> {
    let class = place.folder.kind.class();
    if !of_class(change.class.as_deref(), class) {
        return Ok(status::PROTOCOL_ERROR);
    }
    let Some(wire) = &change.application_data else {
        return Ok(status::INVALID_ITEM);
    };
    let wire = match change::classify(wire.clone(), class) {
        Ok(wire) => wire,
        Err(reason) => {
            refused(cx, place, &reason);
            return Ok(status::INVALID_ITEM);
        }
    };
    if change.send.is_some() || change.instance_id.is_some() {
        return Ok(status::INVALID_ITEM);
    }
    match wire {
        WireItem::Email(email) => change_state(cx, place, view, id.item, &email).await,
        wire => change_content(cx, place, view, id.item, &wire).await,
    }
}

/// Changes what a user did with a message.
async fn change_state(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    item: ItemId,
    email: &Email,
) -> Result<u8, Fault> {
    // The flag that is there decides only about a flag that is given.
    let current = match email.flag {
        Some(_) => cx.app.backend.metas(cx.mailbox, &[item]).await?.pop(),
        None => None,
    };
    let flag = current.and_then(|current| current.state.flag);
    let Some(edit) = edit(email, flag.as_ref()) else {
        return Ok(status::INVALID_ITEM);
    };
    Ok(code(apply(cx, place, view, ClientChange::Edit { item, edit }).await?))
}

/// How often a change is made anew, because somebody else changed the same item meanwhile.
pub const ATTEMPTS: usize = 5;

/// Patches the bytes of an item.
async fn change_content(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    item: ItemId,
    wire: &WireItem,
) -> Result<u8, Fault> {
    let class = place.folder.kind.class();
    for _ in 0..ATTEMPTS {
        let found = cx.app.backend.fetch(cx.mailbox, &[item]).await?.pop();
        let Some(found) = found.filter(|found| found.meta.folder == place.folder.id) else {
            return Ok(status::NOT_FOUND);
        };
        let content = match change::patch(cx, &found, wire, place.ghosting) {
            // What is so already is in conflict with nobody; nor is a change that is sent again.
            Ok(content) if content == found.content => return Ok(status::SUCCESS),
            Ok(content) => content,
            Err(reason) => {
                refused(cx, place, &reason);
                return Ok(status::INVALID_ITEM);
            }
        };
        let Scheduled { content, also } = scheduled(cx, class, Some(&found.content), Some(content)).await?;
        let content = content.unwrap_or_default();
        let index = change::index(cx, class, &content);
        let new = Rewrite { content, index, edit: None, also };
        let change = ClientChange::Replace { current: Box::new(found.meta), new: Box::new(new) };
        match apply(cx, place, view, change).await? {
            Outcome::Stale => {}
            outcome => return Ok(code(outcome)),
        }
    }
    Ok(status::SERVER_ERROR)
}

/// What a phone may change of a message: whether it was read, its flag, its categories. Anything else
/// in the same change makes it invalid.
pub fn edit(email: &Email, flag: Option<&fieldpost_domain::item::Flag>) -> Option<Edit> {
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
    let mut also = Vec::new();
    if place.folder.kind.class() == Class::Calendar {
        let found = cx.app.backend.fetch(cx.mailbox, &[id.item]).await?.pop();
        if let Some(found) = found.filter(|found| found.meta.folder == place.folder.id) {
            also = scheduled(cx, Class::Calendar, Some(&found.content), None).await?.also;
        }
    }
    let change = ClientChange::Delete { item: id.item, into: place.bin(), also };
    Ok(code(apply(cx, place, view, change).await?))
}

/// The status that says what came of a change.
pub fn code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Done | Outcome::Added(_) => status::SUCCESS,
        Outcome::ServerWon => status::CONFLICT,
        Outcome::NotFound => status::NOT_FOUND,
        Outcome::Stale => status::SERVER_ERROR,
    }
}
