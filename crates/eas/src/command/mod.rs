//! The commands: one file each, with its `Request` and `Response`.
//!
//! A request or response is a [`crate::codec::Document`]; where a command has forms without WBXML
//! (a raw message, query parameters, an empty body), its file says so.

pub mod folder_sync;

/// A command of the protocol ([MS-ASHTTP] 2.2.1.1.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of the protocol")]
pub enum CommandName {
    Sync,
    SendMail,
    SmartForward,
    SmartReply,
    GetAttachment,
    GetHierarchy,
    CreateCollection,
    DeleteCollection,
    MoveCollection,
    FolderSync,
    FolderCreate,
    FolderDelete,
    FolderUpdate,
    MoveItems,
    GetItemEstimate,
    MeetingResponse,
    Search,
    Settings,
    Ping,
    ItemOperations,
    Provision,
    ResolveRecipients,
    ValidateCert,
    Find,
}
