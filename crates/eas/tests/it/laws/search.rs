//! Search.

use fieldpost_eas::codec::Secret;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::search::{
    Comparison, Condition, EqualTo, Found, Options, Picture, Properties, Query, Request, Response, Store,
    StoreResponse, StoreResult,
};
use fieldpost_eas::item::{Person, PersonPicture};
use fieldpost_eas::page::{
    air_sync as sync, air_sync_base as base, document_library, email, gal, rights_management as rm, search,
};

use super::item::{body_part_preference, body_preference, item};
use super::law;
use crate::generator::Gen;

fn query(g: &mut Gen<'_>, depth: usize) -> Query {
    Query { text: g.text(), conditions: g.many(search::QUERY, |g| condition(g, depth)) }
}

fn condition(g: &mut Gen<'_>, depth: usize) -> Condition {
    let comparison = |g: &mut Gen<'_>| Comparison {
        date_received: g.flag(email::DATE_RECEIVED),
        value: g.opt(search::VALUE, Gen::text),
    };
    match g.below(9) {
        1 if g.knows(search::AND) && depth > 0 => Condition::And(query(g, depth - 1)),
        2 if g.knows(search::OR) && depth > 0 => Condition::Or(query(g, depth - 1)),
        3 if g.knows(search::FREE_TEXT) => Condition::FreeText(g.text()),
        4 if g.knows(search::CONVERSATION_ID) => Condition::ConversationId(g.opaque()),
        5 if g.knows(search::EQUAL_TO) => Condition::EqualTo(EqualTo {
            link_id: g.flag(document_library::LINK_ID),
            value: g.opt(search::VALUE, Gen::text),
        }),
        6 if g.knows(search::GREATER_THAN) => Condition::GreaterThan(comparison(g)),
        7 if g.knows(search::LESS_THAN) => Condition::LessThan(comparison(g)),
        8 => Condition::Class(g.text()),
        _ => Condition::CollectionId(g.text()),
    }
}

#[test]
fn request() {
    law(CommandName::Search, |g| Request {
        store: g.opt(search::STORE, |g| Store {
            name: g.opt(search::NAME, Gen::text),
            query: g.opt(search::QUERY, |g| query(g, 3)),
            options: g.opt(search::OPTIONS, |g| Options {
                rebuild_results: g.flag(search::REBUILD_RESULTS),
                deep_traversal: g.flag(search::DEEP_TRAVERSAL),
                range: g.opt(search::RANGE, Gen::text),
                user_name: g.opt(search::USER_NAME, Gen::text),
                password: g.opt(search::PASSWORD, |g| Secret(g.text())),
                mime_support: g.opt(sync::MIME_SUPPORT, Gen::u32),
                body_preferences: g.many(base::BODY_PREFERENCE, body_preference),
                body_part_preference: g.opt(base::BODY_PART_PREFERENCE, body_part_preference),
                rights_management_support: g.opt(rm::RIGHTS_MANAGEMENT_SUPPORT, Gen::bool),
                picture: g.opt(search::PICTURE, |g| Picture {
                    max_size: g.opt(search::MAX_SIZE, Gen::u32),
                    max_pictures: g.opt(search::MAX_PICTURES, Gen::u32),
                }),
            }),
        }),
    });
}

/// A person with a name at least, by which they are known.
pub fn person(g: &mut Gen<'_>) -> Person {
    Person {
        display_name: Some(g.text()),
        phone: g.opt(gal::PHONE, Gen::text),
        office: g.opt(gal::OFFICE, Gen::text),
        title: g.opt(gal::TITLE, Gen::text),
        company: g.opt(gal::COMPANY, Gen::text),
        alias: g.opt(gal::ALIAS, Gen::text),
        first_name: g.opt(gal::FIRST_NAME, Gen::text),
        last_name: g.opt(gal::LAST_NAME, Gen::text),
        home_phone: g.opt(gal::HOME_PHONE, Gen::text),
        mobile_phone: g.opt(gal::MOBILE_PHONE, Gen::text),
        email_address: g.opt(gal::EMAIL_ADDRESS, Gen::text),
        picture: g
            .opt(gal::PICTURE, |g| PersonPicture { status: g.u8(), data: g.opt(gal::DATA, Gen::opaque) }),
    }
}

#[test]
fn response() {
    law(CommandName::Search, |g| Response {
        status: g.opt(search::STATUS, Gen::u8),
        response: g.opt(search::RESPONSE, |g| StoreResponse {
            store: g.opt(search::STORE, |g| Found {
                status: g.u8(),
                results: g.many(search::RESULT, |g| StoreResult {
                    class: g.opt(sync::CLASS, Gen::text),
                    long_id: g.opt(search::LONG_ID, Gen::text),
                    collection_id: g.opt(sync::COLLECTION_ID, Gen::text),
                    properties: g.opt(search::PROPERTIES, |g| match g.bool() {
                        true => Properties::Person(Box::new(person(g))),
                        false => Properties::Item(Box::new(item(g))),
                    }),
                }),
                range: g.opt(search::RANGE, Gen::text),
                total: g.opt(search::TOTAL, Gen::u32),
            }),
        }),
    });
}
