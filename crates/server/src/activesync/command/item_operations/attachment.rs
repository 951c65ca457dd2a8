//! An attachment by its reference: for ItemOperations and for GetAttachment.

use fieldpost_domain::convert::event;
use fieldpost_domain::convert::mail::{FileReference, attachment};
use fieldpost_domain::folder::Class;

use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::{hierarchy, policy};

/// An attachment's content.
pub struct File {
    /// `type/subtype`.
    pub content_type: String,
    /// The bytes, transfer encoding undone.
    pub bytes: Vec<u8>,
}

/// Whether the policy lets the device fetch a file of so many bytes; phones that obey it do not ask.
pub fn is_allowed(cx: &Context, bytes: usize) -> bool {
    let Some(policy) = policy::in_force(cx) else { return true };
    let policy = &policy.named.policy;
    let most = policy.max_attachment_size.and_then(|most| usize::try_from(most).ok());
    policy.attachments_enabled != Some(false) && most.is_none_or(|most| bytes <= most)
}

/// The attachment that a reference names; none where there is no such thing (any more).
pub async fn find(cx: &Context, reference: &str) -> Result<Option<File>, Fault> {
    let Ok(reference) = reference.parse::<FileReference>() else { return Ok(None) };
    let Some(item) = cx.backend.fetch(cx.mailbox, &[reference.item]).await?.pop() else {
        return Ok(None);
    };
    let folders = hierarchy::visible(cx).await?;
    let Some(folder) = folders.iter().find(|folder| folder.id == item.meta.folder) else { return Ok(None) };
    let class = folder.kind.class();
    let work = move || {
        let found = match class {
            Class::Email => attachment(&item.content, &reference).ok()?,
            Class::Calendar => event::attachment(&item.content, &reference).ok()?,
            _ => return None,
        };
        Some(File { content_type: found.content_type, bytes: found.bytes.into_owned() })
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Unavailable(Box::new(error)))
}
