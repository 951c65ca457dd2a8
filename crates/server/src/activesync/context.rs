//! What a command knows about the request that it answers, besides the request's own content.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use fieldpost_domain::device::{Control, Device};
use fieldpost_domain::sync::CollectionState;
use fieldpost_domain::{Backend, MailboxId};
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::Parameters;
use fieldpost_store::{Account, QUARANTINE_STATES};
use hyper::header::{HeaderName, HeaderValue};
use jiff::Timestamp;

use super::fault::Fault;
use crate::App;

/// The device id with which Android tries an account out before it makes one: answered like any
/// other, but nothing is kept of it.
pub const TRIAL_DEVICE: &str = "validate";

/// One authenticated request of one device.
#[derive(Clone)]
pub struct Context {
    /// The server.
    pub app: Arc<App>,
    /// Who asks.
    pub account: Arc<Account>,
    /// The mailbox that is asked about: the account's own.
    pub mailbox: MailboxId,
    /// Where it lies: the store, or for a device in quarantine a room with one message.
    pub backend: Arc<dyn Backend>,
    /// What was decided about the device, as the store had it when the request began.
    pub control: Control,
    /// The device as the store had it when the request began. A copy to read; changes go through
    /// [`Context::update_device`].
    pub device: Device,
    /// The version that this request speaks.
    pub version: Version,
    /// The command.
    pub command: CommandName,
    /// The policy key that it bears: 0 for a phone that has none yet, absent for one that knows
    /// nothing of policies.
    pub policy_key: Option<u32>,
    /// Parameters of the query beside command, user and device.
    pub parameters: Parameters,
    /// Where the request comes from.
    pub peer: IpAddr,
    /// The phone takes compressed answers.
    pub accept_gzip: bool,
    /// The phone takes a multipart answer to ItemOperations.
    pub accept_multipart: bool,
    /// When the request came. A command that waits asks the clock again.
    pub now: Timestamp,
    /// Headers that the answer gets besides the usual ones.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Context {
    /// The device's id.
    pub fn device_id(&self) -> &str {
        &self.device.device_id
    }

    /// The phone is only trying the account out.
    pub fn is_trial(&self) -> bool {
        self.device.device_id == TRIAL_DEVICE
    }

    /// The device is in quarantine.
    pub fn is_quarantined(&self) -> bool {
        self.control.is_quarantined()
    }

    /// Under which name the store keeps what the device holds of a collection: in quarantine it holds
    /// another thing, which never mixes with the mailbox's.
    pub fn state_name<'a>(&self, collection: &'a str) -> Cow<'a, str> {
        match self.is_quarantined() {
            true => format!("{QUARANTINE_STATES}{collection}").into(),
            false => collection.into(),
        }
    }

    /// Whether the device holds of a collection what it got in quarantine and is out of it, or the other way
    /// round: it has to begin that collection anew, and does so as soon as it synchronises it.
    pub async fn is_stranded(&self, collection: &str) -> Result<bool, Fault> {
        if self.control.access.is_none() {
            return Ok(false);
        }
        let elsewhere: Cow<'_, str> = match self.is_quarantined() {
            true => collection.into(),
            false => format!("{QUARANTINE_STATES}{collection}").into(),
        };
        Ok(self.app.store.sync_state(self.account.id, self.device_id(), &elsewhere).await?.is_some())
    }

    /// What the device holds of a collection; none where it never synchronised it, or what is stored is of
    /// a form that is not known any more.
    pub async fn collection_state(&self, collection: &str) -> Result<Option<CollectionState>, Fault> {
        let name = self.state_name(collection);
        let stored = self.app.store.sync_state(self.account.id, self.device_id(), &name).await?;
        Ok(stored.as_deref().and_then(CollectionState::from_bytes))
    }

    /// Reads the device's record as it stands in the store now, and what was decided about it. One that was
    /// deleted is as good as new. Gives the revision of the admission rules.
    pub async fn read_device_again(&mut self) -> Result<i64, Fault> {
        if self.is_trial() {
            return Ok(self.app.store.known_device(self.account.id, TRIAL_DEVICE).await?.rules);
        }
        let known = self.app.store.known_device(self.account.id, &self.device.device_id).await?;
        self.control = known.control;
        self.device = known.device.unwrap_or_else(|| Device {
            device_id: std::mem::take(&mut self.device.device_id),
            device_type: std::mem::take(&mut self.device.device_type),
            first_seen: self.now.as_millisecond(),
            ..Device::default()
        });
        Ok(known.rules)
    }

    /// Changes the device's record: `change` gets it as it stands in the store now, not as it stood
    /// when this request began, since a request may wait for an hour. Written only where it differs.
    pub async fn update_device(&mut self, change: impl FnOnce(&mut Device)) -> Result<(), Fault> {
        if self.is_trial() {
            change(&mut self.device);
            return Ok(());
        }
        let app = Arc::clone(&self.app);
        let _turn = app.locks.device(self.account.id, &self.device.device_id).await;
        let stored = app.store.device(self.account.id, &self.device.device_id).await?;
        let mut device = stored.clone().unwrap_or_else(|| self.device.clone());
        change(&mut device);
        if stored.as_ref() != Some(&device) {
            app.store.put_device(self.account.id, &device).await?;
        }
        self.device = device;
        Ok(())
    }
}
