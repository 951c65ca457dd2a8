//! GetHierarchy, up to 12.1: the mail folders, all of them ([MS-ASCMD] 2.2.1.8).
//!
//! The request has no body; failure is HTTP 500 (MS-ASCMD_R6033).

use crate::codec::Document;
use crate::message;
use crate::page::{Tag, folder_hierarchy as fh};

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// The folders.
        folders: Vec<Folder> = fh::FOLDER,
    }
}

impl Document for Response {
    const ROOT: Tag = fh::FOLDERS;
}

message! {
    /// A mail folder, in the order of the schema.
    #[derive(Default)]
    pub struct Folder {
        /// Its name.
        display_name: String = fh::DISPLAY_NAME,
        /// Its id.
        server_id: String = fh::SERVER_ID,
        /// Its type, 1 to 6.
        r#type: u8 = fh::TYPE,
        /// The folder that it lies in, `0` for the root.
        parent_id: String = fh::PARENT_ID,
    }
}
