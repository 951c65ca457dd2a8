//! Accounts: who can sign in, under which addresses.

use fieldpost_domain::AccountId;
use jiff::Timestamp;

use crate::{Store, StoreError};

/// An account to be made.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// Primary address, `name@domain`.
    pub address: String,
    /// Name shown to others.
    pub display_name: String,
    /// Further addresses.
    pub aliases: Vec<String>,
    /// PHC string of its password; none: it can't sign in with one.
    pub password_hash: Option<String>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number, which is its mailbox's as well.
    pub id: AccountId,
    /// Primary address, as it was given.
    pub address: String,
    /// Name shown to others.
    pub display_name: String,
    /// Further addresses, in the order given.
    pub aliases: Vec<String>,
    /// It can't sign in; its mail is still taken in.
    pub disabled: bool,
    /// When it was made.
    pub created: Timestamp,
}

impl Store {
    /// Makes an account and its mailbox with the default folders.
    ///
    /// # Errors
    /// [`StoreError::AddressTaken`] where an address belongs to another account,
    /// [`StoreError::BadAddress`] where one is not an address.
    pub async fn create_account(&self, new: NewAccount, now: Timestamp) -> Result<Account, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// The account with this number.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// The account that has this address, primary or not, without regard to case.
    pub async fn account_by_address(&self, address: &str) -> Result<Option<Account>, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// All accounts, by number.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// The PHC string of the account's password.
    pub async fn password_hash(&self, id: AccountId) -> Result<Option<String>, StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// Sets it.
    pub async fn set_password_hash(&self, id: AccountId, phc: &str) -> Result<(), StoreError> {
        Err(StoreError::Limit("unfinished"))
    }

    /// Lets an account sign in, or not.
    pub async fn set_disabled(&self, id: AccountId, disabled: bool) -> Result<(), StoreError> {
        Err(StoreError::Limit("unfinished"))
    }
}
