//! Bodies of requests and answers: the reader, the tree, and every typed document.
//!
//! Laws: nothing panics; what is written can be read; what was read and written once does not change by being
//! read and written again.
#![no_main]

use fieldpost_eas::Version;
use fieldpost_eas::codec::Document;
use fieldpost_eas::command;
use fieldpost_eas::wbxml::{Limits, Node};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    tree(bytes);
    macro_rules! documents {
        ($($document:path),* $(,)?) => { $(document::<$document>(bytes);)* };
    }
    documents!(
        command::find::Request,
        command::find::Response,
        command::folder_create::Request,
        command::folder_create::Response,
        command::folder_delete::Request,
        command::folder_delete::Response,
        command::folder_sync::Request,
        command::folder_sync::Response,
        command::folder_update::Request,
        command::folder_update::Response,
        command::get_hierarchy::Response,
        command::get_item_estimate::Request,
        command::get_item_estimate::Response,
        command::item_operations::Request,
        command::item_operations::Response,
        command::meeting_response::Request,
        command::meeting_response::Response,
        command::move_items::Request,
        command::move_items::Response,
        command::ping::Request,
        command::ping::Response,
        command::provision::Request,
        command::provision::Response,
        command::resolve_recipients::Request,
        command::resolve_recipients::Response,
        command::search::Request,
        command::search::Response,
        command::send_mail::Request,
        command::send_mail::Response,
        command::settings::Request,
        command::settings::Response,
        command::smart_forward::Request,
        command::smart_forward::Response,
        command::smart_reply::Request,
        command::smart_reply::Response,
        command::sync::Request,
        command::sync::Response,
        command::validate_cert::Request,
        command::validate_cert::Response,
    );
});

fn tree(bytes: &[u8]) {
    let Ok(node) = Node::parse(bytes, Limits::default()) else { return };
    for version in Version::ALL {
        let once = node.to_wbxml(version);
        // The root itself may be unknown to the version; then there is nothing to read.
        if let Ok(again) = Node::parse(&once, Limits::default()) {
            assert_eq!(again.to_wbxml(version), once);
        }
    }
}

fn document<D: Document>(bytes: &[u8]) {
    let Ok(document) = D::decode(bytes) else { return };
    for version in Version::ALL {
        let once = document.encode(version);
        Node::parse(&once, Limits::default()).expect("what is written is WBXML");
        // An old version may leave out what the document can't be without.
        if let Ok(again) = D::decode(&once) {
            assert_eq!(again.encode(version), once);
        }
    }
}
