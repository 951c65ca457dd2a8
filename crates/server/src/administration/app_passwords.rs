//! App passwords: made for a device, and taken away.

use fieldpost_domain::app_password::{AppPassword, NAME_MAX, Secret};
use fieldpost_domain::role::Permission;
use fieldpost_store::StoreError;

use super::{ActError, Actor, Administration, Deed, carry_out};
use crate::entropy::{Entropy, bytes};

impl Administration {
    /// The app passwords of the account with this address, the oldest first.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotYours`], [`ActError::NotFound`].
    pub async fn app_passwords(&self, actor: &Actor, address: &str) -> Result<Vec<AppPassword>, ActError> {
        let deed = Deed::about("app-password.list", address);
        self.permit_own(actor, Permission::See, address, &deed).await?;
        let account = self.account(address).await?;
        Ok(self.store.app_passwords(account.id).await?)
    }

    /// Makes an app password for the account with this address, and gives its number and its secret, this
    /// once.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotYours`], [`ActError::NotFound`]; [`ActError::Invalid`] for the
    /// name; [`ActError::Conflict`] where the account has as many as it may have.
    pub async fn add_app_password(
        &self,
        actor: &Actor,
        address: &str,
        name: &str,
        entropy: &dyn Entropy,
    ) -> Result<(i64, Secret), ActError> {
        let name = name.trim();
        let deed = Deed::about("app-password.add", address).saying(name);
        self.permit_own(actor, Permission::Release, address, &deed).await?;
        if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
            let what = format!("a name has 1 to {NAME_MAX} characters that can be shown: say what it is for");
            return Err(self.refuse(actor, &deed, ActError::Invalid(what)).await);
        }
        let account = match self.account(address).await {
            Ok(account) => account,
            Err(error) => return Err(self.refuse(actor, &deed, error).await),
        };
        let secret = Secret::new(bytes(entropy));
        let hash = secret.hash(account.id);
        let id = carry_out!(self, actor, &deed, |act| {
            let added = act.add_app_password(account.id, name, &hash, self.clock.now()).await;
            let id = added.map_err(|error| match error {
                StoreError::Limit(what) => {
                    ActError::Conflict(format!("{what}: remove one that is not needed any more"))
                }
                other => ActError::Store(other),
            })?;
            Ok((id, deed.clone()))
        })?;
        Ok((id, secret))
    }

    /// Takes an app password away. The device that has it is out at its next request.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotYours`], [`ActError::NotFound`].
    pub async fn remove_app_password(&self, actor: &Actor, address: &str, id: i64) -> Result<(), ActError> {
        let deed = Deed::about("app-password.remove", address).saying(id.to_string());
        self.permit_own(actor, Permission::Release, address, &deed).await?;
        let account = match self.account(address).await {
            Ok(account) => account,
            Err(error) => return Err(self.refuse(actor, &deed, error).await),
        };
        carry_out!(self, actor, &deed, |act| {
            let gone = act.remove_app_password(account.id, id).await?;
            let missing = || ActError::NotFound { what: "app password", name: id.to_string() };
            let gone = gone.ok_or_else(missing)?;
            let device_id = gone.device_id.unwrap_or_default();
            Ok(((), deed.clone().of_device(&device_id, "").saying(gone.name)))
        })
    }
}
