//! GetItemEstimate: how many changes wait in collections ([MS-ASCMD] 2.2.1.9).

use crate::codec::{self, DecodeError, Document, Element, Field};
use crate::command::sync::request::Options;
use crate::message;
use crate::page::{Tag, air_sync as sync, get_item_estimate as gie};
use crate::wbxml::{Reader, Writer};

message! {
    /// The request.
    #[derive(Default)]
    pub struct Request {
        /// The collections, 1000 at most (103).
        collections: Vec<Collection> = gie::COLLECTIONS => gie::COLLECTION,
    }
}

impl Document for Request {
    const ROOT: Tag = gie::GET_ITEM_ESTIMATE;
}

/// One collection. Its elements stand in another order up to 12.1 than from 14.0
/// (MS-ASCMD_R6314 and what stands around it), so it is not a `message!`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Collection {
    /// The class, up to 12.1.
    pub class: Option<String>,
    /// The key of the last Sync answer.
    pub sync_key: String,
    /// The folder.
    pub collection_id: String,
    /// Whether whole conversations count in the filter (14.0).
    pub conversation_mode: Option<bool>,
    /// Age of the oldest items, up to 12.1; as in [`Options::filter_type`].
    pub filter_type: Option<u32>,
    /// Class, filter and most items (14.0). One, or one for `Email` and one for `SMS`.
    pub options: Vec<Options>,
}

impl Element for Collection {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let (mut class, mut sync_key, mut collection_id) = (None, None, None);
        let (mut conversation_mode, mut filter_type, mut options) = (None, None, Vec::new());
        codec::children(r, |tag, r| match tag {
            // Phones mix up the two pages here.
            gie::CLASS | sync::CLASS => <Option<String>>::absorb(&mut class, tag, r),
            gie::COLLECTION_ID | sync::COLLECTION_ID => String::absorb(&mut collection_id, tag, r),
            sync::SYNC_KEY => String::absorb(&mut sync_key, tag, r),
            sync::CONVERSATION_MODE => <Option<bool>>::absorb(&mut conversation_mode, tag, r),
            sync::FILTER_TYPE => <Option<u32>>::absorb(&mut filter_type, tag, r),
            sync::OPTIONS => <Vec<Options>>::absorb(&mut options, tag, r),
            _ => Ok(r.skip()?),
        })?;
        Ok(Collection {
            class,
            sync_key: String::finish(sync_key, sync::SYNC_KEY)?,
            collection_id: String::finish(collection_id, gie::COLLECTION_ID)?,
            conversation_mode,
            filter_type,
            options,
        })
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.start(tag);
        if w.version().has_common_status() {
            self.sync_key.put(sync::SYNC_KEY, w);
            self.collection_id.put(gie::COLLECTION_ID, w);
            self.conversation_mode.put(sync::CONVERSATION_MODE, w);
            self.options.put(sync::OPTIONS, w);
        } else {
            self.class.put(gie::CLASS, w);
            self.collection_id.put(gie::COLLECTION_ID, w);
            self.filter_type.put(sync::FILTER_TYPE, w);
            self.sync_key.put(sync::SYNC_KEY, w);
        }
        w.end();
    }
}

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// Only where the request as a whole failed.
        status: Option<u8> = gie::STATUS,
        /// One for each collection of the request.
        responses: Vec<Estimated> = gie::RESPONSE,
    }
}

impl Document for Response {
    const ROOT: Tag = gie::GET_ITEM_ESTIMATE;
}

message! {
    /// The answer for one collection.
    #[derive(Default)]
    pub struct Estimated {
        /// 1, or what went wrong ([MS-ASCMD] 2.2.3.177.7).
        status: u8 = gie::STATUS,
        /// The collection.
        collection: Option<Estimate> = gie::COLLECTION,
    }
}

message! {
    /// How many changes wait.
    #[derive(Default)]
    pub struct Estimate {
        /// The class (2.5 to 12.1).
        class: Option<String> = gie::CLASS,
        /// The folder.
        collection_id: String = gie::COLLECTION_ID,
        /// How many changes; only with status 1.
        estimate: Option<u32> = gie::ESTIMATE,
    }
}
