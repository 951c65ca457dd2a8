//! Find.

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::find::{
    DirectoryCriterion, ExecuteSearch, Found, FoundResult, MailboxCriterion, MailboxQuery, Options, Picture,
    Properties, Request, Response, Summary,
};
use fieldpost_eas::item::Importance;
use fieldpost_eas::page::{air_sync as sync, email, email2, find, item_operations};

use super::law;
use super::search::person;
use crate::generator::Gen;

fn options(g: &mut Gen<'_>) -> Options {
    Options {
        range: g.opt(find::RANGE, Gen::text),
        deep_traversal: g.flag(find::DEEP_TRAVERSAL),
        picture: g.opt(find::PICTURE, |g| Picture {
            max_size: g.opt(find::MAX_SIZE, Gen::u32),
            max_pictures: g.opt(find::MAX_PICTURES, Gen::u32),
        }),
    }
}

#[test]
fn request() {
    law(CommandName::Find, |g| Request {
        search_id: g.opt(find::SEARCH_ID, Gen::text),
        execute_search: g.opt(find::EXECUTE_SEARCH, |g| ExecuteSearch {
            mailbox: g.opt(find::MAIL_BOX_SEARCH_CRITERION, |g| MailboxCriterion {
                query: g.opt(find::QUERY, |g| MailboxQuery {
                    class: g.opt(sync::CLASS, Gen::text),
                    collection_id: g.opt(sync::COLLECTION_ID, Gen::text),
                    free_text: g.opt(find::FREE_TEXT, Gen::text),
                }),
                options: g.opt(find::OPTIONS, options),
            }),
            directory: g.opt(find::GAL_SEARCH_CRITERION, |g| DirectoryCriterion {
                query: g.opt(find::QUERY, Gen::text),
                options: g.opt(find::OPTIONS, options),
            }),
        }),
    });
}

fn summary(g: &mut Gen<'_>) -> Summary {
    Summary {
        subject: g.opt(email::SUBJECT, Gen::text),
        date_received: g.opt(email::DATE_RECEIVED, Gen::date),
        display_to: g.opt(email::DISPLAY_TO, Gen::text),
        display_cc: g.opt(find::DISPLAY_CC, Gen::text),
        display_bcc: g.opt(find::DISPLAY_BCC, Gen::text),
        importance: g.opt(email::IMPORTANCE, |g| g.pick(&[Importance::Low, Importance::High])),
        read: g.opt(email::READ, Gen::bool),
        is_draft: g.opt(email2::IS_DRAFT, Gen::bool),
        preview: g.opt(find::PREVIEW, Gen::text),
        has_attachments: g.opt(find::HAS_ATTACHMENTS, Gen::bool),
        from: g.opt(email::FROM, Gen::text),
    }
}

#[test]
fn response() {
    law(CommandName::Find, |g| Response {
        status: g.opt(find::STATUS, Gen::u8),
        response: g.opt(find::RESPONSE, |g| Found {
            store: g.opt(item_operations::STORE, Gen::text),
            status: g.u8(),
            results: g.many(find::RESULT, |g| FoundResult {
                class: g.opt(sync::CLASS, Gen::text),
                server_id: g.opt(sync::SERVER_ID, Gen::text),
                collection_id: g.opt(sync::COLLECTION_ID, Gen::text),
                properties: g.opt(find::PROPERTIES, |g| match g.bool() {
                    true => Properties::Person(Box::new(person(g))),
                    false => Properties::Mail(Box::new(summary(g))),
                }),
            }),
            range: g.opt(find::RANGE, Gen::text),
            total: g.opt(find::TOTAL, Gen::u32),
        }),
    });
}
