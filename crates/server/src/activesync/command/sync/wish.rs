//! What a request asks for, once what it leaves out is filled in from the request before it.

use std::collections::HashSet;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_eas::codec::Document;
use fieldpost_eas::command::sync as wire;
use fieldpost_eas::status::sync as status;

use super::{MAX_WINDOW, REMEMBERED, Request};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// Most collections in one request; status 15 says so.
const MAX_COLLECTIONS: usize = 300;

/// Most changes of a phone's in one request (MS-ASCMD_R5655).
const MAX_COMMANDS: usize = 200;

/// A request that can be served.
pub struct Wish {
    /// The request, complete.
    pub request: wire::Request,
    /// Most changes in the whole answer.
    pub window: usize,
    /// How long to wait where there is nothing to tell.
    pub wait: Option<Duration>,
    /// What to remember for an empty or partial request, where that is new.
    pub remember: Option<Vec<u8>>,
}

/// A request that can't be served.
pub struct Refusal {
    /// Why.
    pub status: u8,
    /// The nearest value that would do.
    pub limit: Option<u32>,
}

fn refuse<T>(status: u8) -> Result<T, Refusal> {
    Err(Refusal { status, limit: None })
}

impl Wish {
    /// Settles what `request` means.
    pub async fn settle(cx: &Context, request: Request) -> Result<Result<Wish, Refusal>, Fault> {
        let short_forms = cx.version >= Version::V12_1;
        let remembered = match short_forms && !cx.is_trial() {
            true => {
                let name = cx.state_name(REMEMBERED);
                cx.app.store.sync_state(cx.account.id, cx.device_id(), &name).await?
            }
            false => None,
        };
        let (request, is_new) = match request {
            Request::New(request) if request.partial.is_none() => (Ok(request), true),
            Request::New(partial) => (overlay(partial, remembered.as_deref()), true),
            Request::Again => (recall(remembered.as_deref()), false),
        };
        let wish = request.and_then(|request| Wish::check(cx, request));
        Ok(wish.map(|mut wish| {
            if is_new && short_forms {
                let memory = wish.memory();
                wish.remember = (remembered.as_deref() != Some(&memory)).then_some(memory);
            }
            wish
        }))
    }

    fn check(cx: &Context, request: wire::Request) -> Result<Wish, Refusal> {
        if request.collections.is_empty() {
            return refuse(status::PROTOCOL_ERROR);
        }
        if request.collections.len() > MAX_COLLECTIONS {
            let limit = u32::try_from(MAX_COLLECTIONS).ok();
            return Err(Refusal { status: status::TOO_MANY_COLLECTIONS, limit });
        }
        let mut seen = HashSet::new();
        let commands: usize = request.collections.iter().map(|c| c.commands.len()).sum();
        if commands > MAX_COMMANDS || !request.collections.iter().all(|c| seen.insert(&c.collection_id)) {
            return refuse(status::PROTOCOL_ERROR);
        }
        let wait = wait(cx, &request)?;
        let window = match request.window_size {
            None | Some(0) => MAX_WINDOW,
            Some(size) => size.min(MAX_WINDOW),
        };
        Ok(Wish { request, window: window as usize, wait, remember: None })
    }

    /// The request without what is to be done once only, as it is remembered.
    fn memory(&self) -> Vec<u8> {
        let mut request = self.request.clone();
        request.partial = None;
        for collection in &mut request.collections {
            collection.commands.clear();
        }
        Document::encode(&request, Version::V16_1)
    }

    /// Whether the phone has changes of its own.
    pub fn changes_something(&self) -> bool {
        self.request.collections.iter().any(|collection| !collection.commands.is_empty())
    }

    /// Drops what was done already, before the request waits.
    pub fn forget_changes(&mut self) {
        self.remember = None;
        for collection in &mut self.request.collections {
            collection.commands = Vec::new();
        }
    }
}

/// MS-ASCMD_R673: the request before. Without one: status 13.
fn recall(remembered: Option<&[u8]>) -> Result<wire::Request, Refusal> {
    match remembered.and_then(|bytes| <wire::Request as Document>::decode(bytes).ok()) {
        Some(request) => Ok(request),
        None => refuse(status::INCOMPLETE),
    }
}

/// MS-ASCMD_R3644: collections that a partial request does not name are as in the request before.
fn overlay(partial: wire::Request, remembered: Option<&[u8]>) -> Result<wire::Request, Refusal> {
    let says_nothing = partial.collections.is_empty()
        && partial.wait.is_none()
        && partial.heartbeat_interval.is_none()
        && partial.window_size.is_none();
    if says_nothing {
        // MS-ASCMD_R3642
        return refuse(status::PROTOCOL_ERROR);
    }
    let mut request = recall(remembered)?;
    for collection in partial.collections {
        match request.collections.iter_mut().find(|c| c.collection_id == collection.collection_id) {
            Some(known) => merge(known, collection),
            None => request.collections.push(collection),
        }
    }
    if partial.wait.is_some() || partial.heartbeat_interval.is_some() {
        (request.wait, request.heartbeat_interval) = (partial.wait, partial.heartbeat_interval);
    }
    request.window_size = partial.window_size.or(request.window_size);
    Ok(request)
}

fn merge(known: &mut wire::request::Collection, new: wire::request::Collection) {
    let kept = std::mem::replace(known, new);
    known.window_size = known.window_size.or(kept.window_size);
    known.deletes_as_moves = known.deletes_as_moves.or(kept.deletes_as_moves);
    known.get_changes = known.get_changes.or(kept.get_changes);
    known.conversation_mode = known.conversation_mode.or(kept.conversation_mode);
    if known.options.is_empty() {
        known.options = kept.options;
    }
}

/// How long to wait. Both ways of saying it at once are a protocol error; a time out of range is
/// answered with the nearest that would do ([MS-ASCMD] 2.2.3.84.2, 2.2.3.198).
fn wait(cx: &Context, request: &wire::Request) -> Result<Option<Duration>, Refusal> {
    let heartbeat = cx.app.settings.heartbeat;
    let (seconds, limit) = match (request.wait, request.heartbeat_interval) {
        (Some(_), Some(_)) => return refuse(status::PROTOCOL_ERROR),
        (None, None) => return Ok(None),
        (Some(minutes), None) => {
            let seconds = minutes.saturating_mul(60);
            (seconds, heartbeat.nearest(seconds).map(|s| s.div_ceil(60).min(59)))
        }
        (None, Some(seconds)) => (seconds, heartbeat.nearest(seconds)),
    };
    match limit {
        None => Ok(Some(Duration::from_secs(seconds.into()))),
        limit => Err(Refusal { status: status::WAIT_OUT_OF_RANGE, limit }),
    }
}
