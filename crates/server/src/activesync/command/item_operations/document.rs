//! Fetch of a document by its link ([MS-ASDOC] 3.2.5.1).

use std::sync::Arc;

use fieldpost_eas::codec::Base64;
use fieldpost_eas::command::item_operations::request::{Fetch, byte_range};
use fieldpost_eas::command::item_operations::response::{File, Properties};
use fieldpost_eas::date::DateTime;
use fieldpost_eas::status::item_operations as status;

use super::Parts;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::documents::{NoDocument, Share};

/// Most bytes of a document in one answer; a phone may ask for a range.
const LIMIT: usize = 32 * 1024 * 1024;

/// Carries one out.
pub(super) async fn fetch(
    cx: &Context,
    wanted: &Fetch,
    parts: &mut Parts,
) -> Result<Result<Properties, u8>, Fault> {
    let Some(link) = wanted.link_id.clone() else { return Ok(Err(status::PROTOCOL_ERROR)) };
    let asked = wanted.options.as_ref().and_then(|options| options.range.as_deref());
    let range = match asked.map(byte_range) {
        Some(None) => return Ok(Err(status::INVALID_RANGE)),
        None => None,
        Some(range) => range,
    };
    let (app, of) = (Arc::clone(&cx.app), range.clone());
    let read = move || Share::find(&app.settings.documents, &link)?.read(of, LIMIT);
    let read =
        tokio::task::spawn_blocking(read).await.map_err(|error| Fault::Unavailable(Box::new(error)))?;
    let (bytes, document) = match read {
        Ok(Some(read)) => read,
        Ok(None) => return Ok(Err(status::TOO_LARGE)),
        Err(NoDocument::BadLink) => return Ok(Err(status::BAD_LINK)),
        Err(NoDocument::Denied) => return Ok(Err(status::DOCUMENT_ACCESS_DENIED)),
        Err(NoDocument::NotFound) => return Ok(Err(status::NOT_FOUND)),
        Err(NoDocument::Unreadable) => return Ok(Err(status::IO_FAILURE)),
    };
    if bytes.is_empty() {
        let empty = document.size == 0;
        return Ok(Err(if empty { status::EMPTY_FILE } else { status::INVALID_RANGE }));
    }
    if !parts.take(bytes.len()) {
        return Ok(Err(status::TOO_LARGE));
    }
    let told = |range: std::ops::RangeInclusive<u32>| {
        let last = u32::try_from(bytes.len()).unwrap_or(u32::MAX) - 1;
        format!("{}-{}", range.start(), range.start() + last)
    };
    Ok(Ok(Properties::File(File {
        range: range.map(told),
        total: Some(u32::try_from(document.size).unwrap_or(u32::MAX)),
        content_type: None,
        data: Some(Base64(bytes)),
        part: None,
        version: Some(DateTime(document.modified)),
    })))
}
