//! Items between store and wire, whatever their class: [`show`] what a phone is told, [`change`] what
//! it adds and changes, [`poison`] those that can't be told. Sync, ItemOperations, Search and Find
//! come here.

pub mod change;
pub mod poison;
pub mod show;

use fieldpost_domain::convert::User;
use fieldpost_domain::folder::Class;
use fieldpost_eas::item::ItemClass;
use jiff::tz::TimeZone;

pub use show::{Unconvertible, View, to_wire};

use super::context::Context;

/// The class on the wire of a folder's items; none: they are not told by their class.
pub fn wire_class(class: Class) -> Option<ItemClass> {
    match class {
        Class::Email => Some(ItemClass::Email),
        Class::Calendar => Some(ItemClass::Event),
        Class::Contacts => Some(ItemClass::Contact),
        Class::Tasks => Some(ItemClass::Task),
        Class::Notes => Some(ItemClass::Note),
        Class::Other => None,
    }
}

/// The owner of the mailbox, as conversions know them.
pub fn user(cx: &Context) -> User {
    let mut addresses = vec![cx.account.address.clone()];
    addresses.extend(cx.account.aliases.iter().cloned());
    User { addresses, name: cx.account.display_name.clone(), zone: TimeZone::UTC }
}
