//! FolderUpdate: rename or move a folder ([MS-ASCMD] 2.2.1.6).

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
        /// The folder that it shall be in, `0` for the root.
        parent_id: String = fh::PARENT_ID,
        /// The name that it shall have, 1 to 256 characters.
        display_name: String = fh::DISPLAY_NAME,
        /// Has no place here: a request with it is refused (MS-ASCMD_R3102).
        status: Option<String> = fh::STATUS,
    }
}

impl Document for Request {
    const ROOT: Tag = fh::FOLDER_UPDATE;
}

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// 1, or what went wrong ([MS-ASCMD] 2.2.3.177.6).
        status: u8 = fh::STATUS,
        /// The new key, which covers the change; only with status 1.
        sync_key: Option<String> = fh::SYNC_KEY,
    }
}

impl Document for Response {
    const ROOT: Tag = fh::FOLDER_UPDATE;
}
