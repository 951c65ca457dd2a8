//! An attachment by its reference: for ItemOperations and for GetAttachment.

use fieldpost_domain::convert::mail::{FileReference, attachment};

use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// An attachment's content.
pub struct File {
    /// `type/subtype`.
    pub content_type: String,
    /// The bytes, transfer encoding undone.
    pub bytes: Vec<u8>,
}

/// The attachment that a reference names; none where there is no such thing (any more).
pub async fn find(cx: &Context, reference: &str) -> Result<Option<File>, Fault> {
    let Ok(reference) = reference.parse::<FileReference>() else { return Ok(None) };
    let Some(item) = cx.app.backend.fetch(cx.mailbox, &[reference.item]).await?.pop() else {
        return Ok(None);
    };
    let work = move || {
        let found = attachment(&item.content, &reference).ok()?;
        Some(File { content_type: found.content_type, bytes: found.bytes.into_owned() })
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Unavailable(Box::new(error)))
}
