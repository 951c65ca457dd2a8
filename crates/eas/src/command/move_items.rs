//! MoveItems: items go to another folder ([MS-ASCMD] 2.2.1.12).

use crate::codec::Document;
use crate::message;
use crate::page::{Tag, move_items as mv};

message! {
    /// The request.
    #[derive(Default)]
    pub struct Request {
        /// The items, 1000 at most (103).
        moves: Vec<Move> = mv::MOVE,
    }
}

impl Document for Request {
    const ROOT: Tag = mv::MOVE_ITEMS;
}

message! {
    /// One item to move.
    pub struct Move {
        /// The item.
        src_msg_id: String = mv::SRC_MSG_ID,
        /// The folder that it is in.
        src_fld_id: String = mv::SRC_FLD_ID,
        /// The folder that it goes to. More than one is an error of that item (5), so not of the
        /// document.
        dst_fld_ids: Vec<String> = mv::DST_FLD_ID,
    }
}

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// Only where the request as a whole failed.
        status: Option<u8> = mv::STATUS,
        /// What became of each item, in the order of the request.
        responses: Vec<Moved> = mv::RESPONSE,
    }
}

impl Document for Response {
    const ROOT: Tag = mv::MOVE_ITEMS;
}

message! {
    /// What became of one item.
    pub struct Moved {
        /// The item, by its old id.
        src_msg_id: String = mv::SRC_MSG_ID,
        /// 3 for success, or what went wrong ([MS-ASCMD] 2.2.3.177.10).
        status: u8 = mv::STATUS,
        /// Its new id; only with status 3.
        dst_msg_id: Option<String> = mv::DST_MSG_ID,
    }
}
