//! The commands: one file each, with its `Request` and `Response`.
//!
//! A request or response is a [`crate::codec::Document`]; where a command has forms without WBXML
//! (a raw message, query parameters, an empty body), its file says so.

use std::fmt;

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

impl CommandName {
    /// Every command, in the order in which servers list them in `MS-ASProtocolCommands`
    /// (the example of MS-ASHTTP_R245, then Find).
    pub const ALL: [CommandName; 24] = [
        CommandName::Sync,
        CommandName::SendMail,
        CommandName::SmartForward,
        CommandName::SmartReply,
        CommandName::GetAttachment,
        CommandName::GetHierarchy,
        CommandName::CreateCollection,
        CommandName::DeleteCollection,
        CommandName::MoveCollection,
        CommandName::FolderSync,
        CommandName::FolderCreate,
        CommandName::FolderDelete,
        CommandName::FolderUpdate,
        CommandName::MoveItems,
        CommandName::GetItemEstimate,
        CommandName::MeetingResponse,
        CommandName::Search,
        CommandName::Settings,
        CommandName::Ping,
        CommandName::ItemOperations,
        CommandName::Provision,
        CommandName::ResolveRecipients,
        CommandName::ValidateCert,
        CommandName::Find,
    ];

    /// The name as it stands in the query and in `MS-ASProtocolCommands`.
    pub const fn name(self) -> &'static str {
        match self {
            CommandName::Sync => "Sync",
            CommandName::SendMail => "SendMail",
            CommandName::SmartForward => "SmartForward",
            CommandName::SmartReply => "SmartReply",
            CommandName::GetAttachment => "GetAttachment",
            CommandName::GetHierarchy => "GetHierarchy",
            CommandName::CreateCollection => "CreateCollection",
            CommandName::DeleteCollection => "DeleteCollection",
            CommandName::MoveCollection => "MoveCollection",
            CommandName::FolderSync => "FolderSync",
            CommandName::FolderCreate => "FolderCreate",
            CommandName::FolderDelete => "FolderDelete",
            CommandName::FolderUpdate => "FolderUpdate",
            CommandName::MoveItems => "MoveItems",
            CommandName::GetItemEstimate => "GetItemEstimate",
            CommandName::MeetingResponse => "MeetingResponse",
            CommandName::Search => "Search",
            CommandName::Settings => "Settings",
            CommandName::Ping => "Ping",
            CommandName::ItemOperations => "ItemOperations",
            CommandName::Provision => "Provision",
            CommandName::ResolveRecipients => "ResolveRecipients",
            CommandName::ValidateCert => "ValidateCert",
            CommandName::Find => "Find",
        }
    }

    /// The command of that name; case does not matter.
    pub fn from_name(name: &str) -> Option<CommandName> {
        CommandName::ALL.into_iter().find(|command| command.name().eq_ignore_ascii_case(name))
    }

    /// The command code of a base64 query ([MS-ASHTTP] 2.2.1.1.1.1.2). Codes 5 to 8 stand in older
    /// editions of that table only.
    pub const fn code(self) -> u8 {
        match self {
            CommandName::Sync => 0,
            CommandName::SendMail => 1,
            CommandName::SmartForward => 2,
            CommandName::SmartReply => 3,
            CommandName::GetAttachment => 4,
            CommandName::GetHierarchy => 5,
            CommandName::CreateCollection => 6,
            CommandName::DeleteCollection => 7,
            CommandName::MoveCollection => 8,
            CommandName::FolderSync => 9,
            CommandName::FolderCreate => 10,
            CommandName::FolderDelete => 11,
            CommandName::FolderUpdate => 12,
            CommandName::MoveItems => 13,
            CommandName::GetItemEstimate => 14,
            CommandName::MeetingResponse => 15,
            CommandName::Search => 16,
            CommandName::Settings => 17,
            CommandName::Ping => 18,
            CommandName::ItemOperations => 19,
            CommandName::Provision => 20,
            CommandName::ResolveRecipients => 21,
            CommandName::ValidateCert => 22,
            CommandName::Find => 23,
        }
    }

    /// The inverse of [`CommandName::code`].
    pub fn from_code(code: u8) -> Option<CommandName> {
        CommandName::ALL.into_iter().find(|command| command.code() == code)
    }
}

impl fmt::Display for CommandName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
