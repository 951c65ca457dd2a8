//! A phone's change of an event: who has to be told, and what that does to their calendars. In 16.x
//! the server tells; up to 14.1 phones send such mail themselves.

use fieldpost_domain::backend::Write;
use fieldpost_domain::schedule;
use fieldpost_eas::Version;
use tracing::debug;

use super::arrival::{self, Trust};
use super::{post, user};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// What a change of an event brings about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scheduled {
    /// The event's bytes, where others than those given are to be stored.
    pub content: Option<Vec<u8>>,
    /// To be made in one transaction with the change. After that `app.outbound` is to be told.
    pub writes: Vec<Write>,
}

/// Looks at an event before and after a phone's change: `before` none, a new one; `after` none, deleted.
///
/// # Errors
/// Our own trouble only.
pub async fn outgoing(cx: &Context, before: Option<&[u8]>, after: Option<&[u8]>) -> Result<Scheduled, Fault> {
    if cx.version < Version::V16_0 {
        return Ok(Scheduled::default());
    }
    let told = match schedule::outgoing(before, after, &user(&cx.app, &cx.account), cx.now) {
        Ok(told) => told,
        Err(error) => {
            debug!(account = %cx.account.address, %error, "a changed event is no meeting");
            return Ok(Scheduled::default());
        }
    };
    let mut writes = Vec::new();
    for message in &told.messages {
        writes.extend(post::message(&cx.app, &cx.account, message, cx.now).await?);
    }
    writes.extend(arrival::effects(&cx.app, &writes, Trust::Account(&cx.account), cx.now).await?);
    Ok(Scheduled { content: told.content, writes })
}
