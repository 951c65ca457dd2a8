//! The message, or the event, that an answer or a forward is about.

use fieldpost_domain::ItemId;
use fieldpost_domain::folder::Class;
use fieldpost_domain::id::{FolderId, ServerId};
use fieldpost_domain::item::{Item, Verb};
use fieldpost_eas::command::smart_reply::Source;
use fieldpost_eas::date;
use fieldpost_eas::http::Parameters;
use fieldpost_eas::status::Common;
use jiff::Timestamp;

use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// The source that a query names, up to 12.1.
pub fn of_query(parameters: &Parameters) -> Source {
    Source {
        folder_id: parameters.collection_id.clone(),
        item_id: parameters.item_id.clone(),
        long_id: parameters.long_id.clone(),
        instance_id: parameters.occurrence.clone(),
    }
}

/// The item's number. A `LongId` is the item's `ServerId`, so it needs nothing to be remembered.
fn item_id(source: &Source) -> Result<ItemId, Common> {
    let (folder, item) = match (&source.folder_id, &source.item_id, &source.long_id) {
        (None, None, Some(long)) => (None, long),
        (folder, Some(item), None) => (folder.as_ref(), item),
        (_, _, Some(_)) => return Err(Common::InvalidCombinationOfIDs),
        (_, None, None) => return Err(Common::InvalidIDs),
    };
    let id: ServerId = item.parse().map_err(|_| Common::InvalidIDs)?;
    let folder = folder.map(|folder| FolderId::parse(folder).ok_or(Common::InvalidIDs)).transpose()?;
    match folder {
        Some(folder) if folder != id.folder => Err(Common::ItemNotFound),
        _ => Ok(id.item),
    }
}

/// What an answer or a forward is about.
pub struct Loaded {
    /// A message, or an event.
    pub item: Item,
    /// Which of the two.
    pub class: Class,
    /// One instance of a series, by its original start.
    pub instance: Option<Timestamp>,
}

/// Loads the message or event, wherever it lies now.
///
/// # Errors
/// [`Fault::Refused`]: the ids are malformed (106), exclude each other (105), or nothing that mail can be
/// about has them (150); an occurrence is asked for of what does not repeat (146, malformed 104).
pub async fn load(cx: &Context, source: &Source) -> Result<Loaded, Fault> {
    let id = item_id(source).map_err(Fault::Refused)?;
    let named = source.instance_id.as_deref().filter(|id| !id.is_empty());
    let instance = match named {
        Some(text) => Some(date::parse(text).ok_or(Fault::Refused(Common::InvalidDateTime))?),
        None => None,
    };
    let found = cx.app.backend.fetch(cx.mailbox, &[id]).await?.pop();
    let item = found.ok_or(Fault::Refused(Common::ItemNotFound))?;
    let folders = cx.app.backend.folders(cx.mailbox).await?;
    let folder = folders.iter().find(|folder| folder.id == item.meta.folder);
    let class = folder.map_or(Class::Other, |folder| folder.kind.class());
    match class {
        // A message has no occurrences.
        Class::Email if instance.is_some() => Err(Fault::Refused(Common::NoRecurrenceInCalendar)),
        Class::Email | Class::Calendar => Ok(Loaded { item, class, instance }),
        _ => Err(Fault::Refused(Common::ItemNotFound)),
    }
}

/// Whether an answer goes to more people than the one whose message it answers.
pub fn reply_verb(answer: &[u8], original: &Item) -> Verb {
    use fieldpost_domain::convert::mail::headers;
    let (Ok(answer), Ok(original)) = (headers(answer), headers(&original.content)) else {
        return Verb::ReplyToSender;
    };
    let authors: Vec<_> = original.from.iter().chain(&original.reply_to).collect();
    let is_author = |address: &str| authors.iter().any(|author| author.address.eq_ignore_ascii_case(address));
    let others = answer.to.iter().chain(&answer.cc).filter(|mailbox| !is_author(&mailbox.address));
    if others.count() > 0 { Verb::ReplyToAll } else { Verb::ReplyToSender }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(folder: &str, item: &str, long: &str) -> Source {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Source { folder_id: some(folder), item_id: some(item), long_id: some(long), instance_id: None }
    }

    #[test]
    fn a_source_is_named_in_one_of_two_ways() {
        assert_eq!(item_id(&source("5", "5:17", "")), Ok(ItemId(17)));
        assert_eq!(item_id(&source("", "", "5:17")), Ok(ItemId(17)));
        assert_eq!(item_id(&source("5", "5:17", "5:17")), Err(Common::InvalidCombinationOfIDs));
        assert_eq!(item_id(&source("5", "", "")), Err(Common::InvalidIDs));
        assert_eq!(item_id(&source("5", "17", "")), Err(Common::InvalidIDs));
        assert_eq!(item_id(&source("6", "5:17", "")), Err(Common::ItemNotFound));
    }
}
