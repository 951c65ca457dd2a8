//! ItemOperations ([MS-ASCMD] 2.2.1.10): fetches items and attachments, empties folders, moves
//! conversations. The operations are carried out in the order of the request, each with a status of
//! its own.
//!
//! To a phone that takes multipart answers, bodies and files go as parts of their own, not as base64
//! within the document.

mod attachment;
mod document;
mod fetch;

use fieldpost_domain::BackendError;
use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_eas::Version;
use fieldpost_eas::codec::{DecodeError, Document};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::item_operations::request::{EmptyFolderContents, Move, Operation};
use fieldpost_eas::command::item_operations::response::{Emptied, Fetched, Moved, Outcomes, Properties};
use fieldpost_eas::command::item_operations::{Request, Response as Wire};
use fieldpost_eas::http::multipart;
use fieldpost_eas::item::Item;
use fieldpost_eas::status::{Common, item_operations as status};
use hyper::StatusCode;

use super::{Command, Encode, Needs};
use crate::activesync::answer::Answer;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy;

pub use attachment::{find as find_attachment, is_allowed as is_attachment_allowed};

/// Most operations of one request.
const MAX_OPERATIONS: usize = 100;
/// Bytes of items and files after which an answer takes no more of them.
const MOST_BYTES: usize = 96 * 1024 * 1024;

/// The command.
pub struct ItemOperations;

/// The document, and the parts that stand beside it.
pub struct Response {
    document: Wire,
    parts: Option<Vec<Vec<u8>>>,
}

impl Response {
    fn failure(status: u8) -> Response {
        Response { document: Wire { status, response: None }, parts: None }
    }
}

impl Encode for Response {
    fn encode(self, cx: &Context) -> Answer {
        let document = Document::encode(&self.document, cx.version);
        let Some(parts) = self.parts.filter(|_| cx.accept_multipart) else {
            return Answer::wbxml(document);
        };
        let all: Vec<&[u8]> =
            std::iter::once(document.as_slice()).chain(parts.iter().map(Vec::as_slice)).collect();
        match multipart::encode(&all) {
            Ok(container) => Answer::multipart(container),
            // More than 2 GiB, which MOST_BYTES does not let happen.
            Err(_) => Answer::code(StatusCode::SERVICE_UNAVAILABLE),
        }
    }
}

impl Command for ItemOperations {
    const NAME: CommandName = CommandName::ItemOperations;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Response;

    fn malformed(_: &DecodeError) -> Option<Response> {
        Some(Response::failure(status::PROTOCOL_ERROR))
    }

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        if request.operations.len() > MAX_OPERATIONS {
            return Ok(Response::failure(status::TOO_LARGE));
        }
        let newer = |operation: &Operation| matches!(operation, Operation::Move(_));
        let too_new = cx.version < Version::V14_0 && request.operations.iter().any(newer);
        if request.operations.is_empty() || too_new {
            return Ok(Response::failure(status::PROTOCOL_ERROR));
        }
        let mut outcomes = Outcomes::default();
        let mut parts = Parts { list: cx.accept_multipart.then(Vec::new), bytes: 0 };
        for operation in request.operations {
            match operation {
                Operation::Fetch(wanted) => {
                    outcomes.fetches.push(fetch::fetch(cx, *wanted, &mut parts).await?);
                }
                Operation::EmptyFolderContents(wanted) => outcomes.emptied.push(empty(cx, wanted).await?),
                Operation::Move(wanted) => outcomes.moves.push(move_conversation(cx, wanted).await?),
            }
        }
        let document = Wire { status: status::SUCCESS, response: Some(outcomes) };
        Ok(Response { document, parts: parts.list })
    }
}

/// What was fetched, as far as it stands beside the document.
struct Parts {
    /// None where the phone takes one document only.
    list: Option<Vec<Vec<u8>>>,
    /// Bytes fetched so far, in parts or not.
    bytes: usize,
}

impl Parts {
    /// Makes room for so many bytes; false where the answer is full.
    fn take(&mut self, bytes: usize) -> bool {
        let sum = self.bytes.saturating_add(bytes);
        if sum > MOST_BYTES {
            return false;
        }
        self.bytes = sum;
        true
    }

    /// Moves the data of an answer into parts of their own, where the phone takes those. Part 0 is
    /// the document.
    fn move_out(&mut self, fetched: &mut Fetched) {
        let Some(list) = &mut self.list else { return };
        let mut put = |bytes: Vec<u8>| {
            list.push(bytes);
            u32::try_from(list.len()).ok()
        };
        match &mut fetched.properties {
            Some(Properties::File(file)) => {
                if let Some(data) = file.data.take() {
                    file.part = put(data.0);
                }
            }
            Some(Properties::Item(item)) => {
                if let Some(body) = item.body_mut()
                    && let Some(data) = body.data.take()
                {
                    body.part = put(data.0);
                }
                if let Item::Email(email) = item
                    && let Some(body_part) = &mut email.body_part
                    && let Some(data) = body_part.data.take()
                {
                    body_part.part = put(data.0);
                }
            }
            None => {}
        }
    }
}

/// Deletes what is in a folder, for good.
async fn empty(cx: &Context, wanted: EmptyFolderContents) -> Result<Emptied, Fault> {
    let EmptyFolderContents { collection_id, options } = wanted;
    let folders = hierarchy::visible(cx).await?;
    let status = match hierarchy::find(&folders, &collection_id) {
        None => status::NOT_FOUND,
        Some(folder) if folder.kind == FolderType::RecipientCache => status::ACCESS_DENIED,
        Some(folder) => {
            let with_subfolders = options.is_some_and(|options| options.delete_sub_folders.is_some());
            match cx.backend.empty_folder(cx.mailbox, folder.id, with_subfolders).await {
                Ok(()) => status::SUCCESS,
                Err(BackendError::NoSuchFolder(_)) => status::NOT_FOUND,
                Err(other) => return Err(other.into()),
            }
        }
    };
    Ok(Emptied { status, collection_id })
}

/// Moves a conversation, now and from now on. Asked for again, it is moved already, which is success.
async fn move_conversation(cx: &Context, wanted: Move) -> Result<Moved, Fault> {
    let Move { conversation_id, dst_fld_id, options } = wanted;
    let always = options.is_some_and(|options| options.move_always.is_some());
    let folders = hierarchy::visible(cx).await?;
    let destination = hierarchy::find(&folders, &dst_fld_id);
    let id = <[u8; 16]>::try_from(conversation_id.0.as_slice());
    let status = match (always, destination, id) {
        (false, ..) => status::MOVE_ALWAYS_MISSING,
        // MS-ASCON_R317, R262, R338
        (true, None, _) => status::NOT_FOUND,
        (true, Some(folder), _) if folder.kind == FolderType::RecipientCache => {
            Common::InvalidCombinationOfIDs.code()
        }
        (true, Some(folder), _) if folder.kind.class() != Class::Email => status::MOVE_DESTINATION_INVALID,
        (true, Some(_), Err(_)) => status::NOT_FOUND,
        (true, Some(folder), Ok(id)) => {
            match cx.backend.move_conversation(cx.mailbox, id, folder.id).await {
                Ok(Some(_)) => status::SUCCESS,
                // MS-ASCON_R146
                Ok(None) | Err(BackendError::NoSuchFolder(_)) => status::NOT_FOUND,
                Err(other) => return Err(other.into()),
            }
        }
    };
    Ok(Moved { status, conversation_id })
}
