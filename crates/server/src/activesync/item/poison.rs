//! Items that can't be told: passed over, so that they keep nothing else from a phone, named in the
//! log, and recorded until they are mended.

use std::collections::HashSet;

use fieldpost_domain::ItemId;
use fieldpost_domain::folder::Folder;
use fieldpost_domain::id::ServerId;
use tracing::warn;

use super::show::{Converted, Unconvertible};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// Records what a conversion of a folder's items came to: those that failed are remembered, those
/// that did not are forgotten.
///
/// # Errors
/// Our own trouble only.
pub async fn record(cx: &Context, folder: &Folder, converted: &Converted) -> Result<(), Fault> {
    for (item, error) in converted.iter().filter_map(|(item, outcome)| Some((item, outcome.as_ref().err()?)))
    {
        note(cx, folder, *item, error).await?;
    }
    if converted.iter().all(|(_, outcome)| outcome.is_err()) {
        return Ok(());
    }
    // Nearly always there are none, and that costs one read.
    let known: HashSet<ItemId> =
        cx.app.store.poison(cx.mailbox).await?.into_iter().map(|poison| poison.item).collect();
    for (item, _) in converted.iter().filter(|(item, outcome)| outcome.is_ok() && known.contains(item)) {
        cx.app.store.clear_poison(cx.mailbox, *item).await?;
    }
    Ok(())
}

async fn note(cx: &Context, folder: &Folder, item: ItemId, error: &Unconvertible) -> Result<(), Fault> {
    let class = folder.kind.class();
    let id = ServerId { folder: folder.id, item };
    warn!(
        account = %cx.account.address, folder = %folder.name, item = %id, ?class, %error,
        "an item can't be converted and is passed over"
    );
    cx.app.store.record_poison(cx.mailbox, item, class, &error.to_string(), cx.now).await?;
    Ok(())
}
