//! FolderDelete ([MS-ASCMD] 2.2.1.4).

use crate::codec::Document;
use crate::message;
use crate::page::{Tag, folder_hierarchy as fh};

message! {
    /// The request.
    #[derive(Default)]
    pub struct Request {
        /// The key of the last answer about the hierarchy.
        sync_key: String = fh::SYNC_KEY,
        /// The folder.
        server_id: String = fh::SERVER_ID,
    }
}

impl Document for Request {
    const ROOT: Tag = fh::FOLDER_DELETE;
}

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// 1, or what went wrong ([MS-ASCMD] 2.2.3.177.4).
        status: u8 = fh::STATUS,
        /// The new key, which covers the deletion; only with status 1.
        sync_key: Option<String> = fh::SYNC_KEY,
    }
}

impl Document for Response {
    const ROOT: Tag = fh::FOLDER_DELETE;
}
