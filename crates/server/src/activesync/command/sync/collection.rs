//! One collection: its state is loaded, the phone's changes are made, the answer is computed.

use fieldpost_domain::convert::Ghosting;
use fieldpost_domain::folder::{Class, Folder};
use fieldpost_domain::sync::{CollectionState, Options, Window, diff, turn};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Empty;
use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::status::sync as status;

use super::changes::{self, Place};
use super::{MAX_WINDOW, items, options};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy;

/// Changes of a collection in an answer where the phone does not say (MS-ASCMD_R4773).
const DEFAULT_WINDOW: u32 = 100;

/// Bytes of items after which an answer is closed, however large its window.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// What came of a collection.
pub struct Turn {
    /// What to say.
    pub response: response::Collection,
    /// The state to store, where it changed.
    pub state: Option<Vec<u8>>,
    /// How much of the request's window it took.
    pub told: usize,
    /// The key is the one that the phone sent.
    same_key: bool,
}

impl Turn {
    fn new(wanted: &request::Collection, class: Class, sync_key: String, status: u8) -> Turn {
        let same_key = sync_key == wanted.sync_key && status == status::SUCCESS;
        let response = response::Collection {
            class: class.name().map(str::to_owned),
            sync_key,
            collection_id: wanted.collection_id.clone(),
            status,
            ..response::Collection::default()
        };
        Turn { response, state: None, told: 0, same_key }
    }

    /// There is nothing to say that the phone does not know.
    pub fn is_quiet(&self) -> bool {
        self.same_key
            && self.response.status == status::SUCCESS
            && self.response.responses.is_empty()
            && self.response.commands.is_empty()
            && self.response.more_available.is_none()
    }
}

/// Serves one collection; `room` is what is left of the window of the whole request.
pub async fn serve(
    cx: &Context,
    folders: &[Folder],
    wanted: &request::Collection,
    room: usize,
) -> Result<Turn, Fault> {
    // A folder that is not there (any more) means that the phone does not know the hierarchy: iOS
    // needs 12 here, not 8.
    let Some(folder) = hierarchy::find(folders, &wanted.collection_id) else {
        return Ok(Turn::new(wanted, Class::Email, wanted.sync_key.clone(), status::HIERARCHY_CHANGED));
    };
    let class = folder.kind.class();
    let refused = |code| Turn::new(wanted, class, wanted.sync_key.clone(), code);
    if wanted.conversation_mode == Some(true) && class != Class::Email {
        return Ok(refused(status::PROTOCOL_ERROR));
    }
    // MS-ASNOTE_R114
    if class == Class::Notes && wanted.supported.is_some() {
        return Ok(refused(status::PROTOCOL_ERROR));
    }
    // In quarantine nothing is taken from a phone. What it adds it keeps, and offers again.
    let adds = |command: &request::Command| matches!(command, request::Command::Add(_));
    if cx.is_quarantined() && wanted.commands.iter().any(adds) {
        return Ok(refused(status::SERVER_ERROR));
    }
    let options = match options::read(&wanted.options, class) {
        Ok(options) => options,
        Err(code) => return Ok(refused(code)),
    };
    if wanted.sync_key == "0" {
        // MS-ASCMD_R3128
        return match wanted.get_changes {
            Some(true) => Ok(refused(status::PROTOCOL_ERROR)),
            _ => begin(cx, wanted, class, options.unwrap_or_default()).await,
        };
    }
    go_on(cx, folders, folder, wanted, options, room).await
}

/// Key 0: a first key, and no items (MS-ASCMD_R4441). Changes of the phone's are not looked at.
async fn begin(
    cx: &Context,
    wanted: &request::Collection,
    class: Class,
    options: Options,
) -> Result<Turn, Fault> {
    let mut start = [0u8; 4];
    cx.app.entropy.fill(&mut start);
    let now = cx.backend.modseq(cx.mailbox).await?;
    let (mut state, key) = CollectionState::start(u32::from_le_bytes(start), now, options);
    if let Some(supported) = &wanted.supported {
        state.set_supported(&supported.0);
    }
    let mut turn = Turn::new(wanted, class, key.to_string(), status::SUCCESS);
    turn.state = Some(state.to_bytes());
    Ok(turn)
}

async fn go_on(
    cx: &Context,
    folders: &[Folder],
    folder: &Folder,
    wanted: &request::Collection,
    options: Option<Options>,
    room: usize,
) -> Result<Turn, Fault> {
    let class = folder.kind.class();
    let name = cx.state_name(&wanted.collection_id);
    let stored = cx.app.store.sync_state(cx.account.id, cx.device_id(), &name).await?;
    let state = stored.as_deref().and_then(CollectionState::from_bytes);
    let begun = state.and_then(|state| turn::begin(&state, &wanted.sync_key).map(|t| (state, t)));
    let Some((mut state, (base, mut view))) = begun else {
        return Ok(Turn::new(wanted, class, "0".to_owned(), status::INVALID_SYNC_KEY));
    };
    if let Some(options) = options {
        view.options = options;
    }
    options::limit_texts(&mut view.options, folder.kind, cx);
    view.options.conversations = wanted.conversation_mode == Some(true);
    // MS-ASCAL 3.2.5.3: from 16.0 on, what a phone does not say of an event stays.
    let ghosting = match class {
        Class::Calendar if cx.version >= Version::V16_0 => Ghosting::All,
        _ => state.ghosting(),
    };
    let place = Place {
        folder,
        folders,
        deletes_as_moves: wanted.deletes_as_moves.unwrap_or(true),
        ghosting: &ghosting,
    };
    // That the message in quarantine was read or deleted on the phone is the phone's own affair.
    let commands = if cx.is_quarantined() { &[][..] } else { &wanted.commands };
    let responses = changes::make(cx, &place, &mut view, commands).await?;

    let mut plan = if wanted.get_changes.unwrap_or(true) {
        let window = match wanted.window_size {
            None => DEFAULT_WINDOW,
            Some(0) => MAX_WINDOW,
            Some(size) => size.min(MAX_WINDOW),
        };
        let window = Window {
            commands: room.min(window as usize),
            bytes: MOST_BYTES,
            bytes_per_item: options::most_bytes(&view.options),
        };
        let now = cx.app.clock.now().as_millisecond();
        diff::plan(&*cx.backend, cx.mailbox, folder.id, view, window, now).await?
    } else {
        diff::Plan { commands: Vec::new(), next: view, more: false }
    };
    let told = plan.commands.len();
    let commands = items::commands(cx, folder, &mut plan).await?;

    let unchanged = commands.is_empty() && wanted.commands.is_empty() && plan.next.same_items(&base);
    let key = state.answer(&base, plan.next, unchanged);
    let mut turn = Turn::new(wanted, class, key.to_string(), status::SUCCESS);
    let bytes = state.to_bytes();
    turn.state = (stored.as_deref() != Some(&bytes)).then_some(bytes);
    turn.told = told;
    turn.response.responses = responses;
    turn.response.commands = commands;
    turn.response.more_available = plan.more.then_some(Empty);
    Ok(turn)
}
