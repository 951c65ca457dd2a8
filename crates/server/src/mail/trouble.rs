//! Why a message that the server writes itself could not be sent.

use fieldpost_domain::BackendError;
use fieldpost_store::StoreError;

/// Our own trouble, of the store or of the mailbox.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Backend(#[from] BackendError),
}
