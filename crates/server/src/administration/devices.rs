//! Devices: found, looked at, allowed, blocked, released, made to begin anew, forgotten.

use fieldpost_domain::AccountId;
use fieldpost_domain::admission::{Action, DeviceAccess, Personal};
use fieldpost_domain::device::{Control, Device, Standing};
use fieldpost_domain::role::Permission;
use fieldpost_domain::wipe;
use fieldpost_store::{Account, Act, DeviceFilter, DeviceOrder};

use super::{ActError, Actor, Administration, Deed, Page, Through, carry_out};

/// A question for devices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceQuery {
    /// Words, each of which is part of the account's address or name, or of what the device says of itself:
    /// id, type, model, name, operating system, user agent, number.
    pub text: Option<String>,
    /// Where they stand.
    pub standing: Option<Standing>,
    /// Whose: an address.
    pub account: Option<String>,
    /// Not seen since then, milliseconds since 1970 UTC.
    pub not_since: Option<i64>,
    /// In which order.
    pub order: DeviceOrder,
    /// Most rows of the page, 1 to 500; 0 means 50.
    pub limit: usize,
    /// [`Page::next`] of the page before.
    pub after: Option<String>,
}

/// A device in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// Whose.
    pub account: AccountId,
    /// Its primary address, folded.
    pub owner: String,
    /// What is remembered of it.
    pub device: Device,
    /// Where it stands.
    pub standing: Standing,
    /// What was decided, but for the account's own lists.
    pub control: Control,
}

/// A device, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceView {
    /// Whose.
    pub account: Account,
    /// What is remembered of it.
    pub device: Device,
    /// Where it stands.
    pub standing: Standing,
    /// What was decided.
    pub control: Control,
    /// What a full wipe will erase.
    pub erases: &'static str,
    /// Whether it can be told to erase the account alone.
    pub knows_account_only: bool,
}

/// What is to become of a device.
pub(super) enum Change {
    /// This is decided about it.
    Control(Box<Control>),
    /// It begins all its folders anew.
    ForgetStates,
    /// It is forgotten.
    Delete,
}

impl Administration {
    /// A page of devices.
    ///
    /// # Errors
    /// [`ActError::Denied`]; [`ActError::NotFound`] for an account; [`ActError::Invalid`] for a cursor that is
    /// none.
    pub async fn devices(&self, actor: &Actor, query: &DeviceQuery) -> Result<Page<DeviceRow>, ActError> {
        let deed = Deed::about("device.list", query.account.as_deref().unwrap_or_default());
        let account = match &query.account {
            None => {
                self.permit(actor, Permission::See, &deed).await?;
                None
            }
            Some(address) => {
                self.permit_own(actor, Permission::See, address, &deed).await?;
                Some(self.account(address).await?.id)
            }
        };
        let filter = DeviceFilter {
            text: query.text.clone(),
            standing: query.standing,
            account,
            not_since: query.not_since,
        };
        let limit = if query.limit == 0 { 50 } else { query.limit };
        let listed = self.store.list_devices(&filter, query.order, query.after.as_deref(), limit).await;
        let (listed, next) = listed.map_err(|error| match error {
            fieldpost_store::StoreError::Limit(what) => ActError::Invalid(what.to_owned()),
            other => ActError::Store(other),
        })?;
        let rows = listed.into_iter().map(|listed| DeviceRow {
            account: listed.account,
            owner: listed.owner,
            standing: listed.control.standing(),
            device: listed.device,
            control: listed.control,
        });
        Ok(Page { rows: rows.collect(), next })
    }

    /// A device of the account with this address.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn device(
        &self,
        actor: &Actor,
        address: &str,
        device_id: &str,
    ) -> Result<DeviceView, ActError> {
        let deed = Deed::about("device.show", address).of_device(device_id, "");
        self.permit_own(actor, Permission::See, address, &deed).await?;
        let account = self.account(address).await?;
        let known = self.store.known_device(account.id, device_id).await?;
        let device = known.device.ok_or_else(|| no_device(device_id))?;
        Ok(DeviceView {
            account,
            standing: known.control.standing(),
            control: known.control,
            erases: wipe::erases(&device),
            knows_account_only: knows_account_only(&device),
            device,
        })
    }

    /// Puts a device on the account's list of those that are let in, whatever the rules say. It may be one
    /// that never came.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`], [`ActError::Invalid`] for what is no device id.
    pub async fn allow_device(&self, actor: &Actor, address: &str, device_id: &str) -> Result<(), ActError> {
        self.list_device(actor, "device.allow", address, device_id, Some(Action::Allow)).await
    }

    /// The same for a device that waits in quarantine, or is blocked by a threshold: it synchronises by
    /// itself, at once where it waits for news.
    ///
    /// # Errors
    /// As for [`Administration::allow_device`]; [`ActError::Conflict`] where it is let in already.
    pub async fn release_device(
        &self,
        actor: &Actor,
        address: &str,
        device_id: &str,
    ) -> Result<(), ActError> {
        let deed = Deed::about("device.release", address).of_device(device_id, "");
        self.permit(actor, Permission::Release, &deed).await?;
        let account = self.account(address).await;
        let account = match account {
            Ok(account) => account,
            Err(error) => return Err(self.refuse(actor, &deed, error).await),
        };
        let known = self.store.known_device(account.id, device_id).await?;
        let state = known.control.access.as_ref().map(|access| access.state);
        let error = match (known.device, state) {
            (None, _) => no_device(device_id),
            (_, None | Some(Action::Allow)) => {
                ActError::Conflict(format!("the device {device_id} is neither in quarantine nor blocked"))
            }
            _ => {
                let action = "device.release";
                return self.list_device(actor, action, address, device_id, Some(Action::Allow)).await;
            }
        };
        Err(self.refuse(actor, &deed, error).await)
    }

    /// Puts a device on the account's list of those that are refused. It may be one that never came.
    ///
    /// # Errors
    /// As for [`Administration::allow_device`].
    pub async fn block_device(&self, actor: &Actor, address: &str, device_id: &str) -> Result<(), ActError> {
        self.list_device(actor, "device.block", address, device_id, Some(Action::Block)).await
    }

    /// Takes a device off the account's lists: the rules decide from its next request on.
    ///
    /// # Errors
    /// As for [`Administration::allow_device`].
    pub async fn unlist_device(&self, actor: &Actor, address: &str, device_id: &str) -> Result<(), ActError> {
        self.list_device(actor, "device.unlist", address, device_id, None).await
    }

    /// The lists of the account with this address: what persons decided about single devices, which may never
    /// have come, by id; 1000 at most.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn listed_devices(
        &self,
        actor: &Actor,
        address: &str,
    ) -> Result<Vec<(String, Personal)>, ActError> {
        self.permit_own(actor, Permission::See, address, &Deed::about("device.list", address)).await?;
        let account = self.account(address).await?;
        Ok(self.store.personal_lists(account.id).await?)
    }

    async fn list_device(
        &self,
        actor: &Actor,
        action: &'static str,
        address: &str,
        device_id: &str,
        decided: Option<Action>,
    ) -> Result<(), ActError> {
        let deed = Deed::about(action, address).of_device(device_id, "");
        self.permit(actor, Permission::Release, &deed).await?;
        let account = match is_device_id(device_id) {
            true => self.account(address).await,
            false => Err(ActError::Invalid(format!(
                "{device_id:?} is no device id: it has 1 to 64 letters, digits, dots, dashes and underscores"
            ))),
        };
        let account = match account {
            Ok(account) => account,
            Err(error) => return Err(self.refuse(actor, &deed, error).await),
        };
        let personal =
            decided.map(|action| Personal { action, by: actor.name.clone(), at: self.clock.now() });
        carry_out!(self, actor, &deed, |act| {
            let deed = Deed { mailbox: account.address.clone(), ..deed.clone() };
            put_on_list(act, account.id, personal.as_ref(), deed).await
        })?;
        self.wake(account.id, device_id);
        Ok(())
    }

    /// Has a device begin all its folders anew, as its user would by removing and adding the account: what it
    /// holds here is forgotten, and it fetches everything again by itself.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn force_sync(&self, actor: &Actor, address: &str, device_id: &str) -> Result<(), ActError> {
        let deed = Deed::about("device.resync", address).of_device(device_id, "");
        self.permit_own(actor, Permission::Release, address, &deed).await?;
        self.change(actor, deed, |_, _| Ok(Change::ForgetStates)).await
    }

    /// Forgets a device: what it said of itself, its policy key, what it holds. If it comes again, it begins
    /// anew by itself, without its user's doing. A device with a wipe in force is not forgotten.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`], [`ActError::Conflict`].
    pub async fn delete_device(&self, actor: &Actor, address: &str, device_id: &str) -> Result<(), ActError> {
        let deed = Deed::about("device.delete", address).of_device(device_id, "");
        self.permit_own(actor, Permission::Release, address, &deed).await?;
        self.change(actor, deed, |device, control| {
            if let Some(wipe) = control.wipe.as_ref().filter(|wipe| wipe.cancelled_at.is_none()) {
                return Err(ActError::Conflict(format!(
                    "the wipe of the device {} is {}: cancel it first, or the device would get in again",
                    device.device_id, wipe.state
                )));
            }
            Ok(Change::Delete)
        })
        .await
    }

    /// Changes a device that is known, logs it and wakes the device; or logs that it was refused.
    pub(super) async fn change(
        &self,
        actor: &Actor,
        deed: Deed,
        decide: impl Fn(&Device, &Control) -> Result<Change, ActError>,
    ) -> Result<(), ActError> {
        let account = match self.account(&deed.mailbox).await {
            Ok(account) => account,
            Err(error) => return Err(self.refuse(actor, &deed, error).await),
        };
        carry_out!(self, actor, &deed, |act| {
            let known = act.device(account.id, &deed.device_id).await?;
            let (device, before) = known.ok_or_else(|| no_device(&deed.device_id))?;
            match decide(&device, &before)? {
                Change::Control(control) => {
                    act.put_control(account.id, &device.device_id, &before, &control).await?;
                }
                Change::ForgetStates => act.forget_states(account.id, &device.device_id).await?,
                Change::Delete => drop(act.delete_device(account.id, &device.device_id).await?),
            }
            let mailbox = account.address.clone();
            Ok(((), Deed { mailbox, device_type: device.device_type, ..deed.clone() }))
        })?;
        self.wake(account.id, &deed.device_id);
        Ok(())
    }

    /// As [`Administration::permit`]; in self service, whatever is about the actor's own mailbox.
    pub(super) async fn permit_own(
        &self,
        actor: &Actor,
        permission: Permission,
        address: &str,
        deed: &Deed,
    ) -> Result<(), ActError> {
        if actor.through != Through::SelfService {
            return self.permit(actor, permission, deed).await;
        }
        let own = self.store.account_by_address(&actor.name).await?;
        let asked = self.store.account_by_address(address).await?;
        match (own, asked) {
            (Some(own), Some(asked)) if own.id == asked.id => Ok(()),
            _ => Err(self.refuse(actor, deed, ActError::NotYours).await),
        }
    }
}

/// Puts the device of the deed on the account's list, or with none takes it off, and gives the deed with what is
/// known of the device.
async fn put_on_list(
    act: &mut Act,
    account: AccountId,
    personal: Option<&Personal>,
    mut deed: Deed,
) -> Result<((), Deed), ActError> {
    let known = act.device(account, &deed.device_id).await?;
    act.put_personal(account, &deed.device_id, personal).await?;
    let Some((device, before)) = known else { return Ok(((), deed)) };
    deed.device_type.clone_from(&device.device_type);
    // Where nobody decides any more, the rules are asked when the device comes.
    let Some(personal) = personal else { return Ok(((), deed)) };
    let same = before.access.as_ref().filter(|access| access.state == personal.action);
    let access = DeviceAccess {
        state: personal.action,
        because: format!("decided by {}", personal.by),
        since: same.map_or(personal.at, |access| access.since),
        until: None,
    };
    // What a threshold decided is over with a person's word.
    let control = Control { automatic: None, access: Some(access), ..before.clone() };
    act.put_control(account, &device.device_id, &before, &control).await?;
    Ok(((), deed))
}

pub(super) fn no_device(device_id: &str) -> ActError {
    ActError::NotFound { what: "device", name: device_id.to_owned() }
}

/// [MS-ASHTTP] 2.2.1.1.1.1.4, and what such ids are in fact.
fn is_device_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (1..=64).contains(&text.len()) && text.chars().all(plain)
}

/// Whether its last request spoke 16.1.
pub(super) fn knows_account_only(device: &Device) -> bool {
    device.version.as_deref() == Some("16.1")
}
