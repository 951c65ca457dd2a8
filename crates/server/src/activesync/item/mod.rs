//! Items between store and wire, whatever their class: [`show`] what a phone is told, [`change`] what
//! it adds and changes, [`poison`] those that can't be told. Sync, ItemOperations, Search and Find
//! come here.

pub mod body;
pub mod change;
pub mod poison;
pub mod show;

use fieldpost_domain::folder::Class;
use fieldpost_eas::item::ItemClass;

pub use show::{Unconvertible, View, to_wire};

/// The class that is named beside a text message, which lies among the mail (14.0).
pub const TEXT: &str = "SMS";

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
