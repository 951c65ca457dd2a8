//! MoveItems ([MS-ASCMD] 2.2.1.12). An item keeps its number when it moves, so a move that is asked
//! for again is recognised and succeeds again, with the same new id.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use fieldpost_domain::folder::{Class, Folder};
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::ItemMeta;
use fieldpost_domain::sync::CollectionState;
use fieldpost_domain::{BackendError, FolderId, Modseq, backend};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::move_items::{Move, Moved, Request, Response};
use fieldpost_eas::status::{Common, move_items as status};

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy;

/// Most items of one request (MS-ASCMD_R5652, R5653).
const MAX_MOVES: usize = 1000;

/// The command.
pub struct MoveItems;

impl Command for MoveItems {
    const NAME: CommandName = CommandName::MoveItems;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Response;

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        if request.moves.len() > MAX_MOVES || request.moves.is_empty() {
            return Err(Fault::Refused(Common::InvalidXML));
        }
        let app = cx.app.clone();
        let _turn = app.locks.sync(cx.account.id, cx.device_id()).await;
        let folders = hierarchy::visible(cx).await?;
        let mut views = Views::default();
        let mut responses = Vec::with_capacity(request.moves.len());
        for wanted in request.moves {
            let outcome = perform(cx, &folders, &wanted).await?;
            let (status, dst_msg_id) = match outcome {
                Ok(done) => {
                    views.note_moved(cx, &done).await?;
                    let id = ServerId { folder: done.meta.folder, item: done.meta.id };
                    (status::SUCCESS, Some(id.to_string()))
                }
                Err(status) => (status, None),
            };
            responses.push(Moved { src_msg_id: wanted.src_msg_id, status, dst_msg_id });
        }
        views.store(cx).await?;
        Ok(Response { status: None, responses })
    }
}

/// A move that was made, now or before.
struct Done {
    source: FolderId,
    meta: ItemMeta,
    /// The item's counter value before the move; none: it had been moved before.
    before: Option<Modseq>,
}

/// Makes one move, or tells the status that says why not.
async fn perform(cx: &Context, folders: &[Folder], wanted: &Move) -> Result<Result<Done, u8>, Fault> {
    let source = hierarchy::find(folders, &wanted.src_fld_id);
    let item = wanted.src_msg_id.parse::<ServerId>().ok();
    let (Some(source), Some(item)) = (source, item) else {
        return Ok(Err(status::INVALID_SOURCE));
    };
    if item.folder != source.id {
        return Ok(Err(status::INVALID_SOURCE));
    }
    let destination = match wanted.dst_fld_ids.as_slice() {
        [one] => hierarchy::find(folders, one),
        [] => None,
        _ => return Ok(Err(status::FAILED)),
    };
    let Some(destination) = destination else {
        return Ok(Err(status::INVALID_DESTINATION));
    };
    if destination.id == source.id {
        return Ok(Err(status::SAME_FOLDER));
    }
    if destination.kind.class() != source.kind.class() || destination.kind.class() == Class::Other {
        return Ok(Err(status::INVALID_DESTINATION));
    }
    let before = match cx.backend.move_item(cx.mailbox, item.item, source.id, destination.id).await {
        Ok(backend::Moved::Done { before }) => Some(before),
        Ok(backend::Moved::AlreadyThere) => None,
        Err(BackendError::NoSuchItem(_)) => return Ok(Err(status::INVALID_SOURCE)),
        Err(BackendError::NoSuchFolder(_)) => return Ok(Err(status::INVALID_DESTINATION)),
        Err(other) => return Err(other.into()),
    };
    let meta = cx.backend.metas(cx.mailbox, &[item.item]).await?.pop();
    // Moved on or deleted by somebody else in the meantime: the move itself was made.
    let meta = meta.filter(|meta| meta.folder == destination.id);
    Ok(meta.map(|meta| Done { source: source.id, meta, before }).ok_or(status::LOCKED))
}

/// What the device knows of the collections that it moves items between.
#[derive(Default)]
struct Views(HashMap<FolderId, CollectionState>);

impl Views {
    /// The device made the move itself: the next Sync tells it neither of the deletion nor of the
    /// addition.
    async fn note_moved(&mut self, cx: &Context, done: &Done) -> Result<(), Fault> {
        for folder in [done.source, done.meta.folder] {
            let Entry::Vacant(vacant) = self.0.entry(folder) else { continue };
            if let Some(state) = cx.collection_state(&folder.to_string()).await? {
                vacant.insert(state);
            }
        }
        let item = done.meta.id;
        let mut known = false;
        if let Some(state) = self.0.get_mut(&done.source) {
            // The device holds the item, so it stands at one of the views that do.
            let mut holding = state.snapshots_mut().filter(|view| view.held.contains(item.0)).peekable();
            known = holding.peek().is_some()
                && done.before.is_some_and(|before| holding.all(|view| view.knows(item, before)));
            drop(holding);
            state.snapshots_mut().for_each(|view| view.note_own_delete(item));
        }
        if let Some(state) = self.0.get_mut(&done.meta.folder) {
            state.snapshots_mut().for_each(|view| view.note_moved_in(&done.meta, known));
        }
        Ok(())
    }

    async fn store(self, cx: &Context) -> Result<(), Fault> {
        let states: Vec<(String, Vec<u8>)> =
            self.0.iter().map(|(folder, state)| (folder.to_string(), state.to_bytes())).collect();
        let states: Vec<(&str, &[u8])> =
            states.iter().map(|(folder, bytes)| (folder.as_str(), bytes.as_slice())).collect();
        if !states.is_empty() && !cx.is_trial() {
            cx.app.store.put_sync_states(cx.account.id, cx.device_id(), &states).await?;
        }
        Ok(())
    }
}
