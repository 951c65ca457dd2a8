//! Search of a document library: what a link leads to, and what is in it ([MS-ASDOC] 3.2.5.2).

use std::sync::Arc;

use fieldpost_eas::command::search::{
    self, Condition, Found, Options, Properties, StoreResult, result_range,
};
use fieldpost_eas::date;
use fieldpost_eas::item::Item;
use fieldpost_eas::page::{Tag, document_library as page};
use fieldpost_eas::status::search_store as status;
use fieldpost_eas::wbxml::Node;

use super::refused;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::documents::{Document, NoDocument, Share};

/// Most results of one answer ([MS-ASCMD] 2.2.3.143.3), and where no range is given.
const RESULTS_MAX: u32 = 1000;

/// Looks a link up: the document or folder first, then what is in the folder (MS-ASCMD_R3855).
pub(super) async fn search(cx: &Context, query: &search::Query, options: &Options) -> Result<Found, Fault> {
    let range = match &options.range {
        None => Some(0..=RESULTS_MAX - 1),
        Some(text) => result_range(text),
    };
    let equal = match query.conditions.as_slice() {
        [Condition::EqualTo(equal)] => Some(equal),
        _ => None,
    };
    // MS-ASDOC_R85
    let link = equal.filter(|equal| equal.link_id.is_some()).and_then(|equal| equal.value.clone());
    let (Some(range), Some(link)) = (range, link) else { return Ok(refused(status::INVALID_REQUEST)) };
    let app = Arc::clone(&cx.app);
    let look = move || {
        let place = Share::find(&app.settings.documents, &link)?;
        let mut all = vec![place.document()?];
        all.extend(place.contents()?);
        Ok(all)
    };
    let looked =
        tokio::task::spawn_blocking(look).await.map_err(|error| Fault::Unavailable(Box::new(error)))?;
    let all = match looked {
        Ok(all) => all,
        Err(why) => return Ok(refused(status_of(why))),
    };
    let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let (first, count) = (*range.start(), range.end() - range.start() + 1);
    let results: Vec<StoreResult> =
        all.iter().skip(first as usize).take(count.min(RESULTS_MAX) as usize).map(result).collect();
    let Some(last) =
        u32::try_from(results.len()).ok().filter(|count| *count > 0).map(|count| first + count - 1)
    else {
        return Ok(refused(status::END_OF_RANGE));
    };
    Ok(Found { status: status::SUCCESS, results, range: Some(format!("{first}-{last}")), total: Some(total) })
}

fn status_of(why: NoDocument) -> u8 {
    match why {
        NoDocument::BadLink => status::BAD_LINK,
        NoDocument::Denied => status::ACCESS_DENIED,
        NoDocument::NotFound => status::NOT_FOUND,
        NoDocument::Unreadable => status::SERVER_ERROR,
    }
}

fn result(document: &Document) -> StoreResult {
    let text = |tag: Tag, text: String| Node { text: Some(text), ..Node::new(tag) };
    let flag = |tag: Tag, flag: bool| text(tag, u8::from(flag).to_string());
    let mut properties = vec![
        text(page::LINK_ID, document.link.clone()),
        text(page::DISPLAY_NAME, document.name.clone()),
        flag(page::IS_FOLDER, document.is_folder),
        text(page::CREATION_DATE, date::dashed(document.created)),
        text(page::LAST_MODIFIED_DATE, date::dashed(document.modified)),
        flag(page::IS_HIDDEN, document.is_hidden),
    ];
    if !document.is_folder {
        properties.push(text(page::CONTENT_LENGTH, document.size.to_string()));
        properties.push(text(page::CONTENT_TYPE, document.content_type.to_owned()));
    }
    StoreResult {
        properties: Some(Properties::Item(Box::new(Item::Other(properties)))),
        ..StoreResult::default()
    }
}
