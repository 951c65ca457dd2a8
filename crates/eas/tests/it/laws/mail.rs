//! SendMail, SmartReply and SmartForward.

use fieldpost_eas::Version;
use fieldpost_eas::command::smart_reply::Source;
use fieldpost_eas::command::{CommandName, send_mail, smart_forward, smart_reply};
use fieldpost_eas::page::{air_sync_base as base, compose_mail as mail, rights_management as rm};

use super::item::body;
use super::law;
use crate::generator::Gen;

fn source(g: &mut Gen<'_>) -> Source {
    Source {
        folder_id: g.opt(mail::FOLDER_ID, Gen::text),
        item_id: g.opt(mail::ITEM_ID, Gen::text),
        long_id: g.opt(mail::LONG_ID, Gen::text),
        instance_id: g.opt(mail::INSTANCE_ID, Gen::text),
    }
}

#[test]
fn send_mail() {
    law(CommandName::SendMail, |g| send_mail::Request {
        client_id: g.text(),
        account_id: g.opt(mail::ACCOUNT_ID, Gen::text),
        save_in_sent_items: g.flag(mail::SAVE_IN_SENT_ITEMS),
        mime: g.opaque(),
        template_id: g.opt(rm::TEMPLATE_ID, Gen::text),
    });
    law(CommandName::SendMail, |g| send_mail::Response { status: g.opt(mail::STATUS, Gen::u8) });
}

#[test]
fn smart_reply() {
    law(CommandName::SmartReply, |g| smart_reply::Request {
        client_id: g.text(),
        source: source(g),
        account_id: g.opt(mail::ACCOUNT_ID, Gen::text),
        save_in_sent_items: g.flag(mail::SAVE_IN_SENT_ITEMS),
        replace_mime: g.flag(mail::REPLACE_MIME),
        mime: g.opaque(),
        template_id: g.opt(rm::TEMPLATE_ID, Gen::text),
    });
    law(CommandName::SmartReply, |g| smart_reply::Response { status: g.opt(mail::STATUS, Gen::u8) });
}

#[test]
fn smart_forward() {
    law(CommandName::SmartForward, |g| smart_forward::Request {
        client_id: g.text(),
        source: source(g),
        forwardees: g.many(mail::FORWARDEES, |g| smart_forward::Forwardee {
            name: g.opt(mail::NAME, Gen::text),
            email: g.text(),
        }),
        body: g.opt_in(base::BODY, Version::V16_0.., body),
        account_id: g.opt(mail::ACCOUNT_ID, Gen::text),
        save_in_sent_items: g.flag(mail::SAVE_IN_SENT_ITEMS),
        replace_mime: g.flag(mail::REPLACE_MIME),
        mime: g.opt(mail::MIME, Gen::opaque),
        template_id: g.opt(rm::TEMPLATE_ID, Gen::text),
    });
    law(CommandName::SmartForward, |g| smart_forward::Response { status: g.opt(mail::STATUS, Gen::u8) });
}
