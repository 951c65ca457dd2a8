//! The commands' actions: one file each, named like the command's messages in
//! [`fieldpost_eas::command`], and the table that leads from a name to its action.
//!
//! To add a command, write its file and its line in [`handler`]: it is then served and listed in
//! the answer to OPTIONS.

pub mod find;
pub mod folder_create;
pub mod folder_delete;
pub mod folder_sync;
pub mod folder_update;
pub mod get_attachment;
pub mod get_hierarchy;
pub mod get_item_estimate;
pub mod item_operations;
pub mod meeting_response;
pub mod move_items;
pub mod ping;
pub mod provision;
pub mod resolve_recipients;
pub mod search;
pub mod send_mail;
pub mod settings;
pub mod smart_forward;
pub mod smart_reply;
pub mod sync;
pub mod validate_cert;

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use fieldpost_eas::codec::{DecodeError, Document};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::BodyForm;
use fieldpost_eas::status::Common;
use tracing::debug;

use super::answer::Answer;
use super::context::Context;
use super::fault::Fault;

/// What a command asks for before it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// The device must have taken its policy, where there is one. Provision itself does not need
    /// it, nor does Ping (MS-ASPROV_R757).
    pub policy: bool,
    /// It may wait for a long time before it answers.
    pub patience: bool,
}

impl Needs {
    /// What most commands need.
    pub const POLICY: Needs = Needs { policy: true, patience: false };
    /// Nothing.
    pub const NOTHING: Needs = Needs { policy: false, patience: false };
}

/// The body of a request.
#[derive(Debug, Clone)]
pub struct Payload {
    /// What it is: none, WBXML or a raw message, as command and version have it.
    pub form: BodyForm,
    /// Its bytes.
    pub body: Bytes,
}

/// A request that can be read off a payload, and off the query.
pub trait Decode: Sized + Send {
    /// Reads it.
    fn decode(cx: &Context, payload: Payload) -> Result<Self, Unreadable>;
}

/// A response that can be written.
pub trait Encode: Send {
    /// Writes it in the form of the request's version.
    fn encode(self, cx: &Context) -> Answer;
}

/// Why a payload could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// No body, or none of the command's kind: status 101.
    #[error("the body is missing")]
    Content,
    /// The document is not what it should be.
    #[error(transparent)]
    Document(#[from] DecodeError),
    /// The query does not say what it must: HTTP 400, as such commands know no status.
    #[error("the query is incomplete: {0}")]
    Query(&'static str),
}

impl From<&Unreadable> for Fault {
    fn from(unreadable: &Unreadable) -> Fault {
        match unreadable {
            Unreadable::Content => Fault::Refused(Common::InvalidContent),
            Unreadable::Document(error) => Fault::from(error),
            Unreadable::Query(_) => Fault::Http(hyper::StatusCode::BAD_REQUEST),
        }
    }
}

impl<T: Document + Send> Decode for T {
    fn decode(_: &Context, payload: Payload) -> Result<Self, Unreadable> {
        match payload.form {
            BodyForm::Wbxml => Ok(<T as Document>::decode(&payload.body)?),
            BodyForm::Empty | BodyForm::Message => Err(Unreadable::Content),
        }
    }
}

impl<T: Document + Send> Encode for T {
    fn encode(self, cx: &Context) -> Answer {
        Answer::wbxml(Document::encode(&self, cx.version))
    }
}

/// One command's action.
pub trait Command {
    /// Which command it is.
    const NAME: CommandName;
    /// What must be so before it runs.
    const NEEDS: Needs;
    /// What it is asked.
    type Request: Decode;
    /// What it answers; a status of the command's own is a value in it.
    type Response: Encode;

    /// The answer to a request that is well-formed WBXML but not this command's request. None: the
    /// common status 103.
    fn malformed(_error: &DecodeError) -> Option<Self::Response> {
        None
    }

    /// Carries the command out.
    fn run(
        cx: &mut Context,
        request: Self::Request,
    ) -> impl Future<Output = Result<Self::Response, Fault>> + Send;
}

type Run =
    for<'a> fn(&'a mut Context, Payload) -> Pin<Box<dyn Future<Output = Result<Answer, Fault>> + Send + 'a>>;

/// A command as the endpoint sees it.
#[derive(Clone, Copy)]
pub struct Handler {
    /// What must be so before it runs.
    pub needs: Needs,
    /// Reads the payload, runs the command, writes the answer.
    pub run: Run,
}

fn of<C: Command + 'static>() -> Option<Handler> {
    Some(Handler { needs: C::NEEDS, run: |cx, payload| Box::pin(perform::<C>(cx, payload)) })
}

/// The handler of a command; none where this server does not have it. Whether the request's version
/// has the command is another question ([`CommandName::exists_in`]).
pub fn handler(name: CommandName) -> Option<Handler> {
    match name {
        CommandName::FolderSync => of::<folder_sync::FolderSync>(),
        CommandName::FolderCreate => of::<folder_create::FolderCreate>(),
        CommandName::FolderUpdate => of::<folder_update::FolderUpdate>(),
        CommandName::FolderDelete => of::<folder_delete::FolderDelete>(),
        CommandName::GetHierarchy => of::<get_hierarchy::GetHierarchy>(),
        CommandName::Provision => of::<provision::Provision>(),
        CommandName::Settings => of::<settings::Settings>(),
        CommandName::MoveItems => of::<move_items::MoveItems>(),
        CommandName::Sync => of::<sync::Sync>(),
        CommandName::SendMail => of::<send_mail::SendMail>(),
        CommandName::SmartReply => of::<smart_reply::SmartReply>(),
        CommandName::SmartForward => of::<smart_forward::SmartForward>(),
        CommandName::Ping => of::<ping::Ping>(),
        CommandName::GetItemEstimate => of::<get_item_estimate::GetItemEstimate>(),
        CommandName::ItemOperations => of::<item_operations::ItemOperations>(),
        CommandName::GetAttachment => of::<get_attachment::GetAttachment>(),
        CommandName::MeetingResponse => of::<meeting_response::MeetingResponse>(),
        CommandName::Search => of::<search::Search>(),
        CommandName::Find => of::<find::Find>(),
        CommandName::ResolveRecipients => of::<resolve_recipients::ResolveRecipients>(),
        CommandName::ValidateCert => of::<validate_cert::ValidateCert>(),
        CommandName::CreateCollection | CommandName::DeleteCollection | CommandName::MoveCollection => None,
    }
}

/// The commands that this server has, in the order of `MS-ASProtocolCommands`.
pub fn supported() -> impl Iterator<Item = CommandName> {
    CommandName::ALL.into_iter().filter(|name| handler(*name).is_some())
}

async fn perform<C: Command>(cx: &mut Context, payload: Payload) -> Result<Answer, Fault> {
    // The body is dropped with this statement: a command that waits holds no bytes of it.
    let request = match C::Request::decode(cx, payload) {
        Ok(request) => request,
        Err(unreadable) => {
            debug!(command = %C::NAME, %unreadable, "request can't be read");
            let own = match &unreadable {
                Unreadable::Document(error) if !matches!(error, DecodeError::Wbxml(_)) => C::malformed(error),
                _ => None,
            };
            return match own {
                Some(response) => Ok(response.encode(cx)),
                None => Err(Fault::from(&unreadable)),
            };
        }
    };
    let response = C::run(cx, request).await?;
    Ok(response.encode(cx))
}
