//! Accounts: found, looked at, disabled and enabled. They are made where the server is, by `fieldpost account`.

use fieldpost_domain::role::{Permission, Role};
use fieldpost_store::{Account, AccountFilter};

use super::{ActError, Actor, Administration, Deed, Page, Through, carry_out};
use crate::sign_in;

/// A question for accounts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountQuery {
    /// Words, each of which is part of the account's name or of one of its addresses.
    pub text: Option<String>,
    /// Whether they are disabled.
    pub disabled: Option<bool>,
    /// Most rows of the page, 1 to 500; 0 means 50.
    pub limit: usize,
    /// [`Page::next`] of the page before.
    pub after: Option<String>,
}

impl Administration {
    /// A page of accounts, by address.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn accounts(&self, actor: &Actor, query: &AccountQuery) -> Result<Page<Account>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("account.list")).await?;
        let filter = AccountFilter { text: query.text.clone(), disabled: query.disabled };
        let limit = if query.limit == 0 { 50 } else { query.limit };
        let (rows, next) = self.store.list_accounts(&filter, query.after.as_deref(), limit).await?;
        Ok(Page { rows, next })
    }

    /// The account with this address, looked at.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn show_account(&self, actor: &Actor, address: &str) -> Result<Account, ActError> {
        self.permit(actor, Permission::See, &Deed::about("account.show", address)).await?;
        self.account(address).await
    }

    /// Disables an account: nobody signs in to it any more, its phones are refused from their next request on,
    /// those that wait at once, and get nothing but a wipe; its mail is still taken in. Or enables it again.
    /// What is so already is not changed.
    ///
    /// An owner's account is not disabled from afar, so that a lesser role can't shut owners out, and one is
    /// always left.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`]; [`ActError::Conflict`] for an owner's.
    pub async fn set_account_disabled(
        &self,
        actor: &Actor,
        address: &str,
        disabled: bool,
    ) -> Result<(), ActError> {
        let deed = Deed::about(if disabled { "account.disable" } else { "account.enable" }, address);
        self.permit(actor, Permission::Accounts, &deed).await?;
        let account = match self.account(address).await {
            Ok(account) => account,
            Err(error) => return Err(self.refuse(actor, &deed, error).await),
        };
        let deed = Deed { mailbox: account.address.clone(), ..deed };
        if account.disabled == disabled {
            return Ok(());
        }
        if disabled && actor.through != Through::CommandLine && self.is_owner(&account).await? {
            let error = ActError::Conflict(format!(
                "{} is an owner of this server: take the role away first, or disable the account on the \
                 server's command line",
                account.address
            ));
            return Err(self.refuse(actor, &deed, error).await);
        }
        carry_out!(self, actor, &deed, |act| {
            act.set_disabled(account.id, disabled).await?;
            Ok(((), deed.clone()))
        })?;
        if let Some(hub) = &self.hub {
            hub.wake_account(account.id);
        }
        Ok(())
    }

    async fn is_owner(&self, account: &Account) -> Result<bool, ActError> {
        Ok(sign_in::role::of_account(&self.store, &self.store, account).await? == Some(Role::Owner))
    }
}
