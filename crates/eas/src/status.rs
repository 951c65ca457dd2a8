//! Status codes: [`Common`] ones, and those of each command by name.
//!
//! Small numbers mean another thing in every command; 101 and above mean the same everywhere. The
//! fields of the messages are plain numbers, since a phone may be told a code that is in no table.

mod common;

pub use common::Common;

use crate::command::CommandName;

/// The codes of one command or of one element in it, ascending, each with its meaning as a sentence.
pub type Meanings = &'static [(u8, &'static str)];

macro_rules! codes {
    ($($(#[$meta:meta])* $module:ident $scope:literal {
        $($name:ident = $code:literal $meaning:literal;)*
    })*) => {
        $($(#[$meta])* pub mod $module {
            $(#[doc = $meaning] pub const $name: u8 = $code;)*
            /// All of them.
            pub const ALL: super::Meanings = &[$(($code, $meaning),)*];
        })*

        /// The scopes by the name of the command, and of the element where one is meant.
        pub const SCOPES: &[(&str, Meanings)] = &[$(($scope, $module::ALL),)*];
    };
}

codes! {
    /// Sync, a collection or one item ([MS-ASCMD] 2.2.3.177.17).
    sync "Sync" {
        SUCCESS = 1 "Done.";
        INVALID_SYNC_KEY = 3 "The key is not known: begin again with 0.";
        PROTOCOL_ERROR = 4 "The request is malformed.";
        SERVER_ERROR = 5 "Our own trouble.";
        INVALID_ITEM = 6 "The phone's item can't be used; it should not be sent again.";
        CONFLICT = 7 "The server changed the item as well, and its copy stays.";
        NOT_FOUND = 8 "The item or folder does not exist.";
        CANNOT_COMPLETE = 9 "It could not be done: no space.";
        HIERARCHY_CHANGED = 12 "The folders changed: run FolderSync.";
        INCOMPLETE = 13 "Nothing is remembered that an empty or partial request could build on: send it in full.";
        WAIT_OUT_OF_RANGE = 14 "The time to wait is out of range: see `Limit`.";
        TOO_MANY_COLLECTIONS = 15 "There are too many collections: see `Limit`.";
        RETRY = 16 "Try again.";
    }

    /// FolderSync ([MS-ASCMD] 2.2.3.177.5).
    folder_sync "FolderSync" {
        SUCCESS = 1 "Done.";
        SERVER_ERROR = 6 "Our own trouble.";
        INVALID_SYNC_KEY = 9 "The key is not known: begin again with 0.";
        MALFORMED = 10 "The request is malformed.";
        UNKNOWN_ERROR = 11 "Something went wrong.";
        UNKNOWN_CODE = 12 "Something went wrong that has no code.";
    }

    /// FolderCreate ([MS-ASCMD] 2.2.3.177.3).
    folder_create "FolderCreate" {
        SUCCESS = 1 "Done.";
        EXISTS = 2 "A folder of that name is there already.";
        SPECIAL_PARENT = 3 "The parent can't have subfolders.";
        PARENT_NOT_FOUND = 5 "The parent does not exist: run FolderSync.";
        SERVER_ERROR = 6 "Our own trouble.";
        INVALID_SYNC_KEY = 9 "The key is not known: run FolderSync with 0.";
        MALFORMED = 10 "The request is malformed, or asks for a default folder.";
        UNKNOWN_ERROR = 11 "Something went wrong.";
        UNKNOWN_CODE = 12 "Something went wrong that has no code.";
    }

    /// FolderDelete ([MS-ASCMD] 2.2.3.177.4).
    folder_delete "FolderDelete" {
        SUCCESS = 1 "Done.";
        SPECIAL_FOLDER = 3 "A default folder can't be deleted.";
        NOT_FOUND = 4 "The folder does not exist: run FolderSync.";
        SERVER_ERROR = 6 "Our own trouble.";
        INVALID_SYNC_KEY = 9 "The key is not known: run FolderSync with 0.";
        MALFORMED = 10 "The request is malformed.";
        UNKNOWN_ERROR = 11 "Something went wrong.";
    }

    /// FolderUpdate ([MS-ASCMD] 2.2.3.177.6).
    folder_update "FolderUpdate" {
        SUCCESS = 1 "Done.";
        EXISTS = 2 "A folder of that name is there already, or this is a default folder.";
        RECIPIENT_CACHE = 3 "The recipient information cache can't be changed.";
        NOT_FOUND = 4 "The folder does not exist: run FolderSync.";
        PARENT_NOT_FOUND = 5 "The parent does not exist: run FolderSync.";
        SERVER_ERROR = 6 "Our own trouble.";
        INVALID_SYNC_KEY = 9 "The key is not known: run FolderSync with 0.";
        MALFORMED = 10 "The request is malformed.";
        UNKNOWN_ERROR = 11 "Something went wrong.";
    }

    /// MoveItems ([MS-ASCMD] 2.2.3.177.10).
    move_items "MoveItems" {
        INVALID_SOURCE = 1 "The item or its folder does not exist.";
        INVALID_DESTINATION = 2 "The destination does not exist.";
        SUCCESS = 3 "Done.";
        SAME_FOLDER = 4 "The item is in that folder already.";
        FAILED = 5 "It could not be moved, or several destinations were named.";
        LOCKED = 7 "The item is in use: try again.";
    }

    /// GetItemEstimate ([MS-ASCMD] 2.2.3.177.7).
    get_item_estimate "GetItemEstimate" {
        SUCCESS = 1 "Done.";
        INVALID_COLLECTION = 2 "The collection does not exist.";
        NOT_PRIMED = 3 "The collection was never synchronised: begin with key 0.";
        INVALID_SYNC_KEY = 4 "The key is not known.";
    }

    /// Ping ([MS-ASCMD] 2.2.3.177.11).
    ping "Ping" {
        NO_CHANGES = 1 "The interval is over, nothing changed.";
        CHANGES = 2 "Something changed: see `Folders`.";
        INCOMPLETE = 3 "Parameters are missing, and none are remembered.";
        SYNTAX_ERROR = 4 "The request is malformed.";
        HEARTBEAT_OUT_OF_RANGE = 5 "The interval is out of range: see `HeartbeatInterval`.";
        TOO_MANY_FOLDERS = 6 "There are too many folders: see `MaxFolders`.";
        HIERARCHY_CHANGED = 7 "The folders changed: run FolderSync.";
        SERVER_ERROR = 8 "Our own trouble.";
    }

    /// ItemOperations and one operation ([MS-ASCMD] 2.2.3.177.8); also 155 and 156 of the common ones.
    item_operations "ItemOperations" {
        SUCCESS = 1 "Done.";
        PROTOCOL_ERROR = 2 "The request is malformed.";
        SERVER_ERROR = 3 "Our own trouble.";
        BAD_LINK = 4 "The link to a document is malformed.";
        DOCUMENT_ACCESS_DENIED = 5 "Access to the document is denied.";
        NOT_FOUND = 6 "The item or document does not exist.";
        CONNECTION_FAILED = 7 "The document's server can't be reached.";
        INVALID_RANGE = 8 "The range is malformed or not within the file.";
        UNKNOWN_STORE = 9 "The store is unknown.";
        EMPTY_FILE = 10 "The file is empty.";
        TOO_LARGE = 11 "The data is too large, or there are too many operations.";
        IO_FAILURE = 12 "Reading failed.";
        CONVERSION_FAILED = 14 "The item could not be converted.";
        INVALID_ATTACHMENT = 15 "The attachment does not exist.";
        ACCESS_DENIED = 16 "Access is denied.";
        PARTIAL_SUCCESS = 17 "Some of it was done.";
        CREDENTIALS_REQUIRED = 18 "The document's server wants a name and a password.";
        MOVE_ALWAYS_MISSING = 155 "A conversation move must say `MoveAlways`.";
        MOVE_DESTINATION_INVALID = 156 "A conversation can't be moved into such a folder.";
    }

    /// Settings and one property ([MS-ASCMD] 2.2.3.177.15).
    settings "Settings" {
        SUCCESS = 1 "Done.";
        PROTOCOL_ERROR = 2 "The request is malformed.";
        ACCESS_DENIED = 3 "Access is denied.";
        UNAVAILABLE = 4 "Our own trouble.";
        INVALID_ARGUMENTS = 5 "A value is malformed or too long.";
        CONFLICTING_ARGUMENTS = 6 "Values stand together that exclude each other.";
        DENIED_BY_POLICY = 7 "The policy does not permit it.";
    }

    /// MeetingResponse, one answer ([MS-ASCMD] 2.2.3.177.9); also 104, 105 and 146 of the common ones.
    meeting_response "MeetingResponse" {
        SUCCESS = 1 "Done.";
        INVALID_REQUEST = 2 "It is no meeting, or one that can't be answered.";
        MAILBOX_ERROR = 3 "The mailbox could not be used.";
        SERVER_ERROR = 4 "Our own trouble.";
    }

    /// Search as a whole ([MS-ASCMD] 2.2.3.177.13).
    search "Search" {
        SUCCESS = 1 "Done.";
        SERVER_ERROR = 3 "Our own trouble.";
    }

    /// The store of a Search.
    search_store "Search/Store" {
        SUCCESS = 1 "Done.";
        INVALID_REQUEST = 2 "The request is malformed.";
        SERVER_ERROR = 3 "Our own trouble.";
        BAD_LINK = 4 "The link to a document is malformed.";
        ACCESS_DENIED = 5 "Access is denied.";
        NOT_FOUND = 6 "The document or folder does not exist.";
        CONNECTION_FAILED = 7 "The document's server can't be reached.";
        TOO_COMPLEX = 8 "Conditions are combined in a way that is not supported.";
        TIMED_OUT = 10 "The search took too long; a narrower one may do.";
        HIERARCHY_CHANGED = 11 "The folders changed: run FolderSync.";
        END_OF_RANGE = 12 "The range begins behind the last result that can be had.";
        ACCESS_BLOCKED = 13 "Access is blocked.";
        CREDENTIALS_REQUIRED = 14 "The document's server wants a name and a password.";
    }

    /// A picture in a Search.
    search_picture "Search/Picture" {
        SUCCESS = 1 "Done.";
        NO_PICTURE = 173 "There is no picture.";
        TOO_LARGE = 174 "The picture is larger than what was asked for.";
        LIMIT_REACHED = 175 "The answer has as many pictures as were asked for.";
    }

    /// Find as a whole ([MS-ASCMD] 2.2.3.177.2).
    find "Find" {
        SUCCESS = 1 "Done.";
        INVALID_PARAMETER = 2 "The request is malformed.";
        HIERARCHY_CHANGED = 3 "The folders changed: run FolderSync.";
    }

    /// The response within Find.
    find_response "Find/Response" {
        SUCCESS = 1 "Done.";
        INVALID_PARAMETER = 2 "The request is malformed.";
        RANGE_NOT_FROM_ZERO = 4 "The first request of a search must ask from 0 on.";
    }

    /// ResolveRecipients as a whole ([MS-ASCMD] 2.2.3.177.12).
    resolve_recipients "ResolveRecipients" {
        SUCCESS = 1 "Done.";
        PROTOCOL_ERROR = 5 "The request is malformed, or a number is out of range.";
        SERVER_ERROR = 6 "Our own trouble.";
    }

    /// One name in ResolveRecipients.
    resolve_recipients_response "ResolveRecipients/Response" {
        RESOLVED = 1 "It is one recipient.";
        AMBIGUOUS = 2 "It may be several; all are named.";
        AMBIGUOUS_PARTIAL = 3 "It may be several; some are named.";
        NOT_RESOLVED = 4 "It is nobody.";
    }

    /// Whether somebody is free, in ResolveRecipients.
    resolve_recipients_availability "ResolveRecipients/Availability" {
        SUCCESS = 1 "Done.";
        TOO_MANY_RECIPIENTS = 160 "There are more than 100 recipients.";
        LIST_TOO_LARGE = 161 "The distribution list has more than 20 members.";
        TRANSIENT_FAILURE = 162 "It can't be said now: try again.";
        FAILURE = 163 "It can't be said.";
    }

    /// Certificates in ResolveRecipients.
    resolve_recipients_certificates "ResolveRecipients/Certificates" {
        SUCCESS = 1 "Done.";
        NO_CERTIFICATE = 7 "There is no valid certificate.";
        LIMIT_REACHED = 8 "There are more certificates than were asked for.";
    }

    /// A picture in ResolveRecipients.
    resolve_recipients_picture "ResolveRecipients/Picture" {
        SUCCESS = 1 "Done.";
        NO_PICTURE = 173 "There is no picture.";
        TOO_LARGE = 174 "The picture is larger than what was asked for.";
        LIMIT_REACHED = 175 "The answer has as many pictures as were asked for.";
    }

    /// ValidateCert as a whole ([MS-ASCMD] 2.2.3.177.18).
    validate_cert "ValidateCert" {
        SUCCESS = 1 "Done.";
        FAILURE = 17 "It could not be done.";
    }

    /// One certificate in ValidateCert.
    validate_cert_certificate "ValidateCert/Certificate" {
        VALID = 1 "It is to be trusted.";
        PROTOCOL_ERROR = 2 "The request is malformed, or has too many certificates.";
        BAD_SIGNATURE = 3 "Its signature does not verify.";
        UNTRUSTED = 4 "It comes from a source that is not trusted.";
        BAD_CHAIN = 5 "Its chain was not built correctly.";
        NOT_FOR_MAIL = 6 "It is not valid for signing mail.";
        EXPIRED = 7 "It has expired or is not yet valid.";
        INCONSISTENT_VALIDITY = 8 "The validity periods in its chain do not nest.";
        MISUSED = 9 "A certificate in its chain is used for what it is not meant for.";
        INCOMPLETE = 10 "Information in it is missing or wrong.";
        WRONG_ROLE = 11 "A certificate in its chain can't play its part there.";
        ADDRESS_MISMATCH = 12 "It is not that of the address.";
        REVOKED = 13 "It was revoked.";
        REVOCATION_OFFLINE = 14 "The server for revocation can't be reached.";
        CHAIN_REVOKED = 15 "A certificate in its chain was revoked.";
        REVOCATION_UNKNOWN = 16 "Whether it was revoked is not known.";
        SERVER_ERROR = 17 "It could not be judged.";
    }

    /// Provision as a whole ([MS-ASPROV] 2.2.2.54.2); also 139, 141 and 145 of the common ones.
    provision "Provision" {
        SUCCESS = 1 "Done.";
        PROTOCOL_ERROR = 2 "The request is malformed.";
        SERVER_ERROR = 3 "Our own trouble.";
        NOT_FULLY_PROVISIONABLE = 139 "The policy was applied in part only, which is not accepted.";
        LEGACY_DEVICE = 141 "The device sends no policy key at all, which is not accepted.";
        EXTERNALLY_MANAGED = 145 "Devices that others manage are not accepted.";
    }

    /// A policy in a Provision answer ([MS-ASPROV] 2.2.2.54.1).
    policy "Provision/Policy(response)" {
        SUCCESS = 1 "Done.";
        NO_POLICY = 2 "There is no policy of this type.";
        UNKNOWN_TYPE = 3 "The policy type is unknown.";
        CORRUPT = 4 "The policy is broken.";
        WRONG_KEY = 5 "The key is not the one that was given.";
    }

    /// What a phone says of a policy that it got ([MS-ASPROV] 2.2.2.54.1).
    policy_acknowledgement "Provision/Policy(request)" {
        APPLIED = 1 "All of it is in force.";
        PARTIALLY_APPLIED = 2 "Some of it is in force.";
        NOT_APPLIED = 3 "None of it is in force.";
        EXTERNALLY_MANAGED = 4 "Somebody else manages the device.";
    }

    /// What a phone says of a wipe that it was ordered ([MS-ASPROV] 2.2.2.54.3).
    wipe_acknowledgement "Provision/RemoteWipe(request)" {
        DONE = 1 "The wipe was done.";
        FAILED = 2 "The wipe failed.";
    }
}

/// What a status of `command` says, for logs and for the page of a device.
pub fn meaning(command: CommandName, status: u8) -> Option<&'static str> {
    let own = SCOPES.iter().find(|(scope, _)| *scope == command.name()).map(|(_, codes)| *codes);
    own.into_iter()
        .flatten()
        .find(|(code, _)| *code == status)
        .map(|(_, meaning)| *meaning)
        .or_else(|| Common::from_code(status).map(Common::meaning))
}
