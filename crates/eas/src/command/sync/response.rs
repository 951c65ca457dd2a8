//! What the server answers: what became of the phone's changes, and what changed here.

use crate::codec::{Document, Empty};
use crate::item::Item;
use crate::page::{Tag, air_sync as sync, air_sync_base as base};
use crate::version::Version;
use crate::{choice, message};

message! {
    /// The response. Where no collection has news, no body is sent at all (12.1).
    #[derive(Default)]
    pub struct Response {
        /// Only where the request as a whole failed.
        status: Option<u8> = sync::STATUS,
        /// The nearest bound that would do, with status 14 and 15; never with `collections`
        /// (MS-ASCMD_R4561).
        limit: Option<u32> = sync::LIMIT,
        /// The collections.
        collections: Vec<Collection> = sync::COLLECTIONS => sync::COLLECTION,
    }
}

impl Document for Response {
    const ROOT: Tag = sync::SYNC;
}

message! {
    /// One collection.
    #[derive(Default)]
    pub struct Collection {
        /// The class, up to 12.1.
        class: Option<String> = sync::CLASS where ..=Version::V12_1,
        /// The key to ask with next.
        sync_key: String = sync::SYNC_KEY,
        /// The folder.
        collection_id: String = sync::COLLECTION_ID,
        /// 1, or what went wrong ([MS-ASCMD] 2.2.3.177.17).
        status: u8 = sync::STATUS,
        /// What became of the phone's commands; success of a change or deletion is not mentioned.
        responses: Vec<Reply> = sync::RESPONSES as choices,
        /// The window was too small for all changes: ask again.
        more_available: Option<Empty> = sync::MORE_AVAILABLE,
        /// What changed on the server.
        commands: Vec<Command> = sync::COMMANDS as choices,
    }
}

choice! {
    /// What became of one command of the phone.
    pub enum Reply {
        /// An item was added, or not.
        Add(AddReply) = sync::ADD,
        /// An item was changed with an answer that the phone needs, or not changed.
        Change(ChangeReply) = sync::CHANGE,
        /// An item was not deleted.
        Delete(DeleteReply) = sync::DELETE,
        /// A fetched item.
        Fetch(FetchReply) = sync::FETCH,
    }
}

message! {
    /// What became of an `Add`.
    pub struct AddReply {
        /// The class, where it is not the folder's (14.0).
        class: Option<String> = sync::CLASS where Version::V14_0..,
        /// The phone's id.
        client_id: String = sync::CLIENT_ID,
        /// The server's id; only with status 1.
        server_id: Option<String> = sync::SERVER_ID,
        /// 1, or what went wrong.
        status: u8 = sync::STATUS,
        /// Properties that the server set: ids of new attachments (16.0).
        application_data: Option<Item> = sync::APPLICATION_DATA where Version::V16_0..,
    }
}

message! {
    /// What became of a `Change`.
    pub struct ChangeReply {
        /// The class, where it is not the folder's (14.0).
        class: Option<String> = sync::CLASS where Version::V14_0..,
        /// The item.
        server_id: String = sync::SERVER_ID,
        /// The occurrence (16.0).
        instance_id: Option<String> = base::INSTANCE_ID,
        /// 1, or what went wrong.
        status: u8 = sync::STATUS,
        /// Properties that the server set: ids of new attachments (16.0).
        application_data: Option<Item> = sync::APPLICATION_DATA where Version::V16_0..,
    }
}

message! {
    /// What became of a `Delete`.
    pub struct DeleteReply {
        /// The class, where it is not the folder's (14.0).
        class: Option<String> = sync::CLASS where Version::V14_0..,
        /// The item.
        server_id: String = sync::SERVER_ID,
        /// The occurrence (16.0).
        instance_id: Option<String> = base::INSTANCE_ID,
        /// What went wrong.
        status: u8 = sync::STATUS,
    }
}

message! {
    /// What a `Fetch` brought.
    pub struct FetchReply {
        /// The item.
        server_id: String = sync::SERVER_ID,
        /// 1, or what went wrong.
        status: u8 = sync::STATUS,
        /// The item's properties; only with status 1.
        application_data: Option<Item> = sync::APPLICATION_DATA,
    }
}

choice! {
    /// One change on the server.
    pub enum Command {
        /// A new item.
        Add(Add) = sync::ADD,
        /// A changed item.
        Change(Change) = sync::CHANGE,
        /// A deleted item.
        Delete(Removed) = sync::DELETE,
        /// An item that no longer passes the filter; it still exists.
        SoftDelete(Removed) = sync::SOFT_DELETE,
    }
}

message! {
    /// A new item.
    pub struct Add {
        /// The class, where it is not the folder's (14.0).
        class: Option<String> = sync::CLASS where Version::V14_0..,
        /// The item.
        server_id: String = sync::SERVER_ID,
        /// Its properties.
        application_data: Item = sync::APPLICATION_DATA,
    }
}

message! {
    /// A changed item.
    pub struct Change {
        /// The class, where it is not the folder's (14.0).
        class: Option<String> = sync::CLASS where Version::V14_0..,
        /// The item.
        server_id: String = sync::SERVER_ID,
        /// The properties that changed.
        application_data: Item = sync::APPLICATION_DATA,
    }
}

message! {
    /// An item that went away.
    pub struct Removed {
        /// The class, where it is not the folder's (14.0).
        class: Option<String> = sync::CLASS where Version::V14_0..,
        /// The item.
        server_id: String = sync::SERVER_ID,
    }
}
