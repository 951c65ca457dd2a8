//! FolderSync: the folder hierarchy and its changes ([MS-ASCMD] 2.2.1.5).

use crate::codec::Document;
use crate::message;
use crate::page::{Tag, folder_hierarchy as fh};

message! {
    /// The request.
    pub struct Request {
        /// `0` for the whole hierarchy, else the key of the last answer.
        sync_key: String = fh::SYNC_KEY,
    }
}

impl Document for Request {
    const ROOT: Tag = fh::FOLDER_SYNC;
}

message! {
    /// The response.
    pub struct Response {
        /// 1, or what went wrong ([MS-ASCMD] 2.2.3.177.5).
        status: u8 = fh::STATUS,
        /// The key to ask with next; only with status 1.
        sync_key: Option<String> = fh::SYNC_KEY,
        /// What changed; only with status 1.
        changes: Option<Changes> = fh::CHANGES,
    }
}

impl Document for Response {
    const ROOT: Tag = fh::FOLDER_SYNC;
}

message! {
    /// Changes of the hierarchy, in the order of the schema.
    #[derive(Default)]
    pub struct Changes {
        /// How many changes follow.
        count: u32 = fh::COUNT,
        /// Renamed or moved folders.
        updates: Vec<Folder> = fh::UPDATE,
        /// Deleted folders.
        deletes: Vec<Deleted> = fh::DELETE,
        /// New folders, parents before children.
        adds: Vec<Folder> = fh::ADD,
    }
}

message! {
    /// A folder.
    pub struct Folder {
        /// Its id.
        server_id: String = fh::SERVER_ID,
        /// The folder that it lies in, `0` for the root.
        parent_id: String = fh::PARENT_ID,
        /// Its name.
        display_name: String = fh::DISPLAY_NAME,
        /// Its type, 1 to 19 ([MS-ASCMD] 2.2.3.186.3).
        r#type: u8 = fh::TYPE,
    }
}

message! {
    /// A deleted folder.
    pub struct Deleted {
        /// Its id.
        server_id: String = fh::SERVER_ID,
    }
}
