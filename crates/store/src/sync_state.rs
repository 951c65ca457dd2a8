//! Sync states: what a device holds of each collection, as bytes whose meaning `domain::sync` knows.

use fieldpost_domain::AccountId;

use crate::{Store, StoreError};

impl Store {
    /// The state of one collection, named by its `CollectionId` or `hierarchy`.
    pub async fn sync_state(
        &self,
        account: AccountId,
        device_id: &str,
        collection: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// Sets the states of several collections: all of them or, on an error, none.
    pub async fn put_sync_states(
        &self,
        account: AccountId,
        device_id: &str,
        states: &[(&str, &[u8])],
    ) -> Result<(), StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// Forgets all states of a device: it starts anew.
    pub async fn delete_sync_states(&self, account: AccountId, device_id: &str) -> Result<(), StoreError> {
        Err(StoreError::Limit("unfinished"))
    }
}
