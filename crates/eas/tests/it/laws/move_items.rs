//! MoveItems.

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::move_items::{Move, Moved, Request, Response};
use fieldpost_eas::page::move_items as mv;

use super::law;
use crate::generator::Gen;

#[test]
fn request() {
    law(CommandName::MoveItems, |g| Request {
        moves: g.many(mv::MOVE, |g| Move {
            src_msg_id: g.text(),
            src_fld_id: g.text(),
            dst_fld_ids: g.many(mv::DST_FLD_ID, Gen::text),
        }),
    });
}

#[test]
fn response() {
    law(CommandName::MoveItems, |g| Response {
        status: g.opt(mv::STATUS, Gen::u8),
        responses: g.many(mv::RESPONSE, |g| Moved {
            src_msg_id: g.text(),
            status: g.u8(),
            dst_msg_id: g.opt(mv::DST_MSG_ID, Gen::text),
        }),
    });
}
