//! Ping.

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::ping::{Folder, Request, Response};
use fieldpost_eas::page::ping;

use super::law;
use crate::generator::Gen;

#[test]
fn request() {
    law(CommandName::Ping, |g| Request {
        heartbeat_interval: g.opt(ping::HEARTBEAT_INTERVAL, Gen::u32),
        folders: g.opt(ping::FOLDERS, |g| {
            g.many(ping::FOLDER, |g| Folder { id: g.text(), class: g.opt(ping::CLASS, Gen::text) })
        }),
    });
}

#[test]
fn response() {
    law(CommandName::Ping, |g| Response {
        status: g.u8(),
        folders: g.many(ping::FOLDER, Gen::text),
        max_folders: g.opt(ping::MAX_FOLDERS, Gen::u32),
        heartbeat_interval: g.opt(ping::HEARTBEAT_INTERVAL, Gen::u32),
    });
}
