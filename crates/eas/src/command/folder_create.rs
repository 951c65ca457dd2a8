//! FolderCreate ([MS-ASCMD] 2.2.1.3).

use crate::codec::Document;
use crate::message;
use crate::page::{Tag, folder_hierarchy as fh};

message! {
    /// The request.
    #[derive(Default)]
    pub struct Request {
        /// The key of the last answer about the hierarchy.
        sync_key: String = fh::SYNC_KEY,
        /// The folder to create it in, `0` for the root.
        parent_id: String = fh::PARENT_ID,
        /// Its name, 1 to 256 characters.
        display_name: String = fh::DISPLAY_NAME,
        /// Its type, 1 or 12 to 17 ([MS-ASCMD] 2.2.3.186.2).
        r#type: u8 = fh::TYPE,
    }
}

impl Document for Request {
    const ROOT: Tag = fh::FOLDER_CREATE;
}

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// 1, or what went wrong ([MS-ASCMD] 2.2.3.177.3).
        status: u8 = fh::STATUS,
        /// The new key, which covers the new folder; only with status 1.
        sync_key: Option<String> = fh::SYNC_KEY,
        /// The folder's id; only with status 1.
        server_id: Option<String> = fh::SERVER_ID,
    }
}

impl Document for Response {
    const ROOT: Tag = fh::FOLDER_CREATE;
}
