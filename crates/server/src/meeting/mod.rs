//! Meetings between mailboxes and the world: what mail about meetings does to calendars, and what
//! changes of calendars have to be told by mail. The rules are `fieldpost_domain::schedule`'s; here
//! mailboxes are read for them and what they say is put into the one transaction with its cause.
//!
//! - [`arrival`]: every mail that is delivered, from outside or from an account here, passes through.
//! - [`outgoing()`]: a phone changed an event (16.x); up to 14.1 phones send that mail themselves.
//! - [`respond`]: an answer by MeetingResponse.
//! - [`forward`]: an invitation is sent on.
//! - [`post`]: from a message to deliveries and queue entries.

pub mod arrival;
pub mod desk;
pub mod forward;
pub mod outgoing;
pub mod post;
pub mod respond;

pub use outgoing::{Scheduled, outgoing};

use fieldpost_domain::convert::User;
use fieldpost_store::Account;
use jiff::tz::TimeZone;

use crate::App;

/// How often a change is made anew because somebody else changed the same event meanwhile.
const ATTEMPTS: usize = 5;

/// An account's owner, as calendars know them, with the zone that times are meant in where they name none.
pub fn user(app: &App, account: &Account) -> User {
    User { zone: app.settings.zone_of(account.time_zone.as_deref()), ..owner(account) }
}

/// The same where no times are read.
pub fn owner(account: &Account) -> User {
    let mut addresses = vec![account.address.clone()];
    addresses.extend(account.aliases.iter().cloned());
    User { addresses, name: account.display_name.clone(), zone: TimeZone::UTC }
}
