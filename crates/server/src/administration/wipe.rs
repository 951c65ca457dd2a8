//! Remote wipe: ordered, approved, cancelled. What a phone does about it is `activesync/wipe.rs`'s.

use fieldpost_domain::role::Permission;
use fieldpost_domain::wipe::{Wipe, WipeError, WipeKind, WipeRules};
use fieldpost_store::decision;

use super::devices::{Change, knows_account_only};
use super::{ActError, Actor, Administration, Deed, Through, carry_out};

impl From<WipeError> for ActError {
    fn from(error: WipeError) -> ActError {
        ActError::Conflict(error.to_string())
    }
}

impl Administration {
    /// Orders a wipe. `confirmation` is the mailbox's address, typed in by whoever orders it. A full wipe may
    /// have to be approved by a second administrator first ([`Administration::wipe_rules`]); one that a user
    /// orders for an own device does not.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`]; [`ActError::Invalid`] where the confirmation is another
    /// address, or the device can't erase the account alone; [`ActError::Conflict`] where there is a wipe
    /// already.
    pub async fn order_wipe(
        &self,
        actor: &Actor,
        address: &str,
        device_id: &str,
        kind: WipeKind,
        confirmation: &str,
    ) -> Result<(), ActError> {
        let deed = Deed::about("device.wipe", address).of_device(device_id, "").saying(kind.name());
        self.permit_own(actor, Permission::Wipe, address, &deed).await?;
        if confirmation.trim().to_lowercase() != address.trim().to_lowercase() {
            let error = ActError::Invalid(format!(
                "type the mailbox {address} to confirm that its device is to be wiped: {:?} is not it",
                confirmation.trim()
            ));
            return Err(self.refuse(actor, &deed, error).await);
        }
        let rules = self.store.decision::<WipeRules>(decision::WIPE).await?.0;
        let needs_approval =
            rules.needs_approval && kind == WipeKind::Full && actor.through != Through::SelfService;
        let tell = actor.name.contains('@').then(|| actor.name.clone());
        let now = self.clock.now();
        self.change(actor, deed, |device, before| {
            if kind == WipeKind::AccountOnly && !knows_account_only(device) {
                return Err(ActError::Invalid(format!(
                    "the device {} speaks version {}, and only 16.1 can erase the account alone: order a full \
                     wipe, or block the device",
                    device.device_id,
                    device.version.as_deref().unwrap_or("not known")
                )));
            }
            let mut control = before.clone();
            control.wipe =
                Some(Wipe::order(before.wipe.as_ref(), kind, &actor.name, tell.clone(), needs_approval, now)?);
            Ok(Change::Control(Box::new(control)))
        })
        .await
    }

    /// Approves a wipe that another administrator ordered.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`]; [`ActError::Conflict`] where none waits for approval, or
    /// the same administrator ordered it.
    pub async fn approve_wipe(&self, actor: &Actor, address: &str, device_id: &str) -> Result<(), ActError> {
        let deed = Deed::about("device.wipe.approve", address).of_device(device_id, "");
        self.permit(actor, Permission::Wipe, &deed).await?;
        self.change(actor, deed, |_, before| {
            let mut control = before.clone();
            control.wipe.as_mut().ok_or(WipeError::NothingToApprove)?.approve(&actor.name)?;
            Ok(Change::Control(Box::new(control)))
        })
        .await
    }

    /// Wipes that wait for a second administrator, 50 at most: the account's address and the device's id.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn proposed_wipes(&self, actor: &Actor) -> Result<Vec<(String, String)>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("device.list")).await?;
        let mut waiting = Vec::new();
        for (account, device_id) in self.store.proposed_wipes().await? {
            let account = self.store.account(account).await?;
            waiting.extend(account.map(|account| (account.address, device_id)));
        }
        Ok(waiting)
    }

    /// Takes a wipe back. The device is served again; what it erased it fetches anew.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`]; [`ActError::Conflict`] where there is none.
    pub async fn cancel_wipe(&self, actor: &Actor, address: &str, device_id: &str) -> Result<(), ActError> {
        let deed = Deed::about("device.wipe.cancel", address).of_device(device_id, "");
        self.permit(actor, Permission::Wipe, &deed).await?;
        let now = self.clock.now();
        self.change(actor, deed, |_, before| {
            let mut control = before.clone();
            control.wipe.as_mut().ok_or(WipeError::NothingToCancel)?.cancel(&actor.name, now)?;
            Ok(Change::Control(Box::new(control)))
        })
        .await
    }

    /// How the organisation wants wipes to be ordered.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn wipe_rules(&self, actor: &Actor) -> Result<WipeRules, ActError> {
        self.permit(actor, Permission::See, &Deed::new("wipe-rules.show")).await?;
        Ok(self.store.decision(decision::WIPE).await?.0)
    }

    /// Sets it. Wipes that were ordered before stay as they are.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn put_wipe_rules(&self, actor: &Actor, rules: WipeRules) -> Result<(), ActError> {
        let needs = if rules.needs_approval { "two administrators" } else { "one administrator" };
        let deed = Deed::new("wipe-rules.put").saying(format!("a full wipe takes {needs}"));
        self.permit(actor, Permission::Administrators, &deed).await?;
        carry_out!(self, actor, &deed, |act| {
            act.put_decision(decision::WIPE, &rules).await?;
            Ok(((), deed.clone()))
        })
    }
}
