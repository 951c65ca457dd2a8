//! From a plan to the items on the wire: bytes are read in portions, converted off the event loop,
//! and what can't be converted is passed over and named in the log.

use std::collections::HashMap;
use std::sync::Arc;

use fieldpost_domain::ItemId;
use fieldpost_domain::convert::mail;
use fieldpost_domain::folder::{Class, Folder};
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::Marked;
use fieldpost_domain::sync::{Changed, Command, Options, Plan, Planned};
use fieldpost_eas::command::sync::response;
use fieldpost_eas::item::Item as WireItem;

use super::options::{body_options, text_options};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::item::show::{self, View};
use crate::activesync::item::{TEXT, Unconvertible, poison};

/// Bytes of items that are in memory at once for one answer; a single item may be larger.
const PORTION: u64 = 8 * 1024 * 1024;

/// The commands of a plan. Items that can't be given are taken out of the plan's next view.
pub async fn commands(
    cx: &Context,
    folder: &Folder,
    plan: &mut Plan,
) -> Result<Vec<response::Command>, Fault> {
    let view = Arc::new(View::new(cx, body_options(&plan.next.options, cx.version)));
    let text_view = Arc::new(View::new(cx, text_options(&plan.next.options, cx.version)));
    let planned = std::mem::take(&mut plan.commands);
    let mut commands = Vec::with_capacity(planned.len());
    for portion in portions(&planned) {
        let mut converted = convert(cx, folder, portion, &view, &text_view).await?;
        for Planned { command, .. } in portion {
            let item = command.item();
            let server_id = ServerId { folder: folder.id, item }.to_string();
            let told = match (command, converted.remove(&item)) {
                (Command::Delete(_), _) => {
                    commands.push(response::Command::Delete(response::Removed { class: None, server_id }));
                    continue;
                }
                (Command::SoftDelete(_), _) => {
                    let removed = response::Removed { class: None, server_id };
                    commands.push(response::Command::SoftDelete(removed));
                    continue;
                }
                (_, Some(Ok(told))) => told,
                // The phone keeps what it has of an item that it holds.
                (Command::Change { .. }, Some(Err(_))) => continue,
                (_, Some(Err(_))) => {
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
            let Told { class, item: told } = told;
            commands.push(match command {
                Command::Add(_) => {
                    response::Command::Add(response::Add { class, server_id, application_data: told })
                }
                _ => response::Command::Change(response::Change { class, server_id, application_data: told }),
            });
        }
    }
    Ok(commands)
}

/// What is to be told of an item.
struct Told {
    /// Its class, where that is not the folder's.
    class: Option<String>,
    item: WireItem,
}

impl Told {
    fn new(item: WireItem, is_text: bool) -> Told {
        Told { class: is_text.then(|| TEXT.to_owned()), item }
    }
}

/// What is to be told of the items of a portion.
async fn convert(
    cx: &Context,
    folder: &Folder,
    portion: &[Planned],
    view: &Arc<View>,
    text_view: &Arc<View>,
) -> Result<HashMap<ItemId, Result<Told, Unconvertible>>, Fault> {
    let class = folder.kind.class();
    let (mut whole, mut marked) = (Vec::new(), HashMap::new());
    for Planned { command, .. } in portion {
        match *command {
            // Only messages have marks that phones know.
            Command::Change { item, changed: Changed::Marks(changed) } if class == Class::Email => {
                marked.insert(item, changed);
            }
            Command::Add(item) | Command::Change { item, .. } => whole.push(item),
            Command::Delete(_) | Command::SoftDelete(_) => {}
        }
    }
    let mut converted = HashMap::with_capacity(whole.len() + marked.len());
    if !whole.is_empty() {
        let items = cx.backend.fetch(cx.mailbox, &whole).await?;
        let (texts, items) = items.into_iter().partition(|item| item.meta.state.text_message);
        for (items, view, is_text) in [(items, view, false), (texts, text_view, true)] {
            let outcome = show::convert(class, items, view).await?;
            poison::record(cx, folder, &outcome).await?;
            let told =
                |outcome: Result<WireItem, Unconvertible>| outcome.map(|item| Told::new(item, is_text));
            converted.extend(outcome.into_iter().map(|(id, outcome)| (id, told(outcome))));
        }
    }
    if !marked.is_empty() {
        let items: Vec<ItemId> = marked.keys().copied().collect();
        for meta in cx.backend.metas(cx.mailbox, &items).await? {
            let changed = marked.get(&meta.id).copied().unwrap_or(Marked::ALL);
            let change = mail::email_change(&meta, changed, cx.version);
            let told = Told::new(WireItem::Email(Box::new(change)), meta.state.text_message);
            converted.insert(meta.id, Ok(told));
        }
    }
    Ok(converted)
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

/// One item whole, with the collection's options; none where it does not lie in the folder or can't
/// be converted.
pub async fn fetch(
    cx: &Context,
    folder: &Folder,
    item: ItemId,
    options: &Options,
) -> Result<Option<WireItem>, Fault> {
    let found = cx.backend.fetch(cx.mailbox, &[item]).await?;
    let found: Vec<_> = found.into_iter().filter(|item| item.meta.folder == folder.id).collect();
    let mut body = body_options(options, cx.version);
    body.bodies = true;
    let view = Arc::new(View::new(cx, body));
    let converted = show::convert(folder.kind.class(), found, &view).await?;
    poison::record(cx, folder, &converted).await?;
    Ok(converted.into_iter().find_map(|(_, outcome)| outcome.ok()))
}
