//! When an account's owner is free, for ResolveRecipients.

use fieldpost_domain::calendar::busy;
use fieldpost_domain::folder::Class;
use fieldpost_domain::id::Position;
use fieldpost_domain::schedule::availability as digits;
use fieldpost_domain::{BackendError, MailboxId};
use fieldpost_store::Account;
use jiff::Timestamp;
use tracing::debug;

use super::user;
use crate::App;

/// Events that are read at once.
const PORTION: usize = 200;
/// Most events of one account that are looked at: a question may name many people.
const MOST: usize = 20_000;

/// `MergedFreeBusy` of an account: one digit for each half hour from `start` up to `end`, at most 42
/// days. Several people's digits are put together by [`digits::together`], those of somebody whose
/// calendar is elsewhere are [`digits::unknown`].
///
/// # Errors
/// Our own trouble only.
pub async fn merged(
    app: &App,
    account: &Account,
    start: Timestamp,
    end: Timestamp,
) -> Result<String, BackendError> {
    let mailbox = MailboxId(account.id.0);
    let zone = user(account).zone;
    let mut taken = Vec::new();
    let mut left = MOST;
    let folders = app.backend.folders(mailbox).await?;
    for folder in folders.iter().filter(|folder| folder.kind.class() == Class::Calendar) {
        // Events stand in the order of their last end: those that ended before are not read.
        let floor = Position { received: start.as_millisecond(), item: 0 };
        let mut before = Position::NEWEST;
        while left > 0 {
            let wanted = PORTION.min(left);
            let metas = app.backend.older(mailbox, folder.id, before, floor, wanted).await?;
            let Some(last) = metas.last() else { break };
            before = last.position();
            left = left.saturating_sub(metas.len());
            let ids: Vec<_> = metas.iter().map(|meta| meta.id).collect();
            for item in app.backend.fetch(mailbox, &ids).await? {
                match busy(&item.content, &zone, start, end) {
                    Ok(times) => taken.extend(times),
                    Err(error) => debug!(item = %item.meta.id, %error, "an event can't be looked at"),
                }
            }
        }
    }
    Ok(digits::merged(&taken, start, end))
}
