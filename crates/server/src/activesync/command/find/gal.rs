//! Find in the address book.

use fieldpost_domain::directory::Query;
use fieldpost_eas::command::find::{DirectoryCriterion, Found, FoundResult, Properties};
use fieldpost_eas::command::search::result_range;
use fieldpost_eas::status::find_response as status;

use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::directory::album::Album;
use crate::directory::person;

/// How many results where no range is given.
const RESULTS_DEFAULT: u32 = 100;

/// Looks people up. Ranges reach to 999 ([MS-ASCMD] 2.2.3.143.1).
pub(super) async fn find(
    cx: &Context,
    search_id: &str,
    criterion: &DirectoryCriterion,
) -> Result<Found, Fault> {
    let text = criterion.query.as_deref().unwrap_or_default();
    let options = criterion.options.as_ref();
    let range = match options.and_then(|options| options.range.as_deref()) {
        None => Some(0..=RESULTS_DEFAULT - 1),
        Some(text) => result_range(text),
    };
    let (Some(range), false) = (range, text.trim().is_empty()) else {
        return Ok(super::refused(status::INVALID_PARAMETER));
    };
    if !super::may_ask(cx, search_id, &range) {
        return Ok(super::refused(status::RANGE_NOT_FROM_ZERO));
    }
    let Some(query) = Query::parse(text) else { return Ok(super::refused(status::SUCCESS)) };
    let (start, count) = (*range.start() as usize, range.clone().count());
    let page = cx.app.directory.search(&query, start, count).await?;
    if page.entries.is_empty() {
        return Ok(super::refused(status::SUCCESS));
    }
    let wish = options.and_then(|options| options.picture.as_ref());
    let album = wish.map(|wish| Album::new(wish.max_size, wish.max_pictures));
    let people = person::with_pictures(&*cx.app.directory, &page.entries, cx.version, album).await?;
    let results = people.into_iter().map(|person| FoundResult {
        properties: Some(Properties::Person(Box::new(person))),
        ..FoundResult::default()
    });
    Ok(Found {
        store: Some(super::STORE.to_owned()),
        status: status::SUCCESS,
        results: results.collect(),
        range: Some(format!("{start}-{}", start + page.entries.len() - 1)),
        total: u32::try_from(page.total).ok(),
    })
}
