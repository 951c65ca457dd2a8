//! A phone's changes, from the wire to the delta engine, and what is said of each.

use fieldpost_domain::convert::{Ghosting, InvalidItem, mail};
use fieldpost_domain::folder::{Class, Folder, FolderType};
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::{Conversation, Edit, MailState, NewItem};
use fieldpost_domain::sync::Snapshot;
use fieldpost_domain::sync::turn::{self, ClientChange, Outcome, Rewrite};
use fieldpost_domain::{FolderId, ItemId};
use fieldpost_eas::Version;
use fieldpost_eas::command::sync::request::Change;
use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::date;
use fieldpost_eas::item::{Email, Item as WireItem};
use fieldpost_eas::status::sync as status;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use tracing::debug;

use super::{drafts, items, texts};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::item::change;
use crate::meeting::post;

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
                let code = make_delete(cx, place, view, delete).await?;
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
    if texts::is_one(cx, place, add.class.as_deref()) {
        return texts::add(cx, place, view, add).await;
    }
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
    let wire = match change::classify(add.application_data.clone(), class) {
        Ok(wire) => wire,
        Err(reason) => {
            refused(cx, place, &reason);
            return Ok(reply(status::INVALID_ITEM, None));
        }
    };
    let origin = match &wire {
        // MS-ASCAL_R2062: the same in every attempt, whatever became of the key in between.
        WireItem::Event(event) if event.client_uid.is_some() => {
            let id = short(event.client_uid.as_deref().unwrap_or_default());
            format!("{}/{}/event/{id}", cx.device_id(), place.folder.id)
        }
        _ => origin(cx, place, view, &add.client_id),
    };
    let changed = match change::create(cx, class, &uid(&origin), &wire).await? {
        Ok(changed) => changed,
        Err(reason) => {
            refused(cx, place, &reason);
            return Ok(reply(status::INVALID_ITEM, None));
        }
    };
    let uid = changed.index.uid.clone();
    let item = NewItem {
        index: changed.index,
        content: changed.content,
        state: MailState::default(),
        conversation: Conversation::default(),
        origin: Some(origin),
    };
    let client_id = add.client_id.clone();
    let change = ClientChange::Add { client_id, item: Box::new(item), also: changed.also };
    match apply(cx, place, view, change).await? {
        Outcome::Added(item) => {
            let id = ServerId { folder: place.folder.id, item };
            Ok(response::AddReply {
                application_data: change::answer(cx, &wire, item, uid),
                ..reply(status::SUCCESS, Some(id.to_string()))
            })
        }
        other => Ok(reply(code(other), None)),
    }
}

/// Whether a command's class is that of its folder.
fn of_class(named: Option<&str>, class: Class) -> bool {
    named.is_none_or(|named| Some(named) == class.name())
}

/// Names an add: the same when the same request is sent again, and another one whenever a phone begins
/// to count its client ids anew.
pub fn origin(cx: &Context, place: &Place<'_>, view: &Snapshot, client_id: &str) -> String {
    format!("{}/{}/{}/{}", cx.device_id(), place.folder.id, view.key, short(client_id))
}

/// Whatever a phone calls its items, it is kept short.
fn short(id: &str) -> String {
    if id.len() <= 64 { id.to_owned() } else { hex::encode(Sha256::digest(id)) }
}

/// The UID of an item that a phone adds: the same whenever the same request is sent.
fn uid(origin: &str) -> String {
    let digest = hex::encode(Sha256::digest(origin));
    digest.get(..40).unwrap_or(&digest).to_owned()
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
    let made = turn::apply(&*cx.backend, cx.mailbox, place.folder.id, view, change, cx.now).await?;
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
    let (status, application_data) = change_item(cx, place, view, id, change).await?;
    Ok(response::ChangeReply { application_data, ..reply(status) })
}

/// Changes an item that is no draft, and tells the status and what else is to be said.
async fn change_item(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    id: ServerId,
    change: &Change,
) -> Result<(u8, Option<WireItem>), Fault> {
    let class = place.folder.kind.class();
    let is_text = texts::is_one(cx, place, change.class.as_deref());
    if !is_text && !of_class(change.class.as_deref(), class) {
        return Ok((status::PROTOCOL_ERROR, None));
    }
    let Some(wire) = change.application_data.clone().filter(|_| change.send.is_none()) else {
        return Ok((status::INVALID_ITEM, None));
    };
    let wire = match change::classify(wire, class) {
        Ok(wire) => wire,
        Err(reason) => {
            refused(cx, place, &reason);
            return Ok((status::INVALID_ITEM, None));
        }
    };
    let Ok(instance) = instance(cx, change.instance_id.as_deref()) else {
        return Ok((status::INVALID_ITEM, None));
    };
    let said = match (&wire, instance) {
        (WireItem::Email(email), None) => {
            return Ok((change_state(cx, place, view, id.item, email).await?, None));
        }
        (wire, None) => change::Change::Whole(wire),
        (wire, Some(at)) => change::Change::Instance(at, wire),
    };
    let status = change_content(cx, place, view, id.item, said).await?;
    let answer = change::answer(cx, &wire, id.item, None).filter(|_| status == status::SUCCESS);
    Ok((status, answer))
}

/// The occurrence that a command names: none, or the start that the series gives it (16.0).
fn instance(cx: &Context, instance: Option<&str>) -> Result<Option<Timestamp>, ()> {
    match instance {
        None => Ok(None),
        Some(text) if cx.version >= Version::V16_0 => date::parse(text).map(Some).ok_or(()),
        Some(_) => Err(()),
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
        Some(_) => cx.backend.metas(cx.mailbox, &[item]).await?.pop(),
        None => None,
    };
    let flag = current.and_then(|current| current.state.flag);
    let untyped = email.flag.as_ref().is_some_and(|flag| flag.flag_type.is_none());
    let of_meeting = untyped && is_about_meeting(cx, place, view, item).await?;
    let Some(edit) = edit(email, flag.as_ref(), of_meeting) else {
        return Ok(status::INVALID_ITEM);
    };
    Ok(code(apply(cx, place, view, ClientChange::Edit { item, edit }).await?))
}

/// Whether phones take the message for one about a meeting ([MS-ASEMAIL] 2.2.2.49).
async fn is_about_meeting(
    cx: &Context,
    place: &Place<'_>,
    view: &Snapshot,
    item: ItemId,
) -> Result<bool, Fault> {
    let shown = items::fetch(cx, place.folder, item, &view.options).await?;
    let Some(WireItem::Email(email)) = shown else { return Ok(false) };
    Ok(email.message_class.is_some_and(|class| class.starts_with("IPM.Schedule.Meeting")))
}

/// The phone is told its own change: it became another one. `known` is what it knew of the item before.
pub fn tell_back(view: &mut Snapshot, item: ItemId, known: Option<u64>) {
    match known {
        Some(modseq) => view.echoes.insert(item.0, modseq),
        None => view.echoes.remove(&item.0),
    };
}

/// How often a change is made anew, because somebody else changed the same item meanwhile.
pub const ATTEMPTS: usize = 5;

/// Patches the bytes of an item.
async fn change_content(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    item: ItemId,
    said: change::Change<'_>,
) -> Result<u8, Fault> {
    let class = place.folder.kind.class();
    for _ in 0..ATTEMPTS {
        let found = cx.backend.fetch(cx.mailbox, &[item]).await?.pop();
        let Some(found) = found.filter(|found| found.meta.folder == place.folder.id) else {
            return Ok(status::NOT_FOUND);
        };
        let changed = match change::patch(cx, class, &found, said, place.ghosting).await? {
            // What is so already is in conflict with nobody; nor is a change that is sent again.
            Ok(None) => return Ok(status::SUCCESS),
            Ok(Some(changed)) => changed,
            Err(reason) => {
                refused(cx, place, &reason);
                return Ok(status::INVALID_ITEM);
            }
        };
        let new = Rewrite { content: changed.content, index: changed.index, edit: None, also: changed.also };
        let change = ClientChange::Replace { current: Box::new(found.meta), new: Box::new(new) };
        let known = view.echoes.get(&item.0).copied();
        match apply(cx, place, view, change).await? {
            Outcome::Stale => {}
            outcome => {
                if changed.altered && outcome == Outcome::Done {
                    tell_back(view, item, known);
                }
                return Ok(code(outcome));
            }
        }
    }
    Ok(status::SERVER_ERROR)
}

/// What a phone may change of a message: whether it was read, its flag, its categories. Anything else
/// in the same change makes it invalid. `flag` is the one that is there, `of_meeting` as
/// [`mail::flag_from_wire`] has it.
pub fn edit(email: &Email, flag: Option<&fieldpost_domain::item::Flag>, of_meeting: bool) -> Option<Edit> {
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
        Some(wire) => Some(mail::flag_from_wire(wire, flag, of_meeting).ok()?),
        None => None,
    };
    Some(Edit { read: email.read, flag, categories: email.categories.clone(), last_verb: None })
}

async fn make_delete(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    delete: &request::Delete,
) -> Result<u8, Fault> {
    let Some(id) = place.item(&delete.server_id) else {
        return Ok(status::NOT_FOUND);
    };
    match instance(cx, delete.instance_id.as_deref()) {
        Ok(None) => {}
        Ok(Some(at)) => {
            let said = change::Change::WithoutInstance(at);
            return change_content(cx, place, view, id.item, said).await;
        }
        Err(()) => return Ok(status::INVALID_ITEM),
    }
    let also = change::delete(cx, place.folder.kind.class(), id.item).await?;
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
