//! What a phone asks: which collections, with which options, and what it changed itself.

use crate::codec::{Document, Empty, Tags};
use crate::item::{BodyPartPreference, BodyPreference, Item};
use crate::page::{Tag, air_sync as sync, air_sync_base as base, email2, rights_management as rm};
use crate::version::Version;
use crate::{choice, message};

message! {
    /// The request.
    #[derive(Default)]
    pub struct Request {
        /// The collections, in the order in which they are to be served.
        collections: Vec<Collection> = sync::COLLECTIONS => sync::COLLECTION,
        /// Minutes, 1 to 59, to wait for changes (12.1). Not together with `heartbeat_interval`.
        wait: Option<u32> = sync::WAIT,
        /// Seconds, 60 to 3540, to wait for changes (14.0).
        heartbeat_interval: Option<u32> = sync::HEARTBEAT_INTERVAL,
        /// Most changes in the whole answer; absent, 0 and more than 512 mean 512 at most.
        window_size: Option<u32> = sync::WINDOW_SIZE,
        /// What is not said here is as in the last request (12.1).
        partial: Option<Empty> = sync::PARTIAL,
    }
}

impl Document for Request {
    const ROOT: Tag = sync::SYNC;
}

message! {
    /// One collection. Written in the order that MS-ASCMD_R976 demands of clients.
    #[derive(Default)]
    pub struct Collection {
        /// The class, where the version says it here (up to 12.1, MS-ASCMD_R6319).
        class: Option<String> = sync::CLASS where ..=Version::V12_1,
        /// `0` to begin, else the key of the last answer.
        sync_key: String = sync::SYNC_KEY,
        /// The folder.
        collection_id: String = sync::COLLECTION_ID,
        /// The properties that the phone manages, only with key 0. Absent and empty differ
        /// ([MS-ASCMD] 2.2.3.179).
        supported: Option<Tags> = sync::SUPPORTED,
        /// Whether deletions go to Deleted Items; absent means true.
        deletes_as_moves: Option<bool> = sync::DELETES_AS_MOVES,
        /// Whether the server's changes are wanted; absent means false with key 0, else true.
        get_changes: Option<bool> = sync::GET_CHANGES,
        /// Most changes of this collection in the answer; absent means 100.
        window_size: Option<u32> = sync::WINDOW_SIZE,
        /// Whether whole conversations count in the filter (14.0, mail only).
        conversation_mode: Option<bool> = sync::CONVERSATION_MODE,
        /// None: as last time. One, or one for `Email` and one for `SMS`.
        options: Vec<Options> = sync::OPTIONS,
        /// What the phone changed.
        commands: Vec<Command> = sync::COMMANDS as choices,
    }
}

message! {
    /// How a collection is synchronised, until another block replaces this one as a whole.
    #[derive(Default)]
    pub struct Options {
        /// The class that these options are for (14.0); absent: that of the folder.
        class: Option<String> = sync::CLASS where Version::V14_0..,
        /// Age of the oldest items, 0 (all) to 7, or 8 for open tasks ([MS-ASCMD] 2.2.3.68.2).
        filter_type: Option<u32> = sync::FILTER_TYPE,
        /// Truncation of bodies, 0 to 9 (2.5, [MS-ASCMD] 2.2.3.185).
        truncation: Option<u32> = sync::TRUNCATION,
        /// Truncation of RTF bodies, 0 to 9 (2.5).
        rtf_truncation: Option<u32> = sync::RTF_TRUNCATION,
        /// Who wins a conflict: 0 the client, 1 the server; absent means 1.
        conflict: Option<u32> = sync::CONFLICT,
        /// When to send MIME: 0 never, 1 for S/MIME only, 2 always; absent means 0.
        mime_support: Option<u32> = sync::MIME_SUPPORT,
        /// Truncation of MIME, 0 to 8 ([MS-ASCMD] 2.2.3.111).
        mime_truncation: Option<u32> = sync::MIME_TRUNCATION,
        /// Most recipients of the recipient information cache (14.0).
        max_items: Option<u32> = sync::MAX_ITEMS,
        /// The forms of a body that the phone takes (12.0).
        body_preferences: Vec<BodyPreference> = base::BODY_PREFERENCE,
        /// What it takes of a conversation's new part (14.1).
        body_part_preference: Option<BodyPartPreference> = base::BODY_PART_PREFERENCE,
        /// Whether rights-managed messages come decrypted (14.1).
        rights_management_support: Option<bool> = rm::RIGHTS_MANAGEMENT_SUPPORT,
    }
}

choice! {
    /// What a phone did to an item, or wants of it.
    pub enum Command {
        /// A new item.
        Add(Add) = sync::ADD,
        /// A changed item.
        Change(Change) = sync::CHANGE,
        /// A deleted item.
        Delete(Delete) = sync::DELETE,
        /// The whole of an item is wanted.
        Fetch(Fetch) = sync::FETCH,
    }
}

message! {
    /// A new item.
    pub struct Add {
        /// The phone's own id of it, until it knows the server's.
        client_id: String = sync::CLIENT_ID,
        /// Its class, where that is not the folder's (14.0).
        class: Option<String> = sync::CLASS where Version::V14_0..,
        /// A draft that is to be sent at once (16.0).
        send: Option<Empty> = email2::SEND,
        /// Its properties.
        application_data: Item = sync::APPLICATION_DATA,
    }
}

message! {
    /// A changed item.
    pub struct Change {
        /// The item.
        server_id: String = sync::SERVER_ID,
        /// The occurrence of a series, as a compact date and time (16.0).
        instance_id: Option<String> = base::INSTANCE_ID,
        /// The class, where it is not the folder's (14.0).
        class: Option<String> = sync::CLASS where Version::V14_0..,
        /// A draft that is to be sent (16.0).
        send: Option<Empty> = email2::SEND,
        /// Its new properties. A draft may be sent without a change.
        application_data: Option<Item> = sync::APPLICATION_DATA,
    }
}

message! {
    /// A deleted item.
    pub struct Delete {
        /// The item.
        server_id: String = sync::SERVER_ID,
        /// The occurrence of a series, as a compact date and time (16.0).
        instance_id: Option<String> = base::INSTANCE_ID,
        /// The class, where it is not the folder's (14.0).
        class: Option<String> = sync::CLASS where Version::V14_0..,
    }
}

message! {
    /// An item that is wanted whole.
    pub struct Fetch {
        /// The item.
        server_id: String = sync::SERVER_ID,
    }
}
