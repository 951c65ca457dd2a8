//! From stored items to what a phone is told.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use fieldpost_domain::ItemId;
use fieldpost_domain::convert::mail::{self, BodyOptions};
use fieldpost_domain::convert::{ConvertError, ItemContext, User, contact, event, note, recipient, task};
use fieldpost_domain::folder::Class;
use fieldpost_domain::item::Item;
use fieldpost_eas::item::Item as WireItem;
use jiff::Timestamp;

use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::meeting;

/// How items are wanted, and by whom.
#[derive(Debug, Clone)]
pub struct View {
    /// The request's version and what it wants of bodies.
    pub body: BodyOptions,
    /// Whose mailbox it is.
    pub user: User,
    /// Now.
    pub now: Timestamp,
}

impl View {
    /// For a request that wants bodies so.
    pub fn new(cx: &Context, body: BodyOptions) -> View {
        View { body, user: meeting::user(&cx.app, &cx.account), now: cx.now }
    }
}

/// An item can't be told; it is passed over and reported, the others go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unconvertible {
    /// A message.
    #[error(transparent)]
    Message(#[from] mail::ConvertError),
    /// An event, contact, task or note.
    #[error(transparent)]
    Object(#[from] ConvertError),
    /// A bug.
    #[error("the conversion broke down")]
    Bug,
}

/// One item as a phone is told it.
///
/// # Errors
/// It can't be converted. That is the item's fault alone.
pub fn to_wire(class: Class, item: &Item, view: &View) -> Result<WireItem, Unconvertible> {
    let cx = ItemContext { body: &view.body, user: &view.user, item: item.meta.id, now: view.now };
    Ok(match class {
        Class::Email => WireItem::Email(Box::new(mail::email(item, &view.body)?)),
        Class::Notes => WireItem::Note(Box::new(note::to_wire(&item.content, &cx)?)),
        Class::Calendar => WireItem::Event(Box::new(event::to_wire(&item.content, &cx)?)),
        // The recipient cache; a journal is not shown.
        Class::Other => WireItem::Contact(Box::new(recipient::to_wire(&item.content)?)),
        Class::Tasks => WireItem::Task(Box::new(task::to_wire(&item.content, &cx)?)),
        Class::Contacts => WireItem::Contact(Box::new(contact::to_wire(&item.content, &cx)?)),
    })
}

/// What became of each item of a conversion.
pub type Converted = Vec<(ItemId, Result<WireItem, Unconvertible>)>;

/// Converts items away from the event loop. One that makes the conversion panic harms no other.
///
/// # Errors
/// Our own trouble only.
pub async fn convert(class: Class, items: Vec<Item>, view: &Arc<View>) -> Result<Converted, Fault> {
    convert_with(items, Arc::clone(view), move |item, view| to_wire(class, item, view)).await
}

/// The same with another conversion.
async fn convert_with(
    items: Vec<Item>,
    view: Arc<View>,
    conversion: impl Fn(&Item, &View) -> Result<WireItem, Unconvertible> + Send + 'static,
) -> Result<Converted, Fault> {
    if items.is_empty() {
        return Ok(Converted::new());
    }
    let work = move || {
        let one = |item: &Item| {
            let outcome = catch_unwind(AssertUnwindSafe(|| conversion(item, &view)));
            (item.meta.id, outcome.unwrap_or(Err(Unconvertible::Bug)))
        };
        items.iter().map(one).collect()
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Unavailable(Box::new(error)))
}

#[cfg(test)]
mod tests {
    use fieldpost_domain::item::{Conversation, ItemMeta, MailState, Marks};
    use fieldpost_domain::{FolderId, Modseq};
    use fieldpost_eas::Version;
    use jiff::tz::TimeZone;

    use super::*;

    fn item(id: u32, content: &str) -> Item {
        let meta = ItemMeta {
            id: ItemId(id),
            folder: FolderId(1),
            modseq: Modseq(1),
            content_modseq: Modseq(1),
            received: 0,
            size: 0,
            state: MailState::default(),
            marks: Marks::default(),
            conversation: Conversation::default(),
        };
        Item { meta, content: content.as_bytes().to_vec() }
    }

    /// Mail is always shown in some way, so that the fault has to be put in.
    #[tokio::test]
    async fn one_that_fails_harms_no_other() {
        let user = User { addresses: Vec::new(), name: String::new(), zone: TimeZone::UTC };
        let body = BodyOptions::new(Version::V16_1);
        let view = Arc::new(View { body, user, now: Timestamp::UNIX_EPOCH });
        let items = vec![item(1, "Subject: a\r\n\r\n"), item(2, "fail"), item(3, "panic"), item(4, "")];
        let conversion = |item: &Item, view: &View| match item.content.as_slice() {
            b"fail" => Err(Unconvertible::Message(mail::ConvertError::NoSuchPart)),
            b"panic" => panic!("a bug"),
            _ => to_wire(Class::Email, item, view),
        };
        let converted = convert_with(items, view, conversion).await.unwrap();
        let outcomes: Vec<_> =
            converted.iter().map(|(id, outcome)| (id.0, outcome.as_ref().err().cloned())).collect();
        let failed = Unconvertible::Message(mail::ConvertError::NoSuchPart);
        let wanted = [(1, None), (2, Some(failed)), (3, Some(Unconvertible::Bug)), (4, None)];
        assert_eq!(outcomes, wanted);
    }
}
