//! Search in the address book.

use fieldpost_domain::directory::Query;
use fieldpost_eas::command::search::{self, Found, Options, Properties, StoreResult, result_range};
use fieldpost_eas::status::search_store as status;

use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::directory::album::Album;
use crate::directory::person;

/// Most results of one answer ([MS-ASCMD] 2.2.3.143.3); the next ones can be asked for.
const RESULTS_MAX: u32 = 100;

/// Looks people up. The query is text; options for other stores mean nothing here.
pub(super) async fn search(cx: &Context, query: &search::Query, options: &Options) -> Result<Found, Fault> {
    let range = match &options.range {
        None => Some(0..=RESULTS_MAX - 1),
        Some(text) => result_range(text),
    };
    let (Some(range), false, true) = (range, query.text.trim().is_empty(), query.conditions.is_empty())
    else {
        return Ok(super::refused(status::INVALID_REQUEST));
    };
    // Text without a letter or digit is in nobody's name.
    let Some(query) = Query::parse(&query.text) else { return Ok(super::refused(status::SUCCESS)) };
    let first = *range.start();
    let count = (range.end() - first + 1).min(RESULTS_MAX);
    let page = cx.app.directory.search(&query, first as usize, count as usize).await?;
    let total = u32::try_from(page.total).unwrap_or(u32::MAX);
    if total == 0 {
        // No `Result` at all (MS-ASCMD_R3847), nor a range of nothing.
        return Ok(super::refused(status::SUCCESS));
    }
    let Some(last) = u32::try_from(page.entries.len()).ok().and_then(|count| (first + count).checked_sub(1))
    else {
        return Ok(super::refused(status::END_OF_RANGE));
    };
    if page.entries.is_empty() {
        return Ok(super::refused(status::END_OF_RANGE));
    }
    let album = options.picture.as_ref().map(|wish| Album::new(wish.max_size, wish.max_pictures));
    let people = person::with_pictures(&*cx.app.directory, &page.entries, cx.version, album).await?;
    let results = people.into_iter().map(|person| StoreResult {
        properties: Some(Properties::Person(Box::new(person))),
        ..StoreResult::default()
    });
    Ok(Found {
        status: status::SUCCESS,
        results: results.collect(),
        range: Some(format!("{first}-{last}")),
        total: Some(total),
    })
}
