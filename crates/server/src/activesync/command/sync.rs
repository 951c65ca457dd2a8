//! Sync: what a phone changed goes in, what it does not have yet comes out ([MS-ASCMD] 2.2.1.21).
//!
//! The path of a request: [`wish`] settles what is asked, with what is remembered of the last request;
//! then, for each collection in turn, [`collection`] makes the phone's changes and computes the
//! answer; the new states are stored in one transaction; only then does the answer leave. Where there
//! is nothing to tell and the phone wants to wait, the request is parked in the push hub.

mod changes;
mod collection;
mod drafts;
mod items;
pub(super) mod options;
mod texts;
mod wish;

use std::time::Duration;

use fieldpost_domain::FolderId;
use fieldpost_domain::admission::threshold::Counted;
use fieldpost_domain::folder::{Folder, FolderType};
use fieldpost_eas::Version;
use fieldpost_eas::codec::{DecodeError, Document};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::sync::{self as wire, request, response};
use fieldpost_eas::http::BodyForm;
use fieldpost_eas::status::sync as status;

use self::collection::Turn;
use self::wish::{Refusal, Wish};
use super::{Command, Decode, Encode, Needs, Payload, Unreadable};
use crate::activesync::answer::Answer;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::{admission, hierarchy, switches, welcome};

/// Where the last complete request of a device is kept, beside the states of its collections.
const REMEMBERED: &str = "request";

/// Most changes in one answer (MS-ASCMD_R5660).
const MAX_WINDOW: u32 = 512;

/// The command.
pub struct Sync;

/// A request with a body, or the one before it again.
pub enum Request {
    /// No body (12.1): the last request again (MS-ASCMD_R673).
    Again,
    /// What is asked.
    New(wire::Request),
}

/// The answer.
pub enum Response {
    /// Nothing changed (12.1): no body (MS-ASCMD_R667).
    Unchanged,
    /// What there is to say.
    Told(wire::Response),
}

impl Decode for Request {
    fn decode(cx: &Context, payload: Payload) -> Result<Self, Unreadable> {
        match payload.form {
            BodyForm::Wbxml => Ok(Request::New(<wire::Request as Document>::decode(&payload.body)?)),
            BodyForm::Empty if cx.version >= Version::V12_1 => Ok(Request::Again),
            BodyForm::Empty | BodyForm::Message => Err(Unreadable::Content),
        }
    }
}

impl Encode for Response {
    fn encode(self, cx: &Context) -> Answer {
        match self {
            Response::Unchanged => Answer::empty(),
            Response::Told(response) => Answer::wbxml(Document::encode(&response, cx.version)),
        }
    }
}

fn failed(status: u8, limit: Option<u32>) -> Response {
    Response::Told(wire::Response { status: Some(status), limit, collections: Vec::new() })
}

impl Command for Sync {
    const NAME: CommandName = CommandName::Sync;
    const NEEDS: Needs = Needs { policy: true, patience: true };
    type Request = Request;
    type Response = Response;

    // MS-ASCMD_R4545
    fn malformed(_: &DecodeError) -> Option<Response> {
        Some(failed(status::PROTOCOL_ERROR, None))
    }

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        cx.app.pace.at_ease(cx.account.id, cx.device_id());
        let wish = match Wish::settle(cx, request).await? {
            Ok(wish) => wish,
            Err(Refusal { status, limit }) => return Ok(failed(status, limit)),
        };
        let Some(wait) = wish.wait else {
            let (_, response) = change_and_look(cx, wish).await?;
            return Ok(response.map_or(Response::Unchanged, Response::Told));
        };
        wait_for_news(cx, wish, wait).await
    }
}

/// As [`look`]. Where the phone changes something, that goes on to its end even when the phone hangs up: a
/// change that was made, but not noted as the phone's, would be told back to it.
async fn change_and_look(cx: &Context, wish: Wish) -> Result<(Wish, Option<wire::Response>), Fault> {
    if !wish.changes_something() {
        let response = look(cx, &wish).await?;
        return Ok((wish, response));
    }
    let own = cx.clone();
    let work = async move {
        let response = look(&own, &wish).await?;
        Ok((wish, response))
    };
    cx.app.tasks.complete("sync", work).await.unwrap_or_else(|| Err(Fault::unfinished()))
}

/// Looks, and looks again whenever something changed, until there is something to tell or the time
/// is over.
async fn wait_for_news(cx: &mut Context, mut wish: Wish, wait: Duration) -> Result<Response, Fault> {
    let pushes = switches::direct_push(cx);
    let collections = wish.request.collections.iter().filter(|_| pushes);
    let folders: Vec<FolderId> = collections.filter_map(|c| FolderId::parse(&c.collection_id)).collect();
    let seat = cx.app.seats.take(cx.account.id, cx.device_id());
    let heard = if cx.is_quarantined() { &[][..] } else { &folders };
    let subscription = cx.app.hub.subscribe(cx.mailbox, cx.device_id(), heard);
    // What was decided since the request came would not wake it.
    Box::pin(welcome::check(cx)).await?;
    let app = std::sync::Arc::clone(&cx.app);
    let timer = tokio::time::sleep(wait);
    tokio::pin!(timer);
    loop {
        // Boxed, so that the request does not keep room for it while it waits.
        let (looked, response) = Box::pin(change_and_look(cx, wish)).await?;
        if let Some(response) = response {
            return Ok(Response::Told(response));
        }
        // From here on only the server's changes are of interest.
        wish = looked;
        wish.forget_changes();
        tokio::select! {
            wake = subscription.changed() => if wake.device {
                Box::pin(welcome::check(cx)).await?;
            },
            () = &mut timer => return Ok(Response::Unchanged),
            () = seat.taken_over() => return Ok(Response::Unchanged),
            () = app.tasks.draining().cancelled() => return Ok(Response::Unchanged),
        }
    }
}

/// Serves all collections once. `None`: there is nothing to tell, and the version has a short way to
/// say so.
async fn look(cx: &Context, wish: &Wish) -> Result<Option<wire::Response>, Fault> {
    let app = std::sync::Arc::clone(&cx.app);
    let _turn = app.locks.sync(cx.account.id, cx.device_id()).await;
    let folders = hierarchy::visible(cx).await?;
    // MS-ASCMD_R756
    let is_cache = |folder: &Folder| folder.kind == FolderType::RecipientCache;
    let adds_to_cache = wish.request.collections.iter().any(|collection| {
        hierarchy::find(&folders, &collection.collection_id).is_some_and(is_cache)
            && collection.commands.iter().any(|command| matches!(command, request::Command::Add(_)))
    });
    if adds_to_cache {
        let status = Some(status::PROTOCOL_ERROR);
        return Ok(Some(wire::Response { status, limit: None, collections: Vec::new() }));
    }
    let mut room = wish.window;
    let mut turns: Vec<Turn> = Vec::new();
    for wanted in &wish.request.collections {
        let turn = collection::serve(cx, &folders, wanted, room).await?;
        room = room.saturating_sub(turn.told);
        turns.push(turn);
    }
    store(cx, wish, &turns).await?;
    for _ in wish.request.collections.iter().filter(|wanted| wanted.sync_key == "0") {
        admission::note(cx, Counted::SyncRestart).await?;
    }
    let short = cx.version >= Version::V12_1;
    let all_quiet = turns.iter().all(Turn::is_quiet);
    if all_quiet && short {
        return Ok(None);
    }
    let shown = turns.into_iter().filter(|t| !(short && t.is_quiet()));
    let collections: Vec<response::Collection> = shown.map(|t| t.response).collect();
    Ok(Some(wire::Response { status: None, limit: None, collections }))
}

/// Makes the answer durable before it leaves.
async fn store(cx: &Context, wish: &Wish, turns: &[Turn]) -> Result<(), Fault> {
    if cx.is_trial() {
        return Ok(());
    }
    let told = turns.iter().filter_map(|t| Some((t.response.collection_id.as_str(), t.state.as_deref()?)));
    let remember = wish.remember.as_deref().map(|remember| (REMEMBERED, remember));
    let named: Vec<_> = told.chain(remember).map(|(name, state)| (cx.state_name(name), state)).collect();
    let states: Vec<(&str, &[u8])> = named.iter().map(|(name, state)| (&**name, *state)).collect();
    if !states.is_empty() {
        cx.app.store.put_sync_states(cx.account.id, cx.device_id(), &states).await?;
    }
    Ok(())
}
