//! Devices: what the server remembers of each phone.

use fieldpost_domain::AccountId;
use fieldpost_domain::device::Device;

use crate::{Store, StoreError};

impl Store {
    /// The account's device with this id.
    pub async fn device(&self, account: AccountId, device_id: &str) -> Result<Option<Device>, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// Adds the device, or replaces what was known of it.
    pub async fn put_device(&self, account: AccountId, device: &Device) -> Result<(), StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// The account's devices, by id.
    pub async fn devices(&self, account: AccountId) -> Result<Vec<Device>, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }
}
