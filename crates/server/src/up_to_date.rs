//! Up-to-date notifications: a short mail that wakes a phone which can't wait for news itself, by way of an
//! operator that makes a text message of it. It goes to the account's notification address when mail arrives
//! ([`fieldpost_domain::switches`]), says nothing of what arrived, and goes out at most once in the
//! organisation's interval: what arrives meanwhile is announced at its end.
//!
//! A notification is a courtesy. One that is lost, say when the process ends, is not sent again; the next
//! message brings another. It has no envelope sender, so nothing ever comes back.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fieldpost_domain::backend::{Batch, Write};
use fieldpost_domain::{AccountId, MailboxId};
use fieldpost_store::Account;
use jiff::{SignedDuration, Timestamp};
use mail_builder::headers::address::Address;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use tracing::{debug, warn};

use crate::App;
use crate::mail::trouble::Trouble;
use crate::mail::{field, rfc5322_date};

/// When accounts were last told. Only those that get notifications are here.
#[derive(Debug, Default)]
pub struct LastTold(Mutex<HashMap<AccountId, Told>>);

#[derive(Debug, Clone, Copy)]
struct Told {
    at: Timestamp,
    /// One more is to go out at the end of the interval.
    more: bool,
}

/// When the next one may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Now,
    After(SignedDuration),
    /// It will, somebody waits for that already.
    Planned,
}

impl LastTold {
    fn lock(&self) -> MutexGuard<'_, HashMap<AccountId, Told>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something arrived: when is the account to be told?
    fn arrived(&self, account: AccountId, now: Timestamp, interval: SignedDuration) -> Due {
        let mut all = self.lock();
        let told = all.entry(account).or_insert(Told { at: Timestamp::MIN, more: false });
        let since = now.duration_since(told.at);
        // A clock that was set back does not keep a phone asleep.
        if since >= interval || since.is_negative() {
            *told = Told { at: now, more: false };
            return Due::Now;
        }
        match std::mem::replace(&mut told.more, true) {
            true => Due::Planned,
            false => Due::After(interval - since),
        }
    }

    /// The end of the interval: whether the one that was planned is still to go out.
    fn ended(&self, account: AccountId, now: Timestamp) -> bool {
        let mut all = self.lock();
        let Some(told) = all.get_mut(&account).filter(|told| told.more) else { return false };
        *told = Told { at: now, more: false };
        true
    }
}

/// Mail has arrived for an account: its phone is told, where it is to be.
pub async fn consider(app: &Arc<App>, account: &Account) {
    let book = app.rules.book();
    if account.disabled || book.notification_address(account.id).is_none() {
        return;
    }
    let interval = SignedDuration::from_mins(book.switches(account.id).notification_minutes.into());
    match app.told.arrived(account.id, app.clock.now(), interval) {
        Due::Now => send(app, account).await,
        Due::After(wait) => {
            let (later, account) = (Arc::clone(app), account.clone());
            let wait = Duration::try_from(wait).unwrap_or_default();
            app.tasks.spawn("notification", async move {
                tokio::select! {
                    () = later.tasks.draining().cancelled() => {}
                    () = tokio::time::sleep(wait) => {
                        if later.told.ended(account.id, later.clock.now()) {
                            send(&later, &account).await;
                        }
                    }
                }
            });
        }
        Due::Planned => {}
    }
}

async fn send(app: &App, account: &Account) {
    match try_send(app, account).await {
        Ok(true) => debug!(account = %account.address, "a phone is told of news by mail"),
        Ok(false) => {}
        Err(error) => warn!(account = %account.address, %error, "a phone could not be told of news by mail"),
    }
}

async fn try_send(app: &App, account: &Account) -> Result<bool, Trouble> {
    let book = app.rules.book();
    // It may have been taken away while this one was planned.
    let Some(address) = book.notification_address(account.id) else { return Ok(false) };
    // Mail for a mailbox here would be news itself.
    if app.store.account_by_address(address).await?.is_some() {
        warn!(account = %account.address, "the notification address is an account here: nothing is sent to it");
        return Ok(false);
    }
    let now = app.clock.now();
    let token = crate::entropy::token(&*app.entropy);
    let write = Write::Send {
        mailbox: MailboxId(account.id.0),
        sender: String::new(),
        recipients: vec![address.to_owned()],
        content: message(account, address, &token, now),
    };
    app.backend.commit(Batch { once: None, writes: vec![write], now }).await?;
    app.outbound.notify_one();
    Ok(true)
}

/// Short enough for one text message, and nothing of the mail in it.
fn message(account: &Account, to: &str, token: &str, now: Timestamp) -> Vec<u8> {
    let mut message = Vec::new();
    field(&mut message, "From", &Address::new_address(None::<&str>, account.address.as_str()));
    field(&mut message, "To", &Address::new_address(None::<&str>, to));
    field(&mut message, "Subject", &Raw::new("New mail"));
    field(&mut message, "Date", &Raw::new(rfc5322_date(now)));
    let domain = account.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    field(&mut message, "Message-ID", &MessageId::new(format!("{token}@{domain}")));
    // RFC 3834 5; the other is what Exchange goes by.
    field(&mut message, "Auto-Submitted", &Raw::new("auto-generated"));
    field(&mut message, "X-Auto-Response-Suppress", &Raw::new("All"));
    message.extend_from_slice(b"\r\nSynchronise now.\r\n");
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_once_and_one_at_the_end_of_the_interval() {
        let told = LastTold::default();
        let (anna, minutes) = (AccountId(1), SignedDuration::from_mins);
        let noon = Timestamp::from_second(1_000_000).unwrap();
        let arrived = |at| told.arrived(anna, at, minutes(5));
        assert_eq!(arrived(noon), Due::Now);
        assert_eq!(arrived(noon + minutes(1)), Due::After(minutes(4)));
        assert_eq!(arrived(noon + minutes(2)), Due::Planned);
        assert!(told.ended(anna, noon + minutes(5)));
        assert!(!told.ended(anna, noon + minutes(5)), "nothing came since");
        assert_eq!(arrived(noon + minutes(6)), Due::After(minutes(4)));
        // What was planned is overtaken where its end came first.
        assert_eq!(arrived(noon + minutes(11)), Due::Now);
        assert!(!told.ended(anna, noon + minutes(11)));
        assert_eq!(arrived(noon - minutes(60)), Due::Now);
        assert_eq!(told.arrived(AccountId(2), noon, minutes(5)), Due::Now);
    }
}
