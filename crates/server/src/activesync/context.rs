//! What a command knows about the request that it answers, besides the request's own content.

use std::net::IpAddr;
use std::sync::Arc;

use fieldpost_domain::MailboxId;
use fieldpost_domain::device::Device;
use fieldpost_domain::sync::CollectionState;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::Parameters;
use fieldpost_store::Account;
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

    /// What the device holds of a collection; none where it never synchronised it, or what is stored is of
    /// a form that is not known any more.
    pub async fn collection_state(&self, collection: &str) -> Result<Option<CollectionState>, Fault> {
        let stored = self.app.store.sync_state(self.account.id, self.device_id(), collection).await?;
        Ok(stored.as_deref().and_then(CollectionState::from_bytes))
    }

    /// Reads the device's record as it stands in the store now. One that was deleted is as good as new.
    pub async fn read_device_again(&mut self) -> Result<(), Fault> {
        if self.is_trial() {
            return Ok(());
        }
        let stored = self.app.store.device(self.account.id, &self.device.device_id).await?;
        self.device = stored.unwrap_or_else(|| Device {
            device_id: std::mem::take(&mut self.device.device_id),
            device_type: std::mem::take(&mut self.device.device_type),
            first_seen: self.now.as_millisecond(),
            ..Device::default()
        });
        Ok(())
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
