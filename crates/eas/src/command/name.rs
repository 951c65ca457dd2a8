//! The names of the commands, the versions that have them, and their root elements.

use std::fmt;

use crate::page::{
    Tag, air_sync, compose_mail, find, folder_hierarchy, get_item_estimate, item_operations,
    meeting_response, move_items, ping, provision, resolve_recipients, search, settings, validate_cert,
};
use crate::version::Version;

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

use CommandName as C;

impl CommandName {
    /// Every command, in the order in which servers list them in `MS-ASProtocolCommands`
    /// (the example of MS-ASHTTP_R245, then Find).
    pub const ALL: [CommandName; 24] = [
        C::Sync,
        C::SendMail,
        C::SmartForward,
        C::SmartReply,
        C::GetAttachment,
        C::GetHierarchy,
        C::CreateCollection,
        C::DeleteCollection,
        C::MoveCollection,
        C::FolderSync,
        C::FolderCreate,
        C::FolderDelete,
        C::FolderUpdate,
        C::MoveItems,
        C::GetItemEstimate,
        C::MeetingResponse,
        C::Search,
        C::Settings,
        C::Ping,
        C::ItemOperations,
        C::Provision,
        C::ResolveRecipients,
        C::ValidateCert,
        C::Find,
    ];

    /// The name as it stands in a query and in `MS-ASProtocolCommands`.
    pub const fn name(self) -> &'static str {
        match self {
            C::Sync => "Sync",
            C::SendMail => "SendMail",
            C::SmartForward => "SmartForward",
            C::SmartReply => "SmartReply",
            C::GetAttachment => "GetAttachment",
            C::GetHierarchy => "GetHierarchy",
            C::CreateCollection => "CreateCollection",
            C::DeleteCollection => "DeleteCollection",
            C::MoveCollection => "MoveCollection",
            C::FolderSync => "FolderSync",
            C::FolderCreate => "FolderCreate",
            C::FolderDelete => "FolderDelete",
            C::FolderUpdate => "FolderUpdate",
            C::MoveItems => "MoveItems",
            C::GetItemEstimate => "GetItemEstimate",
            C::MeetingResponse => "MeetingResponse",
            C::Search => "Search",
            C::Settings => "Settings",
            C::Ping => "Ping",
            C::ItemOperations => "ItemOperations",
            C::Provision => "Provision",
            C::ResolveRecipients => "ResolveRecipients",
            C::ValidateCert => "ValidateCert",
            C::Find => "Find",
        }
    }

    /// The command of this name, whatever the case of its ASCII letters.
    pub fn from_name(name: &str) -> Option<CommandName> {
        CommandName::ALL.into_iter().find(|c| c.name().eq_ignore_ascii_case(name))
    }

    /// The command code of a base64 query ([MS-ASHTTP] 2.2.1.1.1.1.2). Codes 5 to 8 stand in older
    /// editions of that table only.
    pub const fn code(self) -> u8 {
        match self {
            C::Sync => 0,
            C::SendMail => 1,
            C::SmartForward => 2,
            C::SmartReply => 3,
            C::GetAttachment => 4,
            C::GetHierarchy => 5,
            C::CreateCollection => 6,
            C::DeleteCollection => 7,
            C::MoveCollection => 8,
            C::FolderSync => 9,
            C::FolderCreate => 10,
            C::FolderDelete => 11,
            C::FolderUpdate => 12,
            C::MoveItems => 13,
            C::GetItemEstimate => 14,
            C::MeetingResponse => 15,
            C::Search => 16,
            C::Settings => 17,
            C::Ping => 18,
            C::ItemOperations => 19,
            C::Provision => 20,
            C::ResolveRecipients => 21,
            C::ValidateCert => 22,
            C::Find => 23,
        }
    }

    /// The inverse of [`C::code`].
    pub fn from_code(code: u8) -> Option<CommandName> {
        CommandName::ALL.into_iter().find(|command| command.code() == code)
    }

    /// The first version that has the command.
    pub const fn first_version(self) -> Version {
        match self {
            C::Settings | C::ItemOperations => Version::V12_0,
            C::Find => Version::V16_1,
            _ => Version::V2_5,
        }
    }

    /// The last version that has the command (MS-ASCMD_R5124, R6052).
    pub const fn last_version(self) -> Version {
        match self {
            C::GetAttachment
            | C::GetHierarchy
            | C::CreateCollection
            | C::DeleteCollection
            | C::MoveCollection => Version::V12_1,
            _ => Version::V16_1,
        }
    }

    /// Whether `version` has the command.
    pub fn exists_in(self, version: Version) -> bool {
        (self.first_version()..=self.last_version()).contains(&version)
    }

    /// The root element of its response; none where that is not WBXML.
    pub const fn root(self) -> Option<Tag> {
        Some(match self {
            C::Sync => air_sync::SYNC,
            C::SendMail => compose_mail::SEND_MAIL,
            C::SmartForward => compose_mail::SMART_FORWARD,
            C::SmartReply => compose_mail::SMART_REPLY,
            C::GetAttachment | C::CreateCollection | C::DeleteCollection | C::MoveCollection => {
                return None;
            }
            C::GetHierarchy => folder_hierarchy::FOLDERS,
            C::FolderSync => folder_hierarchy::FOLDER_SYNC,
            C::FolderCreate => folder_hierarchy::FOLDER_CREATE,
            C::FolderDelete => folder_hierarchy::FOLDER_DELETE,
            C::FolderUpdate => folder_hierarchy::FOLDER_UPDATE,
            C::MoveItems => move_items::MOVE_ITEMS,
            C::GetItemEstimate => get_item_estimate::GET_ITEM_ESTIMATE,
            C::MeetingResponse => meeting_response::MEETING_RESPONSE,
            C::Search => search::SEARCH,
            C::Settings => settings::SETTINGS,
            C::Ping => ping::PING,
            C::ItemOperations => item_operations::ITEM_OPERATIONS,
            C::Provision => provision::PROVISION,
            C::ResolveRecipients => resolve_recipients::RESOLVE_RECIPIENTS,
            C::ValidateCert => validate_cert::VALIDATE_CERT,
            C::Find => find::FIND,
        })
    }

    /// The `Status` that stands directly below [`CommandName::root`]. GetHierarchy has none.
    pub const fn status_tag(self) -> Option<Tag> {
        Some(match self {
            C::Sync => air_sync::STATUS,
            C::SendMail | C::SmartForward | C::SmartReply => compose_mail::STATUS,
            C::GetAttachment
            | C::GetHierarchy
            | C::CreateCollection
            | C::DeleteCollection
            | C::MoveCollection => return None,
            C::FolderSync | C::FolderCreate | C::FolderDelete | C::FolderUpdate => folder_hierarchy::STATUS,
            C::MoveItems => move_items::STATUS,
            C::GetItemEstimate => get_item_estimate::STATUS,
            C::MeetingResponse => meeting_response::STATUS,
            C::Search => search::STATUS,
            C::Settings => settings::STATUS,
            C::Ping => ping::STATUS,
            C::ItemOperations => item_operations::STATUS,
            C::Provision => provision::STATUS,
            C::ResolveRecipients => resolve_recipients::STATUS,
            C::ValidateCert => validate_cert::STATUS,
            C::Find => find::STATUS,
        })
    }
}

impl fmt::Display for CommandName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case() {
        for command in CommandName::ALL {
            assert_eq!(CommandName::from_name(&command.name().to_ascii_uppercase()), Some(command));
        }
        assert_eq!(CommandName::from_name("Autodiscover"), None);
    }

    // MS-ASCMD_R5124, R6052: GetAttachment and GetHierarchy end with 12.1.
    #[test]
    fn commands_come_and_go_with_versions() {
        let versions = |command: CommandName| {
            Version::ALL.into_iter().filter(|v| command.exists_in(*v)).map(Version::name).collect::<Vec<_>>()
        };
        assert_eq!(versions(CommandName::GetAttachment), ["2.5", "12.0", "12.1"]);
        assert_eq!(versions(CommandName::GetHierarchy), ["2.5", "12.0", "12.1"]);
        assert_eq!(versions(CommandName::Settings).first(), Some(&"12.0"));
        assert_eq!(versions(CommandName::Find), ["16.1"]);
        assert_eq!(versions(CommandName::Sync).len(), 7);
    }

    #[test]
    fn a_status_stands_in_the_page_of_its_root() {
        for command in CommandName::ALL {
            if let Some(status) = command.status_tag() {
                let root = command.root().unwrap();
                assert_eq!((status.page, status.name()), (root.page, "Status"));
                assert_eq!(root.name(), command.name());
            }
        }
    }
}
