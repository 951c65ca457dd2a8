//! GetItemEstimate.

use fieldpost_eas::Version;
use fieldpost_eas::codec::Document as _;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::get_item_estimate::{Collection, Estimate, Estimated, Request, Response};
use fieldpost_eas::page::{air_sync as sync, get_item_estimate as gie};

use super::law;
use super::sync::options;
use crate::generator::Gen;

fn collection(g: &mut Gen<'_>) -> Collection {
    Collection {
        class: g.opt(gie::CLASS, Gen::text),
        sync_key: g.text(),
        collection_id: g.text(),
        conversation_mode: g.opt(sync::CONVERSATION_MODE, Gen::bool),
        filter_type: g.opt_in(sync::FILTER_TYPE, ..=Version::V12_1, Gen::u32),
        options: if g.version().has_common_status() { g.many(sync::OPTIONS, options) } else { Vec::new() },
    }
}

#[test]
fn request() {
    law(CommandName::GetItemEstimate, |g| Request { collections: g.many(gie::COLLECTION, collection) });
}

#[test]
fn response() {
    law(CommandName::GetItemEstimate, |g| Response {
        status: g.opt(gie::STATUS, Gen::u8),
        responses: g.many(gie::RESPONSE, |g| Estimated {
            status: g.u8(),
            collection: g.opt(gie::COLLECTION, |g| Estimate {
                class: g.opt(gie::CLASS, Gen::text),
                collection_id: g.text(),
                estimate: g.opt(gie::ESTIMATE, Gen::u32),
            }),
        }),
    });
}

/// The order changed with 14.0; both are read in every version.
#[test]
fn both_orders_are_read() {
    let request = Request {
        collections: vec![Collection {
            sync_key: "2".into(),
            collection_id: "5".into(),
            ..Collection::default()
        }],
    };
    let (old, new) = (request.encode(Version::V12_1), request.encode(Version::V14_0));
    assert_ne!(old, new);
    assert_eq!(Request::decode(&old).unwrap(), request);
    assert_eq!(Request::decode(&new).unwrap(), request);
}
