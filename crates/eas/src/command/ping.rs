//! Ping: be told when something changes ([MS-ASCMD] 2.2.1.13).
//!
//! A request may have no body, which repeats what the last one said.

use crate::codec::Document;
use crate::message;
use crate::page::{Tag, ping};

message! {
    /// The request.
    #[derive(Default)]
    pub struct Request {
        /// Seconds to wait; absent: as last time (MS-ASCMD_R5634).
        heartbeat_interval: Option<u32> = ping::HEARTBEAT_INTERVAL,
        /// The folders to watch; absent: as last time.
        folders: Option<Vec<Folder>> = ping::FOLDERS => ping::FOLDER,
    }
}

impl Document for Request {
    const ROOT: Tag = ping::PING;
}

message! {
    /// A folder to watch.
    pub struct Folder {
        /// Its id.
        id: String = ping::ID,
        /// Its class.
        class: Option<String> = ping::CLASS,
    }
}

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// 1 nothing changed, 2 something did, or what went wrong ([MS-ASCMD] 2.2.3.177.11).
        status: u8 = ping::STATUS,
        /// Ids of the folders that changed; only with status 2.
        folders: Vec<String> = ping::FOLDERS => ping::FOLDER,
        /// Most folders that may be watched; only with status 6.
        max_folders: Option<u32> = ping::MAX_FOLDERS,
        /// The nearest interval that would do, in seconds; only with status 5.
        heartbeat_interval: Option<u32> = ping::HEARTBEAT_INTERVAL,
    }
}

impl Document for Response {
    const ROOT: Tag = ping::PING;
}
