//! From a plan to the items on the wire: bytes are read in portions, converted off the event loop,
//! and what can't be converted is passed over and named in the log.

use std::collections::HashMap;

use fieldpost_domain::ItemId;
use fieldpost_domain::convert::mail::{self, BodyOptions, ConvertError};
use fieldpost_domain::folder::{Class, Folder};
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::Item;
use fieldpost_domain::sync::{Command, Options, Plan, Planned};
use fieldpost_eas::command::sync::response;
use fieldpost_eas::item::{Email, Item as WireItem};
use tracing::warn;

use super::options::body_options;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// Bytes of messages that are in memory at once for one answer; a single message may be larger.
const PORTION: u64 = 8 * 1024 * 1024;

type Converted = HashMap<ItemId, Result<Email, ConvertError>>;

/// The commands of a plan. Items that can't be given are taken out of the plan's next view.
pub async fn commands(
    cx: &Context,
    folder: &Folder,
    plan: &mut Plan,
) -> Result<Vec<response::Command>, Fault> {
    let options = body_options(&plan.next.options, cx.version);
    let planned = std::mem::take(&mut plan.commands);
    let mut commands = Vec::with_capacity(planned.len());
    for portion in portions(&planned) {
        let whole: Vec<ItemId> =
            portion.iter().filter(|p| is_whole(p.command)).map(|p| p.command.item()).collect();
        let state: Vec<ItemId> =
            portion.iter().filter(|p| is_state(p.command)).map(|p| p.command.item()).collect();
        let mut converted = convert(cx, whole, &options).await?;
        if !state.is_empty() {
            for meta in cx.app.backend.metas(cx.mailbox, &state).await? {
                converted.insert(meta.id, Ok(mail::email_change(&meta, cx.version)));
            }
        }
        for Planned { command, .. } in portion {
            let item = command.item();
            let server_id = ServerId { folder: folder.id, item }.to_string();
            let email = match (command, converted.remove(&item)) {
                (Command::Delete(_), _) => {
                    commands.push(response::Command::Delete(response::Removed { class: None, server_id }));
                    continue;
                }
                (Command::SoftDelete(_), _) => {
                    let removed = response::Removed { class: None, server_id };
                    commands.push(response::Command::SoftDelete(removed));
                    continue;
                }
                (_, Some(Ok(email))) => email,
                (_, Some(Err(error))) => {
                    warn!(
                        account = %cx.account.address, folder = %folder.name, item = %server_id, %error,
                        "a message can't be converted and is passed over"
                    );
                    plan.next.skip(item);
                    continue;
                }
                // Gone since the plan was made; the phone will be told of it as of any deletion,
                // if it has the item.
                (Command::Add(_), None) => {
                    plan.next.forget(item);
                    continue;
                }
                (_, None) => continue,
            };
            let application_data = WireItem::Email(Box::new(email));
            commands.push(match command {
                Command::Add(_) => {
                    response::Command::Add(response::Add { class: None, server_id, application_data })
                }
                _ => response::Command::Change(response::Change { class: None, server_id, application_data }),
            });
        }
    }
    Ok(commands)
}

fn is_whole(command: Command) -> bool {
    matches!(command, Command::Add(_) | Command::Change { full: true, .. })
}

fn is_state(command: Command) -> bool {
    matches!(command, Command::Change { full: false, .. })
}

/// Cuts a plan so that no portion reads more than [`PORTION`].
fn portions(planned: &[Planned]) -> Vec<&[Planned]> {
    let mut portions = Vec::new();
    let (mut start, mut bytes) = (0, 0u64);
    for (at, p) in planned.iter().enumerate() {
        let size = u64::from(p.size);
        if at > start && bytes + size > PORTION {
            portions.push(planned.get(start..at).unwrap_or_default());
            (start, bytes) = (at, 0);
        }
        bytes += size;
    }
    portions.push(planned.get(start..).unwrap_or_default());
    portions
}

async fn convert(cx: &Context, items: Vec<ItemId>, options: &BodyOptions) -> Result<Converted, Fault> {
    if items.is_empty() {
        return Ok(Converted::new());
    }
    let items = cx.app.backend.fetch(cx.mailbox, &items).await?;
    let options = options.clone();
    let work = move || items.iter().map(|item| (item.meta.id, mail::email(item, &options))).collect();
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Unavailable(Box::new(error)))
}

/// One item whole, with the collection's options; none where it does not lie in the folder or can't
/// be converted.
pub async fn fetch(
    cx: &Context,
    folder: &Folder,
    item: ItemId,
    options: &Options,
) -> Result<Option<WireItem>, Fault> {
    if folder.kind.class() != Class::Email {
        return Ok(None);
    }
    let found: Vec<Item> = cx.app.backend.fetch(cx.mailbox, &[item]).await?;
    let Some(item) = found.into_iter().find(|i| i.meta.folder == folder.id) else {
        return Ok(None);
    };
    let mut options = body_options(options, cx.version);
    options.bodies = true;
    let work = move || mail::email(&item, &options).ok();
    let email =
        tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Unavailable(Box::new(error)))?;
    Ok(email.map(|e| WireItem::Email(Box::new(e))))
}
