//! Ping: wait until something changes ([MS-ASCMD] 2.2.1.13).
//!
//! Parameters that a request leaves out are those of the last one (MS-ASCMD_R5632 to R5635); they are
//! kept with the device, so that an empty Ping works after a restart. What "something changes" means
//! is counted from the last sync key that was issued for the folder, with its filter (MS-ASCMD_R5636).
//!
//! New items answer a Ping, and so do changes and deletions made elsewhere: MS-ASCMD_R5641 would have
//! those wait, but then a message read at a desk stays unread on the phone for up to an hour.
//!
//! A new item in a folder that the phone synchronises is news without a look into the store: many phones
//! of one mailbox are woken at once, and each would read the same. At worst the item lies outside the
//! phone's filter, and its next Sync brings nothing.
//!
//! A decision about the device (a policy, a wipe, a block) answers a Ping as well: "the folders changed", in
//! every version. What phones do then is FolderSync, whose answer says what was decided in the terms of the
//! version; few would read that in the answer to a Ping, which bears no policy key (MS-ASPROV_R757).

use std::time::Duration;

use fieldpost_domain::device::PingParameters;
use fieldpost_domain::folder::Folder;
use fieldpost_domain::sync::{CollectionState, Snapshot, Window, diff};
use fieldpost_domain::{Backend, FolderId};
use fieldpost_eas::codec::{DecodeError, Document};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::ping as wire;
use fieldpost_eas::http::BodyForm;
use fieldpost_eas::status::ping as status;

use super::{Command, Decode, Needs, Payload, Unreadable};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::{hierarchy, switches, welcome};
use crate::push::Seat;

/// Most folders that one Ping may watch; status 6 says so.
const MAX_FOLDERS: usize = 300;

/// The command.
pub struct Ping;

/// A request; without a body it says nothing, which means the same as last time.
pub struct Request(wire::Request);

impl Decode for Request {
    fn decode(_: &Context, payload: Payload) -> Result<Self, Unreadable> {
        match payload.form {
            BodyForm::Wbxml => Ok(Request(<wire::Request as Document>::decode(&payload.body)?)),
            BodyForm::Empty => Ok(Request(wire::Request::default())),
            BodyForm::Message => Err(Unreadable::Content),
        }
    }
}

fn says(status: u8) -> wire::Response {
    wire::Response { status, ..wire::Response::default() }
}

impl Command for Ping {
    const NAME: CommandName = CommandName::Ping;
    // MS-ASPROV_R757
    const NEEDS: Needs = Needs { policy: false, patience: true };
    type Request = Request;
    type Response = wire::Response;

    fn malformed(_: &DecodeError) -> Option<wire::Response> {
        Some(says(status::SYNTAX_ERROR))
    }

    async fn run(cx: &mut Context, Request(request): Request) -> Result<wire::Response, Fault> {
        let parameters = merge(cx.device.ping.take().unwrap_or_default(), request);
        let (Some(heartbeat), false) = (parameters.heartbeat, parameters.folders.is_empty()) else {
            return Ok(says(status::INCOMPLETE));
        };
        if let Some(nearest) = cx.app.settings.heartbeat.nearest(heartbeat) {
            let heartbeat_interval = Some(nearest);
            return Ok(wire::Response { heartbeat_interval, ..says(status::HEARTBEAT_OUT_OF_RANGE) });
        }
        if parameters.folders.len() > MAX_FOLDERS {
            let max_folders = u32::try_from(MAX_FOLDERS).ok();
            return Ok(wire::Response { max_folders, ..says(status::TOO_MANY_FOLDERS) });
        }
        let watched: Vec<String> = parameters.folders.iter().map(|(id, _)| id.clone()).collect();
        cx.update_device(|device| device.ping = Some(parameters)).await?;
        wait(cx, &watched, Duration::from_secs(heartbeat.into())).await
    }
}

fn merge(last: PingParameters, request: wire::Request) -> PingParameters {
    PingParameters {
        heartbeat: request.heartbeat_interval.or(last.heartbeat),
        folders: match request.folders {
            Some(folders) => folders.into_iter().map(|f| (f.id, f.class.unwrap_or_default())).collect(),
            None => last.folders,
        },
    }
}

async fn wait(cx: &mut Context, watched: &[String], heartbeat: Duration) -> Result<wire::Response, Fault> {
    let pushes = switches::direct_push(cx);
    let ids: Vec<FolderId> = watched.iter().filter(|_| pushes).filter_map(|id| FolderId::parse(id)).collect();
    let seat = cx.app.seats.take(cx.account.id, cx.device_id());
    // What comes into the mailbox is no news to a device in quarantine.
    let heard = if cx.is_quarantined() { &[][..] } else { &ids };
    let subscription = cx.app.hub.subscribe(cx.mailbox, cx.device_id(), heard);
    // What was decided since the request came would not wake it.
    if !Box::pin(welcome::still(cx)).await? {
        hold_back(cx, &seat).await;
        return Ok(says(status::HIERARCHY_CHANGED));
    }
    let timer = tokio::time::sleep(heartbeat);
    tokio::pin!(timer);
    let mut look_at = ids.clone();
    let mut hierarchy_too = true;
    let mut waited = false;
    let mut synchronised = Vec::new();
    let began_in_quarantine = cx.is_quarantined();
    loop {
        let looked = look(cx, watched, &look_at, hierarchy_too, &mut synchronised).await?;
        if let Some(response) = looked {
            if !waited {
                hold_back(cx, &seat).await;
            }
            return Ok(response);
        }
        if !waited {
            cx.app.pace.at_ease(cx.account.id, cx.device_id());
        }
        waited = true;
        let wake = tokio::select! {
            wake = subscription.changed() => wake,
            () = &mut timer => return Ok(says(status::NO_CHANGES)),
            () = seat.taken_over() => return Ok(says(status::NO_CHANGES)),
            () = cx.app.tasks.draining().cancelled() => return Ok(says(status::NO_CHANGES)),
        };
        if wake.device && !Box::pin(welcome::still(cx)).await? {
            return Ok(says(status::HIERARCHY_CHANGED));
        }
        if wake.device && switches::direct_push(cx) != pushes {
            // It waits for something else from now on.
            return Ok(says(status::NO_CHANGES));
        }
        if wake.device && began_in_quarantine != cx.is_quarantined() {
            // Into quarantine, or out of it: what it watches is something else by now.
            let folders = watched.to_vec();
            return Ok(wire::Response { folders, ..says(status::CHANGES) });
        }
        let added: Vec<String> =
            wake.added.iter().filter(|id| synchronised.contains(*id)).map(FolderId::to_string).collect();
        if !wake.hierarchy && !added.is_empty() {
            return Ok(wire::Response { folders: added, ..says(status::CHANGES) });
        }
        hierarchy_too = wake.hierarchy;
        look_at = if wake.hierarchy { ids.clone() } else { wake.changed };
    }
}

/// A phone that hears of news at once, again and again, waits a little longer each time.
async fn hold_back(cx: &Context, seat: &Seat) {
    let pause = cx.app.pace.answer_at_once(cx.account.id, cx.device_id(), cx.app.clock.now());
    if !pause.is_zero() {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = seat.taken_over() => {}
            () = cx.app.tasks.draining().cancelled() => {}
        }
    }
}

/// The folders of `look_at` that have news for the device, if any, or that the hierarchy is not what
/// the phone thinks. Those that it has synchronised once are noted in `synchronised`.
async fn look(
    cx: &Context,
    watched: &[String],
    look_at: &[FolderId],
    hierarchy_too: bool,
    synchronised: &mut Vec<FolderId>,
) -> Result<Option<wire::Response>, Fault> {
    let folders = hierarchy::visible(cx).await?;
    if watched.iter().any(|id| hierarchy::find(&folders, id).is_none()) {
        return Ok(Some(says(status::HIERARCHY_CHANGED)));
    }
    if hierarchy_too && hierarchy::is_behind(cx, &folders).await? {
        return Ok(Some(says(status::HIERARCHY_CHANGED)));
    }
    let mut changed = Vec::new();
    for folder in folders.iter().filter(|f| look_at.contains(&f.id)) {
        let Some(view) = view(cx, folder).await? else {
            if cx.is_stranded(&folder.id.to_string()).await? {
                changed.push(folder.id.to_string());
            }
            continue;
        };
        if !synchronised.contains(&folder.id) {
            synchronised.push(folder.id);
        }
        if has_news(cx, folder, view).await? {
            changed.push(folder.id.to_string());
        }
    }
    if changed.is_empty() {
        return Ok(None);
    }
    Ok(Some(wire::Response { folders: changed, ..says(status::CHANGES) }))
}

/// What the device holds of the folder. A folder that was never synchronised has no news: iOS watches
/// folders before it synchronises them, and would come back at once for ever.
async fn view(cx: &Context, folder: &Folder) -> Result<Option<Snapshot>, Fault> {
    let state = cx.collection_state(&folder.id.to_string()).await?;
    Ok(state.as_ref().and_then(CollectionState::newest).cloned())
}

/// Whether a Sync of the folder would bring something.
async fn has_news(cx: &Context, folder: &Folder, view: Snapshot) -> Result<bool, Fault> {
    let window = Window { commands: 1, bytes: u64::MAX, bytes_per_item: 0 };
    let now = cx.app.clock.now().as_millisecond();
    let backend: &dyn Backend = &*cx.backend;
    let plan = diff::plan(backend, cx.mailbox, folder.id, view, window, now).await?;
    Ok(!plan.commands.is_empty())
}
