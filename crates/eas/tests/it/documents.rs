//! Every typed document in one list, so that no law forgets one.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{DecodeError, Document};
use fieldpost_eas::command::*;

/// A message type, with the type itself hidden.
pub struct Kind {
    /// `sync::Request`.
    pub name: &'static str,
    /// Its root element.
    pub root: fieldpost_eas::page::Tag,
    /// Reads bytes as this type.
    pub check: fn(&[u8]) -> Result<(), DecodeError>,
    /// Reads bytes as this type and writes them again.
    pub rewrite: fn(&[u8], Version) -> Result<Vec<u8>, DecodeError>,
}

fn kind<T: Document>(name: &'static str) -> Kind {
    Kind {
        name,
        root: T::ROOT,
        check: |bytes| T::decode(bytes).map(drop),
        rewrite: |bytes, version| T::decode(bytes).map(|value| value.encode(version)),
    }
}

macro_rules! kinds {
    ($($module:ident: $($type:ident)*;)*) => {
        /// Every message type.
        pub fn all() -> Vec<Kind> {
            vec![$($(kind::<$module::$type>(concat!(stringify!($module), "::", stringify!($type))),)*)*]
        }
    };
}

kinds! {
    find: Request Response;
    folder_create: Request Response;
    folder_delete: Request Response;
    folder_sync: Request Response;
    folder_update: Request Response;
    get_hierarchy: Response;
    get_item_estimate: Request Response;
    item_operations: Request Response;
    meeting_response: Request Response;
    move_items: Request Response;
    ping: Request Response;
    provision: Request Response;
    resolve_recipients: Request Response;
    search: Request Response;
    send_mail: Request Response;
    settings: Request Response;
    smart_forward: Request Response;
    smart_reply: Request Response;
    sync: Request Response;
    validate_cert: Request Response;
}

/// The type of a sample, by its root and by whether it is a request.
pub fn of_sample(name: &str, root: fieldpost_eas::page::Tag) -> Option<Kind> {
    let wanted = if name.ends_with("-req") { "::Request" } else { "::Response" };
    all().into_iter().find(|k| k.root == root && k.name.ends_with(wanted))
}
